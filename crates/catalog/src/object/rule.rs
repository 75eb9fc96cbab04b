//! Rewrite rules. <https://www.postgresql.org/docs/current/catalog-pg-rewrite.html>

use serde::{Deserialize, Serialize};

/// A rewrite rule; the one that makes a view a view is in the view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The whole rule, as PostgreSQL prints it.
    pub definition: String,
    /// `origin`, `disabled`, `replica` or `always`.
    pub enabled: String,
}
