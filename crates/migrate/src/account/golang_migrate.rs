//! golang-migrate: a single row in `schema_migrations`, with the version that the database has.
//!
//! - Everything up to that version counts as applied; the table does not say what was skipped. No row, or version -1,
//!   means that nothing is (`golang-migrate/migrate`, `database/postgres/postgres.go`, `Version` and `SetVersion`).
//! - `dirty` is set before a script is run and taken back after it: going up with its own version, going down with the
//!   one below it (`migrate.go`, `runMigrations` and `readDown`).
//! - `x-migrations-table` names another table (`database/postgres/postgres.go`, `Open`).

use cogway_catalog::QualifiedName;
use cogway_pg::execute::Executor;

use super::find::Shape;
use super::tally::{Tally, places};
use super::{AccountError, Tool};
use crate::history::{History, Revision};

pub(super) const SHAPE: Shape = Shape {
    names: &["schema_migrations"],
    columns: &["version N", "dirty B"],
    applied: "version >= 0",
};

pub(super) async fn read<'a>(
    executor: &Executor,
    table: &QualifiedName,
    history: &'a History,
) -> Result<Tally<'a>, AccountError> {
    let sql = format!("select version::bigint as version, dirty from {table} limit 1");
    let rows = executor.query(&sql, &[]).await?;
    let Some(row) = rows.first() else {
        return Ok(Tally::new(history));
    };
    let version: i64 = row.get("version");
    if row.get("dirty") {
        return Err(AccountError::Unfinished {
            tool: Tool::GolangMigrate,
            table: table.clone(),
            version: version.to_string(),
        });
    }
    Ok(up_to(version, history))
}

fn up_to(version: i64, history: &History) -> Tally<'_> {
    let mut tally = Tally::new(history);
    // Below zero is the version of a database that has none.
    let Ok(version) = u64::try_from(version) else {
        return tally;
    };
    let places = places(history, number);
    if !places.contains_key(&version) {
        tally.miss(version.to_string());
    }
    for &place in places.range(..=version).map(|(_, place)| place) {
        tally.apply(place, None);
    }
    tally
}

/// The version as a number: the id without the `V` that some relatives of golang-migrate write.
fn number(revision: &Revision) -> Option<u64> {
    let id = revision.id.as_str();
    id.strip_prefix('V').unwrap_or(id).parse().ok()
}
