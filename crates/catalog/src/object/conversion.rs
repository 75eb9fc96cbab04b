//! Encoding conversions. <https://www.postgresql.org/docs/current/catalog-pg-conversion.html>

use serde::{Deserialize, Serialize};

/// A conversion between two encodings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// From this encoding.
    pub source: String,
    /// To this one.
    pub target: String,
    /// The function that does it.
    pub function: String,
    /// Is it the default between the two?
    pub default: bool,
}
