//! diesel: a row in `__diesel_schema_migrations` for each migration that is applied.
//!
//! - The version is what stands before the first `_` of the folder's name, without its dashes (`diesel-rs/diesel`,
//!   `diesel_migrations/migrations_internals/src/lib.rs`, `version_from_string`).
//! - The name of the table is fixed; its schema is the first of the search path
//!   (`diesel_migrations/src/migration_harness.rs`).

use cogway_catalog::QualifiedName;
use cogway_pg::execute::Executor;

use super::find::Shape;
use super::tally::Tally;
use super::{AccountError, utc};
use crate::history::{History, Revision};

pub(super) const SHAPE: Shape = Shape {
    names: &["__diesel_schema_migrations"],
    columns: &["version S", "run_on D"],
    applied: "true",
};

pub(super) async fn read<'a>(
    executor: &Executor,
    table: &QualifiedName,
    history: &'a History,
) -> Result<Tally<'a>, AccountError> {
    let sql = format!(
        "select version::text as version, {} as at from {table} order by version::text collate \"C\"",
        utc("run_on")
    );
    let rows = executor.query(&sql, &[]).await?;
    let rows = rows.iter().map(|row| {
        let version: String = row.get("version");
        (version.clone(), Some(version), row.get("at"))
    });
    let key = |revision: &Revision| Some(revision.id.as_str().replace('-', ""));
    Ok(Tally::of_versions(history, key, rows))
}
