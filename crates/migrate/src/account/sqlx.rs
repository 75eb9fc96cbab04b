//! sqlx: a row in `_sqlx_migrations` for each migration, with the checksum of its script.
//!
//! - The version is a number. Where `success` is false, sqlx takes the migration for half applied and does nothing more
//!   (`launchbadge/sqlx`, `sqlx-postgres/src/migrate.rs`, `dirty_version`). With PostgreSQL it only ever writes true.
//! - The checksum is the SHA-384 of the whole file, byte order mark included (`sqlx-core/src/migrate/source.rs`,
//!   `resolve_blocking_with_config`; `sqlx-core/src/migrate/migration.rs`, `checksum`). With `ignored-chars` in
//!   `sqlx.toml` some characters are left out of it; its documentation proposes `\r` alone, or all white space
//!   (`sqlx-core/src/config/migrate.rs`).
//! - `table-name` in `sqlx.toml` names another table (there).

use cogway_catalog::QualifiedName;
use cogway_pg::execute::Executor;
use cogway_pg::session::SessionError;

use super::find::Shape;
use super::rendering::{Difference, renderings};
use super::tally::{Tally, places};
use super::{AccountError, Tool, utc};
use crate::history::{History, Revision};

pub(super) const SHAPE: Shape = Shape {
    names: &["_sqlx_migrations"],
    columns: &["version N", "success B", "checksum U", "installed_on D"],
    applied: "success",
};

/// An applied revision whose checksum is yet to be explained.
struct Open {
    place: usize,
    checksum: Vec<u8>,
}

/// What the bytes of a script were when its checksum fits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Rendering(Difference),
    WithoutWhiteSpace,
}

pub(super) async fn read<'a>(
    executor: &Executor,
    table: &QualifiedName,
    history: &'a History,
) -> Result<Tally<'a>, AccountError> {
    let sql = format!(
        "select version::bigint as version, success, checksum, {} as at from {table} order by 1",
        utc("installed_on")
    );
    let rows = executor.query(&sql, &[]).await?;
    if let Some(row) = rows.iter().find(|row| !row.get::<_, bool>("success")) {
        return Err(AccountError::Unfinished {
            tool: Tool::Sqlx,
            table: table.clone(),
            version: row.get::<_, i64>("version").to_string(),
        });
    }
    let mut tally = Tally::new(history);
    let places = places(history, |revision: &Revision| {
        revision.id.as_str().parse::<i64>().ok()
    });
    let mut open = Vec::new();
    for row in &rows {
        let version: i64 = row.get("version");
        match places.get(&version) {
            Some(&place) => {
                tally.apply(place, row.get("at"));
                let checksum = row.get("checksum");
                open.push(Open { place, checksum });
            }
            None => tally.miss(version.to_string()),
        }
    }
    explain(executor, history, open, &mut tally).await?;
    Ok(tally)
}

/// Finds for each checksum the bytes that it is of, or notes that the script differs.
async fn explain(
    executor: &Executor,
    history: &History,
    mut open: Vec<Open>,
    tally: &mut Tally<'_>,
) -> Result<(), SessionError> {
    let text = |open: &Open| history.revisions[open.place].up.text.as_ref();
    // As a rule the files are as they were, and nothing else needs to be looked at.
    let plain = checksums(executor, open.iter().map(|open| text(open).to_owned()).collect()).await?;
    let mut plain = plain.iter();
    open.retain(|open| plain.next() != Some(&open.checksum));
    let mut line_breaks = Vec::new();
    let mut white_space = Vec::new();
    for open in open {
        let (fits, texts): (Vec<Fit>, Vec<String>) = variants(text(&open)).unzip();
        let checksums = checksums(executor, texts).await?;
        let found = checksums.iter().position(|checksum| *checksum == open.checksum);
        match found.and_then(|at| fits.get(at)) {
            Some(Fit::Rendering(Difference::None)) => {}
            Some(Fit::Rendering(Difference::LineBreaks)) => line_breaks.push(open.place),
            Some(Fit::WithoutWhiteSpace) => white_space.push(open.place),
            None => tally.differ(open.place),
        }
    }
    tally.remark_on(
        &line_breaks,
        "The checksums of {} are those of files with other line breaks than these have here.",
    );
    tally.remark_on(
        &white_space,
        "The checksums of {} leave out white space (ignored-chars in sqlx.toml), so that a change of it is not seen.",
    );
    Ok(())
}

fn variants(text: &str) -> impl Iterator<Item = (Fit, String)> {
    let bare = text.replace([' ', '\t', '\r', '\n'], "");
    let marked = format!("\u{feff}{bare}");
    renderings(text)
        .map(|(difference, text)| (Fit::Rendering(difference), text))
        .chain([(Fit::WithoutWhiteSpace, bare), (Fit::WithoutWhiteSpace, marked)])
}

/// The SHA-384 of each text, taken by the server, which has the algorithm at hand.
/// <https://www.postgresql.org/docs/current/functions-binarystring.html>
async fn checksums(executor: &Executor, texts: Vec<String>) -> Result<Vec<Vec<u8>>, SessionError> {
    let texts: Vec<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
    let sql = "select pg_catalog.sha384(script)
                 from pg_catalog.unnest($1::bytea[]) with ordinality as t (script, place) order by place";
    let rows = executor.query(sql, &[&texts]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}
