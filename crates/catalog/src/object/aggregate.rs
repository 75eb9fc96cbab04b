//! Aggregates. <https://www.postgresql.org/docs/current/catalog-pg-aggregate.html>

use serde::{Deserialize, Serialize};

/// An aggregate function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aggregate {
    /// All arguments, `ORDER BY` ones too.
    pub arguments: String,
    /// What it returns.
    pub result: String,
    /// `normal`, `ordered_set` or `hypothetical`.
    pub form: String,
    /// Number of direct arguments of an ordered-set aggregate.
    pub direct_arguments: i16,
    /// State transition function.
    pub transition: String,
    /// Type of the state.
    pub state_type: String,
    /// Estimated bytes of the state; 0 for the type's own estimate.
    pub state_size: i32,
    /// State at the start.
    pub initial_state: Option<String>,
    /// Function from the last state to the result.
    pub r#final: Option<String>,
    /// Are dummy arguments passed to the final function?
    pub final_extra: bool,
    /// `r`, `s` or `w`: does the final function change the state?
    pub final_modify: String,
    /// Function that joins two states.
    pub combine: Option<String>,
    /// Function that writes a state as bytes.
    pub serialize: Option<String>,
    /// Function that reads a state from bytes.
    pub deserialize: Option<String>,
    /// Forward function of the moving-window form.
    pub moving_transition: Option<String>,
    /// Inverse function of the moving-window form.
    pub moving_inverse: Option<String>,
    /// State type of the moving-window form.
    pub moving_state_type: Option<String>,
    /// Estimated bytes of that state.
    pub moving_state_size: i32,
    /// Start of that state.
    pub moving_initial_state: Option<String>,
    /// Final function of the moving-window form.
    pub moving_final: Option<String>,
    /// Are dummy arguments passed to that final function?
    pub moving_final_extra: bool,
    /// Does that final function change the state?
    pub moving_final_modify: String,
    /// The operator by which `min` and `max` may use an index.
    pub sort_operator: Option<String>,
    /// `safe`, `restricted` or `unsafe` in a parallel plan.
    pub parallel: String,
}
