//! A value of a column, before it is written.
//!
//! Values do not know their type: what is written, read or compared as PostgreSQL would do it says of which
//! [`DataType`](super::data_type::DataType) it is.

mod binary;
mod compare;
mod decimal;
mod key;
pub mod moment;
mod network;
mod parse;
#[cfg(test)]
mod tests;
mod text;

pub use decimal::{Decimal, NotDecimal};
pub(in crate::seed) use network::{Network, first_bits};

/// A value of a column, before it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// `boolean`.
    Bool(bool),
    /// `smallint`, `integer`, `bigint`, `oid`.
    Int(i64),
    /// `real`, `double precision`.
    Float(f64),
    /// `numeric`, `money`.
    Decimal(Decimal),
    /// `text`, `varchar`, `char`, `name`, `"char"`, `citext`, `json`, `jsonb`, `xml`, and labels of enums.
    Text(String),
    /// `bytea`.
    Bytes(Vec<u8>),
    /// `date`: days since 2000-01-01.
    Date(i32),
    /// `time`: microseconds since midnight.
    Time(i64),
    /// `time with time zone`: microseconds since midnight, and seconds west of Greenwich, as PostgreSQL keeps it.
    TimeTz(i64, i32),
    /// `timestamp`, with a time zone or without: microseconds since 2000-01-01 00:00 (UTC).
    Timestamp(i64),
    /// `interval`.
    Interval {
        /// Months.
        months: i32,
        /// Days.
        days: i32,
        /// Microseconds.
        micros: i64,
    },
    /// `uuid`.
    Uuid([u8; 16]),
    /// An array of one dimension, from 1.
    Array(Vec<Value>),
    /// A range.
    Range(Box<Range>),
    /// A multirange.
    Multirange(Vec<Range>),
    /// A value of a composite type: its fields.
    Fields(Vec<Value>),
    /// Any other type (`inet`, `bit`, `point`, `tsvector`, `hstore`), as its input function reads it.
    Literal(String),
}

/// A range of values.
#[derive(Clone, Debug, PartialEq)]
pub enum Range {
    /// Without any value in it.
    Empty,
    /// From here to there.
    Span {
        /// The lower bound; none where it has none.
        low: Option<Value>,
        /// The upper bound; none where it has none.
        high: Option<Value>,
        /// Is the lower bound in it?
        low_included: bool,
        /// Is the upper bound in it?
        high_included: bool,
    },
}
