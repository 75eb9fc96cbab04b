//! Triggers. <https://www.postgresql.org/docs/current/catalog-pg-trigger.html>

use serde::{Deserialize, Serialize};

/// A trigger that a user made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// The whole trigger, as PostgreSQL prints it.
    pub definition: String,
    /// The function it calls.
    pub function: String,
    /// `origin`, `disabled`, `replica` or `always`.
    pub enabled: String,
    /// Is it there because the partitioned table has it?
    pub inherited: bool,
    /// Extensions without which it goes (`DEPENDS ON EXTENSION`).
    pub depends_on_extensions: Vec<String>,
}
