//! Casts. <https://www.postgresql.org/docs/current/catalog-pg-cast.html>

use serde::{Deserialize, Serialize};

/// A cast between two types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cast {
    /// `function`, `binary` or `inout`.
    pub method: String,
    /// The function, for that method.
    pub function: Option<String>,
    /// `explicit`, `assignment` or `implicit`.
    pub context: String,
}
