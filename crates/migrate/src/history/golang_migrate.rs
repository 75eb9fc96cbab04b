//! golang-migrate: `<version>_<name>.up.sql` and `<version>_<name>.down.sql`.
//!
//! - A name is digits, `_`, anything, `.up.` or `.down.`, anything; files whose names differ are passed over. The version
//!   is a number: `7` and `0007` are the same (`golang-migrate/migrate`, `source/parse.go`, `source/iofs/iofs.go`).
//! - Revisions run in the order of their numbers (`source/migration.go`).
//! - A script is sent whole, as one simple query (`database/postgres/postgres.go`, `runStatement`); only the option
//!   `x-multi-statement` cuts it up.
//!
//! Two relatives are read as well: `V<version>.<name>.up.sql` (`authelia/authelia`, `internal/storage/const.go`), and
//! histories with steps written in Go, `<version>_<name>.up.go` (`concourse/concourse`, `atc/db/migration/parser.go`).

use std::path::Path;

use super::folder;
use super::lines::leading_digits;
use super::problem::{HistoryError, Problem, ProblemKind};
use super::sequence::{Direction, Found, Sequence};
use super::{Revision, Script, TransactionMode};

pub(super) fn read(dir: &Path, problems: &mut Vec<Problem>) -> Result<Vec<Revision>, HistoryError> {
    let mut sequence = Sequence::new();
    for file in folder::list(dir)?.files {
        let Some(name) = Name::parse(&file.name) else {
            if looks_like_a_migration(&file.name) {
                problems.push(not_a_migration(&file.path));
            }
            continue;
        };
        let script = if name.extension == "go" {
            problems.push(in_go(&file.path, &name));
            None
        } else {
            folder::script(&file.path, problems).map(|text| Script {
                path: file.path.clone(),
                text,
                first_line: 1,
                transaction: TransactionMode::Implicit,
            })
        };
        let found = Found {
            key: name.version,
            id: name.id.to_owned(),
            name: name.name.to_owned(),
            direction: name.direction,
            path: file.path,
            script,
        };
        sequence.add(found, problems);
    }
    Ok(sequence.finish(problems))
}

/// What a file name says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name<'a> {
    pub(super) version: u64,
    /// The version as written, with the `V` if there is one.
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) direction: Direction,
    pub(super) extension: &'a str,
}

impl<'a> Name<'a> {
    pub(super) fn parse(file: &'a str) -> Option<Self> {
        let unprefixed = file.strip_prefix('V').unwrap_or(file);
        let prefix = file.len() - unprefixed.len();
        let digits = leading_digits(unprefixed);
        let (id, rest) = file.split_at(prefix + digits);
        let version = id.get(prefix..)?.parse().ok()?;
        // Behind the number stands `_`; behind `V` and the number, a dot.
        let rest = rest.strip_prefix(if prefix == 0 { '_' } else { '.' })?;
        let up = rest.rfind(".up.").map(|at| (at, Direction::Up, ".up.".len()));
        let down = rest
            .rfind(".down.")
            .map(|at| (at, Direction::Down, ".down.".len()));
        let (at, direction, length) = up.into_iter().chain(down).max_by_key(|(at, ..)| *at)?;
        Some(Name {
            version,
            id,
            name: rest.get(..at)?,
            direction,
            extension: rest.get(at + length..)?,
        })
    }
}

fn looks_like_a_migration(file: &str) -> bool {
    let of_sql = file.to_ascii_lowercase().ends_with(".sql");
    of_sql && (leading_digits(file) > 0 || file.contains(".up.") || file.contains(".down."))
}

fn not_a_migration(path: &Path) -> Problem {
    let message = "golang-migrate passes over this file: its name is not <number>_<name>.up.sql or .down.sql";
    Problem::new(
        ProblemKind::NameNotRecognised,
        path,
        message,
        "rename it, or move it out of the folder",
    )
}

fn in_go(path: &Path, name: &Name<'_>) -> Problem {
    let direction = if name.direction == Direction::Up {
        "up"
    } else {
        "down"
    };
    let message = format!(
        "the {direction} of {} cannot be read: it is written in Go",
        name.id
    );
    let hint = "write the step in SQL, or mind that what follows is judged without it";
    Problem::new(ProblemKind::InCode, path, message, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_golang_migrate_reads_them() {
        let parse = |file| Name::parse(file).map(|n| (n.version, n.id, n.name, n.direction, n.extension));
        let cases = [
            (
                "0007_add_users.up.sql",
                Some((7, "0007", "add_users", Direction::Up, "sql")),
            ),
            (
                "20200101120000_x.down.sql",
                Some((20200101120000, "20200101120000", "x", Direction::Down, "sql")),
            ),
            ("1_.up.sql", Some((1, "1", "", Direction::Up, "sql"))),
            (
                "1_a.up.b.down.sql",
                Some((1, "1", "a.up.b", Direction::Down, "sql")),
            ),
            ("1_a.up.go", Some((1, "1", "a", Direction::Up, "go"))),
            (
                "V0003.WebAuthn.up.sql",
                Some((3, "V0003", "WebAuthn", Direction::Up, "sql")),
            ),
            ("V1__init.sql", None),
            ("1-a.up.sql", None),
            ("1_a.sql", None),
            ("_a.up.sql", None),
            ("99999999999999999999999_a.up.sql", None),
            ("äöü", None),
        ];
        for (file, expected) in cases {
            assert_eq!(parse(file), expected, "{file}");
        }
    }
}
