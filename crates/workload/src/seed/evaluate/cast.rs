//! Casts, as far as they can be done without a server.

use super::arithmetic::{to_decimal, to_float};
use super::types::{Family, is_padded};
use super::{Obstacle, json};
use crate::seed::data_type::{DataType, FloatWidth, IntWidth, TextForm};
use crate::seed::value::moment::DAY;
use crate::seed::value::{Decimal, Value};

/// What a cast does with values that are not NULL.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Conversion {
    /// Nothing.
    Same,
    /// Writes the value of that type as text.
    Write(DataType),
    /// Reads a value of that type from text.
    Read(DataType),
    /// JSON in the layout of `jsonb`.
    Layout,
    /// To a whole number.
    Int(IntWidth),
    /// To a decimal number with so many digits, and so many behind the point.
    Numeric(Option<(u32, i32)>),
    /// To a floating-point number.
    Float(FloatWidth),
    /// A truth to 0 or 1.
    BoolToInt,
    /// Anything but 0 is true.
    IntToBool,
    /// Midnight of a date.
    DateToMoment,
    /// The day of a moment.
    MomentToDate,
    /// The time of day of a moment.
    MomentToTime,
    /// A time of day as an interval.
    TimeToInterval,
    /// Fewer digits of seconds.
    Seconds(u8),
    /// No more characters than that; whatever is cut off is lost without a word.
    Cut(usize),
    /// No more characters than that; only blanks are cut off, anything else is an error.
    Fit(usize),
    /// Without blanks at the end.
    Trim,
    /// With blanks at the end, up to so many characters.
    Fill(usize),
    /// The same for each element of an array.
    Elements(Box<Conversion>),
    /// One after the other.
    Then(Box<Conversion>, Box<Conversion>),
}

/// Who asks for a conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// A cast that is written.
    Cast,
    /// A column that the value is put into.
    Assignment,
}

impl Conversion {
    /// The one between two types.
    pub(super) fn between(from: &DataType, to: &DataType, asked: Asked) -> Result<Conversion, Obstacle> {
        // The conditions of a domain are no business of a cast here: whoever puts the value somewhere asks for them.
        let target = if is_padded(to) { to } else { to.base() };
        let source = if is_padded(from) { from } else { from.base() };
        if source == target {
            return Ok(Conversion::Same);
        }
        let (one, two) = (Family::of(source), Family::of(target));
        let plain = match (one, two) {
            (Family::Other, _) | (_, Family::Other) => None,
            (one, two) if one == two && one != Family::Array => Some(Conversion::Same),
            (Family::Array, Family::Array) => {
                let (DataType::Array(from), DataType::Array(to)) = (source.base(), target.base()) else {
                    return Err(unknown(from, to));
                };
                return Ok(match Conversion::between(from, to, asked)? {
                    Conversion::Same => Conversion::Same,
                    each => Conversion::Elements(Box::new(each)),
                });
            }
            (one, two) if one.is_text() && two.is_text() => Some(match (one, two) {
                // The value carries no blanks at its end, wherever it came from.
                (_, Family::Padded) => Conversion::Trim,
                _ => Conversion::Same,
            }),
            (
                Family::Int | Family::Numeric | Family::Float,
                Family::Int | Family::Numeric | Family::Float,
            ) => Some(Conversion::Same),
            (Family::Int | Family::Numeric, Family::Money) | (Family::Money, Family::Numeric) => {
                Some(Conversion::Numeric(Some((38, 2))))
            }
            (Family::Bool, Family::Int) => Some(Conversion::BoolToInt),
            (Family::Int, Family::Bool) => Some(Conversion::IntToBool),
            (Family::Date, Family::Timestamp | Family::TimestampTz) => Some(Conversion::DateToMoment),
            (Family::Timestamp | Family::TimestampTz, Family::Date) => Some(Conversion::MomentToDate),
            (Family::Timestamp | Family::TimestampTz, Family::Time) => Some(Conversion::MomentToTime),
            (Family::Timestamp, Family::TimestampTz) | (Family::TimestampTz, Family::Timestamp) => {
                Some(Conversion::Same)
            }
            (Family::Time, Family::Interval) => Some(Conversion::TimeToInterval),
            // How PostgreSQL lays it out is not known of a value that was made here.
            (Family::Jsonb, two) if two.is_text() => Some(Conversion::Layout),
            (Family::Network, _) | (_, Family::Network) => None,
            (Family::Json, Family::Jsonb) => Some(Conversion::Same),
            (Family::Composite | Family::Multirange | Family::Range | Family::Bit, _) => None,
            (_, two) if two.is_text() => Some(Conversion::Write(source.clone())),
            (one, Family::Composite | Family::Array | Family::Bit) if one.is_text() => None,
            (one, _) if one.is_text() => Some(Conversion::Read(target.clone())),
            _ => None,
        };
        let plain = plain.ok_or_else(|| unknown(from, to))?;
        Ok(plain.then(modifiers(source, target, asked)))
    }

    /// Both.
    fn then(self, next: Conversion) -> Conversion {
        match (self, next) {
            (Conversion::Same, next) => next,
            (first, Conversion::Same) => first,
            (first, next) => Conversion::Then(Box::new(first), Box::new(next)),
        }
    }

    /// The converted value; none for an error.
    pub(super) fn of(&self, value: &Value) -> Option<Value> {
        match (self, value) {
            (Conversion::Same, value) => Some(value.clone()),
            (Conversion::Then(first, next), value) => next.of(&first.of(value)?),
            (Conversion::Elements(each), Value::Array(elements)) => elements
                .iter()
                .map(|element| match element {
                    Value::Null => Some(Value::Null),
                    element => each.of(element),
                })
                .collect::<Option<Vec<_>>>()
                .map(Value::Array),
            (Conversion::Write(DataType::Bool), Value::Bool(truth)) => Some(Value::Text(truth.to_string())),
            (Conversion::Write(from), value) => {
                let mut text = String::new();
                value.write_text(from, &mut text);
                Some(Value::Text(text))
            }
            (Conversion::Layout, Value::Text(text)) => json::laid_out(text).map(Value::Text),
            (Conversion::Read(to), Value::Text(text)) => {
                let text = match to.base() {
                    DataType::Enum(..) | DataType::Text(_) | DataType::Json(_) => text.as_str(),
                    _ => text.trim_matches([' ', '\t', '\n']),
                };
                Value::parse(text, to).filter(|value| !matches!(value, Value::Literal(_)))
            }
            (Conversion::Int(width), value) => {
                let number = match value {
                    Value::Int(number) => *number,
                    Value::Float(number) => {
                        let number = round_even(*number);
                        // The least is a power of two, and so is what is just too much.
                        let fits =
                            (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number);
                        fits.then_some(number as i64)?
                    }
                    Value::Decimal(number) => i64::try_from(number.rescaled(0)?.units).ok()?,
                    _ => return None,
                };
                let (low, high) = width.bounds();
                (low..=high).contains(&number).then_some(Value::Int(number))
            }
            (Conversion::Numeric(digits), value) => {
                let number = match value {
                    // There is a numeric that is no number, and it compares as this does.
                    Value::Float(number) if number.is_nan() => return Some(value.clone()),
                    Value::Float(number) => from_float(*number)?,
                    value => to_decimal(value)?,
                };
                let number = match digits {
                    None => number,
                    Some((precision, scale)) => kept(number, *precision, *scale)?,
                };
                Some(Value::Decimal(number))
            }
            (Conversion::Float(width), value) => {
                let number = to_float(value)?;
                Some(Value::Float(match width {
                    FloatWidth::Real => f64::from(number as f32),
                    FloatWidth::Double => number,
                }))
            }
            (Conversion::BoolToInt, Value::Bool(truth)) => Some(Value::Int(i64::from(*truth))),
            (Conversion::IntToBool, Value::Int(number)) => Some(Value::Bool(*number != 0)),
            (Conversion::DateToMoment, Value::Date(days)) => Some(Value::Timestamp(match *days {
                i32::MAX => i64::MAX,
                i32::MIN => i64::MIN,
                days => i64::from(days).checked_mul(DAY)?,
            })),
            (Conversion::MomentToDate, Value::Timestamp(micros)) => Some(Value::Date(match *micros {
                i64::MAX => i32::MAX,
                i64::MIN => i32::MIN,
                micros => i32::try_from(micros.div_euclid(DAY)).ok()?,
            })),
            (Conversion::MomentToTime, Value::Timestamp(micros)) => {
                let finite = !matches!(*micros, i64::MAX | i64::MIN);
                finite.then_some(Value::Time(micros.rem_euclid(DAY)))
            }
            (Conversion::TimeToInterval, Value::Time(micros)) => Some(Value::Interval {
                months: 0,
                days: 0,
                micros: *micros,
            }),
            (Conversion::Seconds(digits), value) => {
                let rounded = |micros: i64| round_micros(micros, *digits);
                Some(match value {
                    Value::Timestamp(micros) if !matches!(*micros, i64::MAX | i64::MIN) => {
                        Value::Timestamp(rounded(*micros))
                    }
                    Value::Time(micros) => Value::Time(rounded(*micros)),
                    Value::TimeTz(micros, west) => Value::TimeTz(rounded(*micros), *west),
                    Value::Interval { months, days, micros } => Value::Interval {
                        months: *months,
                        days: *days,
                        micros: rounded(*micros),
                    },
                    value => value.clone(),
                })
            }
            (Conversion::Cut(limit), Value::Text(text)) => {
                Some(Value::Text(text.chars().take(*limit).collect()))
            }
            (Conversion::Fit(limit), Value::Text(text)) => {
                if text.chars().skip(*limit).any(|c| c != ' ') {
                    return None;
                }
                Some(Value::Text(text.chars().take(*limit).collect()))
            }
            (Conversion::Fill(length), Value::Text(text)) => {
                let blanks = length.saturating_sub(text.chars().count());
                let mut filled = String::with_capacity(text.len() + blanks);
                filled.push_str(text);
                filled.extend(std::iter::repeat_n(' ', blanks));
                Some(Value::Text(filled))
            }
            (Conversion::Trim, Value::Text(text)) => Some(Value::Text(text.trim_end_matches(' ').to_owned())),
            _ => None,
        }
    }
}

fn unknown(from: &DataType, to: &DataType) -> Obstacle {
    Obstacle::new(format!("the cast from {} to {}", from.written(), to.written()))
}

/// What the modifiers of the target ask for, of a value that is of its type otherwise, or a number of another.
fn modifiers(from: &DataType, to: &DataType, asked: Asked) -> Conversion {
    match to {
        DataType::Int(width) if !matches!(from.base(), DataType::Bool) => Conversion::Int(*width),
        DataType::Float(width) => Conversion::Float(*width),
        DataType::Numeric(digits) => Conversion::Numeric(*digits),
        DataType::Text(TextForm::Varchar(Some(limit)) | TextForm::Char(limit)) => {
            let limit = *limit as usize;
            match asked {
                Asked::Cast => Conversion::Cut(limit),
                Asked::Assignment => Conversion::Fit(limit),
            }
        }
        DataType::Time(digits)
        | DataType::TimeTz(digits)
        | DataType::Timestamp(digits)
        | DataType::TimestampTz(digits)
        | DataType::Interval {
            precision: digits, ..
        } if *digits < 6 => Conversion::Seconds(*digits),
        _ => Conversion::Same,
    }
}

/// As a column `numeric(precision, scale)` keeps it; none where it has too many digits.
fn kept(number: Decimal, precision: u32, scale: i32) -> Option<Decimal> {
    let kept = number.kept_by(scale)?;
    let whole = i64::from(precision) - i64::from(scale);
    let digits = i64::from(
        kept.units
            .unsigned_abs()
            .checked_ilog10()
            .map_or(0, |log| log + 1),
    );
    (kept.units == 0 || digits - i64::from(kept.scale) <= whole).then_some(kept)
}

/// Halves to the even neighbour, as the processor does it.
pub(super) fn round_even(number: f64) -> f64 {
    number.round_ties_even()
}

/// Of a floating-point number PostgreSQL takes 15 significant digits.
fn from_float(number: f64) -> Option<Decimal> {
    if !number.is_finite() {
        return None;
    }
    let text = format!("{number:.14e}");
    let (digits, exponent) = text.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let units: i128 = format!("{whole}{fraction}").parse().ok()?;
    let scale = i32::try_from(fraction.len()).ok()? - exponent;
    let number = match u8::try_from(scale) {
        Ok(scale) => Decimal { units, scale },
        Err(_) if scale < 0 => Decimal {
            units: units.checked_mul(10_i128.checked_pow(scale.unsigned_abs())?)?,
            scale: 0,
        },
        Err(_) => Decimal { units: 0, scale: 0 },
    };
    Some(number.normalized())
}

/// With so many digits of seconds, halves away from zero.
fn round_micros(micros: i64, digits: u8) -> i64 {
    let unit = 10_i64.pow(6_u32.saturating_sub(u32::from(digits)));
    let half = unit / 2;
    if micros >= 0 {
        micros.saturating_add(half) / unit * unit
    } else {
        -(micros.saturating_neg().saturating_add(half) / unit * unit)
    }
}
