//! Values out of the notation that PostgreSQL's output functions write.

use super::moment::{self, SECOND};
use super::text::delimiter;
use super::{Decimal, Range, Value};
use crate::seed::data_type::{DataType, FloatWidth, IntWidth, TextForm};

impl Value {
    /// Reads what PostgreSQL printed of a value of that type, with `DateStyle` ISO, `IntervalStyle` postgres, `bytea` in
    /// hexadecimal and `extra_float_digits` at least 1. None for what is no value of the type.
    ///
    /// What only PostgreSQL understands is a [`Value::Literal`]: values of types that have nothing but a name, arrays of
    /// several dimensions or from another place than 1, numbers of more than 38 digits, and `NaN`.
    pub fn parse(text: &str, of: &DataType) -> Option<Value> {
        match of {
            DataType::Bool => match text {
                "t" | "true" => Some(Value::Bool(true)),
                "f" | "false" => Some(Value::Bool(false)),
                _ => None,
            },
            DataType::Int(width) => {
                let number: i64 = text.parse().ok()?;
                let (low, high) = width.bounds();
                (low..=high).contains(&number).then_some(Value::Int(number))
            }
            // Of the digits that are printed for a real, some numbers lie nearer to them than the real itself.
            DataType::Float(FloatWidth::Real) => Some(Value::Float(f64::from(text.parse::<f32>().ok()?))),
            DataType::Float(FloatWidth::Double) => Some(Value::Float(text.parse().ok()?)),
            DataType::Numeric(_) => match text.parse::<Decimal>() {
                Ok(number) => Some(Value::Decimal(number)),
                Err(_) => is_numeric(text).then(|| Value::Literal(text.to_owned())),
            },
            DataType::Money => read_money(text).map(Value::Decimal),
            DataType::Text(TextForm::Char(_)) => Some(Value::Text(text.trim_end_matches(' ').to_owned())),
            DataType::Text(_) | DataType::Json(_) | DataType::Xml => Some(Value::Text(text.to_owned())),
            DataType::Enum(_, labels) => {
                let known = labels.iter().any(|label| label == text);
                known.then(|| Value::Text(text.to_owned()))
            }
            DataType::Bytea => read_hex(text.strip_prefix("\\x")?).map(Value::Bytes),
            DataType::Date => moment::read_date(text).map(Value::Date),
            DataType::Time(_) => moment::read_time(text).map(Value::Time),
            DataType::TimeTz(_) => {
                moment::read_time_tz(text).map(|(micros, west)| Value::TimeTz(micros, west))
            }
            DataType::Timestamp(_) | DataType::TimestampTz(_) => {
                moment::read_timestamp(text).map(Value::Timestamp)
            }
            DataType::Interval { .. } => read_interval(text),
            DataType::Uuid => {
                let digits: String = text.chars().filter(|c| *c != '-').collect();
                Some(Value::Uuid(read_hex(&digits)?.try_into().ok()?))
            }
            DataType::Array(element) => read_array(text, element),
            DataType::Range(_, bounds) => {
                let mut notation = Notation::of(text);
                let range = notation.range(bounds)?;
                notation.is_at_end().then(|| Value::Range(Box::new(range)))
            }
            DataType::Multirange(_, bounds) => read_multirange(text, bounds),
            DataType::Composite(_, fields) => read_fields(text, fields),
            DataType::Domain(domain) => Value::parse(text, &domain.base),
            DataType::Bit { .. } | DataType::Other(_) | DataType::Foreign { .. } => {
                Some(Value::Literal(text.to_owned()))
            }
        }
    }
}

impl IntWidth {
    /// The least and the greatest number that it has room for.
    pub fn bounds(self) -> (i64, i64) {
        match self {
            IntWidth::Small => (i64::from(i16::MIN), i64::from(i16::MAX)),
            IntWidth::Integer => (i64::from(i32::MIN), i64::from(i32::MAX)),
            IntWidth::Big => (i64::MIN, i64::MAX),
            IntWidth::Oid => (0, i64::from(u32::MAX)),
        }
    }
}

/// Is it a number that PostgreSQL's `numeric` has and [`Decimal`] has not?
fn is_numeric(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    matches!(text, "NaN" | "Infinity" | "-Infinity") || (all_digits(whole) && all_digits(behind))
}

/// An amount as the server's locale prints it: `$1,234.56`, `-1.234,56 €`. The last two digits stand behind the point.
fn read_money(text: &str) -> Option<Decimal> {
    let negative = text.contains(['-', '(']);
    let point = text.rfind(['.', ',']);
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).collect::<String>();
    let (whole, behind) = match point {
        Some(at) if digits(&text[at..]).len() == 2 => (digits(&text[..at]), digits(&text[at..])),
        _ => (digits(text), "00".to_owned()),
    };
    let units: i128 = (whole + &behind).parse().ok()?;
    Some(Decimal {
        units: if negative { -units } else { units },
        scale: 2,
    })
}

fn read_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |c: u8| char::from(c).to_digit(16);
    digits
        .chunks_exact(2)
        .map(|pair| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok())
        .collect()
}

/// `1 year 2 mons -3 days +04:05:06.5`
fn read_interval(text: &str) -> Option<Value> {
    match text {
        "infinity" => {
            return Some(Value::Interval {
                months: i32::MAX,
                days: i32::MAX,
                micros: i64::MAX,
            });
        }
        "-infinity" => {
            return Some(Value::Interval {
                months: i32::MIN,
                days: i32::MIN,
                micros: i64::MIN,
            });
        }
        _ => {}
    }
    let (mut months, mut days, mut micros) = (0_i32, 0_i32, 0_i64);
    let mut words = text.split_ascii_whitespace();
    let mut any = false;
    while let Some(word) = words.next() {
        any = true;
        if word.contains(':') {
            micros = micros.checked_add(read_duration(word)?)?;
            continue;
        }
        let count: i32 = word.parse().ok()?;
        let unit = words.next()?;
        let of = |each: i64| i64::from(count).checked_mul(each)?.checked_mul(SECOND);
        match unit.strip_suffix('s').unwrap_or(unit) {
            "year" => months = months.checked_add(count.checked_mul(12)?)?,
            "mon" | "month" => months = months.checked_add(count)?,
            "week" => days = days.checked_add(count.checked_mul(7)?)?,
            "day" => days = days.checked_add(count)?,
            "hour" => micros = micros.checked_add(of(3_600)?)?,
            "min" | "minute" => micros = micros.checked_add(of(60)?)?,
            "sec" | "second" => micros = micros.checked_add(of(1)?)?,
            _ => return None,
        }
    }
    any.then_some(Value::Interval { months, days, micros })
}

/// `-100:04:05.5`, however many hours.
fn read_duration(text: &str) -> Option<i64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut parts = text.splitn(3, ':');
    let hours: i64 = parts.next()?.parse().ok()?;
    let minutes: i64 = parts.next()?.parse().ok()?;
    let seconds = moment::read_seconds(parts.next().unwrap_or("0"))?;
    let minutes = hours.checked_mul(60)?.checked_add(minutes)?;
    // Negated first: the negative numbers reach further.
    let (minutes, seconds) = if negative {
        (-minutes, -seconds)
    } else {
        (minutes, seconds)
    };
    minutes.checked_mul(60 * SECOND)?.checked_add(seconds)
}

fn read_array(text: &str, element: &DataType) -> Option<Value> {
    let literal = || Some(Value::Literal(text.to_owned()));
    if text.starts_with('[') {
        return literal();
    }
    let mut notation = Notation::of(text);
    notation.expect('{')?;
    if notation.peek() == Some('{') {
        return literal();
    }
    let mut elements = Vec::new();
    if notation.peek() == Some('}') {
        notation.next();
        return notation.is_at_end().then_some(Value::Array(elements));
    }
    let delimiter = delimiter(element);
    loop {
        let part = notation.part(&[delimiter, '}'])?;
        elements.push(match part {
            Part::Bare(text) if text.eq_ignore_ascii_case("null") => Value::Null,
            Part::Bare(text) | Part::Quoted(text) => Value::parse(&text, element)?,
        });
        if notation.next()? == '}' {
            return notation.is_at_end().then_some(Value::Array(elements));
        }
    }
}

fn read_multirange(text: &str, bounds: &DataType) -> Option<Value> {
    let mut notation = Notation::of(text);
    notation.expect('{')?;
    let mut ranges = Vec::new();
    if notation.peek() == Some('}') {
        notation.next();
        return notation.is_at_end().then_some(Value::Multirange(ranges));
    }
    loop {
        ranges.push(notation.range(bounds)?);
        match notation.next()? {
            ',' => {}
            '}' => return notation.is_at_end().then_some(Value::Multirange(ranges)),
            _ => return None,
        }
    }
}

fn read_fields(text: &str, fields: &[(String, DataType)]) -> Option<Value> {
    let mut notation = Notation::of(text);
    notation.expect('(')?;
    let mut values = Vec::with_capacity(fields.len());
    for (_, field) in fields {
        values.push(match notation.part(&[',', ')'])? {
            Part::Bare(text) if text.is_empty() => Value::Null,
            Part::Bare(text) | Part::Quoted(text) => Value::parse(&text, field)?,
        });
        let end = if values.len() == fields.len() { ')' } else { ',' };
        notation.expect(end)?;
    }
    if fields.is_empty() {
        notation.expect(')')?;
    }
    notation.is_at_end().then_some(Value::Fields(values))
}

/// A notation that has parts, and the place up to which it was read.
struct Notation<'a> {
    rest: std::str::Chars<'a>,
}

enum Part {
    Bare(String),
    Quoted(String),
}

/// The end of a range.
enum End {
    Infinite,
    At(Value),
}

impl End {
    fn value(self) -> Option<Value> {
        match self {
            End::Infinite => None,
            End::At(value) => Some(value),
        }
    }
}

impl Notation<'_> {
    fn of(text: &str) -> Notation<'_> {
        Notation { rest: text.chars() }
    }

    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn next(&mut self) -> Option<char> {
        self.rest.next()
    }

    fn expect(&mut self, wanted: char) -> Option<()> {
        (self.next()? == wanted).then_some(())
    }

    fn is_at_end(&self) -> bool {
        self.rest.as_str().is_empty()
    }

    /// What stands before one of these characters, without quotes and escapes.
    fn part(&mut self, ends: &[char]) -> Option<Part> {
        let mut text = String::new();
        let (mut quoted, mut inside) = (false, false);
        loop {
            match self.peek()? {
                '"' => {
                    self.next();
                    if inside && self.peek() == Some('"') {
                        self.next();
                        text.push('"');
                    } else {
                        inside = !inside;
                        quoted = true;
                    }
                }
                '\\' => {
                    self.next();
                    text.push(self.next()?);
                    quoted = true;
                }
                c if !inside && ends.contains(&c) => {
                    return Some(if quoted {
                        Part::Quoted(text)
                    } else {
                        Part::Bare(text)
                    });
                }
                c => {
                    self.next();
                    text.push(c);
                }
            }
        }
    }

    fn bound(&mut self, ends: &[char], of: &DataType) -> Option<End> {
        match self.part(ends)? {
            Part::Bare(text) if text.is_empty() => Some(End::Infinite),
            Part::Bare(text) | Part::Quoted(text) => Value::parse(&text, of).map(End::At),
        }
    }

    fn range(&mut self, bounds: &DataType) -> Option<Range> {
        if let Some(rest) = self.rest.as_str().strip_prefix("empty") {
            self.rest = rest.chars();
            return Some(Range::Empty);
        }
        let low_included = match self.next()? {
            '[' => true,
            '(' => false,
            _ => return None,
        };
        let low = self.bound(&[','], bounds)?.value();
        self.expect(',')?;
        let high = self.bound(&[']', ')'], bounds)?.value();
        let high_included = self.next()? == ']';
        // An infinite end is never in the range.
        Some(Range::Span {
            low_included: low_included && low.is_some(),
            high_included: high_included && high.is_some(),
            low,
            high,
        })
    }
}
