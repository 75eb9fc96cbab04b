//! How fast `cogway seed` fills tables, beside rows that somebody has made before, and beside `pgbench -i`.

mod facts;
mod shop;

use std::ffi::OsString;
use std::path::Path;

use crate::arguments::Outcome;
use crate::bench::Settings;
use crate::bench::process::{self, Ran};
use crate::bench::series::Series;

/// Whether ten times as many rows are seeded as well, once, for the memory that it takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Large {
    /// It takes a minute.
    Asked,
    /// As it is otherwise.
    Not,
}

/// Measures the table of facts and the shop, and returns the rows of the table.
pub(crate) fn measure(settings: &Settings, cogway: &Path, large: Large) -> Outcome<Vec<String>> {
    // It runs in folders of its own.
    let cogway = &cogway.canonicalize()?;
    let mut rows = facts::measure(settings, cogway, large)?;
    rows.extend(shop::measure(settings, cogway)?);
    Ok(rows)
}

/// The whole process of `cogway seed`, with what it says in JSON.
fn seed(cogway: &Path, dir: &Path, url: &str, arguments: &[String]) -> Outcome<Ran> {
    let fixed = ["seed", "--quiet", "--output", "json", "--database-url", url];
    let words: Vec<OsString> = std::iter::once(cogway.as_os_str().to_owned())
        .chain(fixed.map(OsString::from))
        .chain(arguments.iter().map(OsString::from))
        .collect();
    process::run(&words, dir, url)
}

/// One of several that fill a table, over the rounds.
#[derive(Clone, Debug, Default)]
struct Figures {
    took: Series,
    /// In KiB.
    peak: Option<u64>,
}

/// A row of the table: how long it took, what rate that is, and how many times as long as `cogway seed`.
fn row(what: &str, rows: u64, figures: &Figures, own: Option<&Figures>, wanted: &str) -> String {
    let rate = rows as f64 / figures.took.median();
    let ratio = own.map_or_else(
        || "–".to_owned(),
        |own| format!("{:.2}", figures.took.ratio_to(&own.took)),
    );
    let peak = process::megabytes(figures.peak);
    println!(
        "{what}: {rows} rows in {}, {rate:.0} thousand rows/s; {ratio} times cogway seed; peak {peak}",
        figures.took
    );
    format!(
        "| {what} | {rows} | {} | {rate:.0} | {ratio} | {peak} | {wanted} |",
        figures.took
    )
}
