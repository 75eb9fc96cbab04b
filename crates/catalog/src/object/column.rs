//! Columns of tables and views. <https://www.postgresql.org/docs/current/catalog-pg-attribute.html>

use serde::{Deserialize, Serialize};

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Place among the living columns of the relation, from 1.
    pub position: i32,
    /// Type with modifiers: `character varying(200)`.
    #[serde(rename = "type")]
    pub data_type: String,
    /// The collation, where it is not the type's.
    pub collation: Option<String>,
    /// Is NULL refused?
    pub not_null: bool,
    /// Default value, as an expression.
    pub default: Option<String>,
    /// The expression that it is computed from.
    pub generated: Option<String>,
    /// How a generated column is kept: `stored` or `virtual`.
    pub generated_kind: Option<String>,
    /// `always` or `by_default`, for an identity column. The numbers come from a sequence that it owns.
    pub identity: Option<String>,
    /// `plain`, `external`, `main` or `extended`, where it is not the type's.
    pub storage: Option<String>,
    /// `pglz` or `lz4`, where set (PostgreSQL 14).
    pub compression: Option<String>,
    /// Statistics target, where set.
    pub statistics: Option<i32>,
    /// Options `name=value`, sorted (`n_distinct`).
    pub options: Vec<String>,
    /// Options for the foreign-data wrapper, sorted.
    pub foreign_options: Vec<String>,
    /// Is it defined here, not only inherited?
    pub local: bool,
    /// From how many parents is it inherited?
    pub inherited: i32,
}
