//! Foreign-data wrappers, servers and user mappings.
//! <https://www.postgresql.org/docs/current/ddl-foreign-data.html>

use serde::{Deserialize, Serialize};

use crate::name::Name;

/// A foreign-data wrapper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignDataWrapper {
    /// The handler function.
    pub handler: Option<String>,
    /// The function that checks options.
    pub validator: Option<String>,
    /// Options `name=value`, sorted; values of secrets are hidden.
    pub options: Vec<String>,
}

/// A foreign server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignServer {
    /// The wrapper it is of.
    pub wrapper: Name,
    /// `TYPE`, where given.
    #[serde(rename = "type")]
    pub server_type: Option<String>,
    /// `VERSION`, where given.
    pub version: Option<String>,
    /// Options `name=value`, sorted; values of secrets are hidden.
    pub options: Vec<String>,
}

/// Who a local role is on a foreign server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserMapping {
    /// Options `name=value`, sorted; values of secrets are hidden.
    pub options: Vec<String>,
}
