//! Arithmetic with numbers: of whole ones within the width of their type, of decimals with PostgreSQL's digits.

use crate::seed::data_type::{DataType, FloatWidth, IntWidth};
use crate::seed::value::{Decimal, Value};

/// An operation, and the type of its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arithmetic {
    pub(super) operation: Operation,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Power,
    And,
    Or,
    Xor,
    ShiftLeft,
    ShiftRight,
}

/// What sort of numbers the result is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Int(IntWidth),
    Numeric,
    Float(FloatWidth),
}

impl Operation {
    pub(super) fn of(operator: &str) -> Option<Operation> {
        Some(match operator {
            "+" => Operation::Add,
            "-" => Operation::Subtract,
            "*" => Operation::Multiply,
            "/" => Operation::Divide,
            "%" => Operation::Modulo,
            "^" => Operation::Power,
            "&" => Operation::And,
            "|" => Operation::Or,
            "#" => Operation::Xor,
            "<<" => Operation::ShiftLeft,
            ">>" => Operation::ShiftRight,
            _ => return None,
        })
    }
}

impl Kind {
    /// The kind of the result where these types meet.
    pub(super) fn of(one: &DataType, two: &DataType) -> Option<Kind> {
        Some(match (one.base(), two.base()) {
            (DataType::Int(one), DataType::Int(two)) => Kind::Int(wider(*one, *two)),
            (DataType::Float(FloatWidth::Real), DataType::Float(FloatWidth::Real)) => {
                Kind::Float(FloatWidth::Real)
            }
            (DataType::Float(_), DataType::Float(_) | DataType::Int(_) | DataType::Numeric(_))
            | (DataType::Int(_) | DataType::Numeric(_), DataType::Float(_)) => {
                Kind::Float(FloatWidth::Double)
            }
            (DataType::Numeric(_), DataType::Numeric(_) | DataType::Int(_))
            | (DataType::Int(_), DataType::Numeric(_)) => Kind::Numeric,
            _ => return None,
        })
    }

    pub(super) fn data_type(self) -> DataType {
        match self {
            Kind::Int(width) => DataType::Int(width),
            Kind::Numeric => DataType::Numeric(None),
            Kind::Float(width) => DataType::Float(width),
        }
    }
}

fn wider(one: IntWidth, two: IntWidth) -> IntWidth {
    let rank = |width| match width {
        IntWidth::Small => 0,
        IntWidth::Integer => 1,
        IntWidth::Oid => 2,
        IntWidth::Big => 3,
    };
    if rank(one) >= rank(two) { one } else { two }
}

impl Arithmetic {
    /// The result; none for an error.
    pub(super) fn of(self, one: &Value, two: &Value) -> Option<Value> {
        match self.kind {
            Kind::Int(width) => {
                let (Value::Int(one), Value::Int(two)) = (one, two) else {
                    return None;
                };
                let result = whole(self.operation, *one, *two, width)?;
                let (low, high) = width.bounds();
                (low..=high).contains(&result).then_some(Value::Int(result))
            }
            Kind::Numeric => decimal(self.operation, to_decimal(one)?, to_decimal(two)?).map(Value::Decimal),
            Kind::Float(width) => {
                let (one, two) = (to_float(one)?, to_float(two)?);
                let result = float(self.operation, one, two)?;
                let result = match width {
                    FloatWidth::Real => f64::from(result as f32),
                    FloatWidth::Double => result,
                };
                let overflows = result.is_infinite() && one.is_finite() && two.is_finite();
                (!overflows).then_some(Value::Float(result))
            }
        }
    }
}

fn whole(operation: Operation, one: i64, two: i64, width: IntWidth) -> Option<i64> {
    match operation {
        Operation::Add => one.checked_add(two),
        Operation::Subtract => one.checked_sub(two),
        Operation::Multiply => one.checked_mul(two),
        Operation::Divide => one.checked_div(two),
        // The least number modulo -1 is 0 there, and an overflow here.
        Operation::Modulo if two == -1 => Some(0),
        Operation::Modulo => one.checked_rem(two),
        Operation::And => Some(one & two),
        Operation::Or => Some(one | two),
        Operation::Xor => Some(one ^ two),
        // Of the distance, the processor looks at as many bits as the number's width needs.
        Operation::ShiftLeft => Some(match width {
            IntWidth::Big => one.wrapping_shl(two as u32),
            IntWidth::Small => i64::from((one as i32).wrapping_shl(two as u32) as i16),
            _ => i64::from((one as i32).wrapping_shl(two as u32)),
        }),
        Operation::ShiftRight => Some(match width {
            IntWidth::Big => one.wrapping_shr(two as u32),
            _ => i64::from((one as i32).wrapping_shr(two as u32)),
        }),
        Operation::Power => None,
    }
}

/// Decimals that need more than 38 digits count as errors, though PostgreSQL has room for them.
pub(super) fn decimal(operation: Operation, one: Decimal, two: Decimal) -> Option<Decimal> {
    let aligned = || {
        let scale = one.scale.max(two.scale);
        Some((one.rescaled(scale)?.units, two.rescaled(scale)?.units, scale))
    };
    match operation {
        Operation::Add => {
            let (one, two, scale) = aligned()?;
            let units = one.checked_add(two)?;
            Some(Decimal { units, scale })
        }
        Operation::Subtract => {
            let (one, two, scale) = aligned()?;
            let units = one.checked_sub(two)?;
            Some(Decimal { units, scale })
        }
        Operation::Multiply => Some(Decimal {
            units: one.units.checked_mul(two.units)?,
            scale: one.scale.checked_add(two.scale)?,
        }),
        Operation::Divide => divide(one, two),
        Operation::Modulo => {
            let (one, two, scale) = aligned()?;
            let units = one.checked_rem(two)?;
            Some(Decimal { units, scale })
        }
        Operation::Power => {
            let exponent = two.rescaled(0).filter(|whole| whole.compare(&two).is_eq())?.units;
            let mut result = Decimal::whole(1);
            for _ in 0..u32::try_from(exponent).ok().filter(|times| *times <= 128)? {
                result = decimal(Operation::Multiply, result, one)?;
            }
            // PostgreSQL shows at least 16 digits behind the point; it is the same number.
            Some(result)
        }
        _ => None,
    }
}

/// With at least 16 significant digits, and at least as many behind the point as either number has; rounded.
/// Source: `select_div_scale` in PostgreSQL's `numeric.c`.
fn divide(one: Decimal, two: Decimal) -> Option<Decimal> {
    if two.units == 0 {
        return None;
    }
    let (weight, first) = leading(one);
    let (weight_below, first_below) = leading(two);
    let weight = weight - weight_below - i32::from(first <= first_below);
    let wanted = (16 - weight * 4)
        .max(i32::from(one.scale))
        .max(i32::from(two.scale))
        .clamp(0, 255);
    // Fewer digits where the whole does not fit: they would make no difference that anybody asks for.
    (0..=wanted).rev().find_map(|scale| {
        let shift = scale + i32::from(two.scale) - i32::from(one.scale);
        let (above, below) = if shift >= 0 {
            let unit = 10_i128.checked_pow(shift.unsigned_abs())?;
            (one.units.checked_mul(unit)?, two.units)
        } else {
            let unit = 10_i128.checked_pow(shift.unsigned_abs())?;
            (one.units, two.units.checked_mul(unit)?)
        };
        let (whole, rest) = (above.checked_div(below)?, above.checked_rem(below)?);
        let away = rest.unsigned_abs() >= below.unsigned_abs() - rest.unsigned_abs();
        let sign = above.signum() * below.signum();
        Some(Decimal {
            units: if away && rest != 0 { whole + sign } else { whole },
            scale: u8::try_from(scale).ok()?,
        })
    })
}

/// The weight of the first digit in a notation to the base of 10,000, and that digit.
fn leading(number: Decimal) -> (i32, u128) {
    let number = number.normalized();
    let mut units = number.units.unsigned_abs();
    if units == 0 {
        return (0, 0);
    }
    // Digits behind the point are counted in groups of four.
    let mut groups = i32::from(number.scale.div_ceil(4));
    let padding = u32::from(number.scale.div_ceil(4)) * 4 - u32::from(number.scale);
    units = units.saturating_mul(10_u128.pow(padding));
    groups = -groups;
    while units >= 10_000 {
        units /= 10_000;
        groups += 1;
    }
    (groups, units)
}

fn float(operation: Operation, one: f64, two: f64) -> Option<f64> {
    match operation {
        Operation::Add => Some(one + two),
        Operation::Subtract => Some(one - two),
        Operation::Multiply => Some(one * two),
        Operation::Divide if two == 0.0 => None,
        Operation::Divide => Some(one / two),
        Operation::Power => power(one, two),
        _ => None,
    }
}

/// For whole exponents, by multiplication, which is the same on every machine. Others are roots of halves.
fn power(base: f64, exponent: f64) -> Option<f64> {
    if exponent == 0.5 {
        return (base >= 0.0).then(|| base.sqrt());
    }
    if exponent.fract() != 0.0 || exponent.abs() > 1024.0 || (base == 0.0 && exponent < 0.0) {
        return None;
    }
    let mut result = 1.0;
    for _ in 0..exponent.abs() as u32 {
        result *= base;
    }
    Some(if exponent < 0.0 { 1.0 / result } else { result })
}

pub(super) fn to_decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Int(number) => Some(Decimal::whole(*number)),
        Value::Decimal(number) => Some(*number),
        _ => None,
    }
}

pub(super) fn to_float(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => Some(*number as f64),
        Value::Decimal(number) => Some(number.to_f64()),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}
