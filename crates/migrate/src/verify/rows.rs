//! The rows of tables and the state of sequences: what a schema does not show and later revisions meet.

use std::collections::BTreeMap;

use cogway_catalog::{Catalog, ConstraintForm, Definition, Kind, ObjectName, QualifiedName, TableForm, sql};
use cogway_pg::session::Session;

use super::VerifyError;
use super::options::DataScope;

/// Where sequences stand, by OID: the last value, and whether it was given out.
#[derive(Debug, Default)]
pub(super) struct Sequences {
    known: BTreeMap<u32, (String, i64, bool)>,
}

/// The sequences that the open transaction may have moved: all that it so much as looked at, because every use of a
/// sequence reads its page, and PostgreSQL counts that for each relation.
const MOVED: &str =
    "select s.seqrelid, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
  from pg_catalog.pg_sequence s
  join pg_catalog.pg_class c on c.oid = s.seqrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relpersistence <> 't' and pg_catalog.pg_stat_get_xact_blocks_fetched(s.seqrelid) > 0";

const ALL: &str =
    "select s.seqrelid, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
  from pg_catalog.pg_sequence s
  join pg_catalog.pg_class c on c.oid = s.seqrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relpersistence <> 't'";

const MOVED_OF: &str = "select o from pg_catalog.unnest($1::oid[]) o
 where pg_catalog.pg_stat_get_xact_blocks_fetched(o) > 0";

impl Sequences {
    /// Reads where all sequences stand.
    pub(super) async fn read_all(session: &Session) -> Result<Sequences, VerifyError> {
        let mut sequences = Sequences::default();
        sequences.note(session, ALL).await?;
        Ok(sequences)
    }

    /// Within a transaction that is to be committed: reads where the sequences stand that it moved.
    pub(super) async fn note_moved(&mut self, session: &Session) -> Result<(), VerifyError> {
        if session.catalog().of_kind(Kind::Sequence).next().is_none() {
            self.known.clear();
            return Ok(());
        }
        self.note(session, MOVED).await
    }

    async fn note(&mut self, session: &Session, query: &'static str) -> Result<(), VerifyError> {
        let rows = session.ask(query, &[]).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut texts = Vec::new();
        for row in &rows {
            let (oid, name): (u32, String) = (row.get(0), row.get(1));
            texts.push(format!(
                "select {oid}::oid, {}::text, last_value, is_called from {name}",
                sql::quote_literal(&name)
            ));
        }
        for row in session.query(&texts.join(" union all "), &[]).await? {
            self.known
                .insert(row.get(0), (row.get(1), row.get(2), row.get(3)));
        }
        Ok(())
    }

    /// Within a transaction that is to be rolled back: the known sequences that it may have moved. When it cannot be
    /// asked, because it failed, all of them.
    pub(super) async fn moved(&self, session: &Session) -> Vec<u32> {
        let known: Vec<u32> = self.known.keys().copied().collect();
        if known.is_empty() {
            return known;
        }
        let asked = session.ask(MOVED_OF, &[&known]).await;
        match asked {
            Ok(rows) => rows.iter().map(|row| row.get(0)).collect(),
            Err(_) => known,
        }
    }

    /// After the rollback: sets these sequences to where they stood.
    pub(super) async fn restore(&mut self, session: &Session, moved: Vec<u32>) -> Result<(), VerifyError> {
        if moved.is_empty() {
            return Ok(());
        }
        let values: Vec<String> = moved
            .iter()
            .filter_map(|oid| {
                self.known
                    .get(oid)
                    .map(|(_, value, called)| format!("({oid}::oid, {value}, {called})"))
            })
            .collect();
        // Only what still exists: an earlier revision may have dropped one.
        let text = format!(
            "select pg_catalog.setval(s.seqrelid::regclass, v.value, v.called)
               from (values {}) v (oid, value, called)
               join pg_catalog.pg_sequence s on s.seqrelid = v.oid",
            values.join(", ")
        );
        session.command(&text).await?;
        Ok(())
    }
}

/// A digest of everything that a schema does not show, a line a table or sequence.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contents(Vec<String>);

impl Contents {
    pub(super) async fn read(session: &Session, catalog: &Catalog) -> Result<Contents, VerifyError> {
        let mut lines = Vec::new();
        let tables = tables(catalog, &DataScope::All).into_iter().map(|name| {
            let quoted = sql::quote_qualified(name.schema.as_str(), name.name.as_str());
            format!(
                "select {} || pg_catalog.count(*) || ' ' || coalesce(pg_catalog.md5(pg_catalog.string_agg(t::text, E'\\n'
                   order by t::text collate \"C\")), '') from only {quoted} t",
                sql::quote_literal(&format!("{quoted} ")),
            )
        });
        let sequences = catalog
            .of_kind(Kind::Sequence)
            .filter_map(|object| match &object.id.name {
                ObjectName::Qualified(name) => {
                    let quoted = sql::quote_qualified(name.schema.as_str(), name.name.as_str());
                    let literal = sql::quote_literal(&format!("{quoted} "));
                    Some(format!(
                        "select {literal} || last_value || ' ' || is_called from {quoted}"
                    ))
                }
                _ => None,
            });
        let parts: Vec<String> = tables.chain(sequences).collect();
        // One query for many, but not for thousands.
        for parts in parts.chunks(200) {
            let rows = session.query(&parts.join(" union all "), &[]).await?;
            lines.extend(rows.iter().map(|row| row.get::<_, String>(0)));
        }
        Ok(Contents(lines))
    }
}

/// The tables of a scope whose rows are their own: a partitioned table's are its partitions', a foreign table's are
/// elsewhere.
fn tables(catalog: &Catalog, scope: &DataScope) -> Vec<QualifiedName> {
    if *scope == DataScope::None {
        return Vec::new();
    }
    catalog
        .of_kind(Kind::Table)
        .filter(|object| matches!(&object.definition, Definition::Table(table) if table.form == TableForm::Ordinary))
        .filter_map(|object| match &object.id.name {
            ObjectName::Qualified(name) => Some(name.clone()),
            _ => None,
        })
        .filter(|name| match scope {
            DataScope::Tables(tables) => tables.contains(name),
            DataScope::All | DataScope::None => true,
        })
        .collect()
}

/// The rows of the tables that are watched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Data {
    tables: BTreeMap<QualifiedName, Rows>,
}

/// The rows of a table, as digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rows {
    columns: Vec<String>,
    count: i64,
    digest: String,
    /// Each row's key and digest, for tables that are not too large for that.
    rows: BTreeMap<String, String>,
}

/// Up to so many rows are remembered one by one, to name the one that differs.
const FEW: i64 = 2_000;

impl Data {
    /// Reads the tables of that scope, by whole rows in the order of the key.
    pub(super) async fn read(
        session: &Session,
        catalog: &Catalog,
        scope: &DataScope,
    ) -> Result<Data, VerifyError> {
        let mut data = Data::default();
        for name in tables(catalog, scope) {
            let rows = Rows::read(session, catalog, &name).await?;
            data.tables.insert(name, rows);
        }
        Ok(data)
    }

    /// The tables that were read.
    pub(super) fn names(&self) -> impl Iterator<Item = &QualifiedName> {
        self.tables.keys()
    }

    /// What differs between the rows before and after, a table an entry: its name, and how in words. Tables that are
    /// not in both, or have other columns, differ in their schema, which is said elsewhere.
    pub(super) fn differences(&self, after: &Data) -> Vec<(QualifiedName, String)> {
        self.tables
            .iter()
            .filter_map(|(name, before)| {
                let after = after.tables.get(name)?;
                (before.columns == after.columns && before.digest != after.digest)
                    .then(|| (name.clone(), before.difference(after)))
            })
            .collect()
    }
}

impl Rows {
    async fn read(session: &Session, catalog: &Catalog, table: &QualifiedName) -> Result<Rows, VerifyError> {
        let key = key(catalog, table);
        let order = key
            .iter()
            .map(|column| format!("t.{column}::text"))
            .collect::<Vec<_>>();
        let key_text = if order.is_empty() {
            "t::text".to_owned()
        } else {
            order.join(" || ', ' || ")
        };
        let name = sql::quote_qualified(table.schema.as_str(), table.name.as_str());
        let text = format!(
            "select pg_catalog.count(*), coalesce(pg_catalog.md5(pg_catalog.string_agg(t::text, E'\\n' order by {key_text} collate \"C\", t::text collate \"C\")), '') from only {name} t",
        );
        let row = session.query(&text, &[]).await?;
        let (count, digest): (i64, String) = row
            .first()
            .map(|row| (row.get(0), row.get(1)))
            .unwrap_or_default();
        let mut rows = BTreeMap::new();
        if count <= FEW {
            let text = format!("select {key_text}, pg_catalog.md5(t::text) from only {name} t");
            for row in session.query(&text, &[]).await? {
                rows.insert(row.get::<_, Option<String>>(0).unwrap_or_default(), row.get(1));
            }
        }
        let mut columns: Vec<String> = catalog
            .parts(Kind::Column, table)
            .map(|object| object.id.bare_name().to_string())
            .collect();
        columns.sort();
        Ok(Rows {
            columns,
            count,
            digest,
            rows,
        })
    }

    fn difference(&self, after: &Rows) -> String {
        let mut said = Vec::new();
        let gone: Vec<&String> = self
            .rows
            .keys()
            .filter(|key| !after.rows.contains_key(*key))
            .collect();
        let come: Vec<&String> = after
            .rows
            .keys()
            .filter(|key| !self.rows.contains_key(*key))
            .collect();
        let changed: Vec<&String> = self
            .rows
            .iter()
            .filter(|(key, row)| after.rows.get(*key).is_some_and(|other| other != *row))
            .map(|(key, _)| key)
            .collect();
        for (keys, what) in [(gone, "missing"), (come, "new"), (changed, "changed")] {
            if let Some(first) = keys.first() {
                said.push(format!("{} {what}, such as {first}", keys.len()));
            }
        }
        if self.count != after.count {
            said.push(format!("{} rows before, {} after", self.count, after.count));
        }
        if said.is_empty() {
            "the contents differ".to_owned()
        } else {
            said.join("; ")
        }
    }
}

/// The columns of the primary key, quoted.
fn key(catalog: &Catalog, table: &QualifiedName) -> Vec<String> {
    catalog
        .parts(Kind::Constraint, table)
        .find_map(|object| match &object.definition {
            Definition::Constraint(constraint) if constraint.form == ConstraintForm::PrimaryKey => Some(
                constraint
                    .columns
                    .iter()
                    .map(|name| sql::quote_ident(name.as_str()))
                    .collect(),
            ),
            _ => None,
        })
        .unwrap_or_default()
}
