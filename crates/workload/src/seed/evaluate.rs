//! Expressions over the columns of a row, evaluated without a server, exactly as PostgreSQL would.
//!
//! What is evaluated a million times a second is [`Compiled`] once before. What PostgreSQL alone can say (a function that
//! somebody made, an order of texts by a language's rules) is an [`Obstacle`].
//!
//! The session is taken to be one with `TimeZone` UTC. What the clock says is not known: it is somewhere between
//! [`Clock::EARLIEST`] and [`Clock::LATEST`], and [`Compiled::passes`] asks for what is true at both.

mod arithmetic;
mod array;
mod cast;
mod compile;
mod digest;
mod function;
mod interval;
mod json;
mod moment;
mod network;
mod node;
mod number;
mod operator;
mod pattern;
mod range;
#[cfg(test)]
mod tests;
mod text;
mod types;

use cogway_catalog::sql::Expression;

use super::column::Column;
use super::data_type::DataType;
use super::value::Value;
use super::value::moment::DAY;
use node::{Node, Scope};

pub(super) use compile::compare_rows;
pub(super) use types::find as find_type;

/// An expression that is ready to be evaluated on rows.
#[derive(Clone, Debug)]
pub struct Compiled {
    node: Node,
    /// None for a constant without a type.
    data_type: Option<DataType>,
    /// Which columns it reads, in order, each once.
    columns: Vec<usize>,
    clocked: bool,
}

/// Why an expression cannot be evaluated here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Obstacle(String);

/// A moment that `now()` may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock(i64);

impl Clock {
    /// 2026-01-01, before which no row is inserted.
    pub const EARLIEST: Clock = Clock(9_497 * DAY);
    /// 2100-01-01, after which no row is.
    pub const LATEST: Clock = Clock(36_525 * DAY);
}

impl Obstacle {
    pub(super) fn new(words: impl Into<String>) -> Obstacle {
        Obstacle(words.into())
    }
}

/// Do two ranges have anything in common?
pub(crate) fn overlap(one: &Value, other: &Value) -> bool {
    range::overlaps(one, other) == Some(Value::Bool(true))
}

impl Compiled {
    /// Prepares an expression over these columns. `VALUE`, in the check of a domain, is the first of them.
    ///
    /// # Errors
    ///
    /// When something in it cannot be evaluated as PostgreSQL would, or is of types that do not go together.
    pub fn of(expression: &Expression, columns: &[Column]) -> Result<Compiled, Obstacle> {
        compile::compile(expression, columns, None)
    }

    /// Prepares an expression whose value is put into a column of this type: it is converted as an assignment does it,
    /// with its digits rounded and its length checked.
    ///
    /// # Errors
    ///
    /// As [`Compiled::of`].
    pub fn assigned(
        expression: &Expression,
        columns: &[Column],
        to: &DataType,
    ) -> Result<Compiled, Obstacle> {
        compile::compile(expression, columns, Some(to))
    }

    /// Its value for a row, whose values stand in the order of the columns; NULL is [`Value::Null`]. None where PostgreSQL
    /// would raise an error. The clock is at [`Clock::EARLIEST`].
    pub fn value(&self, row: &[Value]) -> Option<Value> {
        self.value_at(row, Clock::EARLIEST)
    }

    /// Its value when the clock says this.
    pub fn value_at(&self, row: &[Value], clock: Clock) -> Option<Value> {
        let scope = Scope { row, now: clock.0 };
        self.node.eval(scope).map(std::borrow::Cow::into_owned)
    }

    /// Would a CHECK with this condition accept the row? It does when the condition is true or NULL, and raises no error,
    /// whatever the clock says.
    pub fn passes(&self, row: &[Value]) -> bool {
        let passes = |clock: Clock| {
            matches!(
                self.node.truth(Scope { row, now: clock.0 }),
                Some(None | Some(true))
            )
        };
        passes(Clock::EARLIEST) && (!self.clocked || passes(Clock::LATEST))
    }

    /// The columns that it reads, by their places, from the first.
    pub fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// Does its value depend on what the clock says?
    pub fn reads_clock(&self) -> bool {
        self.clocked
    }

    /// The type of its value; none where nothing says so.
    pub fn data_type(&self) -> Option<&DataType> {
        self.data_type.as_ref()
    }
}
