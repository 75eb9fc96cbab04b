//! Range types. <https://www.postgresql.org/docs/current/catalog-pg-range.html>

use serde::{Deserialize, Serialize};

/// A range type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// The type of the bounds.
    pub subtype: String,
    /// The operator class that orders them.
    pub operator_class: String,
    /// The collation, where the subtype has one.
    pub collation: Option<String>,
    /// The function that brings a range into its canonical form.
    pub canonical: Option<String>,
    /// The function that subtracts two bounds.
    pub subtype_difference: Option<String>,
    /// The multirange type made with it (PostgreSQL 14).
    pub multirange: Option<String>,
}
