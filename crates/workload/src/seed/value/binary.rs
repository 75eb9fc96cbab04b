//! Values in the binary form that PostgreSQL's receive functions read, as fields of COPY's binary format.
//!
//! The forms are those of the functions `…recv` in PostgreSQL's `src/backend/utils/adt`; they have not changed since
//! there is a version of the protocol. Limits of a type (`numeric(10,2)`, `timestamp(0)`) are applied by PostgreSQL as it
//! reads: what is written is the value as it is.
//! <https://www.postgresql.org/docs/current/sql-copy.html>

use super::{Decimal, Range, Value};
use crate::seed::data_type::{DataType, FloatWidth, IntWidth, JsonForm, TextForm};

mod geometry;
mod network;
mod numeric;
mod oid;

/// The length of a field that is NULL.
const NULL: i32 = -1;
/// The version of the binary forms of `jsonb` and `jsonpath`.
const JSON_VERSION: u8 = 1;
/// Bytes of a `name`, without the one that ends it.
const NAME: usize = 63;

impl DataType {
    /// Has every value of the type a binary form that [`Value::write_binary`] knows? Arrays need the number that a
    /// server has given to their elements' type, so those of types that somebody made are not among them.
    pub fn has_binary(&self) -> bool {
        match self.base() {
            DataType::Bool
            | DataType::Int(_)
            | DataType::Float(_)
            | DataType::Numeric(_)
            | DataType::Money
            | DataType::Text(_)
            | DataType::Json(_)
            | DataType::Xml
            | DataType::Bytea
            | DataType::Date
            | DataType::Time(_)
            | DataType::TimeTz(_)
            | DataType::Timestamp(_)
            | DataType::TimestampTz(_)
            | DataType::Interval { .. }
            | DataType::Uuid
            | DataType::Bit { .. }
            | DataType::Enum(..) => true,
            DataType::Other(name) => network::knows(name) || geometry::knows(name),
            DataType::Array(element) => oid::of(element).is_some() && element.has_binary(),
            DataType::Range(_, bounds) | DataType::Multirange(_, bounds) => bounds.has_binary(),
            DataType::Composite(..) | DataType::Foreign { .. } => false,
            // There is none below the base.
            DataType::Domain(_) => false,
        }
    }
}

impl Value {
    /// Appends the value as a field of COPY's binary format: its length in four bytes (-1 for NULL), and its bytes.
    ///
    /// False, and nothing is written, for a value that has no place in the type, and for a [`Value::Literal`] in a
    /// notation that only PostgreSQL understands. For other values of a type that [has a binary form](DataType::has_binary)
    /// it never is.
    pub fn write_binary(&self, of: &DataType, out: &mut Vec<u8>) -> bool {
        if matches!(self, Value::Null) {
            out.extend_from_slice(&NULL.to_be_bytes());
            return true;
        }
        let start = out.len();
        // Room for the length, which is known afterwards.
        out.extend_from_slice(&NULL.to_be_bytes());
        let length = self
            .write_body(of.base(), out)
            .and_then(|()| i32::try_from(out.len() - start - size_of::<i32>()).ok());
        match length {
            Some(length) => {
                out[start..start + size_of::<i32>()].copy_from_slice(&length.to_be_bytes());
                true
            }
            None => {
                out.truncate(start);
                false
            }
        }
    }

    /// Writes anything but NULL. `of` is no domain.
    fn write_body(&self, of: &DataType, out: &mut Vec<u8>) -> Option<()> {
        match (of, self) {
            (DataType::Bool, Value::Bool(it)) => out.push(u8::from(*it)),
            (DataType::Int(width), Value::Int(number)) => match width {
                IntWidth::Small => out.extend_from_slice(&i16::try_from(*number).ok()?.to_be_bytes()),
                IntWidth::Integer => out.extend_from_slice(&i32::try_from(*number).ok()?.to_be_bytes()),
                IntWidth::Big => out.extend_from_slice(&number.to_be_bytes()),
                IntWidth::Oid => out.extend_from_slice(&u32::try_from(*number).ok()?.to_be_bytes()),
            },
            (DataType::Float(width), _) => {
                let number = match self {
                    Value::Float(number) => *number,
                    Value::Int(number) => *number as f64,
                    Value::Decimal(number) => number.to_f64(),
                    _ => return None,
                };
                match width {
                    FloatWidth::Real => out.extend_from_slice(&(number as f32).to_be_bytes()),
                    FloatWidth::Double => out.extend_from_slice(&number.to_be_bytes()),
                }
            }
            (DataType::Numeric(_), Value::Decimal(number)) => numeric::write(number, out),
            (DataType::Numeric(_), Value::Int(number)) => numeric::write(&Decimal::whole(*number), out),
            (DataType::Numeric(_), Value::Literal(text)) => numeric::write_long(text, out)?,
            (DataType::Money, _) => {
                let amount = match self {
                    Value::Decimal(amount) => *amount,
                    Value::Int(amount) => Decimal::whole(*amount),
                    _ => return None,
                };
                let cents = i64::try_from(amount.rescaled(2)?.units).ok()?;
                out.extend_from_slice(&cents.to_be_bytes());
            }
            (DataType::Text(TextForm::Byte), Value::Text(text)) => out.push(single_byte(text)),
            (DataType::Text(TextForm::Name), Value::Text(text)) => {
                out.extend_from_slice(&text.as_bytes()[..text.floor_char_boundary(NAME)]);
            }
            (DataType::Json(JsonForm::Binary), Value::Text(text)) => {
                out.push(JSON_VERSION);
                out.extend_from_slice(text.as_bytes());
            }
            (
                DataType::Text(_) | DataType::Json(JsonForm::Text) | DataType::Xml | DataType::Enum(..),
                Value::Text(text),
            ) => out.extend_from_slice(text.as_bytes()),
            (DataType::Bytea, Value::Bytes(bytes)) => out.extend_from_slice(bytes),
            (DataType::Date, Value::Date(days)) => out.extend_from_slice(&days.to_be_bytes()),
            (DataType::Time(_), Value::Time(micros)) => out.extend_from_slice(&micros.to_be_bytes()),
            (DataType::TimeTz(_), Value::TimeTz(micros, west)) => {
                out.extend_from_slice(&micros.to_be_bytes());
                out.extend_from_slice(&west.to_be_bytes());
            }
            (DataType::Timestamp(_) | DataType::TimestampTz(_), Value::Timestamp(micros)) => {
                out.extend_from_slice(&micros.to_be_bytes());
            }
            (DataType::Interval { .. }, Value::Interval { months, days, micros }) => {
                out.extend_from_slice(&micros.to_be_bytes());
                out.extend_from_slice(&days.to_be_bytes());
                out.extend_from_slice(&months.to_be_bytes());
            }
            (DataType::Uuid, Value::Uuid(bytes)) => out.extend_from_slice(bytes),
            (DataType::Bit { .. }, Value::Literal(bits)) => write_bits(bits, out)?,
            (DataType::Array(element), Value::Array(values)) => write_array(values, element, out)?,
            (DataType::Range(_, bounds), Value::Range(range)) => write_range(range, bounds, out)?,
            (DataType::Multirange(_, bounds), Value::Multirange(ranges)) => {
                out.extend_from_slice(&count(ranges.len())?);
                for range in ranges {
                    let start = out.len();
                    out.extend_from_slice(&[0; 4]);
                    write_range(range, bounds, out)?;
                    let length = count(out.len() - start - 4)?;
                    out[start..start + 4].copy_from_slice(&length);
                }
            }
            (DataType::Other(name), Value::Literal(text)) if network::knows(name) => {
                network::write(name, text, out)?;
            }
            (DataType::Other(name), Value::Literal(text)) if geometry::knows(name) => {
                geometry::write(name, text, out)?;
            }
            _ => return None,
        }
        Some(())
    }
}

/// The byte of a `"char"`: 0 where the text is empty, and the one that `\303` names.
pub(super) fn single_byte(text: &str) -> u8 {
    match text.as_bytes() {
        [b'\\', octal @ ..] if octal.len() == 3 => u8::from_str_radix(&text[1..], 8).unwrap_or(b'\\'),
        [first, ..] => *first,
        [] => 0,
    }
}

fn count(of: usize) -> Option<[u8; 4]> {
    i32::try_from(of).ok().map(i32::to_be_bytes)
}

fn write_bits(bits: &str, out: &mut Vec<u8>) -> Option<()> {
    out.extend_from_slice(&count(bits.len())?);
    for eight in bits.as_bytes().chunks(8) {
        let mut byte = 0;
        for (at, bit) in eight.iter().enumerate() {
            match bit {
                b'0' => {}
                b'1' => byte |= 0x80 >> at,
                _ => return None,
            }
        }
        out.push(byte);
    }
    Some(())
}

fn write_array(values: &[Value], element: &DataType, out: &mut Vec<u8>) -> Option<()> {
    let dimensions = i32::from(!values.is_empty());
    let any_null = i32::from(values.contains(&Value::Null));
    out.extend_from_slice(&dimensions.to_be_bytes());
    out.extend_from_slice(&any_null.to_be_bytes());
    out.extend_from_slice(&oid::of(element)?.to_be_bytes());
    if dimensions > 0 {
        out.extend_from_slice(&count(values.len())?);
        // The first element has the number 1.
        out.extend_from_slice(&1_i32.to_be_bytes());
    }
    values
        .iter()
        .all(|value| value.write_binary(element, out))
        .then_some(())
}

fn write_range(range: &Range, bounds: &DataType, out: &mut Vec<u8>) -> Option<()> {
    /// The bits of `src/include/utils/rangetypes.h`.
    const EMPTY: u8 = 0x01;
    const LOW_INCLUDED: u8 = 0x02;
    const HIGH_INCLUDED: u8 = 0x04;
    const LOW_INFINITE: u8 = 0x08;
    const HIGH_INFINITE: u8 = 0x10;
    let Range::Span {
        low,
        high,
        low_included,
        high_included,
    } = range
    else {
        out.push(EMPTY);
        return Some(());
    };
    let end = |bound: &Option<Value>, included: bool, yes: u8, infinite: u8| match bound {
        None | Some(Value::Null) => infinite,
        Some(_) if included => yes,
        Some(_) => 0,
    };
    out.push(
        end(low, *low_included, LOW_INCLUDED, LOW_INFINITE)
            | end(high, *high_included, HIGH_INCLUDED, HIGH_INFINITE),
    );
    for bound in [low, high].into_iter().flatten() {
        if !matches!(bound, Value::Null) && !bound.write_binary(bounds, out) {
            return None;
        }
    }
    Some(())
}
