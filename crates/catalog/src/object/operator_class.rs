//! Operator classes and families. <https://www.postgresql.org/docs/current/xindex.html>

use serde::{Deserialize, Serialize};

/// An operator class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorClass {
    /// The family it is in.
    pub family: String,
    /// The type it indexes.
    pub input: String,
    /// The type it stores, where that differs.
    pub storage: Option<String>,
    /// Is it used when an index names none?
    pub default: bool,
    /// Its operators and functions, as `operator 1 <(integer, integer)`, in order.
    pub members: Vec<String>,
}

/// An operator family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorFamily {
    /// The operators and functions that are in no class of it, in order.
    pub members: Vec<String>,
}
