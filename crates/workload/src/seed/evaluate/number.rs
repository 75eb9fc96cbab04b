//! Functions of numbers.

use super::arithmetic::{Operation, decimal};
use super::cast::round_even;
use crate::seed::value::{Decimal, Value};

/// 10 to the power of the digits behind the point.
fn unit(number: &Decimal) -> Option<i128> {
    10_i128.checked_pow(u32::from(number.scale))
}

pub(super) fn negated(value: &Value) -> Option<Value> {
    match value {
        Value::Int(number) => number.checked_neg().map(Value::Int),
        Value::Float(number) => Some(Value::Float(-number)),
        Value::Decimal(number) => Some(Value::Decimal(Decimal {
            units: number.units.checked_neg()?,
            scale: number.scale,
        })),
        Value::Interval { months, days, micros } => Some(Value::Interval {
            months: months.checked_neg()?,
            days: days.checked_neg()?,
            micros: micros.checked_neg()?,
        }),
        _ => None,
    }
}

pub(super) fn same(value: &Value) -> Option<Value> {
    Some(value.clone())
}

pub(super) fn inverted(value: &Value) -> Option<Value> {
    match value {
        Value::Int(number) => Some(Value::Int(!number)),
        _ => None,
    }
}

pub(super) fn abs(value: &Value) -> Option<Value> {
    match value {
        Value::Int(number) => number.checked_abs().map(Value::Int),
        Value::Float(number) => Some(Value::Float(number.abs())),
        Value::Decimal(number) => Some(Value::Decimal(Decimal {
            units: number.units.checked_abs()?,
            scale: number.scale,
        })),
        _ => None,
    }
}

pub(super) fn sign(value: &Value) -> Option<Value> {
    match value {
        Value::Float(number) if *number == 0.0 => Some(Value::Float(0.0)),
        Value::Float(number) => Some(Value::Float(number.signum())),
        Value::Decimal(number) => Some(Value::Decimal(Decimal {
            units: number.units.signum(),
            scale: 0,
        })),
        _ => None,
    }
}

pub(super) fn sqrt(value: &Value) -> Option<Value> {
    match value {
        Value::Float(number) if *number < 0.0 => None,
        Value::Float(number) => Some(Value::Float(number.sqrt())),
        _ => None,
    }
}

pub(super) fn exp(value: &Value) -> Option<Value> {
    match value {
        // What has no room is an error, on both ends.
        Value::Float(number) => match number.exp() {
            result if number.is_finite() && (result.is_infinite() || result == 0.0) => None,
            result => Some(Value::Float(result)),
        },
        _ => None,
    }
}

pub(super) fn ln(value: &Value) -> Option<Value> {
    match value {
        Value::Float(number) if *number <= 0.0 => None,
        Value::Float(number) => Some(Value::Float(number.ln())),
        _ => None,
    }
}

pub(super) fn floor(value: &Value) -> Option<Value> {
    match value {
        Value::Float(number) => Some(Value::Float(number.floor())),
        Value::Decimal(number) => {
            let units = number.units.div_euclid(unit(number)?);
            Some(Value::Decimal(Decimal { units, scale: 0 }))
        }
        _ => None,
    }
}

pub(super) fn ceil(value: &Value) -> Option<Value> {
    match value {
        Value::Float(number) => Some(Value::Float(number.ceil())),
        Value::Decimal(number) => {
            let unit = unit(number)?;
            let units = number.units.div_euclid(unit) + i128::from(number.units.rem_euclid(unit) != 0);
            Some(Value::Decimal(Decimal { units, scale: 0 }))
        }
        _ => None,
    }
}

/// How many digits are to stay behind the point: none, where nothing is said.
fn digits(values: &[Value]) -> Option<i32> {
    match values.get(1) {
        None => Some(0),
        Some(Value::Int(digits)) => i32::try_from(*digits).ok(),
        Some(_) => None,
    }
}

pub(super) fn round(values: &[Value]) -> Option<Value> {
    match values.first()? {
        Value::Float(number) => Some(Value::Float(round_even(*number))),
        Value::Decimal(number) => number.kept_by(digits(values)?).map(Value::Decimal),
        _ => None,
    }
}

pub(super) fn trunc(values: &[Value]) -> Option<Value> {
    match values.first()? {
        Value::Float(number) => Some(Value::Float(number.trunc())),
        Value::Decimal(number) => {
            let digits = digits(values)?;
            let dropped = u32::try_from(i32::from(number.scale) - digits).unwrap_or(0);
            let Some(unit) = 10_i128.checked_pow(dropped) else {
                return Some(Value::Decimal(Decimal { units: 0, scale: 0 }));
            };
            let units = number.units / unit;
            Some(Value::Decimal(match u8::try_from(digits) {
                Ok(digits) => Decimal {
                    units,
                    scale: number.scale.min(digits),
                }
                .rescaled(digits)?,
                Err(_) => Decimal {
                    units: units.checked_mul(10_i128.checked_pow(digits.unsigned_abs())?)?,
                    scale: 0,
                },
            }))
        }
        _ => None,
    }
}

/// How many digits stand behind the point.
pub(super) fn scale(value: &Value) -> Option<Value> {
    match value {
        Value::Decimal(number) => Some(Value::Int(i64::from(number.scale))),
        _ => None,
    }
}

/// The whole part of a quotient of decimals.
pub(super) fn div(one: &Value, two: &Value) -> Option<Value> {
    match (one, two) {
        (Value::Decimal(one), Value::Decimal(two)) => {
            let rest = decimal(Operation::Modulo, *one, *two)?;
            let whole = decimal(Operation::Subtract, *one, rest)?;
            let quotient = decimal(Operation::Divide, whole, *two)?;
            quotient.rescaled(0).map(Value::Decimal)
        }
        _ => None,
    }
}

pub(super) fn gcd(one: &Value, two: &Value) -> Option<Value> {
    match (one, two) {
        (Value::Int(one), Value::Int(two)) => {
            let (mut one, mut two) = (one.unsigned_abs(), two.unsigned_abs());
            while two != 0 {
                (one, two) = (two, one % two);
            }
            i64::try_from(one).ok().map(Value::Int)
        }
        _ => None,
    }
}
