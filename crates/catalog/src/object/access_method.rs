//! Access methods. <https://www.postgresql.org/docs/current/catalog-pg-am.html>

use serde::{Deserialize, Serialize};

/// An access method of tables or indexes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessMethod {
    /// What it stores: `table` or `index`.
    pub target: String,
    /// The handler function.
    pub handler: String,
}
