//! What comes out of a seeding, and what it tells on its way.

use std::time::Duration;

use cogway_catalog::QualifiedName;

/// What came out of a seeding.
#[derive(Clone, Debug)]
pub struct Report {
    /// Every table, in the order in which they were filled; those that were left out come last.
    pub tables: Vec<TableReport>,
    /// How long all of it took.
    pub took: Duration,
    /// Were constraints or indexes taken off, and put on again?
    pub rebuilt: bool,
}

impl Report {
    /// How many rows were added.
    pub fn added(&self) -> u64 {
        self.tables.iter().map(|table| table.added).sum()
    }
}

/// What became of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableReport {
    /// Which.
    pub table: QualifiedName,
    /// How many rows it was to have.
    pub wanted: u64,
    /// How many it had.
    pub before: u64,
    /// How many were added.
    pub added: u64,
    /// How it went.
    pub outcome: Outcome,
    /// How long it took.
    pub took: Duration,
}

/// How it went with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has as many rows as it was to have.
    Filled,
    /// It had enough before.
    Enough,
    /// It is none that is filled, for this reason.
    Skipped(String),
    /// It has fewer rows than it was to have.
    Short {
        /// The constraint that is in the way, where it is one.
        constraint: Option<String>,
        /// Why.
        reason: String,
    },
}

/// Something that is told while a seeding runs.
#[derive(Clone, Debug)]
pub enum Event<'a> {
    /// It is known what is to be done: so many tables, with so many rows to be added.
    Planned {
        /// Tables.
        tables: usize,
        /// Rows.
        rows: u64,
    },
    /// A table is begun.
    Begun {
        /// Which.
        table: &'a QualifiedName,
        /// How many rows are to be added.
        rows: u64,
    },
    /// So many more rows were sent.
    Rows(u64),
    /// Keys and indexes of a table are built and checked.
    Building {
        /// Which.
        table: &'a QualifiedName,
    },
    /// A table is done.
    Done(&'a TableReport),
}
