//! Sequences. <https://www.postgresql.org/docs/current/catalog-pg-sequence.html>

use serde::{Deserialize, Serialize};

use crate::name::{Name, QualifiedName};

/// A sequence. Where it stands is data, not schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// `permanent` or `unlogged` (PostgreSQL 15).
    pub persistence: String,
    /// `smallint`, `integer` or `bigint`.
    #[serde(rename = "type")]
    pub data_type: String,
    /// First value.
    pub start: i64,
    /// Step.
    pub increment: i64,
    /// Least value.
    pub minimum: i64,
    /// Greatest value.
    pub maximum: i64,
    /// Values fetched at once.
    pub cache: i64,
    /// Starts again at the end?
    pub cycle: bool,
    /// The column that it goes with.
    pub owned_by: Option<OwningColumn>,
    /// Is it behind an identity column?
    pub identity: bool,
}

/// The column that a sequence goes with: dropped when the column is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwningColumn {
    /// The table.
    pub relation: QualifiedName,
    /// The column.
    pub column: Name,
}
