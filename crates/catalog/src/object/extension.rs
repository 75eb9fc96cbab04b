//! Extensions. <https://www.postgresql.org/docs/current/catalog-pg-extension.html>

use serde::{Deserialize, Serialize};

use crate::name::Name;

/// An installed extension. What belongs to it is its own business and is not in the catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The schema that its objects were put into.
    pub schema: Name,
    /// The installed version.
    pub version: String,
}
