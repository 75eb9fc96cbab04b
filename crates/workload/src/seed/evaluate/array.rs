//! Functions of arrays. Those of several dimensions are not looked into: they are [`Value::Literal`]s.

use std::cmp::Ordering;

use crate::seed::value::Value;

fn elements(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(elements) => Some(elements),
        _ => None,
    }
}

fn count(number: usize) -> Option<Value> {
    i64::try_from(number).ok().map(Value::Int)
}

pub(super) fn cardinality(value: &Value) -> Option<Value> {
    count(elements(value)?.len())
}

/// NULL for an array without elements, and for dimensions that it does not have.
pub(super) fn length(value: &Value, dimension: &Value) -> Option<Value> {
    let length = elements(value)?.len();
    match dimension {
        Value::Int(1) if length > 0 => count(length),
        _ => Some(Value::Null),
    }
}

pub(super) fn lower(value: &Value, dimension: &Value) -> Option<Value> {
    match dimension {
        Value::Int(1) if !elements(value)?.is_empty() => Some(Value::Int(1)),
        _ => Some(Value::Null),
    }
}

pub(super) fn dimensions(value: &Value) -> Option<Value> {
    Some(match elements(value)?.is_empty() {
        true => Value::Null,
        false => Value::Int(1),
    })
}

/// Are they the same, NULLs too?
fn same(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::Null, Value::Null) => true,
        (one, two) => one.compare(two) == Some(Ordering::Equal),
    }
}

/// Where an element is, from 1. NULL is found, too.
pub(super) fn position(values: &[Value]) -> Option<Value> {
    let [array, sought] = values else { return None };
    if *array == Value::Null {
        return Some(Value::Null);
    }
    match elements(array)?.iter().position(|element| same(element, sought)) {
        Some(place) => count(place + 1),
        None => Some(Value::Null),
    }
}

pub(super) fn without(values: &[Value]) -> Option<Value> {
    let [array, unwanted] = values else { return None };
    if *array == Value::Null {
        return Some(Value::Null);
    }
    let kept = elements(array)?.iter().filter(|element| !same(element, unwanted));
    Some(Value::Array(kept.cloned().collect()))
}

/// Is each of the second among the first? A NULL is among none.
pub(super) fn contains(one: &Value, two: &Value) -> Option<Value> {
    let (one, two) = (elements(one)?, elements(two)?);
    let within = |sought: &Value| *sought != Value::Null && one.iter().any(|element| same(element, sought));
    Some(Value::Bool(two.iter().all(within)))
}

pub(super) fn contained(one: &Value, two: &Value) -> Option<Value> {
    contains(two, one)
}

pub(super) fn overlaps(one: &Value, two: &Value) -> Option<Value> {
    let (one, two) = (elements(one)?, elements(two)?);
    let among = |sought: &Value| *sought != Value::Null && two.iter().any(|element| same(element, sought));
    Some(Value::Bool(one.iter().any(among)))
}

/// `a[i]`: NULL where there is none.
pub(super) fn subscript(value: &Value, index: &Value) -> Option<Value> {
    let Value::Int(index) = index else { return None };
    let element = usize::try_from(*index - 1)
        .ok()
        .and_then(|index| elements(value).map(|elements| elements.get(index)));
    match element {
        Some(Some(element)) => Some(element.clone()),
        Some(None) => Some(Value::Null),
        None => elements(value).map(|_| Value::Null),
    }
}

pub(super) fn join(values: &[Value]) -> Option<Value> {
    let [one, two] = values else { return None };
    match (one, two) {
        (Value::Null, other) | (other, Value::Null) => Some(other.clone()),
        (one, two) => Some(Value::Array([elements(one)?, elements(two)?].concat())),
    }
}

pub(super) fn append(values: &[Value]) -> Option<Value> {
    let [array, element] = values else { return None };
    let mut joined = match array {
        Value::Null => Vec::new(),
        array => elements(array)?.to_vec(),
    };
    joined.push(element.clone());
    Some(Value::Array(joined))
}

pub(super) fn prepend(values: &[Value]) -> Option<Value> {
    let [element, array] = values else { return None };
    let mut joined = vec![element.clone()];
    if *array != Value::Null {
        joined.extend_from_slice(elements(array)?);
    }
    Some(Value::Array(joined))
}

/// Texts with another between them; NULLs are left out.
pub(super) fn to_string(value: &Value, between: &Value) -> Option<Value> {
    let Value::Text(between) = between else {
        return None;
    };
    let texts: Option<Vec<&str>> = elements(value)?
        .iter()
        .filter(|element| **element != Value::Null)
        .map(|element| match element {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    Some(Value::Text(texts?.join(between)))
}

pub(super) fn from_string(value: &Value, between: &Value) -> Option<Value> {
    let (Value::Text(text), Value::Text(between)) = (value, between) else {
        return None;
    };
    let parts: Vec<&str> = match (text.is_empty(), between.is_empty()) {
        (true, _) => Vec::new(),
        (false, true) => vec![text],
        (false, false) => text.split(between.as_str()).collect(),
    };
    Some(Value::Array(
        parts
            .into_iter()
            .map(|part| Value::Text(part.to_owned()))
            .collect(),
    ))
}
