//! The report of a seeding.

use std::fmt::Write;

use cogway_workload::seed::{Options, Outcome, Report, TableReport};
use serde::Serialize;

use crate::output::Header;
use crate::paint::{Paint, Tone, visible};
use crate::printer::Talk;

/// For people.
pub(crate) fn human(report: &Report, options: &Options, paint: Paint, talk: Talk) -> String {
    let mut text = String::new();
    let width = report
        .tables
        .iter()
        .map(|table| visible(&table.table.to_string()).chars().count())
        .max()
        .unwrap_or(0);
    for table in &report.tables {
        let name = table.table.to_string();
        let name = visible(&name);
        let line = match &table.outcome {
            Outcome::Filled => format!("{name:width$}  {:>9} rows", table.added),
            Outcome::Enough if talk == Talk::Verbose => {
                format!("{name:width$}  {:>9} rows, as before", table.before)
            }
            Outcome::Skipped(reason) if talk == Talk::Verbose => format!("{name:width$}  {reason}"),
            Outcome::Enough | Outcome::Skipped(_) => continue,
            Outcome::Short { constraint, reason } => {
                let of = constraint
                    .as_ref()
                    .map(|name| format!("{}: ", visible(name)))
                    .unwrap_or_default();
                paint.text(
                    Tone::Doubtful,
                    format!(
                        "{name:width$}  {:>9} rows of {}: {of}{}",
                        table.added,
                        table.wanted - table.before.min(table.wanted),
                        visible(reason)
                    ),
                )
            }
        };
        let _ = writeln!(text, "{line}");
    }
    let summary = Summary::of(report);
    let seconds = report.took.as_secs_f64();
    let _ = write!(
        text,
        "{} rows into {} tables in {:.1} s, with seed {}",
        summary.rows, summary.filled, seconds, options.seed
    );
    if summary.enough > 0 {
        let _ = write!(text, "; {} had enough", summary.enough);
    }
    if summary.skipped > 0 {
        let _ = write!(text, "; {} left out", summary.skipped);
    }
    if summary.short > 0 {
        let _ = write!(text, "; {} short", summary.short);
    }
    text.push('\n');
    text
}

/// For machines.
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    #[serde(flatten)]
    header: Header,
    seed: u64,
    rows: u64,
    tables: Vec<TableEntry<'a>>,
    summary: Summary,
}

impl<'a> Document<'a> {
    pub(crate) fn of(report: &'a Report, options: &Options) -> Document<'a> {
        Document {
            header: Header::of("seed"),
            seed: options.seed,
            rows: options.rows,
            tables: report.tables.iter().map(TableEntry::of).collect(),
            summary: Summary::of(report),
        }
    }
}

/// A table, as machines read it.
#[derive(Serialize)]
pub(crate) struct TableEntry<'a> {
    table: String,
    wanted: u64,
    before: u64,
    added: u64,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    ms: u64,
}

impl<'a> TableEntry<'a> {
    pub(crate) fn of(table: &'a TableReport) -> TableEntry<'a> {
        let (outcome, constraint, reason) = match &table.outcome {
            Outcome::Filled => ("filled", None, None),
            Outcome::Enough => ("enough", None, None),
            Outcome::Skipped(reason) => ("skipped", None, Some(reason.as_str())),
            Outcome::Short { constraint, reason } => ("short", constraint.as_deref(), Some(reason.as_str())),
        };
        TableEntry {
            table: table.table.to_string(),
            wanted: table.wanted,
            before: table.before,
            added: table.added,
            outcome,
            constraint,
            reason,
            ms: u64::try_from(table.took.as_millis()).unwrap_or(u64::MAX),
        }
    }
}

/// How it went with all tables together.
#[derive(Serialize)]
pub(crate) struct Summary {
    rows: u64,
    filled: usize,
    enough: usize,
    short: usize,
    skipped: usize,
    ms: u64,
}

impl Summary {
    pub(crate) fn of(report: &Report) -> Summary {
        let count =
            |is: fn(&Outcome) -> bool| report.tables.iter().filter(|table| is(&table.outcome)).count();
        Summary {
            rows: report.added(),
            filled: count(|outcome| *outcome == Outcome::Filled),
            enough: count(|outcome| *outcome == Outcome::Enough),
            short: count(|outcome| matches!(outcome, Outcome::Short { .. })),
            skipped: count(|outcome| matches!(outcome, Outcome::Skipped(_))),
            ms: u64::try_from(report.took.as_millis()).unwrap_or(u64::MAX),
        }
    }
}
