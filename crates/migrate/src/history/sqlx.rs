//! sqlx: `<version>_<name>.up.sql` with `.down.sql`, or `<version>_<name>.sql` without a way back.
//!
//! - A name is cut at its first `_`; files without one, or not ending in `.sql`, are passed over. The part before it must
//!   be a number, or sqlx refuses the whole folder (`launchbadge/sqlx`, `sqlx-core/src/migrate/source.rs`).
//! - Revisions run in the order of their numbers.
//! - Each script runs in a transaction of its own, unless it begins with `-- no-transaction`; then it is sent whole, as
//!   one simple query (`sqlx-postgres/src/migrate.rs`). Both are said of each script by itself, up or down.

use std::path::Path;

use super::folder;
use super::lines::leading_digits;
use super::problem::{HistoryError, Problem, ProblemKind};
use super::sequence::{Direction, Found, Sequence};
use super::{Revision, Script, TransactionMode};

/// How a script says that it must not run in a transaction.
pub(super) const NO_TRANSACTION: &str = "-- no-transaction";

pub(super) fn read(dir: &Path, problems: &mut Vec<Problem>) -> Result<Vec<Revision>, HistoryError> {
    let mut sequence = Sequence::new();
    for file in folder::list(dir)?.files {
        let Some(name) = Name::parse(&file.name) else {
            if leading_digits(&file.name) > 0 && file.name.ends_with(".sql") {
                problems.push(not_a_migration(&file.path));
            }
            continue;
        };
        let Ok(version) = name.version.parse::<i64>() else {
            problems.push(not_a_number(&file.path, name.version));
            continue;
        };
        let script = folder::script(&file.path, problems).map(|text| Script {
            path: file.path.clone(),
            transaction: transaction(&text),
            text,
            first_line: 1,
        });
        let found = Found {
            key: version,
            id: name.version.to_owned(),
            name: name.name.to_owned(),
            direction: name.direction,
            path: file.path,
            script,
        };
        sequence.add(found, problems);
    }
    Ok(sequence.finish(problems))
}

fn transaction(text: &str) -> TransactionMode {
    if text.starts_with(NO_TRANSACTION) {
        TransactionMode::Implicit
    } else {
        TransactionMode::Single
    }
}

/// What a file name says.
#[derive(Debug, PartialEq, Eq)]
struct Name<'a> {
    version: &'a str,
    name: &'a str,
    direction: Direction,
}

impl<'a> Name<'a> {
    fn parse(file: &'a str) -> Option<Self> {
        let (version, rest) = file.split_once('_')?;
        let name = rest.strip_suffix(".sql")?;
        let (name, direction) = match (name.strip_suffix(".up"), name.strip_suffix(".down")) {
            (Some(name), _) => (name, Direction::Up),
            (None, Some(name)) => (name, Direction::Down),
            (None, None) => (name, Direction::Up),
        };
        Some(Name {
            version,
            name,
            direction,
        })
    }
}

fn not_a_migration(path: &Path) -> Problem {
    let message = "sqlx passes over this file: its name has no `_` behind the version";
    Problem::new(
        ProblemKind::NameNotRecognised,
        path,
        message,
        "rename it, or move it out of the folder",
    )
}

fn not_a_number(path: &Path, version: &str) -> Problem {
    let message = format!("sqlx refuses the whole folder: {version:?} is not a number");
    Problem::new(
        ProblemKind::NameNotRecognised,
        path,
        message,
        "begin the name with a number, as in 0001_name.sql",
    )
}
