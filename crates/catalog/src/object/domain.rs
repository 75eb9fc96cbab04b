//! Domains. <https://www.postgresql.org/docs/current/catalog-pg-type.html>

use serde::{Deserialize, Serialize};

/// A domain. Its checks are objects of their own, of kind `constraint`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// The type below, with modifiers.
    #[serde(rename = "type")]
    pub data_type: String,
    /// The collation, where it is not the type's.
    pub collation: Option<String>,
    /// Is NULL refused?
    pub not_null: bool,
    /// Default value, as an expression.
    pub default: Option<String>,
}
