//! goose: `<version>_<name>.sql` with the sections `-- +goose Up` and `-- +goose Down`.
//!
//! - A name is a number above zero, `_`, anything, `.sql` or `.go`; `_test.go` and everything else is passed over
//!   (`pressly/goose`, `provider_collect.go`, `NumericComponent` in `migration.go`). Revisions run in the order of their
//!   numbers.
//! - goose cuts a section into statements itself: after each line that ends in `;`, and nowhere between
//!   `-- +goose StatementBegin` and `-- +goose StatementEnd` (`internal/sqlparser/parser.go`; see [`sections`]). It takes
//!   the end of such a block for the end of a statement even without a `;`.
//! - All statements of a section run in one transaction, or, with `-- +goose NO TRANSACTION` anywhere in the file, each on
//!   its own (`migration_sql.go`).
//! - `-- +goose ENVSUB ON` lets goose fill in environment variables; Cogway does not.

mod sections;

use std::path::Path;

use super::folder;
use super::problem::{HistoryError, Problem, ProblemKind};
use super::sequence::{Direction, Found, Sequence};
use super::{Revision, Script, TransactionMode};
use sections::Sections;

pub(super) fn read(dir: &Path, problems: &mut Vec<Problem>) -> Result<Vec<Revision>, HistoryError> {
    let mut sequence = Sequence::new();
    for file in folder::list(dir)?.files {
        let Some((stem, extension)) = file.name.rsplit_once('.') else {
            continue;
        };
        if !matches!(extension, "sql" | "go") || file.name.ends_with("_test.go") {
            continue;
        }
        let parts = stem
            .split_once('_')
            .and_then(|(id, name)| Some((id.parse::<i64>().ok()?, id, name)));
        let Some((version, id, name)) = parts.filter(|(version, ..)| *version > 0) else {
            if extension == "sql" {
                problems.push(not_a_migration(&file.path));
            }
            continue;
        };
        let (up, down) = if extension == "go" {
            problems.push(in_go(&file.path, id));
            (None, None)
        } else {
            scripts(&file.path, problems)
        };
        let found = Found {
            key: version,
            id: id.to_owned(),
            name: name.to_owned(),
            direction: Direction::Up,
            path: file.path,
            script: up,
        };
        sequence.add_both(found, down, problems);
    }
    Ok(sequence.finish(problems))
}

/// Both directions of a file.
fn scripts(path: &Path, problems: &mut Vec<Problem>) -> (Option<Script>, Option<Script>) {
    let Some(text) = folder::script(path, problems) else {
        return (None, None);
    };
    let found = Sections::parse(&text);
    problems.extend(found.faults.into_iter().map(|fault| {
        let hint = fault.kind.hint();
        Problem::new(fault.kind.problem(), path, fault.message, hint).at(fault.line)
    }));
    let transaction = if found.no_transaction {
        TransactionMode::PerStatement
    } else {
        TransactionMode::Single
    };
    let script = |section: sections::Section| Script {
        path: path.to_owned(),
        text: section.text.into(),
        first_line: section.first_line,
        transaction,
    };
    (found.up.map(script), found.down.map(script))
}

fn not_a_migration(path: &Path) -> Problem {
    let message = "goose refuses this name, or passes over it: it is not <number>_<name>.sql";
    Problem::new(
        ProblemKind::NameNotRecognised,
        path,
        message,
        "rename it, or move it out of the folder",
    )
}

fn in_go(path: &Path, id: &str) -> Problem {
    let message = format!("{id} cannot be read: it is written in Go");
    let hint = "write the step in SQL, or mind that what follows is judged without it";
    Problem::new(ProblemKind::InCode, path, message, hint)
}
