//! Which place belongs to which value.

use std::sync::Arc;

use crate::seed::data_type::FloatWidth;
use crate::seed::value::{Decimal, Value};

/// Microseconds of a day.
pub(in crate::seed::draw) const DAY: i128 = 86_400_000_000;

/// A sort of values that stand in a line, and the places they have there.
#[derive(Clone, Debug)]
pub(in crate::seed::draw) enum Sort {
    /// False, true.
    Bool,
    /// The number itself.
    Int,
    /// The number times `10^scale`.
    Decimal {
        /// May be negative: then only every so manieth whole number has a place.
        scale: i32,
    },
    /// The same, as a floating-point number.
    Float { scale: i32, width: FloatWidth },
    /// Days.
    Date,
    /// So many microseconds each, from midnight.
    Time { unit: i128 },
    /// The same, in Greenwich.
    TimeTz { unit: i128 },
    /// So many microseconds each, since 2000.
    Timestamp { unit: i128 },
    /// So many microseconds each.
    Interval { unit: i128 },
    /// So many months each.
    Months { unit: i128 },
    /// Labels of an enum, in its order.
    Label(Arc<[String]>),
}

impl Sort {
    /// The value at a place.
    pub(in crate::seed::draw) fn value(&self, place: i128) -> Value {
        match self {
            Sort::Bool => Value::Bool(place != 0),
            Sort::Int => Value::Int(place as i64),
            Sort::Decimal { scale } => Value::Decimal(match u8::try_from(*scale) {
                Ok(scale) => Decimal { units: place, scale },
                Err(_) => Decimal {
                    units: place.saturating_mul(power(scale.unsigned_abs())),
                    scale: 0,
                },
            }),
            Sort::Float { scale, width } => Value::Float(float(place, *scale, *width)),
            Sort::Date => Value::Date(place as i32),
            Sort::Time { unit } => Value::Time((place * unit) as i64),
            Sort::TimeTz { unit } => Value::TimeTz((place * unit) as i64, 0),
            Sort::Timestamp { unit } => Value::Timestamp((place * unit) as i64),
            Sort::Interval { unit } => {
                let micros = place * unit;
                Value::Interval {
                    months: 0,
                    days: (micros / DAY) as i32,
                    micros: (micros % DAY) as i64,
                }
            }
            Sort::Months { unit } => Value::Interval {
                months: (place * unit) as i32,
                days: 0,
                micros: 0,
            },
            Sort::Label(labels) => match usize::try_from(place).ok().and_then(|place| labels.get(place)) {
                Some(label) => Value::Text(label.clone()),
                None => Value::Null,
            },
        }
    }

    /// The last place whose value is not above this one, and whether it is exactly this one. None for values that do not
    /// belong in this line.
    pub(in crate::seed::draw) fn floor(&self, value: &Value) -> Option<(i128, bool)> {
        match (self, value) {
            (Sort::Bool, Value::Bool(value)) => Some((i128::from(*value), true)),
            (Sort::Int, value) => number_floor(value, 0),
            (Sort::Decimal { scale }, value) => number_floor(value, *scale),
            (Sort::Float { scale, width }, Value::Float(value)) => float_floor(*value, *scale, *width),
            (Sort::Float { scale, .. }, value) => number_floor(value, *scale),
            (Sort::Date, Value::Date(days)) => Some((i128::from(*days), true)),
            (Sort::Date, Value::Timestamp(micros)) => Some(divided(i128::from(*micros), DAY)),
            (Sort::Time { unit }, Value::Time(micros)) => Some(divided(i128::from(*micros), *unit)),
            (Sort::TimeTz { unit }, Value::TimeTz(micros, west)) => Some(divided(
                i128::from(*micros) + i128::from(*west) * 1_000_000,
                *unit,
            )),
            (Sort::Timestamp { unit }, Value::Timestamp(micros)) => Some(divided(i128::from(*micros), *unit)),
            (Sort::Timestamp { unit }, Value::Date(days)) => Some(divided(i128::from(*days) * DAY, *unit)),
            (Sort::Interval { unit }, Value::Interval { months, days, micros }) => {
                Some(divided(length(*months, *days, *micros), *unit))
            }
            (Sort::Months { unit }, Value::Interval { months, days, micros }) => {
                Some(divided(length(*months, *days, *micros), 30 * DAY * unit))
            }
            (Sort::Label(labels), Value::Text(label)) => {
                let place = labels.iter().position(|known| known == label)?;
                Some((place as i128, true))
            }
            _ => None,
        }
    }
}

/// `10^exponent`, or the largest number where that is larger.
pub(in crate::seed::draw) fn power(exponent: u32) -> i128 {
    10_i128.checked_pow(exponent).unwrap_or(i128::MAX)
}

/// How PostgreSQL compares intervals: a month has 30 days, a day 24 hours.
fn length(months: i32, days: i32, micros: i64) -> i128 {
    (i128::from(months) * 30 + i128::from(days)) * DAY + i128::from(micros)
}

fn divided(number: i128, unit: i128) -> (i128, bool) {
    (number.div_euclid(unit), number.rem_euclid(unit) == 0)
}

fn number_floor(value: &Value, scale: i32) -> Option<(i128, bool)> {
    let (units, own) = match value {
        Value::Int(units) => (i128::from(*units), 0),
        Value::Decimal(decimal) => (decimal.units, i32::from(decimal.scale)),
        Value::Float(value) => return float_floor(*value, scale, FloatWidth::Double),
        _ => return None,
    };
    if scale >= own {
        Some((units.saturating_mul(power((scale - own).unsigned_abs())), true))
    } else {
        Some(divided(units, power((own - scale).unsigned_abs())))
    }
}

/// The number at a place. Powers of ten up to 22 are exact, so the result is the nearest to what is meant.
fn float(place: i128, scale: i32, width: FloatWidth) -> f64 {
    let power = power(scale.unsigned_abs()) as f64;
    let number = if scale >= 0 {
        place as f64 / power
    } else {
        place as f64 * power
    };
    match width {
        FloatWidth::Real => f64::from(number as f32),
        FloatWidth::Double => number,
    }
}

fn float_floor(value: f64, scale: i32, width: FloatWidth) -> Option<(i128, bool)> {
    if value.is_nan() {
        return None;
    }
    let power = power(scale.unsigned_abs()) as f64;
    let scaled = if scale >= 0 { value * power } else { value / power };
    // Multiplied, the number may have come to the wrong side of the place.
    let mut place = (scaled.round() as i128).saturating_add(1);
    for _ in 0..4 {
        let there = float(place, scale, width);
        if there <= value {
            return Some((place, there == value));
        }
        place = place.saturating_sub(1);
    }
    Some((place, false))
}
