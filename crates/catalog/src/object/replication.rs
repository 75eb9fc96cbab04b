//! Publications and subscriptions. <https://www.postgresql.org/docs/current/logical-replication.html>

use serde::{Deserialize, Serialize};

use crate::name::Name;

/// A publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Of all tables, those to come too?
    pub all_tables: bool,
    /// The operations it publishes, of `insert`, `update`, `delete`, `truncate`.
    pub operations: Vec<String>,
    /// Are changes of partitions published as the root's?
    pub via_root: bool,
    /// Which generated columns it publishes, besides those that a column list names: `none` or `stored`
    /// (PostgreSQL 18).
    pub generated_columns: String,
    /// Tables with column list and row filter, sorted.
    pub tables: Vec<String>,
    /// Schemas whose tables are all published, sorted (PostgreSQL 15).
    pub schemas: Vec<Name>,
}

/// A subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// How to reach the publisher, the password hidden.
    pub connection: String,
    /// The publications, sorted.
    pub publications: Vec<String>,
    /// Does it run?
    pub enabled: bool,
    /// The replication slot on the publisher.
    pub slot: Option<String>,
    /// `synchronous_commit` of its worker.
    pub synchronous_commit: String,
    /// Other options `name=value`, by name; which there are depends on the server's version.
    pub options: Vec<String>,
}
