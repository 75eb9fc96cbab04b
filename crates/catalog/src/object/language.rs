//! Procedural languages. <https://www.postgresql.org/docs/current/catalog-pg-language.html>

use serde::{Deserialize, Serialize};

/// A procedural language that no extension owns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    /// May users without superuser rights write functions in it?
    pub trusted: bool,
    /// The function that runs its functions.
    pub handler: Option<String>,
    /// The function that runs `DO` blocks.
    pub inline: Option<String>,
    /// The function that checks a new function.
    pub validator: Option<String>,
}
