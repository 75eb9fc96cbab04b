//! refinery: `V<version>__<name>.sql` or `U<version>__<name>.sql`, no way back.
//!
//! - Folders are searched to the bottom. A name is `V` or `U`, digits, `__`, and letters, digits or `_`; anything else is
//!   passed over with a warning (`rust-db/refinery`, `refinery_core/src/util.rs`). The version is an `i32`, or an `i64`
//!   with the feature `int8-versions`; `1.2` matches the pattern and is refused afterwards.
//! - `U` does not undo: it marks migrations that may be added below the version a database has ("unversioned"). `V1` and
//!   `U1` are one version (`refinery_core/src/runner.rs`, `refinery_core/src/traits/mod.rs`).
//! - Each migration runs in one transaction, with the row that records it (`refinery_core/src/traits/async.rs`,
//!   `refinery_core/src/drivers/tokio_postgres.rs`).
//! - Migrations can be Rust modules, `V1__name.rs`, that return SQL (`refinery_macros`).

use std::path::Path;

use super::folder;
use super::lines::leading_digits;
use super::problem::{HistoryError, Problem, ProblemKind};
use super::sequence::{Direction, Found, Sequence};
use super::{Revision, Script, TransactionMode};

pub(super) fn read(dir: &Path, problems: &mut Vec<Problem>) -> Result<Vec<Revision>, HistoryError> {
    let mut sequence = Sequence::new();
    for file in folder::list_below(dir, problems)? {
        let Some((stem, extension)) = file.name.rsplit_once('.') else {
            continue;
        };
        if !matches!(extension, "sql" | "rs") {
            continue;
        }
        let Some(name) = Name::parse(stem) else {
            if extension == "sql" && looks_like_a_migration(stem) {
                problems.push(not_a_migration(&file.path));
            }
            continue;
        };
        let script = if extension == "rs" {
            problems.push(in_rust(&file.path, name.id));
            None
        } else {
            folder::script(&file.path, problems).map(|text| Script {
                path: file.path.clone(),
                text,
                first_line: 1,
                transaction: TransactionMode::Single,
            })
        };
        let found = Found {
            key: name.version,
            id: name.id.to_owned(),
            name: name.name.to_owned(),
            direction: Direction::Up,
            path: file.path,
            script,
        };
        sequence.add(found, problems);
    }
    Ok(sequence.finish(problems))
}

/// What a file name says, without its extension.
pub(super) struct Name<'a> {
    pub(super) version: i64,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
}

impl<'a> Name<'a> {
    pub(super) fn parse(stem: &'a str) -> Option<Self> {
        let unprefixed = stem.strip_prefix(['V', 'U'])?;
        let digits = leading_digits(unprefixed);
        let (id, rest) = stem.split_at(1 + digits);
        let name = rest.strip_prefix("__").filter(|name| !name.is_empty())?;
        let of_word = name.chars().all(|c| c.is_alphanumeric() || c == '_');
        of_word.then_some(())?;
        Some(Name {
            version: id.get(1..)?.parse().ok()?,
            id,
            name,
        })
    }
}

fn looks_like_a_migration(stem: &str) -> bool {
    leading_digits(stem.strip_prefix(['V', 'v', 'U', 'u']).unwrap_or(stem)) > 0
}

fn not_a_migration(path: &Path) -> Problem {
    let message =
        "refinery passes over this file: its name is not V<number>__<name>.sql or U<number>__<name>.sql";
    let hint = "rename it (letters, digits and `_` behind two `_`), or move it out of the folder";
    Problem::new(ProblemKind::NameNotRecognised, path, message, hint)
}

fn in_rust(path: &Path, id: &str) -> Problem {
    let message = format!("{id} cannot be read: it is written in Rust");
    let hint = "write the step in SQL, or mind that what follows is judged without it";
    Problem::new(ProblemKind::InCode, path, message, hint)
}
