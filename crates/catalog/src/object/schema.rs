//! Schemas. <https://www.postgresql.org/docs/current/catalog-pg-namespace.html>

use serde::{Deserialize, Serialize};

/// A schema. It has nothing of its own beyond name, owner, privileges and comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {}
