//! Indexes. <https://www.postgresql.org/docs/current/catalog-pg-index.html>

use serde::{Deserialize, Serialize};

use crate::name::{Name, QualifiedName};

/// An index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// The relation it is on.
    pub relation: QualifiedName,
    /// Access method.
    pub method: Name,
    /// What it is ordered by, in order: each column or expression with collation, operator class and direction where
    /// they are not the default.
    pub keys: Vec<String>,
    /// Columns that it only carries.
    pub include: Vec<Name>,
    /// The condition of a partial index.
    pub predicate: Option<String>,
    /// Does it refuse duplicates?
    pub unique: bool,
    /// Are NULLs duplicates of each other (PostgreSQL 15)?
    pub nulls_not_distinct: bool,
    /// False after a failed concurrent build: such an index is not used.
    pub valid: bool,
    /// Is the table clustered on it?
    pub clustered: bool,
    /// Is it the replica identity of its table?
    pub replica_identity: bool,
    /// Storage options `name=value`, sorted.
    pub options: Vec<String>,
    /// The tablespace, where it is not the database's.
    pub tablespace: Option<Name>,
    /// Statistics targets of expression columns, as `column number: target`.
    pub statistics: Vec<String>,
    /// The partitioned index that it is attached to.
    pub partition_of: Option<QualifiedName>,
    /// Extensions without which it goes (`DEPENDS ON EXTENSION`).
    pub depends_on_extensions: Vec<String>,
}
