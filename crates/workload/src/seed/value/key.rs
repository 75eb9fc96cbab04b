//! What tells values apart: bytes for sets of those that were seen.

use super::binary::single_byte;
use super::moment::SECOND;
use super::{Decimal, Range, Value};
use crate::seed::data_type::{DataType, FloatWidth, TextForm};

/// The first byte of a key.
const NULL: u8 = 0;
const VALUE: u8 = 1;

impl Value {
    /// Appends bytes that are the same for two values of a type exactly when PostgreSQL holds them equal: 1.0 and 1.00,
    /// `character` with blanks at its end and without, `citext` in any case, moments that a column rounds to the same
    /// one, one month and thirty days. NULL is the same as NULL. Keys can be put one behind the other: no two rows of
    /// values of the same types are taken for each other.
    ///
    /// For JSON, for search vectors and for types of others, these are the bytes of their notation, of which one value
    /// may have several. Multiranges are taken as they are, with their ranges in order and apart; collations for which different texts are equal are not looked at.
    pub fn key_bytes(&self, of: &DataType, out: &mut Vec<u8>) {
        if matches!(self, Value::Null) {
            out.push(NULL);
            return;
        }
        out.push(VALUE);
        match (of.base(), self) {
            (DataType::Numeric(limits), Value::Decimal(_) | Value::Int(_)) => {
                let number = match self {
                    Value::Decimal(number) => *number,
                    Value::Int(number) => Decimal::whole(*number),
                    _ => return,
                };
                let kept = limits.and_then(|(_, scale)| number.kept_by(scale));
                let number = kept.unwrap_or(number).normalized();
                out.push(number.scale);
                out.extend_from_slice(&number.units.to_be_bytes());
            }
            (DataType::Money, Value::Decimal(_) | Value::Int(_)) => {
                let number = match self {
                    Value::Decimal(number) => *number,
                    Value::Int(number) => Decimal::whole(*number),
                    _ => return,
                };
                let cents = number.rescaled(2).unwrap_or(number);
                out.extend_from_slice(&cents.units.to_be_bytes());
            }
            (DataType::Float(FloatWidth::Real), Value::Float(number)) => {
                // Two numbers may become one by losing digits.
                put_float(f64::from(*number as f32), out);
            }
            (DataType::Text(TextForm::Byte), Value::Text(text)) => out.push(single_byte(text)),
            (DataType::Text(TextForm::Citext), Value::Text(text)) => {
                if text.is_ascii() {
                    put_length(text.len(), out);
                    out.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
                } else {
                    put_bytes(text.to_lowercase().as_bytes(), out);
                }
            }
            (_, Value::Text(text)) if of.pads_with_blanks() => {
                put_bytes(text.trim_end_matches(' ').as_bytes(), out);
            }
            (DataType::Time(digits), Value::Time(micros)) => put(rounded(*micros, *digits), out),
            (DataType::TimeTz(digits), Value::TimeTz(micros, west)) => {
                put(rounded(*micros, *digits) + i64::from(*west) * SECOND, out);
                out.extend_from_slice(&west.to_be_bytes());
            }
            (DataType::Timestamp(digits) | DataType::TimestampTz(digits), Value::Timestamp(micros)) => {
                put(rounded(*micros, *digits), out);
            }
            (DataType::Interval { precision, .. }, Value::Interval { months, days, micros }) => {
                let kept = Value::Interval {
                    months: *months,
                    days: *days,
                    micros: rounded(*micros, *precision),
                };
                out.extend_from_slice(&kept.span().unwrap_or_default().to_be_bytes());
            }
            (DataType::Array(element), Value::Array(values)) => {
                put_length(values.len(), out);
                for value in values {
                    value.key_bytes(element, out);
                }
            }
            (DataType::Range(_, bounds), Value::Range(range)) => put_range(range, bounds, out),
            (DataType::Multirange(_, bounds), Value::Multirange(ranges)) => {
                put_length(ranges.len(), out);
                for range in ranges {
                    put_range(range, bounds, out);
                }
            }
            (DataType::Composite(_, fields), Value::Fields(values)) => {
                put_length(values.len(), out);
                for (value, (_, field)) in values.iter().zip(fields.iter()) {
                    value.key_bytes(field, out);
                }
            }
            // The binary form is one for all notations.
            (DataType::Other(_), Value::Literal(text)) => {
                if !self.write_binary(of, out) {
                    put_bytes(text.as_bytes(), out);
                }
            }
            (_, Value::Bool(it)) => out.push(u8::from(*it)),
            (_, Value::Int(number)) => put(*number, out),
            (_, Value::Float(number)) => put_float(*number, out),
            (_, Value::Date(days)) => out.extend_from_slice(&days.to_be_bytes()),
            (_, Value::Uuid(bytes)) => out.extend_from_slice(bytes),
            (_, Value::Bytes(bytes)) => put_bytes(bytes, out),
            (_, Value::Text(text) | Value::Literal(text)) => put_bytes(text.as_bytes(), out),
            _ => {
                let mut text = String::new();
                self.write_text(of, &mut text);
                put_bytes(text.as_bytes(), out);
            }
        }
    }
}

fn put(number: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(&number.to_be_bytes());
}

fn put_float(number: f64, out: &mut Vec<u8>) {
    let number = match number {
        // There are two zeros and many that are no number.
        0.0 => 0.0,
        number if number.is_nan() => f64::NAN,
        number => number,
    };
    out.extend_from_slice(&number.to_be_bytes());
}

fn put_length(length: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&(length as u32).to_be_bytes());
}

fn put_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    put_length(bytes.len(), out);
    out.extend_from_slice(bytes);
}

fn put_range(range: &Range, bounds: &DataType, out: &mut Vec<u8>) {
    let canonical = range.canonical();
    match canonical.as_ref().unwrap_or(range) {
        Range::Empty => out.push(NULL),
        Range::Span {
            low,
            high,
            low_included,
            high_included,
        } => {
            out.push(VALUE);
            for (bound, included) in [(low, low_included), (high, high_included)] {
                match bound {
                    Some(value) => {
                        out.push(u8::from(*included));
                        value.key_bytes(bounds, out);
                    }
                    None => out.push(u8::from(false)),
                }
            }
        }
    }
}

/// As a column with so many digits of seconds keeps it: rounded, halves away from zero.
fn rounded(micros: i64, digits: u8) -> i64 {
    let unit = match 10_i64.checked_pow(6_u32.saturating_sub(u32::from(digits))) {
        Some(unit) if unit > 1 && !matches!(micros, i64::MAX | i64::MIN) => unit,
        _ => return micros,
    };
    (micros.saturating_add(micros.signum() * (unit / 2))) / unit * unit
}
