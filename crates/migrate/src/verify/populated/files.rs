//! What PostgreSQL knows of the tables' files: who was rewritten, written and scanned.

use std::collections::{BTreeMap, BTreeSet};

use cogway_catalog::QualifiedName;
use cogway_pg::session::Session;

use super::super::VerifyError;
use super::super::on_rows::TableWork;

const FILES: &str = include_str!("files.sql");

/// The files of all tables at one moment of a transaction.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    /// By OID: a table stays the same when it is renamed.
    tables: BTreeMap<i64, File>,
}

/// What is known of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
struct File {
    name: QualifiedName,
    root: i64,
    file: Option<i64>,
    written: i64,
    scanned: i64,
    columns: String,
    indexes: BTreeSet<i64>,
}

/// What shows that rows were written: the table, its file, what was counted, its columns.
type Signature<'a> = (i64, Option<i64>, i64, &'a str);

impl Files {
    /// Reads them, in the open transaction: what is read at its beginning and later in it can be compared.
    pub(super) async fn read(session: &Session) -> Result<Files, VerifyError> {
        let rows = session.ask(FILES, &[]).await?;
        let tables = rows.iter().map(|row| {
            let file = File {
                name: QualifiedName::new(row.get::<_, &str>("schema"), row.get::<_, &str>("name")),
                root: row.get("root"),
                file: row.get("file"),
                written: row.get("written"),
                scanned: row.get("scanned"),
                columns: row.get("columns"),
                indexes: row
                    .get::<_, Vec<Option<i64>>>("indexes")
                    .into_iter()
                    .flatten()
                    .collect(),
            };
            (row.get("oid"), file)
        });
        Ok(Files {
            tables: tables.collect(),
        })
    }

    /// Has nobody written a row of this table since, its partitions included, nor dropped or made any of it?
    pub(super) fn is_untouched(&self, now: &Files, table: &QualifiedName) -> bool {
        let then = self.signatures(table);
        !then.is_empty() && then == now.signatures(table)
    }

    fn signatures(&self, table: &QualifiedName) -> Vec<Signature<'_>> {
        let root = self.tables.iter().find(|(_, file)| file.name == *table);
        let parts = self
            .tables
            .iter()
            .filter(|(_, file)| root.is_some_and(|(root, _)| file.root == *root));
        parts
            .map(|(oid, file)| (*oid, file.file, file.written, file.columns.as_str()))
            .collect()
    }

    /// What was done to the tables that were there, in the order of their names.
    pub(super) fn work_until(&self, now: &Files) -> Vec<TableWork> {
        let mut work: Vec<TableWork> = self
            .tables
            .iter()
            .filter_map(|(oid, before)| {
                let after = now.tables.get(oid)?;
                let work = TableWork {
                    table: before.name.clone(),
                    rewritten: before.file != after.file,
                    scanned_rows: u64::try_from(after.scanned - before.scanned).unwrap_or(0),
                    indexes_built: after.indexes.difference(&before.indexes).count(),
                };
                work.is_any().then_some(work)
            })
            .collect();
        work.sort_by(|one, other| one.table.cmp(&other.table));
        work
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table by its OID, root, file, written and scanned rows, and the file of its index.
    fn files(tables: &[(i64, i64, i64, i64, i64, i64)]) -> Files {
        let file = |&(oid, root, file, written, scanned, index): &(i64, i64, i64, i64, i64, i64)| {
            let file = File {
                name: QualifiedName::new("public", format!("t{oid}")),
                root,
                file: Some(file),
                written,
                scanned,
                columns: String::new(),
                indexes: BTreeSet::from([index]),
            };
            (oid, file)
        };
        Files {
            tables: tables.iter().map(file).collect(),
        }
    }

    #[test]
    fn what_was_touched() {
        let then = files(&[(1, 1, 1, 0, 0, 10), (2, 2, 2, 0, 0, 20), (3, 2, 3, 0, 0, 30)]);
        let check = |now: &[(i64, i64, i64, i64, i64, i64)], untouched: &[&str]| {
            let now = files(now);
            let found: Vec<&str> = ["t1", "t2", "t4"]
                .into_iter()
                .filter(|name| then.is_untouched(&now, &QualifiedName::new("public", *name)))
                .collect();
            assert_eq!(found, untouched, "{now:?}");
        };
        check(
            &[(1, 1, 1, 0, 7, 10), (2, 2, 2, 0, 0, 20), (3, 2, 3, 0, 0, 30)],
            &["t1", "t2"],
        );
        check(
            &[(1, 1, 1, 1, 0, 10), (2, 2, 2, 0, 0, 20), (3, 2, 3, 0, 0, 30)],
            &["t2"],
        );
        check(
            &[(1, 1, 5, 0, 0, 10), (2, 2, 2, 0, 0, 20), (3, 2, 3, 0, 0, 30)],
            &["t2"],
        );
        // A partition is written, or gone.
        check(
            &[(1, 1, 1, 0, 0, 10), (2, 2, 2, 0, 0, 20), (3, 2, 3, 1, 0, 30)],
            &["t1"],
        );
        check(&[(1, 1, 1, 0, 0, 10), (2, 2, 2, 0, 0, 20)], &["t1"]);
        check(
            &[(1, 1, 1, 0, 0, 10), (2, 2, 2, 0, 0, 20), (4, 4, 4, 0, 0, 40)],
            &["t1"],
        );
    }

    #[test]
    fn what_was_worked() {
        let then = files(&[(1, 1, 1, 0, 5, 10), (2, 2, 2, 0, 0, 20), (3, 3, 3, 0, 0, 30)]);
        let now = files(&[
            (1, 1, 9, 0, 105, 11),
            (2, 2, 2, 3, 0, 20),
            (3, 3, 3, 0, 7, 30),
            (4, 4, 4, 9, 9, 9),
        ]);
        let work: Vec<(String, bool, u64, usize)> = then
            .work_until(&now)
            .into_iter()
            .map(|work| {
                (
                    work.table.to_string(),
                    work.rewritten,
                    work.scanned_rows,
                    work.indexes_built,
                )
            })
            .collect();
        let expect = [
            ("public.t1".to_owned(), true, 100, 1),
            ("public.t3".to_owned(), false, 7, 0),
        ];
        assert_eq!(work, expect);
    }
}
