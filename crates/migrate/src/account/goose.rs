//! goose: rows in `goose_db_version`, of which the last for each version says whether it is applied.
//!
//! - Going down deletes the rows of a version today; it used to add one with `is_applied` false. By `id`, the last one
//!   counts (`pressly/goose`, `migrate.go`, `EnsureDBVersionContext`; `internal/dialects/postgres.go`).
//! - Version 0 is written when the table is made, and stands for no file (`migrate.go`, `createVersionTable`).
//! - `-table`, or `goose.SetTableName`, names another table (`cmd/goose/main.go`).

use cogway_catalog::QualifiedName;
use cogway_pg::execute::Executor;

use super::find::Shape;
use super::tally::Tally;
use super::{AccountError, utc};
use crate::history::{History, Revision};

pub(super) const SHAPE: Shape = Shape {
    names: &["goose_db_version"],
    columns: &["id N", "version_id N", "is_applied B", "tstamp D"],
    applied: "version_id > 0 and is_applied",
};

pub(super) async fn read<'a>(
    executor: &Executor,
    table: &QualifiedName,
    history: &'a History,
) -> Result<Tally<'a>, AccountError> {
    let sql = format!(
        "select version, at from (
             select distinct on (version_id) version_id::bigint as version, is_applied, {at} as at
               from {table} where version_id > 0
              order by version_id, id desc
         ) as last
          where is_applied order by version",
        at = utc("tstamp")
    );
    let rows = executor.query(&sql, &[]).await?;
    let rows = rows.iter().map(|row| {
        let version: i64 = row.get("version");
        (version.to_string(), Some(version), row.get("at"))
    });
    let key = |revision: &Revision| revision.id.as_str().parse().ok();
    Ok(Tally::of_versions(history, key, rows))
}
