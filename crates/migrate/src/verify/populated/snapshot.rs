//! The rows of all tables at one moment, to be compared with those of another.

use std::collections::BTreeMap;
use std::sync::Arc;

use cogway_catalog::{
    Ancestry, Catalog, ConstraintForm, Definition, Kind, Name, ObjectName, QualifiedName, TableForm, sql,
};
use cogway_pg::session::Session;

use super::super::VerifyError;
use super::files::Files;

/// Values are written in one notation, whatever the server starts with. PostgreSQL forgets this with the transaction.
const NOTATION: &str = "set local search_path to ''; set local datestyle to 'ISO, MDY'; set local intervalstyle to postgres; \
                        set local timezone to 'UTC'; set local extra_float_digits to 1; set local bytea_output to hex";

/// The rows of all tables at one moment. Clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Snapshot {
    tables: BTreeMap<QualifiedName, Arc<Rows>>,
}

/// The rows of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    /// The columns that are read: all but those that are computed from others.
    pub(super) columns: Vec<Name>,
    /// The places of those that make up the primary key; empty where there is none.
    pub(super) key: Vec<usize>,
    /// A row each.
    pub(super) rows: Vec<Row>,
}

/// A row: the values as PostgreSQL writes them, in one piece of memory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    text: Box<str>,
    /// Where each value ends in the text; none for NULL.
    ends: Box<[Option<u32>]>,
}

impl Row {
    /// A row of these values; none where they are more than four gigabytes.
    pub(super) fn of(values: &[Option<&str>]) -> Option<Row> {
        let mut text = String::with_capacity(values.iter().flatten().map(|value| value.len()).sum());
        let mut ends = Vec::with_capacity(values.len());
        for value in values {
            ends.push(match value {
                Some(value) => {
                    text.push_str(value);
                    Some(u32::try_from(text.len()).ok()?)
                }
                None => None,
            });
        }
        Some(Row {
            text: text.into(),
            ends: ends.into(),
        })
    }

    /// The value at this place; none for NULL.
    pub(super) fn value(&self, place: usize) -> Option<&str> {
        let end = *self.ends.get(place)?;
        let before = self.ends[..place].iter().rev().flatten().next();
        let start = before.copied().unwrap_or(0);
        self.text.get(start as usize..end? as usize)
    }
}

impl Snapshot {
    /// Reads all tables but these, in the open transaction.
    pub(super) async fn read(
        session: &Session,
        catalog: &Catalog,
        leave: &[QualifiedName],
    ) -> Result<Snapshot, VerifyError> {
        session.command(NOTATION).await?;
        let mut tables = BTreeMap::new();
        for (name, form) in roots(catalog).filter(|(name, _)| !leave.contains(name)) {
            let rows = Rows::read(session, catalog, name, form).await?;
            tables.insert(name.clone(), Arc::new(rows));
        }
        Ok(Snapshot { tables })
    }

    /// Reads those tables again that were written since this was read, or are not what they were.
    pub(super) async fn read_again(
        &self,
        session: &Session,
        catalog: &Catalog,
        leave: &[QualifiedName],
        (then, now): (&Files, &Files),
    ) -> Result<Snapshot, VerifyError> {
        session.command(NOTATION).await?;
        let mut tables = BTreeMap::new();
        for (name, form) in roots(catalog).filter(|(name, _)| !leave.contains(name)) {
            let rows = match self.tables.get(name) {
                Some(known) if then.is_untouched(now, name) => Arc::clone(known),
                _ => Arc::new(Rows::read(session, catalog, name, form).await?),
            };
            tables.insert(name.clone(), rows);
        }
        Ok(Snapshot { tables })
    }

    /// The tables that both have, and whose rows may differ: here, and there.
    pub(super) fn pairs<'a>(
        &'a self,
        other: &'a Snapshot,
    ) -> impl Iterator<Item = (&'a QualifiedName, &'a Rows, &'a Rows)> {
        self.tables.iter().filter_map(|(name, rows)| {
            let others = other.tables.get(name)?;
            (!Arc::ptr_eq(rows, others)).then_some((name, &**rows, &**others))
        })
    }

    /// Is there a row in any table?
    pub(super) fn has_rows(&self) -> bool {
        self.tables.values().any(|table| !table.rows.is_empty())
    }
}

impl Rows {
    async fn read(
        session: &Session,
        catalog: &Catalog,
        table: &QualifiedName,
        form: &TableForm,
    ) -> Result<Rows, VerifyError> {
        let mut columns: Vec<(i32, Name)> = catalog
            .parts(Kind::Column, table)
            .filter_map(|object| match &object.definition {
                Definition::Column(column) if column.generated.is_none() => {
                    Some((column.position, object.id.bare_name().clone()))
                }
                _ => None,
            })
            .collect();
        columns.sort();
        let columns: Vec<Name> = columns.into_iter().map(|(_, name)| name).collect();
        let key = catalog.parts(Kind::Constraint, table).find_map(|object| {
            let Definition::Constraint(constraint) = &object.definition else {
                return None;
            };
            let place = |name: &Name| columns.iter().position(|column| column == name);
            (constraint.form == ConstraintForm::PrimaryKey)
                .then(|| constraint.columns.iter().map(place).collect::<Option<Vec<_>>>())?
        });
        let list: Vec<String> = columns
            .iter()
            .map(|name| sql::quote_ident(name.as_str()))
            .collect();
        let only = if *form == TableForm::Ordinary { "only " } else { "" };
        let name = sql::quote_qualified(table.schema.as_str(), table.name.as_str());
        let query = format!("select {} from {only}{name}", list.join(", "));
        let mut rows = Vec::new();
        session
            .rows(&query, &mut |values| {
                // A table without columns still has rows, of which PostgreSQL writes empty lines.
                rows.extend(Row::of(&values[..values.len().min(list.len())]));
            })
            .await?;
        Ok(Rows {
            columns,
            key: key.unwrap_or_default(),
            rows,
        })
    }
}

/// The tables whose rows are looked at as a whole: a partition's are its root's.
fn roots(catalog: &Catalog) -> impl Iterator<Item = (&QualifiedName, &TableForm)> {
    catalog
        .of_kind(Kind::Table)
        .filter_map(|object| match (&object.definition, &object.id.name) {
            (Definition::Table(table), ObjectName::Qualified(name))
                if !matches!(table.ancestry, Ancestry::Partition { .. })
                    && !matches!(table.form, TableForm::Foreign { .. }) =>
            {
                Some((name, &table.form))
            }
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_out_as_they_went_in() {
        let check = |values: &[Option<&str>]| {
            let row = Row::of(values).expect("a row");
            let back: Vec<Option<&str>> = (0..values.len()).map(|place| row.value(place)).collect();
            assert_eq!(back, values);
            assert_eq!(row.value(values.len()), None);
        };
        check(&[]);
        check(&[None]);
        check(&[Some(""), None, Some("a"), None, None, Some("ä\nb"), Some("")]);
    }
}
