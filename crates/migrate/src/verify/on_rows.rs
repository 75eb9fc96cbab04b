//! What a revision did to the rows that were there.

use std::time::Duration;

use cogway_catalog::{Name, QualifiedName};
use serde::{Serialize, Serializer};

/// What was found out about a revision on a database with rows, besides findings.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OnRows {
    /// How long `up` took there, in milliseconds; none where it failed.
    #[serde(rename = "up_ms", serialize_with = "as_milliseconds")]
    pub up_took: Option<Duration>,
    /// What `up` did to the tables that were there, in the order of their names; those that it left alone are left out.
    pub work: Vec<TableWork>,
    /// What is not there any more after going there and back.
    pub losses: Vec<Loss>,
    /// Tables that could not be filled after it.
    pub short: Vec<Short>,
}

/// What a script did to a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableWork {
    /// The table, as it was called before.
    #[serde(serialize_with = "as_text")]
    pub table: QualifiedName,
    /// Was it written anew as a whole? Nobody can read or write it meanwhile.
    pub rewritten: bool,
    /// How many rows were read by going through the whole table: to check, to convert, to index, to find some.
    pub scanned_rows: u64,
    /// How many of its indexes were built, anew or for the first time.
    pub indexes_built: usize,
}

impl TableWork {
    /// Was anything done at all?
    pub(super) fn is_any(&self) -> bool {
        self.rewritten || self.scanned_rows > 0 || self.indexes_built > 0
    }
}

/// Rows of a table, or values of a column, that are not there any more after going there and back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// Which way.
    pub direction: Direction,
    /// The table.
    #[serde(serialize_with = "as_text")]
    pub table: QualifiedName,
    /// The column; none where whole rows are gone.
    pub column: Option<Name>,
    /// How many values that are not NULL the column had, or how many rows the table.
    pub of: usize,
    /// How many of them are gone, or others.
    pub lost: usize,
    /// How many of these are NULL now.
    pub null: usize,
    /// How many are now a moment since the proof of the revision began: where all are, something notes when a row was
    /// changed.
    pub now: usize,
    /// One of them, in words.
    pub example: String,
}

/// A way there and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Up and down: what `up` destroys and `down` does not bring back.
    UpDown,
    /// Down and up again: what only the new version can hold.
    DownUp,
}

/// A table that could not be filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Short {
    /// The table.
    #[serde(serialize_with = "as_text")]
    pub table: QualifiedName,
    /// Why.
    pub reason: String,
}

fn as_milliseconds<S: Serializer>(took: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    match took {
        Some(took) => serializer.serialize_f64((took.as_secs_f64() * 1e6).round() / 1e3),
        None => serializer.serialize_none(),
    }
}

fn as_text<S: Serializer>(name: &QualifiedName, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(name)
}
