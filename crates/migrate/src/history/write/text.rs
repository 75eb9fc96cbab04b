//! What stands in the files of a new revision.

use cogway_catalog::sql::{self, Statement, StatementKind};

use super::super::lines::lines;
use super::super::{Format, sqlx};
use super::{DraftError, Wanted};

/// What stands in an empty up.
const UP: &str = "-- Write here what takes the database a step forward.\n";

/// What stands in an empty down.
const DOWN: &str = "-- Write here what takes it back again.\n";

/// The scripts of a revision, as they are written.
pub(super) struct Scripts {
    pub(super) up: String,
    pub(super) down: Option<String>,
    /// Whether a statement cannot run in a transaction, and the tool must be told.
    pub(super) without_transaction: bool,
    up_without_transaction: bool,
    down_without_transaction: bool,
}

impl Scripts {
    pub(super) fn of(format: Format, wanted: &Wanted<'_>) -> Result<Self, DraftError> {
        for script in [Some(wanted.up), wanted.down].into_iter().flatten() {
            if let Some(line) = directive(format, script) {
                let line = line.to_owned();
                return Err(DraftError::Directive { format, line });
            }
        }
        let up_without_transaction = leaves_transaction(wanted.up);
        let down_without_transaction = wanted.down.is_some_and(leaves_transaction);
        let written = |script: &str, instead: &str, without_transaction: bool| match format {
            _ if script.trim().is_empty() => instead.to_owned(),
            Format::Goose => in_blocks(script),
            Format::Sqlx if without_transaction && !script.starts_with(sqlx::NO_TRANSACTION) => {
                format!("{}\n{}", sqlx::NO_TRANSACTION, ended(script))
            }
            _ => ended(script),
        };
        Ok(Scripts {
            up: written(wanted.up, UP, up_without_transaction),
            down: wanted
                .down
                .map(|down| written(down, DOWN, down_without_transaction)),
            without_transaction: up_without_transaction || down_without_transaction,
            up_without_transaction,
            down_without_transaction,
        })
    }

    /// Both scripts with the directives that dbmate and goose tell them apart by.
    pub(super) fn in_one_file(&self, format: Format) -> String {
        let Scripts { up, down, .. } = self;
        if format == Format::Goose {
            // Said of the file, not of a section.
            let mode = if self.without_transaction {
                "-- +goose NO TRANSACTION\n"
            } else {
                ""
            };
            let down = down
                .as_ref()
                .map(|down| format!("\n-- +goose Down\n{down}"))
                .unwrap_or_default();
            return format!("{mode}-- +goose Up\n{up}{down}");
        }
        let mode = |without| if without { " transaction:false" } else { "" };
        format!(
            "-- migrate:up{}\n{up}\n-- migrate:down{}\n{}",
            mode(self.up_without_transaction),
            mode(self.down_without_transaction),
            down.as_deref().unwrap_or_default()
        )
    }
}

/// The script with a line break at its end.
fn ended(script: &str) -> String {
    let missing = if script.ends_with('\n') { "" } else { "\n" };
    format!("{script}{missing}")
}

/// The first line that the tool would take for one of its directives.
fn directive(format: Format, script: &str) -> Option<&str> {
    lines(script).map(|line| line.text).find(|line| {
        let comment = line.trim_start().strip_prefix("--");
        match format {
            Format::Dbmate => comment.is_some_and(|words| words.trim_start().starts_with("migrate:")),
            Format::Goose => comment.is_some_and(|words| words.contains("+goose")),
            _ => false,
        }
    })
}

/// Whether PostgreSQL refuses a statement of the script inside a transaction. What cannot be split is its to refuse.
fn leaves_transaction(script: &str) -> bool {
    sql::split(script)
        .unwrap_or_default()
        .iter()
        .any(|statement| matches!(statement.kind, StatementKind::OutsideTransaction(_)))
}

/// A script for goose, which ends statements at each `;` that ends a line. Where that is not what PostgreSQL does, each
/// statement gets the directives that keep it whole, with the comments before it.
fn in_blocks(script: &str) -> String {
    let Ok(statements) = sql::split(script) else {
        return block(script);
    };
    let mut starts = vec![0];
    starts.extend(statements.iter().map(|statement| statement.end));
    let gaps = starts
        .iter()
        .zip(
            statements
                .iter()
                .map(|statement| statement.offset)
                .chain([script.len()]),
        )
        .map(|(&start, end)| script.get(start..end).unwrap_or_default());
    if statements.iter().all(|statement| ends_a_line(script, statement)) && gaps.clone().all(is_plain) {
        return ended(script);
    }
    if statements.is_empty() {
        return block(script);
    }
    // What stands behind the last statement goes with it.
    starts.pop();
    let ends = starts.iter().skip(1).copied().chain([script.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| block(script.get(start..end).unwrap_or_default()))
        .collect()
}

fn block(statement: &str) -> String {
    let statement = statement.trim_matches(['\r', '\n']);
    format!("-- +goose StatementBegin\n{statement}\n-- +goose StatementEnd\n")
}

/// Whether a statement ends in the one `;` of it that ends a line, but for comments.
fn ends_a_line(script: &str, statement: &Statement<'_>) -> bool {
    let ends_early = lines(statement.text).any(|line| {
        let code = line
            .text
            .split_whitespace()
            .take_while(|word| !word.starts_with("--"));
        code.last().is_some_and(|word| word.ends_with(';'))
    });
    let (before, behind) = script.split_at_checked(statement.end).unwrap_or_default();
    let behind = behind.lines().next().unwrap_or_default().trim();
    !ends_early && before.ends_with(';') && (behind.is_empty() || behind.starts_with("--"))
}

/// Whether between two statements stand only blank lines and comments of one line.
fn is_plain(gap: &str) -> bool {
    gap.lines().all(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with("--")
    })
}
