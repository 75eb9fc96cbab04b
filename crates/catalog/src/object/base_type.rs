//! Base types and shell types. <https://www.postgresql.org/docs/current/catalog-pg-type.html>

use serde::{Deserialize, Serialize};

/// A type written in C, or a shell that stands for one until it is defined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseType {
    /// False for a shell type, whose other attributes mean nothing.
    pub defined: bool,
    /// Function from text.
    pub input: Option<String>,
    /// Function to text.
    pub output: Option<String>,
    /// Function from the binary form.
    pub receive: Option<String>,
    /// Function to the binary form.
    pub send: Option<String>,
    /// Function that reads type modifiers.
    pub modifier_input: Option<String>,
    /// Function that writes type modifiers.
    pub modifier_output: Option<String>,
    /// Function that gathers statistics.
    pub analyze: Option<String>,
    /// Function behind `value[i]` (PostgreSQL 14).
    pub subscript: Option<String>,
    /// Bytes; -1 for variable, -2 for a C string.
    pub length: i16,
    /// Passed by value?
    pub by_value: bool,
    /// `c`, `s`, `i` or `d`: 1, 2, 4 or 8 bytes.
    pub alignment: String,
    /// `p`, `e`, `m` or `x`: plain, external, main, extended.
    pub storage: String,
    /// The category by which conversions are chosen.
    pub category: String,
    /// Preferred in its category?
    pub preferred: bool,
    /// The character between elements in arrays of it.
    pub delimiter: String,
    /// The type of its elements, where it can be subscripted.
    pub element: Option<String>,
    /// Default value.
    pub default: Option<String>,
    /// Do values have a collation?
    pub collatable: bool,
}
