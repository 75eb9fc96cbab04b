//! Constraints of tables and domains. <https://www.postgresql.org/docs/current/catalog-pg-constraint.html>

use serde::{Deserialize, Serialize};

use crate::name::{Name, QualifiedName};

/// A constraint. An index behind it is an object of its own, of the same name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraint {
    /// What it demands.
    pub form: ConstraintForm,
    /// The columns it is on, in its order; empty for a check without columns.
    pub columns: Vec<Name>,
    /// The index behind a key or exclusion.
    pub index: Option<Name>,
    /// The expression of a check.
    pub expression: Option<String>,
    /// Operators of an exclusion, one a column.
    pub operators: Vec<String>,
    /// The table that a foreign key refers to.
    pub references: Option<QualifiedName>,
    /// The columns there.
    pub referenced_columns: Vec<Name>,
    /// `simple`, `full` or `partial`, for a foreign key.
    pub matching: Option<String>,
    /// What an update there does here: `no_action`, `restrict`, `cascade`, `set_null`, `set_default`.
    pub on_update: Option<String>,
    /// What a deletion there does here.
    pub on_delete: Option<String>,
    /// The columns that `ON DELETE SET NULL (…)` names (PostgreSQL 15).
    pub on_delete_columns: Vec<Name>,
    /// Can the check wait for the end of the transaction?
    pub deferrable: bool,
    /// Does it, unless told otherwise?
    pub initially_deferred: bool,
    /// Have the rows of before been checked?
    pub validated: bool,
    /// Is it checked at all (PostgreSQL 18)?
    pub enforced: bool,
    /// Is its last column a period: without overlaps in a key, covered by what a foreign key refers to (PostgreSQL 18)?
    pub period: bool,
    /// Do children not inherit it?
    pub no_inherit: bool,
    /// Is it defined here, not only inherited?
    pub local: bool,
    /// From how many parents is it inherited?
    pub inherited: i32,
}

/// What a constraint demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are PostgreSQL's own words")]
pub enum ConstraintForm {
    Check,
    ForeignKey,
    PrimaryKey,
    Unique,
    Exclusion,
    NotNull,
}
