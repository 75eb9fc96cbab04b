//! Functions, procedures and window functions. <https://www.postgresql.org/docs/current/catalog-pg-proc.html>

use serde::{Deserialize, Serialize};

/// A function, procedure or window function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Routine {
    /// `function`, `procedure` or `window`.
    pub form: String,
    /// All arguments with modes, names, types and defaults.
    pub arguments: String,
    /// What it returns; nothing for a procedure.
    pub result: Option<String>,
    /// The language.
    pub language: String,
    /// The source text; for C the name of the symbol.
    pub source: String,
    /// The library, for C.
    pub library: Option<String>,
    /// The body in standard SQL (`BEGIN ATOMIC`, `RETURN`), PostgreSQL 14.
    pub sql_body: Option<String>,
    /// `immutable`, `stable` or `volatile`.
    pub volatility: String,
    /// NULL for a NULL argument, without being called?
    pub strict: bool,
    /// Runs with its owner's rights?
    pub security_definer: bool,
    /// Reveals nothing of its arguments but its result?
    pub leakproof: bool,
    /// `safe`, `restricted` or `unsafe` in a parallel plan.
    pub parallel: String,
    /// Estimated cost, in units of `cpu_operator_cost`.
    pub cost: f32,
    /// Estimated rows, where it returns a set.
    pub rows: f32,
    /// The planner's support function.
    pub support: Option<String>,
    /// Settings in force while it runs: `name=value`.
    pub settings: Vec<String>,
    /// The types to which transforms are applied.
    pub transforms: Vec<String>,
    /// Extensions without which it goes (`DEPENDS ON EXTENSION`).
    pub depends_on_extensions: Vec<String>,
}

// PostgreSQL accepts no NaN as cost or rows, so equality is total.
impl Eq for Routine {}
