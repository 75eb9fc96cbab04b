//! Operators. <https://www.postgresql.org/docs/current/catalog-pg-operator.html>

use serde::{Deserialize, Serialize};

/// An operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// The function behind it; none for an operator that is only promised by another's commutator or negator.
    pub function: Option<String>,
    /// The type of the result.
    pub result: Option<String>,
    /// `a op b` is `b commutator a`.
    pub commutator: Option<String>,
    /// `a op b` is `not (a negator b)`.
    pub negator: Option<String>,
    /// Selectivity estimate of a condition.
    pub restrict: Option<String>,
    /// Selectivity estimate of a join.
    pub join: Option<String>,
    /// Serves hash joins?
    pub hashes: bool,
    /// Serves merge joins?
    pub merges: bool,
}
