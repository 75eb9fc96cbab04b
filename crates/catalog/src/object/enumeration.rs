//! Enum types. <https://www.postgresql.org/docs/current/catalog-pg-enum.html>

use serde::{Deserialize, Serialize};

/// An enum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enumeration {
    /// The labels in their sort order; `labels` of any object are security labels.
    pub values: Vec<String>,
}
