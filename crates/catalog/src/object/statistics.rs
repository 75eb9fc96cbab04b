//! Extended statistics. <https://www.postgresql.org/docs/current/catalog-pg-statistic-ext.html>

use serde::{Deserialize, Serialize};

/// Extended statistics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    /// The whole definition, as PostgreSQL prints it.
    pub definition: String,
    /// Statistics target, where set.
    pub target: Option<i32>,
}
