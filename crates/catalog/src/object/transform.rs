//! Transforms. <https://www.postgresql.org/docs/current/catalog-pg-transform.html>

use serde::{Deserialize, Serialize};

/// How a type is handed to a procedural language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transform {
    /// Function towards the language.
    pub from_sql: Option<String>,
    /// Function back.
    pub to_sql: Option<String>,
}
