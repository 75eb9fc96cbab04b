//! Functions of texts.

use crate::seed::value::Value;

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn int(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(*number),
        _ => None,
    }
}

fn count(number: usize) -> Option<Value> {
    i32::try_from(number)
        .ok()
        .map(|number| Value::Int(i64::from(number)))
}

pub(super) fn length(value: &Value) -> Option<Value> {
    count(text(value)?.chars().count())
}

/// Of `character(n)`, which is filled up with blanks that do not count.
pub(super) fn padded_length(value: &Value) -> Option<Value> {
    count(text(value)?.trim_end_matches(' ').chars().count())
}

pub(super) fn octet_length(value: &Value) -> Option<Value> {
    match value {
        Value::Bytes(bytes) => count(bytes.len()),
        value => count(text(value)?.len()),
    }
}

/// How many bits a bit string has.
pub(super) fn bits(value: &Value) -> Option<Value> {
    match value {
        Value::Literal(bits) => count(bits.len()),
        _ => None,
    }
}

/// How many bytes a bit string takes.
pub(super) fn octets_of_bits(value: &Value) -> Option<Value> {
    match value {
        Value::Literal(bits) => count(bits.len().div_ceil(8)),
        _ => None,
    }
}

pub(super) fn bit_length(value: &Value) -> Option<Value> {
    match octet_length(value)? {
        Value::Int(octets) => Some(Value::Int(octets * 8)),
        _ => None,
    }
}

/// Letter by letter, as PostgreSQL does it: none becomes two.
pub(super) fn lower_case(text: &str) -> String {
    text.chars().map(|c| single(c, c.to_lowercase())).collect()
}

fn upper_case(text: &str) -> String {
    text.chars().map(|c| single(c, c.to_uppercase())).collect()
}

fn single(c: char, mut mapped: impl ExactSizeIterator<Item = char>) -> char {
    match (mapped.len(), mapped.next()) {
        (1, Some(other)) => other,
        _ => c,
    }
}

pub(super) fn lower(value: &Value) -> Option<Value> {
    Some(Value::Text(lower_case(text(value)?)))
}

pub(super) fn upper(value: &Value) -> Option<Value> {
    Some(Value::Text(upper_case(text(value)?)))
}

/// Words begin behind everything that is neither letter nor digit.
pub(super) fn initcap(value: &Value) -> Option<Value> {
    let mut within = false;
    let capitals = text(value)?.chars().map(|c| {
        let mapped = if within {
            single(c, c.to_lowercase())
        } else {
            single(c, c.to_uppercase())
        };
        within = c.is_alphanumeric();
        mapped
    });
    Some(Value::Text(capitals.collect()))
}

pub(super) fn reverse(value: &Value) -> Option<Value> {
    Some(Value::Text(text(value)?.chars().rev().collect()))
}

pub(super) fn ascii(value: &Value) -> Option<Value> {
    Some(Value::Int(
        text(value)?.chars().next().map_or(0, |c| i64::from(u32::from(c))),
    ))
}

/// The characters to trim: blanks, where nothing else is said.
fn trimmed(values: &[Value]) -> Option<(&str, Vec<char>)> {
    let characters = match values.get(1) {
        Some(characters) => text(characters)?,
        None => " ",
    };
    Some((text(values.first()?)?, characters.chars().collect()))
}

pub(super) fn btrim(values: &[Value]) -> Option<Value> {
    let (text, characters) = trimmed(values)?;
    Some(Value::Text(text.trim_matches(characters.as_slice()).to_owned()))
}

pub(super) fn ltrim(values: &[Value]) -> Option<Value> {
    let (text, characters) = trimmed(values)?;
    Some(Value::Text(
        text.trim_start_matches(characters.as_slice()).to_owned(),
    ))
}

pub(super) fn rtrim(values: &[Value]) -> Option<Value> {
    let (text, characters) = trimmed(values)?;
    Some(Value::Text(
        text.trim_end_matches(characters.as_slice()).to_owned(),
    ))
}

/// From a place that is counted from 1, so many characters, or all that follow.
pub(super) fn substring(values: &[Value]) -> Option<Value> {
    let (of, from) = (text(values.first()?)?, int(values.get(1)?)?);
    let end = match values.get(2) {
        Some(count) => {
            let count = int(count).filter(|count| *count >= 0)?;
            from.saturating_add(count)
        }
        None => i64::MAX,
    };
    let skipped = usize::try_from(from.max(1) - 1).ok()?;
    let taken = usize::try_from(end.saturating_sub(from.max(1)).max(0)).ok()?;
    Some(Value::Text(of.chars().skip(skipped).take(taken).collect()))
}

/// The first characters, or all but the last.
pub(super) fn left(value: &Value, number: &Value) -> Option<Value> {
    let (of, number) = (text(value)?, int(number)?);
    let taken = if number >= 0 {
        number
    } else {
        (i64::try_from(of.chars().count()).ok()? + number).max(0)
    };
    Some(Value::Text(
        of.chars().take(usize::try_from(taken).ok()?).collect(),
    ))
}

/// The last characters, or all but the first.
pub(super) fn right(value: &Value, number: &Value) -> Option<Value> {
    let (of, number) = (text(value)?, int(number)?);
    let length = i64::try_from(of.chars().count()).ok()?;
    let skipped = if number >= 0 {
        (length - number).max(0)
    } else {
        number.saturating_neg()
    };
    Some(Value::Text(
        of.chars().skip(usize::try_from(skipped).ok()?).collect(),
    ))
}

/// Where the second is in the first, in characters from 1; 0 where it is not.
pub(super) fn strpos(value: &Value, sought: &Value) -> Option<Value> {
    let (of, sought) = (text(value)?, text(sought)?);
    match of.find(sought) {
        Some(at) => count(of.get(..at)?.chars().count() + 1),
        None => Some(Value::Int(0)),
    }
}

pub(super) fn starts_with(value: &Value, start: &Value) -> Option<Value> {
    Some(Value::Bool(text(value)?.starts_with(text(start)?)))
}

pub(super) fn replace(values: &[Value]) -> Option<Value> {
    let [of, from, to] = values else { return None };
    let (of, from, to) = (text(of)?, text(from)?, text(to)?);
    Some(Value::Text(if from.is_empty() {
        of.to_owned()
    } else {
        of.replace(from, to)
    }))
}

/// Each character of the second becomes the one in the same place of the third, or goes.
pub(super) fn translate(values: &[Value]) -> Option<Value> {
    let [of, from, to] = values else { return None };
    let from: Vec<char> = text(from)?.chars().collect();
    let to: Vec<char> = text(to)?.chars().collect();
    let mapped = text(of)?
        .chars()
        .filter_map(|c| match from.iter().position(|other| *other == c) {
            Some(place) => to.get(place).copied(),
            None => Some(c),
        });
    Some(Value::Text(mapped.collect()))
}

pub(super) fn repeat(value: &Value, times: &Value) -> Option<Value> {
    let (of, times) = (text(value)?, usize::try_from(int(times)?.max(0)).ok()?);
    // PostgreSQL's own limit is a gigabyte, which nobody wants here.
    (of.len().checked_mul(times)? <= 1 << 24).then(|| Value::Text(of.repeat(times)))
}

fn padding(values: &[Value]) -> Option<(&str, usize, String)> {
    let of = text(values.first()?)?;
    let wanted = usize::try_from(int(values.get(1)?)?.max(0))
        .ok()
        .filter(|wanted| *wanted <= 1 << 24)?;
    let fill = match values.get(2) {
        Some(fill) => text(fill)?,
        None => " ",
    };
    let missing = wanted.saturating_sub(of.chars().count());
    Some((of, wanted, fill.chars().cycle().take(missing).collect()))
}

pub(super) fn lpad(values: &[Value]) -> Option<Value> {
    let (of, wanted, fill) = padding(values)?;
    Some(Value::Text(fill.chars().chain(of.chars()).take(wanted).collect()))
}

pub(super) fn rpad(values: &[Value]) -> Option<Value> {
    let (of, wanted, fill) = padding(values)?;
    Some(Value::Text(of.chars().chain(fill.chars()).take(wanted).collect()))
}

pub(super) fn split_part(values: &[Value]) -> Option<Value> {
    let [of, by, place] = values else { return None };
    let (of, by, place) = (text(of)?, text(by)?, int(place)?);
    let parts: Vec<&str> = if by.is_empty() {
        vec![of]
    } else {
        of.split(by).collect()
    };
    let index = match place {
        0 => return None,
        1.. => usize::try_from(place - 1).ok(),
        _ => usize::try_from(i64::try_from(parts.len()).ok()?.saturating_add(place)).ok(),
    };
    let part = index
        .and_then(|index| parts.get(index))
        .copied()
        .unwrap_or_default();
    Some(Value::Text(part.to_owned()))
}

pub(super) fn join(one: &Value, two: &Value) -> Option<Value> {
    let (one, two) = (text(one)?, text(two)?);
    let mut joined = String::with_capacity(one.len() + two.len());
    joined.push_str(one);
    joined.push_str(two);
    Some(Value::Text(joined))
}

/// All of them, NULLs left out.
pub(super) fn concat(values: &[Value]) -> Option<Value> {
    let mut joined = String::new();
    for value in values.iter().filter(|value| **value != Value::Null) {
        joined.push_str(text(value)?);
    }
    Some(Value::Text(joined))
}

/// All behind the first, NULLs left out, with the first between them.
pub(super) fn concat_ws(values: &[Value]) -> Option<Value> {
    let (between, values) = values.split_first()?;
    if *between == Value::Null {
        return Some(Value::Null);
    }
    let parts: Option<Vec<&str>> = values
        .iter()
        .filter(|value| **value != Value::Null)
        .map(text)
        .collect();
    Some(Value::Text(parts?.join(text(between)?)))
}

pub(super) fn join_bytes(one: &Value, two: &Value) -> Option<Value> {
    match (one, two) {
        (Value::Bytes(one), Value::Bytes(two)) => Some(Value::Bytes([one.as_slice(), two].concat())),
        _ => None,
    }
}
