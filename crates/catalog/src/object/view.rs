//! Views and materialised views. <https://www.postgresql.org/docs/current/catalog-pg-rewrite.html>

use serde::{Deserialize, Serialize};

use crate::name::Name;

/// A view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The query, as PostgreSQL prints it.
    pub query: String,
    /// Options `name=value`, sorted (`check_option`, `security_barrier`, `security_invoker`).
    pub options: Vec<String>,
}

/// A materialised view. Whether it is populated is data, not schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterializedView {
    /// The query, as PostgreSQL prints it.
    pub query: String,
    /// The table access method.
    pub access_method: Option<Name>,
    /// The tablespace, where it is not the database's.
    pub tablespace: Option<Name>,
    /// Storage options `name=value`, sorted.
    pub options: Vec<String>,
    /// Storage options of its TOAST table, sorted.
    pub toast_options: Vec<String>,
    /// `default`, `nothing` or `full`.
    pub replica_identity: String,
    /// Extensions without which it goes (`DEPENDS ON EXTENSION`).
    pub depends_on_extensions: Vec<String>,
}
