//! diesel: a folder `<version>_<name>/` per migration, with `up.sql`, `down.sql` and perhaps `metadata.toml`.
//!
//! - Folders that are hidden or empty are passed over; one without `up.sql` makes diesel refuse the whole history
//!   (`diesel-rs/diesel`, `diesel_migrations/migrations_internals/src/lib.rs`).
//! - The version is what stands before the first `_`, without its dashes, and is compared as text: `2019-01-02-000000`
//!   comes after `20190101000000` (`version_from_string`; `diesel_migrations/src/migration_harness.rs`).
//! - A migration runs in one transaction, both ways, unless `metadata.toml` says otherwise; then the script is sent whole,
//!   as one simple query (`diesel_migrations/src/file_based_migrations.rs`). A `metadata.toml` that does not say
//!   `run_in_transaction` means `false`, and one that cannot be read means `true`: so does serde there.
//! - An `up.sql` or `down.sql` of no bytes is refused; one of comments only is fine.

use std::path::Path;

use super::folder::{self, Entry};
use super::lines::leading_digits;
use super::problem::{HistoryError, Problem, ProblemKind};
use super::sequence::{Direction, Found, Sequence};
use super::{Revision, Script, TransactionMode};

pub(super) fn read(dir: &Path, problems: &mut Vec<Problem>) -> Result<Vec<Revision>, HistoryError> {
    let mut sequence = Sequence::new();
    let listing = folder::list(dir)?;
    for file in listing
        .files
        .iter()
        .filter(|file| leading_digits(&file.name) > 0 && file.name.ends_with(".sql"))
    {
        problems.push(stray(&file.path));
    }
    for migration in listing.folders {
        let Some(files) = folder::list_inside(&migration.path, problems).map(|listing| listing.files) else {
            continue;
        };
        if files.is_empty() {
            continue;
        }
        if !files.iter().any(|file| file.name == "up.sql") {
            problems.push(no_up(&migration.path));
            continue;
        }
        let transaction = transaction(&migration.path.join("metadata.toml"), problems);
        let up = script(&migration, "up.sql", transaction, problems);
        let has_down = files.iter().any(|file| file.name == "down.sql");
        let down = has_down
            .then(|| script(&migration, "down.sql", transaction, problems))
            .flatten();
        let (version, name) = migration.name.split_once('_').unwrap_or((&migration.name, ""));
        let found = Found {
            key: version.replace('-', ""),
            id: version.to_owned(),
            name: name.to_owned(),
            direction: Direction::Up,
            path: migration.path.clone(),
            script: up,
        };
        sequence.add_both(found, down, problems);
    }
    Ok(sequence.finish(problems))
}

fn script(
    migration: &Entry,
    file: &str,
    transaction: TransactionMode,
    problems: &mut Vec<Problem>,
) -> Option<Script> {
    let path = migration.path.join(file);
    folder::script(&path, problems).map(|text| Script {
        path,
        text,
        first_line: 1,
        transaction,
    })
}

fn transaction(path: &Path, problems: &mut Vec<Problem>) -> TransactionMode {
    let Some(text) = folder::optional(path, problems) else {
        return TransactionMode::Single;
    };
    match text.parse::<toml::Table>() {
        Ok(table) => match table.get("run_in_transaction") {
            Some(toml::Value::Boolean(true)) => TransactionMode::Single,
            Some(toml::Value::Boolean(false)) => TransactionMode::Implicit,
            Some(_) => {
                problems.push(bad_metadata(path, "run_in_transaction is neither true nor false"));
                TransactionMode::Single
            }
            None => {
                problems.push(silent_metadata(path));
                TransactionMode::Implicit
            }
        },
        Err(error) => {
            problems.push(bad_metadata(path, error.message()));
            TransactionMode::Single
        }
    }
}

fn stray(path: &Path) -> Problem {
    let message = "diesel passes over files beside the migration folders";
    Problem::new(
        ProblemKind::NameNotRecognised,
        path,
        message,
        "put it into a folder <version>_<name>/ as up.sql",
    )
}

fn no_up(path: &Path) -> Problem {
    let message = "diesel refuses the whole history: this folder holds no up.sql";
    Problem::new(
        ProblemKind::UpMissing,
        path,
        message,
        "write up.sql, or delete the folder",
    )
}

fn bad_metadata(path: &Path, why: &str) -> Problem {
    let message = format!("diesel passes over this file and runs the migration in a transaction: {why}");
    Problem::new(
        ProblemKind::Settings,
        path,
        message,
        "write `run_in_transaction = false` or delete the file",
    )
}

fn silent_metadata(path: &Path) -> Problem {
    let message =
        "diesel runs the migration without a transaction, since this file does not say `run_in_transaction`";
    Problem::new(
        ProblemKind::Settings,
        path,
        message,
        "write `run_in_transaction = true` or `= false`",
    )
}
