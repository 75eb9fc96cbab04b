//! dbmate: a row in `schema_migrations` for each migration that is applied.
//!
//! - The version is the text of the leading digits of the file's name; nothing else is kept (`amacneil/dbmate`,
//!   `pkg/dbmate/db.go`, `FindMigrations`; `pkg/driver/postgres/postgres.go`, `SelectMigrations`).
//! - `--migrations-table` names another table (`main.go`).

use cogway_catalog::QualifiedName;
use cogway_pg::execute::Executor;

use super::AccountError;
use super::find::Shape;
use super::tally::Tally;
use crate::history::{History, Revision};

pub(super) const SHAPE: Shape = Shape {
    names: &["schema_migrations"],
    columns: &["version S"],
    applied: "true",
};

pub(super) async fn read<'a>(
    executor: &Executor,
    table: &QualifiedName,
    history: &'a History,
) -> Result<Tally<'a>, AccountError> {
    let sql = format!("select version::text as version from {table} order by version::text collate \"C\"");
    let rows = executor.query(&sql, &[]).await?;
    let rows = rows.iter().map(|row| {
        let version: String = row.get("version");
        (version.clone(), Some(version), None)
    });
    let key = |revision: &Revision| Some(revision.id.as_str().to_owned());
    Ok(Tally::of_versions(history, key, rows))
}
