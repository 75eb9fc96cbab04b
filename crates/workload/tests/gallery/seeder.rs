//! The one place that knows how the seeder is called.

use std::num::NonZeroUsize;

use cogway_testkit::TestDatabase;
use cogway_workload::seed::{self, Options, Outcome};

use crate::exhibit::Expected;

/// What the seeder says of a table.
#[derive(Clone, Debug)]
pub(crate) struct Reported {
    /// As SQL writes it, with the schema.
    pub(crate) table: String,
    pub(crate) wanted: u64,
    pub(crate) before: u64,
    pub(crate) added: u64,
    pub(crate) outcome: Reach,
}

/// How far the seeder says it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    Filled,
    Enough,
    Skipped(String),
    Short {
        constraint: Option<String>,
        reason: String,
    },
}

impl Reach {
    /// Is it what is expected?
    pub(crate) fn is(&self, expected: Expected) -> bool {
        match expected {
            Expected::Any | Expected::Some => true,
            Expected::Filled => matches!(self, Reach::Filled | Reach::Enough),
            Expected::Skipped => matches!(self, Reach::Skipped(_)),
            Expected::Short => matches!(self, Reach::Short { .. }),
        }
    }
}

/// The options of most tests.
pub(crate) fn options(rows: u64) -> Options {
    Options {
        rows,
        ..Options::default()
    }
}

/// Likewise, for a number of threads.
pub(crate) fn with_jobs(rows: u64, jobs: usize) -> Options {
    Options {
        jobs: NonZeroUsize::new(jobs),
        ..options(rows)
    }
}

/// Seeds a database.
pub(crate) async fn seed(database: &TestDatabase, options: &Options) -> Result<Vec<Reported>, String> {
    let report = seed::seed(&database.config(), options, &mut |_| {})
        .await
        .map_err(|error| format!("the seeder broke off: {error}"))?;
    let tables = report.tables.into_iter().map(|table| Reported {
        table: table.table.to_string(),
        wanted: table.wanted,
        before: table.before,
        added: table.added,
        outcome: match table.outcome {
            Outcome::Filled => Reach::Filled,
            Outcome::Enough => Reach::Enough,
            Outcome::Skipped(reason) => Reach::Skipped(reason),
            Outcome::Short { constraint, reason } => Reach::Short { constraint, reason },
        },
    });
    Ok(tables.collect())
}
