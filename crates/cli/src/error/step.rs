//! A script that failed, in words that say what to type next.

use cogway_migrate::history::RevisionId;
use cogway_migrate::ledger::Direction;
use cogway_migrate::runner::{DoneStep, Half, Source, StepFailure, Transactions};

use super::run::{Context, Has, list, quoted};
use super::{Failure, FailureCode};
use crate::report::title;

pub(super) fn at(failure: Failure, source: &Source, line: Option<usize>, column: Option<usize>) -> Failure {
    match source {
        Source::File { path, .. } => Failure {
            column: column.and_then(|column| u32::try_from(column).ok()),
            ..failure.at(path, line)
        },
        Source::Ledger => {
            let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
            let place = format!("in the down script that the ledger has kept{line}");
            failure.details(vec![place])
        }
    }
}

pub(super) fn of_step(failure: StepFailure, context: Context<'_>) -> Failure {
    let code = if failure.lost {
        FailureCode::Server
    } else {
        FailureCode::Migration
    };
    let error = &failure.error;
    let message = format!(
        "{} of {} failed: {}",
        failure.direction,
        title(failure.revision.as_str(), &failure.name),
        one_line(&error.message)
    );
    let mut told = at(
        Failure::new(code, message),
        &failure.source,
        failure.place.map(|place| place.line),
        failure.place.map(|place| place.column),
    );
    let mut details = std::mem::take(&mut told.details).into_vec();
    if let Some(statement) = &failure.statement {
        details.extend(of_statement(statement));
    }
    details.extend(
        error
            .detail
            .iter()
            .map(|detail| format!("detail: {}", one_line(detail))),
    );
    details.extend(
        error
            .context
            .iter()
            .map(|context| format!("context: {}", first_line(context))),
    );
    details.extend(
        error
            .hint
            .iter()
            .map(|hint| format!("PostgreSQL's hint: {}", one_line(hint))),
    );
    if failure.attempts > 1 {
        details.push(format!("tried {} times", failure.attempts));
    }
    if failure.rehearsed {
        details.push("this was a rehearsal: nothing is changed".to_owned());
    } else if context.transactions == Transactions::One && !failure.lost {
        details.push("of this run nothing is left: it was one transaction, which was rolled back".to_owned());
    } else {
        match &failure.half {
            Some(half) => details.extend(of_half(half)),
            None if !failure.lost => {
                details.push("of this revision nothing is left: it was rolled back".to_owned())
            }
            None => {}
        }
        let mut left = vec![failure.revision.clone()];
        left.extend(failure.left.iter().cloned());
        details.extend(progress(&failure.done, &left));
    }
    let hint = next_step(&failure, context);
    told = told.details(details).hint(hint);
    told.sqlstate = (!error.sqlstate.is_empty()).then(|| error.sqlstate.as_str().into());
    told
}

fn next_step(failure: &StepFailure, context: Context<'_>) -> String {
    let again = quoted(context.again);
    if failure.lost {
        return format!(
            "the server went away, and its log says why; then run {again} again: the ledger says what is applied"
        );
    }
    let state = failure.error.sqlstate.as_str();
    let is_for_psql = failure
        .statement
        .as_ref()
        .is_some_and(|statement| statement.starts_with('\\'));
    match state {
        "55P03" => format!(
            "somebody holds the lock all the time: end that (select * from pg_stat_activity where state <> 'idle'), or wait \
             for longer each time with --lock-timeout, then run {again} again"
        ),
        "57014" => format!("somebody cancelled it, or statement_timeout did; run {again} again"),
        "42501" => format!("let a role run it that may, or give this one the right, then run {again} again"),
        "42P07" | "42701" | "42710" | "42P06" | "42723"
            if failure.direction == Direction::Up && context.ledger == Has::Nothing =>
        {
            format!(
                "if the database had this before Cogway came, say which revision it is at: `cogway adopt --baseline REV`; \
                 otherwise mend the script, and run {again} again"
            )
        }
        "23502" | "23505" | "23503" | "23514" | "22P02" | "23P01" => format!(
            "rows stand against it: change them before, in the same script, or mend what it does with them; then run {again} \
             again"
        ),
        "25001" => format!(
            "it cannot run in a transaction: give the revision the directive of its tool that says so (transaction = \
             \"none\" in revision.toml), then run {again} again"
        ),
        "42601" if is_for_psql => {
            format!("commands to psql are no SQL: write it in SQL, or take it out, and run {again} again")
        }
        // What is not recorded is not what runs: the ledger has kept the down that belongs to what was applied.
        _ if failure.direction == Direction::Down => format!(
            "mend the down script in the files and record it with `cogway repair {}`, then run {again} again",
            failure.revision
        ),
        _ if failure.half.as_ref().is_some_and(|half| half.done > 0) => {
            format!("mend the rest of the script, and run {again} again: it goes on there")
        }
        _ => format!("mend the script, and run {again} again"),
    }
}

pub(super) fn of_half(half: &Half) -> Vec<String> {
    let parts = half.parts;
    let why = "it does not run in one transaction";
    let mut lines = vec![match half.done {
        0 if parts < 2 => {
            "it ran outside a transaction: what it did before it failed may be there".to_owned()
        }
        0 => format!("of this revision none of {parts} parts is done; {why}"),
        1 => format!("of this revision 1 of {parts} parts is done, and stays; {why}"),
        done => format!("of this revision {done} of {parts} parts are done, and stay; {why}"),
    }];
    for index in &half.invalid {
        lines.push(format!(
            "index {} on {} is INVALID: PostgreSQL does not use it. When the revision is gone on with, it is dropped and \
             made again",
            index.name, index.table
        ));
    }
    lines
}

/// What is done, and what is not.
pub(super) fn progress(done: &[DoneStep], left: &[RevisionId]) -> Vec<String> {
    let mut lines = Vec::new();
    let ids = |direction: Direction| -> Vec<&RevisionId> {
        done.iter()
            .filter(|step| step.direction == direction)
            .map(|step| &step.id)
            .collect()
    };
    let (ups, downs) = (ids(Direction::Up), ids(Direction::Down));
    if !downs.is_empty() {
        lines.push(format!("taken back in this run: {}", list(downs)));
    }
    if !ups.is_empty() {
        lines.push(format!("applied in this run: {}", list(ups)));
    }
    if !left.is_empty() {
        lines.push(format!("not done: {}", list(left)));
    }
    lines
}

/// The first lines of a statement, under a heading.
pub(super) fn of_statement(statement: &str) -> Vec<String> {
    const LINES: usize = 8;
    const WIDTH: usize = 160;
    let mut lines = vec!["the statement:".to_owned()];
    lines.extend(
        statement
            .lines()
            .take(LINES)
            .map(|line| format!("  {}", cut(line, WIDTH))),
    );
    if statement.lines().nth(LINES).is_some() {
        lines.push("  …".to_owned());
    }
    lines
}

/// A text of PostgreSQL's in one line: what it says of a script that is never closed goes on to the script's end.
pub(super) fn one_line(text: &str) -> String {
    const WIDTH: usize = 400;
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > 4 * WIDTH {
            break;
        }
    }
    cut(&line, WIDTH)
}

fn cut(line: &str, width: usize) -> String {
    match line.char_indices().nth(width) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

fn first_line(text: &str) -> String {
    one_line(text.lines().next().unwrap_or_default())
}
