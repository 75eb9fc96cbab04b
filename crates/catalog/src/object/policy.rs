//! Policies of row security. <https://www.postgresql.org/docs/current/catalog-pg-policy.html>

use serde::{Deserialize, Serialize};

/// A row security policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// `all`, `select`, `insert`, `update` or `delete`.
    pub command: String,
    /// Does it allow (any one is enough), rather than restrict (all must hold)?
    pub permissive: bool,
    /// For these roles, sorted; `public` for all.
    pub roles: Vec<String>,
    /// Which rows are visible.
    pub using: Option<String>,
    /// Which rows may be written.
    pub check: Option<String>,
}
