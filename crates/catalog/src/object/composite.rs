//! Composite types that stand alone. <https://www.postgresql.org/docs/current/rowtypes.html>

use serde::{Deserialize, Serialize};

use crate::name::Name;

/// A composite type made by `CREATE TYPE … AS (…)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompositeType {
    /// The fields in order.
    pub fields: Vec<Field>,
}

/// A field of a composite type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its type, with modifiers.
    #[serde(rename = "type")]
    pub data_type: String,
    /// The collation, where it is not the type's.
    pub collation: Option<String>,
    /// The comment on it.
    pub comment: Option<String>,
}
