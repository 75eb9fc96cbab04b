//! Values in the notation that PostgreSQL's input functions read.

use std::fmt::{self, Write};

use cogway_catalog::sql::quote_literal;

use super::moment::{self, SECOND, Zone};
use super::{Range, Value};
use crate::seed::data_type::{DataType, FloatWidth};

impl Value {
    /// Appends the value in its type's notation, as PostgreSQL prints it: without any quotes of SQL or escapes of COPY.
    /// False, and nothing is written, for NULL.
    pub fn write_text(&self, of: &DataType, out: &mut String) -> bool {
        // Writing into memory cannot fail.
        !matches!(self, Value::Null) && self.write_plain(of, out).is_ok()
    }

    /// Appends the value as a field of COPY's text format, escaped; `\N` for NULL.
    /// <https://www.postgresql.org/docs/current/sql-copy.html>
    pub fn write_copy_text(&self, of: &DataType, out: &mut Vec<u8>) {
        if matches!(self, Value::Null) {
            out.extend_from_slice(b"\\N");
        } else {
            // Writing into memory cannot fail.
            let _ = self.write_plain(of, &mut Escaped(out));
        }
    }

    /// The value as a constant of SQL that is of this type wherever it stands: `'happy'::public.mood`.
    pub fn sql(&self, of: &DataType) -> String {
        let mut text = String::new();
        let constant = if self.write_text(of, &mut text) {
            quote_literal(&text)
        } else {
            "NULL".to_owned()
        };
        format!("{constant}::{}", of.written())
    }

    /// Writes anything but NULL, for which there is no notation.
    fn write_plain(&self, of: &DataType, out: &mut impl Write) -> fmt::Result {
        let of = of.base();
        match self {
            Value::Null => Ok(()),
            Value::Bool(true) => out.write_char('t'),
            Value::Bool(false) => out.write_char('f'),
            Value::Int(number) => write_whole(*number, out),
            Value::Float(number) => match of {
                DataType::Float(FloatWidth::Real) => write_float(Float::Real(*number as f32), out),
                _ => write_float(Float::Double(*number), out),
            },
            Value::Decimal(number) => number.write(out),
            Value::Text(text) | Value::Literal(text) => out.write_str(text),
            Value::Bytes(bytes) => {
                out.write_str("\\x")?;
                write_hex(bytes, out)
            }
            Value::Date(days) => moment::write_date(*days, out),
            Value::Time(micros) => moment::write_time(*micros, out),
            Value::TimeTz(micros, west) => {
                moment::write_time(*micros, out)?;
                moment::write_zone(*west, out)
            }
            Value::Timestamp(micros) => {
                let zone = match of {
                    DataType::TimestampTz(_) => Zone::Greenwich,
                    _ => Zone::Unwritten,
                };
                moment::write_timestamp(*micros, zone, out)
            }
            Value::Interval { months, days, micros } => write_interval(*months, *days, *micros, out),
            Value::Uuid(bytes) => {
                for (at, part) in [(0, 4), (4, 6), (6, 8), (8, 10), (10, 16)]
                    .into_iter()
                    .enumerate()
                {
                    if at > 0 {
                        out.write_char('-')?;
                    }
                    write_hex(&bytes[part.0..part.1], out)?;
                }
                Ok(())
            }
            Value::Array(elements) => {
                let element = match of {
                    DataType::Array(element) => element,
                    other => other,
                };
                let delimiter = delimiter(element);
                out.write_char('{')?;
                for (at, value) in elements.iter().enumerate() {
                    if at > 0 {
                        out.write_char(delimiter)?;
                    }
                    match value {
                        Value::Null => out.write_str("NULL")?,
                        // Arrays of arrays are arrays of more dimensions.
                        Value::Array(_) => value.write_plain(of, out)?,
                        _ => write_part(value, element, Within::Array(delimiter), out)?,
                    }
                }
                out.write_char('}')
            }
            Value::Range(range) => match of {
                DataType::Range(_, bounds) => write_range(range, bounds, out),
                other => write_range(range, other, out),
            },
            Value::Multirange(ranges) => {
                let bounds = match of {
                    DataType::Multirange(_, bounds) => bounds,
                    other => other,
                };
                out.write_char('{')?;
                for (at, range) in ranges.iter().enumerate() {
                    if at > 0 {
                        out.write_char(',')?;
                    }
                    write_range(range, bounds, out)?;
                }
                out.write_char('}')
            }
            Value::Fields(values) => {
                let types: &[(String, DataType)] = match of {
                    DataType::Composite(_, fields) => fields,
                    _ => &[],
                };
                out.write_char('(')?;
                for (at, value) in values.iter().enumerate() {
                    if at > 0 {
                        out.write_char(',')?;
                    }
                    let field = types.get(at).map_or(of, |(_, field)| field);
                    if !matches!(value, Value::Null) {
                        write_part(value, field, Within::Fields, out)?;
                    }
                }
                out.write_char(')')
            }
        }
    }
}

/// The character between the elements of an array.
pub(super) fn delimiter(element: &DataType) -> char {
    match element.base() {
        DataType::Other("box") => ';',
        _ => ',',
    }
}

/// In what a value is a part.
#[derive(Clone, Copy)]
enum Within {
    /// With this delimiter.
    Array(char),
    Fields,
    Range,
}

impl Within {
    /// Would PostgreSQL read something else, were the text not in quotes?
    fn wants_quotes(self, text: &str) -> bool {
        let special = |c: char| {
            matches!(c, '"' | '\\' | ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
                || match self {
                    Within::Array(delimiter) => matches!(c, '{' | '}') || c == delimiter,
                    Within::Fields => matches!(c, '(' | ')' | ','),
                    Within::Range => matches!(c, '(' | ')' | '[' | ']' | ','),
                }
        };
        text.is_empty()
            || text.contains(special)
            || (matches!(self, Within::Array(_)) && text.eq_ignore_ascii_case("null"))
    }
}

fn write_part(value: &Value, of: &DataType, within: Within, out: &mut impl Write) -> fmt::Result {
    match (value, of.base()) {
        // Their notations hold nothing that wants quotes.
        (Value::Int(_) | Value::Bool(_) | Value::Decimal(_) | Value::Float(_) | Value::Uuid(_), _) => {
            return value.write_plain(of, out);
        }
        (Value::Date(days), _) if *days >= moment::FIRST_DAY => return value.write_plain(of, out),
        (Value::Text(text) | Value::Literal(text), _) => return write_quoted(text, within, out),
        _ => {}
    }
    let mut text = String::new();
    value.write_plain(of, &mut text)?;
    write_quoted(&text, within, out)
}

fn write_quoted(text: &str, within: Within, out: &mut impl Write) -> fmt::Result {
    if !within.wants_quotes(text) {
        return out.write_str(text);
    }
    out.write_char('"')?;
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\\']) {
        out.write_str(&rest[..at])?;
        let special = &rest[at..=at];
        // Either would do everywhere; PostgreSQL prints backslashes in arrays and doubles elsewhere.
        out.write_str(if matches!(within, Within::Array(_)) {
            "\\"
        } else {
            special
        })?;
        out.write_str(special)?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)?;
    out.write_char('"')
}

fn write_range(range: &Range, bounds: &DataType, out: &mut impl Write) -> fmt::Result {
    let Range::Span {
        low,
        high,
        low_included,
        high_included,
    } = range
    else {
        return out.write_str("empty");
    };
    let bound = |value: &Option<Value>, out: &mut _| match value {
        None | Some(Value::Null) => Ok(()),
        Some(value) => write_part(value, bounds, Within::Range, out),
    };
    // An infinite end is never in the range.
    out.write_char(if *low_included && low.is_some() { '[' } else { '(' })?;
    bound(low, out)?;
    out.write_char(',')?;
    bound(high, out)?;
    out.write_char(if *high_included && high.is_some() {
        ']'
    } else {
        ')'
    })
}

fn write_whole(number: i64, out: &mut impl Write) -> fmt::Result {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut left = number.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    if number < 0 {
        at -= 1;
        digits[at] = b'-';
    }
    out.write_str(std::str::from_utf8(&digits[at..]).unwrap_or_default())
}

fn write_hex(bytes: &[u8], out: &mut impl Write) -> fmt::Result {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        let pair = [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
        out.write_str(std::str::from_utf8(&pair).unwrap_or_default())?;
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Float {
    Real(f32),
    Double(f64),
}

/// The shortest digits that give the number back, in PostgreSQL's notation.
fn write_float(number: Float, out: &mut impl Write) -> fmt::Result {
    let (value, most) = match number {
        Float::Real(it) => (f64::from(it), 6),
        Float::Double(it) => (it, 15),
    };
    if value.is_nan() {
        return out.write_str("NaN");
    }
    if value.is_infinite() {
        return out.write_str(if value > 0.0 { "Infinity" } else { "-Infinity" });
    }
    let mut scientific = Short::default();
    match number {
        Float::Real(it) => write!(scientific, "{it:e}")?,
        Float::Double(it) => write!(scientific, "{it:e}")?,
    }
    let scientific = scientific.as_str();
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..most).contains(&exponent) {
        return match number {
            Float::Real(it) => write!(out, "{it}"),
            Float::Double(it) => write!(out, "{it}"),
        };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    write!(out, "{mantissa}e{sign}{:02}", exponent.unsigned_abs())
}

/// A short text that needs no memory of its own.
#[derive(Default)]
struct Short {
    /// 17 digits, two signs, a point, an `e` and an exponent of three digits are the most that is written.
    bytes: [u8; 32],
    length: usize,
}

impl Short {
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

impl Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        let room = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

/// `1 year 2 mons -3 days +04:05:06.5`: a part after a negative one says that it is positive.
fn write_interval(months: i32, days: i32, micros: i64, out: &mut impl Write) -> fmt::Result {
    // PostgreSQL 17 knows infinite ones, and keeps them so.
    match (months, days, micros) {
        (i32::MAX, i32::MAX, i64::MAX) => return out.write_str("infinity"),
        (i32::MIN, i32::MIN, i64::MIN) => return out.write_str("-infinity"),
        _ => {}
    }
    let mut begun = false;
    let mut negative_before = false;
    for (count, unit) in [(months / 12, "year"), (months % 12, "mon"), (days, "day")] {
        if count == 0 {
            continue;
        }
        let blank = if begun { " " } else { "" };
        let sign = if negative_before && count > 0 { "+" } else { "" };
        let plural = if count == 1 { "" } else { "s" };
        write!(out, "{blank}{sign}{count} {unit}{plural}")?;
        begun = true;
        negative_before = count < 0;
    }
    if micros == 0 && begun {
        return Ok(());
    }
    if begun {
        out.write_char(' ')?;
    }
    match (micros < 0, negative_before) {
        (true, _) => out.write_char('-')?,
        (false, true) => out.write_char('+')?,
        _ => {}
    }
    let micros = micros.unsigned_abs();
    let seconds = micros / SECOND as u64;
    write!(
        out,
        "{:02}:{:02}:{:02}",
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60
    )?;
    moment::write_fraction((micros % SECOND as u64) as i64, out)
}

/// Escapes what COPY's text format holds special, on its way.
struct Escaped<'a>(&'a mut Vec<u8>);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text.as_bytes();
        while let Some(at) = rest
            .iter()
            .position(|byte| matches!(byte, b'\\' | b'\t' | b'\n' | b'\r'))
        {
            self.0.extend_from_slice(&rest[..at]);
            self.0.push(b'\\');
            self.0.push(match rest[at] {
                b'\t' => b't',
                b'\n' => b'n',
                b'\r' => b'r',
                other => other,
            });
            rest = &rest[at + 1..];
        }
        self.0.extend_from_slice(rest);
        Ok(())
    }
}
