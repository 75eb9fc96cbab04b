//! Default privileges. <https://www.postgresql.org/docs/current/catalog-pg-default-acl.html>

use serde::{Deserialize, Serialize};

/// Privileges that objects get when they are made. The name says whose, where and of which kind of object; the
/// privileges themselves are the object's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultPrivileges {}
