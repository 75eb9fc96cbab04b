//! The order of values.

use std::cmp::Ordering;

use super::binary::single_byte;
use super::moment::DAY;
use super::{Decimal, Network, Range, Value};
use crate::seed::data_type::{DataType, TextForm};

/// Days of a month, where intervals are compared.
const DAYS_OF_MONTH: i128 = 30;

impl Value {
    /// Which one is greater, as PostgreSQL sees it. None for NULL, and for values that cannot be compared without it.
    ///
    /// Text is compared byte by byte, as `COLLATE "C"` does it. Labels of an enum, `citext` and `character` are taken
    /// for text: [`Value::compare_as`] knows better. Numbers of all sorts can be compared, and a date with a moment, as
    /// if both were in Greenwich.
    pub fn compare(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Bool(one), Value::Bool(two)) => Some(one.cmp(two)),
            (Value::Int(one), Value::Int(two)) => Some(one.cmp(two)),
            (Value::Decimal(one), Value::Decimal(two)) => Some(one.compare(two)),
            (Value::Int(one), Value::Decimal(two)) => Some(Decimal::whole(*one).compare(two)),
            (Value::Decimal(one), Value::Int(two)) => Some(one.compare(&Decimal::whole(*two))),
            (Value::Float(one), Value::Float(two)) => Some(floats(*one, *two)),
            (Value::Float(one), Value::Int(two)) => Some(floats(*one, *two as f64)),
            (Value::Int(one), Value::Float(two)) => Some(floats(*one as f64, *two)),
            (Value::Float(one), Value::Decimal(two)) => Some(floats(*one, two.to_f64())),
            (Value::Decimal(one), Value::Float(two)) => Some(floats(one.to_f64(), *two)),
            (Value::Text(one), Value::Text(two)) => Some(one.as_bytes().cmp(two.as_bytes())),
            (Value::Bytes(one), Value::Bytes(two)) => Some(one.cmp(two)),
            (Value::Date(one), Value::Date(two)) => Some(one.cmp(two)),
            (Value::Time(one), Value::Time(two)) => Some(one.cmp(two)),
            (Value::TimeTz(one, west), Value::TimeTz(two, west_too)) => {
                let seen = |micros: &i64, west: &i32| micros + i64::from(*west) * super::moment::SECOND;
                Some((seen(one, west), west).cmp(&(seen(two, west_too), west_too)))
            }
            (Value::Timestamp(one), Value::Timestamp(two)) => Some(one.cmp(two)),
            (Value::Date(one), Value::Timestamp(two)) => Some(midnight(*one).cmp(two)),
            (Value::Timestamp(one), Value::Date(two)) => Some(one.cmp(&midnight(*two))),
            (Value::Interval { .. }, Value::Interval { .. }) => Some(self.span()?.cmp(&other.span()?)),
            (Value::Uuid(one), Value::Uuid(two)) => Some(one.cmp(two)),
            (Value::Array(one), Value::Array(two)) | (Value::Fields(one), Value::Fields(two)) => {
                parts(one, two, |_, one, two| one.compare(two))
            }
            (Value::Range(one), Value::Range(two)) => ranges(one, two),
            (Value::Multirange(one), Value::Multirange(two)) => {
                for (one, two) in one.iter().zip(two) {
                    match ranges(one, two)? {
                        Ordering::Equal => {}
                        decided => return Some(decided),
                    }
                }
                Some(one.len().cmp(&two.len()))
            }
            // Those that differ may still be two notations of one value.
            (Value::Literal(one), Value::Literal(two)) => (one == two).then_some(Ordering::Equal),
            _ => None,
        }
    }

    /// As [`Value::compare`], for two values of one type: labels of an enum in their order, `citext` without regard to
    /// case, `character` without blanks at its end; so inside of arrays and rows, too. None for types that have no order.
    pub fn compare_as(&self, other: &Value, of: &DataType) -> Option<Ordering> {
        match (self, other, of.base()) {
            (Value::Text(one), Value::Text(two), base) => match base {
                DataType::Enum(_, labels) => {
                    let place = |label: &String| labels.iter().position(|it| it == label);
                    Some(place(one)?.cmp(&place(two)?))
                }
                DataType::Text(TextForm::Citext) => Some(one.to_lowercase().cmp(&two.to_lowercase())),
                DataType::Text(TextForm::Byte) => Some(single_byte(one).cmp(&single_byte(two))),
                DataType::Json(_) | DataType::Xml => None,
                _ if of.pads_with_blanks() => Some(one.trim_end_matches(' ').cmp(two.trim_end_matches(' '))),
                _ => self.compare(other),
            },
            (Value::Literal(one), Value::Literal(two), DataType::Other("inet" | "cidr")) => {
                Some(Network::parse(one)?.cmp(&Network::parse(two)?))
            }
            (Value::Array(one), Value::Array(two), DataType::Array(element)) => {
                parts(one, two, |_, one, two| one.compare_as(two, element))
            }
            (Value::Fields(one), Value::Fields(two), DataType::Composite(_, fields)) => {
                parts(one, two, |at, one, two| one.compare_as(two, &fields.get(at)?.1))
            }
            _ => self.compare(other),
        }
    }

    /// The length of an interval in microseconds, as PostgreSQL compares it: with months of 30 days and days of 24
    /// hours.
    pub(super) fn span(&self) -> Option<i128> {
        match self {
            Value::Interval { months, days, micros } => {
                let days = i128::from(*months) * DAYS_OF_MONTH + i128::from(*days);
                Some(days * i128::from(DAY) + i128::from(*micros))
            }
            _ => None,
        }
    }
}

/// `NaN` is equal to itself and greater than all others, and the zeros are equal.
fn floats(one: f64, two: f64) -> Ordering {
    one.partial_cmp(&two)
        .unwrap_or_else(|| one.is_nan().cmp(&two.is_nan()))
}

fn midnight(days: i32) -> i64 {
    match days {
        i32::MAX => i64::MAX,
        i32::MIN => i64::MIN,
        days => i64::from(days).saturating_mul(DAY),
    }
}

/// The first part that differs decides. Inside of arrays and rows NULL is a value, equal to itself and greater than all
/// others.
fn parts(
    one: &[Value],
    two: &[Value],
    compare: impl Fn(usize, &Value, &Value) -> Option<Ordering>,
) -> Option<Ordering> {
    for (at, (one, two)) in one.iter().zip(two).enumerate() {
        let order = match (one, two) {
            (Value::Null, Value::Null) => Ordering::Equal,
            (Value::Null, _) => Ordering::Greater,
            (_, Value::Null) => Ordering::Less,
            _ => compare(at, one, two)?,
        };
        if order.is_ne() {
            return Some(order);
        }
    }
    Some(one.len().cmp(&two.len()))
}

/// Empty ones come first; then the lower bound decides, then the upper one. Ranges over whole numbers and days are
/// brought into the form that PostgreSQL keeps them in.
fn ranges(one: &Range, two: &Range) -> Option<Ordering> {
    let (one, two) = (one.canonical()?, two.canonical()?);
    match (&one, &two) {
        (Range::Empty, Range::Empty) => Some(Ordering::Equal),
        (Range::Empty, _) => Some(Ordering::Less),
        (_, Range::Empty) => Some(Ordering::Greater),
        (
            Range::Span {
                low,
                high,
                low_included,
                high_included,
            },
            Range::Span {
                low: low_too,
                high: high_too,
                low_included: low_included_too,
                high_included: high_included_too,
            },
        ) => {
            let lower = match (low, low_too) {
                (None, None) => Ordering::Equal,
                (None, _) => Ordering::Less,
                (_, None) => Ordering::Greater,
                (Some(one), Some(two)) => one.compare(two)?.then(low_included_too.cmp(low_included)),
            };
            let upper = match (high, high_too) {
                (None, None) => Ordering::Equal,
                (None, _) => Ordering::Greater,
                (_, None) => Ordering::Less,
                (Some(one), Some(two)) => one.compare(two)?.then(high_included.cmp(high_included_too)),
            };
            Some(lower.then(upper))
        }
    }
}

impl Range {
    /// The form in which PostgreSQL keeps it: empty where nothing can be in it, and over whole numbers and days with the
    /// lower bound in it and the upper one not. None where the bounds cannot be compared, and where the next number has
    /// no room.
    pub fn canonical(&self) -> Option<Range> {
        let Range::Span {
            low,
            high,
            low_included,
            high_included,
        } = self
        else {
            return Some(Range::Empty);
        };
        let (low, low_included) = stepped(low, *low_included, false)?;
        let (high, high_included) = stepped(high, *high_included, true)?;
        if let (Some(low), Some(high)) = (&low, &high) {
            match low.compare(high)? {
                Ordering::Greater => return Some(Range::Empty),
                Ordering::Equal if !(low_included && high_included) => return Some(Range::Empty),
                _ => {}
            }
        }
        Some(Range::Span {
            low,
            high,
            low_included,
            high_included,
        })
    }
}

/// A bound that the next value takes the place of, where it is of a type whose values follow each other and it is not
/// included as it is wanted to be for a lower one, or is for an upper one.
fn stepped(bound: &Option<Value>, included: bool, replaced: bool) -> Option<(Option<Value>, bool)> {
    Some(match bound {
        None | Some(Value::Null) => (None, false),
        Some(Value::Int(number)) if included == replaced => {
            (Some(Value::Int(number.checked_add(1)?)), !replaced)
        }
        // Infinity is a day without a next one.
        Some(Value::Date(days)) if included == replaced && !matches!(*days, i32::MAX | i32::MIN) => {
            (Some(Value::Date(days.checked_add(1)?)), !replaced)
        }
        Some(value) => (Some(value.clone()), included),
    })
}
