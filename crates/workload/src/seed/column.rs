//! A column that is to be filled.

use super::data_type::DataType;

/// A column that is to be filled, with what its table says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name, unquoted.
    pub name: String,
    /// What it can hold.
    pub data_type: DataType,
    /// Is NULL refused?
    pub not_null: bool,
    /// The comment on it.
    pub comment: Option<String>,
}
