//! Collations. <https://www.postgresql.org/docs/current/catalog-pg-collation.html>

use serde::{Deserialize, Serialize};

/// A collation. The version that the library had when it was made is not part of it: it says something of the
/// server's operating system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collation {
    /// `libc`, `icu`, `builtin` or `default`.
    pub provider: String,
    /// Are strings equal only when their bytes are?
    pub deterministic: bool,
    /// `LC_COLLATE`, for libc.
    pub lc_collate: Option<String>,
    /// `LC_CTYPE`, for libc.
    pub lc_ctype: Option<String>,
    /// The ICU or builtin locale.
    pub locale: Option<String>,
    /// Additional ICU rules (PostgreSQL 16).
    pub rules: Option<String>,
}
