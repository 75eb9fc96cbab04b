//! Event triggers. <https://www.postgresql.org/docs/current/catalog-pg-event-trigger.html>

use serde::{Deserialize, Serialize};

/// A trigger on DDL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventTrigger {
    /// `ddl_command_start`, `ddl_command_end`, `sql_drop`, `table_rewrite`, `login`.
    pub event: String,
    /// The function it calls.
    pub function: String,
    /// `origin`, `disabled`, `replica` or `always`.
    pub enabled: String,
    /// The command tags it is for, sorted; all where empty.
    pub tags: Vec<String>,
}
