//! Parsers, templates, dictionaries and configurations of full-text search.
//! <https://www.postgresql.org/docs/current/textsearch-configuration.html>

use serde::{Deserialize, Serialize};

/// A parser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSearchParser {
    /// Function that starts.
    pub start: String,
    /// Function that yields a token.
    pub token: String,
    /// Function that ends.
    pub end: String,
    /// Function that makes headlines.
    pub headline: Option<String>,
    /// Function that lists the kinds of token.
    pub lextypes: String,
}

/// A template of dictionaries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSearchTemplate {
    /// Function that prepares a dictionary.
    pub init: Option<String>,
    /// Function that looks a token up.
    pub lexize: String,
}

/// A dictionary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSearchDictionary {
    /// The template it is made from.
    pub template: String,
    /// Its options, as written.
    pub options: Option<String>,
}

/// A configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSearchConfiguration {
    /// Its parser.
    pub parser: String,
    /// `token: dictionary, dictionary`, in order of the token kinds.
    pub mappings: Vec<String>,
}
