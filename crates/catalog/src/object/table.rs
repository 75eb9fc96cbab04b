//! Tables of every sort. <https://www.postgresql.org/docs/current/catalog-pg-class.html>

use serde::{Deserialize, Serialize};

use crate::name::{Name, QualifiedName};

/// A table: ordinary, partitioned or foreign; a root, a partition or a child by inheritance.
///
/// Its columns, constraints, indexes, triggers, rules and policies are objects of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What keeps its rows.
    pub form: TableForm,
    /// Its place among other tables.
    pub ancestry: Ancestry,
    /// `permanent` or `unlogged`.
    pub persistence: String,
    /// The composite type of a typed table (`CREATE TABLE … OF`).
    pub of_type: Option<String>,
    /// The table access method, where the table has storage.
    pub access_method: Option<Name>,
    /// The tablespace, where it is not the database's.
    pub tablespace: Option<Name>,
    /// Storage options `name=value`, sorted.
    pub options: Vec<String>,
    /// Storage options of its TOAST table, sorted.
    pub toast_options: Vec<String>,
    /// `default`, `nothing`, `full` or `index` (the index says that it is the one).
    pub replica_identity: String,
    /// Are policies enforced?
    pub row_security: bool,
    /// For the owner too?
    pub force_row_security: bool,
}

/// What keeps a table's rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableForm {
    /// The table itself.
    Ordinary,
    /// Its partitions.
    Partitioned {
        /// The partition key: `RANGE (sold_at)`.
        key: String,
    },
    /// A foreign server.
    Foreign {
        /// The server.
        server: Name,
        /// Options `name=value`, sorted; values of secrets are hidden.
        options: Vec<String>,
    },
}

/// A table's place among other tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ancestry {
    /// It stands alone.
    Root,
    /// It inherits, from these in order.
    Inherits {
        /// The parents.
        parents: Vec<QualifiedName>,
    },
    /// It is a partition.
    Partition {
        /// Of this table.
        of: QualifiedName,
        /// With this bound: `FOR VALUES FROM (1) TO (10)`.
        bound: String,
    },
}
