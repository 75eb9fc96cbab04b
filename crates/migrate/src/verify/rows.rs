//! The rows of tables and the state of sequences: what a schema does not show and later revisions meet.

use std::collections::BTreeMap;

use cogway_catalog::{Catalog, ConstraintForm, Definition, Kind, ObjectName, QualifiedName, TableForm, sql};
use cogway_pg::introspect::COUNTS_ARE_CURRENT;
use cogway_pg::session::Session;

use super::VerifyError;
use super::options::DataScope;

/// Where sequences stand, by OID: the last value, and whether it was given out.
#[derive(Debug, Default)]
pub(super) struct Sequences {
    known: BTreeMap<u32, (i64, bool)>,
}

impl Sequences {
    /// Reads where the sequences stand that may have moved; after a reading of everything, all of them.
    pub(super) async fn note_moved(&mut self, session: &mut Session) -> Result<(), VerifyError> {
        let used = session.take_used_sequences();
        self.read(session, &used).await
    }

    async fn read(
        &mut self,
        session: &mut Session,
        sequences: &BTreeMap<u32, QualifiedName>,
    ) -> Result<(), VerifyError> {
        let texts: Vec<String> = sequences
            .iter()
            .map(|(oid, name)| {
                let name = sql::quote_qualified(name.schema.as_str(), name.name.as_str());
                format!("select {oid}::oid, last_value, is_called from {name}")
            })
            .collect();
        // One query for many, but not for thousands.
        for texts in texts.chunks(MANY) {
            for row in session.query(&texts.join(" union all "), &[]).await? {
                self.known.insert(row.get(0), (row.get(1), row.get(2)));
            }
        }
        Sequences::forget_own_use(session, !texts.is_empty()).await
    }

    /// After the rollback of what may have moved these sequences: sets them to where they stood.
    pub(super) async fn restore(
        &self,
        session: &mut Session,
        moved: &BTreeMap<u32, QualifiedName>,
    ) -> Result<(), VerifyError> {
        let calls: Vec<String> = moved
            .keys()
            .filter_map(|oid| self.known.get(oid).map(|known| (oid, known)))
            .map(|(oid, (value, called))| {
                format!("pg_catalog.setval({oid}::oid::regclass, {value}, {called})")
            })
            .collect();
        for calls in calls.chunks(MANY) {
            session.command(&format!("select {}", calls.join(", "))).await?;
        }
        Sequences::forget_own_use(session, !calls.is_empty()).await
    }

    /// What Cogway itself did with sequences is nobody's use.
    async fn forget_own_use(session: &mut Session, any: bool) -> Result<(), VerifyError> {
        if any {
            session.count().await?;
            session.take_used_sequences();
        }
        Ok(())
    }
}

/// For how many tables or sequences one query is.
const MANY: usize = 200;

/// Everything that a schema does not show, to be compared with what it is later.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Contents {
    /// A digest, a line a table or sequence.
    Digests(Vec<String>),
    /// What tells that nobody wrote any of it: the files of tables with what was counted in them, where sequences
    /// stand.
    Unwritten {
        tables: Vec<[i64; 5]>,
        sequences: BTreeMap<u32, (i64, bool)>,
    },
}

/// Counts of PostgreSQL that are up to date from version 15 on.
const WRITTEN: &str = "select c.oid::bigint, c.relfilenode::bigint,
       pg_catalog.pg_stat_get_tuples_inserted(c.oid) + pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid),
       pg_catalog.pg_stat_get_tuples_updated(c.oid) + pg_catalog.pg_stat_get_xact_tuples_updated(c.oid),
       pg_catalog.pg_stat_get_tuples_deleted(c.oid) + pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid)
  from pg_catalog.pg_class c
 where c.oid >= 16384 and c.relkind in ('r', 'm')
 order by c.oid";

impl Contents {
    /// What is needed to see whether scripts changed any of it; little where it is known that they leave rows alone.
    pub(super) async fn read(
        session: &Session,
        catalog: &Catalog,
        sequences: &Sequences,
        left_alone: bool,
    ) -> Result<Contents, VerifyError> {
        if !left_alone || session.server_version() < COUNTS_ARE_CURRENT {
            return Ok(Contents::Digests(Contents::digests(session, catalog).await?));
        }
        let rows = session.ask(WRITTEN, &[]).await?;
        Ok(Contents::Unwritten {
            tables: rows
                .iter()
                .map(|row| [0, 1, 2, 3, 4].map(|i| row.get(i)))
                .collect(),
            sequences: sequences.known.clone(),
        })
    }

    async fn digests(session: &Session, catalog: &Catalog) -> Result<Vec<String>, VerifyError> {
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
        for parts in parts.chunks(MANY) {
            let rows = session.query(&parts.join(" union all "), &[]).await?;
            lines.extend(rows.iter().map(|row| row.get::<_, String>(0)));
        }
        Ok(lines)
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
