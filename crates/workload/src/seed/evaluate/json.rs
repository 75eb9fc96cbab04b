//! Functions of JSON.

use serde_json::Value as Json;

use crate::seed::value::Value;

fn read(value: &Value) -> Option<Json> {
    match value {
        Value::Text(text) => serde_json::from_str(text).ok(),
        _ => None,
    }
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// What `jsonb_typeof` says.
pub(super) fn kind(value: &Value) -> Option<Value> {
    let kind = match read(value)? {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    };
    Some(Value::Text(kind.to_owned()))
}

pub(super) fn array_length(value: &Value) -> Option<Value> {
    match read(value)? {
        Json::Array(elements) => i64::try_from(elements.len()).ok().map(Value::Int),
        _ => None,
    }
}

fn at<'a>(json: &'a Json, step: &str) -> Option<&'a Json> {
    match json {
        Json::Object(fields) => fields.get(step),
        Json::Array(elements) => element(elements, step.parse().ok()?),
        _ => None,
    }
}

/// Negative places count from the end.
fn element(elements: &[Json], place: i64) -> Option<&Json> {
    let place = if place < 0 {
        i64::try_from(elements.len()).ok()?.checked_add(place)?
    } else {
        place
    };
    elements.get(usize::try_from(place).ok()?)
}

fn as_json(found: Option<&Json>) -> Value {
    found.map_or(Value::Null, |json| Value::Text(json.to_string()))
}

fn as_text(found: Option<&Json>) -> Value {
    match found {
        None | Some(Json::Null) => Value::Null,
        Some(Json::String(text)) => Value::Text(text.clone()),
        Some(json) => Value::Text(json.to_string()),
    }
}

/// A field, or an element: `->` with a text or a number behind it.
fn step(value: &Value, step: &Value, found: fn(Option<&Json>) -> Value) -> Option<Value> {
    let json = read(value)?;
    Some(match (step, &json) {
        (Value::Text(name), Json::Object(fields)) => found(fields.get(name)),
        (Value::Int(place), Json::Array(elements)) => found(element(elements, *place)),
        _ => Value::Null,
    })
}

pub(super) fn get(value: &Value, name: &Value) -> Option<Value> {
    step(value, name, as_json)
}

pub(super) fn get_text(value: &Value, name: &Value) -> Option<Value> {
    step(value, name, as_text)
}

fn follow(value: &Value, path: &Value, found: fn(Option<&Json>) -> Value) -> Option<Value> {
    let json = read(value)?;
    let Value::Array(steps) = path else { return None };
    let mut reached = Some(&json);
    for step in steps {
        let Value::Text(step) = step else {
            return Some(Value::Null);
        };
        reached = reached.and_then(|json| at(json, step));
    }
    Some(found(reached))
}

pub(super) fn path(value: &Value, path: &Value) -> Option<Value> {
    follow(value, path, as_json)
}

pub(super) fn path_text(value: &Value, path: &Value) -> Option<Value> {
    follow(value, path, as_text)
}

fn has(json: &Json, name: &str) -> bool {
    match json {
        Json::Object(fields) => fields.contains_key(name),
        Json::Array(elements) => elements.iter().any(|element| element.as_str() == Some(name)),
        Json::String(text) => text == name,
        _ => false,
    }
}

pub(super) fn has_key(value: &Value, name: &Value) -> Option<Value> {
    Some(Value::Bool(has(&read(value)?, text(name)?)))
}

fn names(value: &Value) -> Option<Vec<&str>> {
    match value {
        // NULLs among them do not count.
        Value::Array(names) => Some(names.iter().filter_map(text).collect()),
        _ => None,
    }
}

pub(super) fn has_any(value: &Value, sought: &Value) -> Option<Value> {
    let json = read(value)?;
    Some(Value::Bool(
        names(sought)?.into_iter().any(|name| has(&json, name)),
    ))
}

pub(super) fn has_all(value: &Value, sought: &Value) -> Option<Value> {
    let json = read(value)?;
    Some(Value::Bool(
        names(sought)?.into_iter().all(|name| has(&json, name)),
    ))
}

/// Numbers are equal by their value, whatever their notation.
fn equal(one: &Json, two: &Json) -> bool {
    match (one, two) {
        (Json::Number(one), Json::Number(two)) => one == two || one.as_f64() == two.as_f64(),
        (Json::Array(one), Json::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| equal(one, two))
        }
        (Json::Object(one), Json::Object(two)) => {
            one.len() == two.len()
                && one
                    .iter()
                    .all(|(name, one)| two.get(name).is_some_and(|two| equal(one, two)))
        }
        (one, two) => one == two,
    }
}

pub(super) fn are_equal(one: &Value, two: &Value) -> Option<Value> {
    Some(Value::Bool(equal(&read(one)?, &read(two)?)))
}

pub(super) fn differ(one: &Value, two: &Value) -> Option<Value> {
    Some(Value::Bool(!equal(&read(one)?, &read(two)?)))
}

fn within(outer: &Json, inner: &Json, top: bool) -> bool {
    match (outer, inner) {
        (Json::Object(outer), Json::Object(inner)) => inner
            .iter()
            .all(|(name, inner)| outer.get(name).is_some_and(|outer| within(outer, inner, false))),
        (Json::Array(outer), Json::Array(inner)) => inner
            .iter()
            .all(|inner| outer.iter().any(|outer| within(outer, inner, false))),
        // An array contains a single value that is one of its elements.
        (Json::Array(outer), inner) if top && !inner.is_object() => {
            outer.iter().any(|outer| equal(outer, inner))
        }
        (outer, inner) => equal(outer, inner),
    }
}

pub(super) fn contains(one: &Value, two: &Value) -> Option<Value> {
    Some(Value::Bool(within(&read(one)?, &read(two)?, true)))
}

pub(super) fn contained(one: &Value, two: &Value) -> Option<Value> {
    contains(two, one)
}

/// As PostgreSQL writes `jsonb`: members by the length of their names and then bytewise, the last of each name, with a blank
/// behind each comma and colon. None for numbers with an exponent, which it writes in full.
pub(super) fn laid_out(text: &str) -> Option<String> {
    let json: Json = serde_json::from_str(text).ok()?;
    let mut out = String::with_capacity(text.len() + 16);
    lay_out(&json, &mut out)?;
    Some(out)
}

fn lay_out(json: &Json, out: &mut String) -> Option<()> {
    match json {
        Json::Object(fields) => {
            let mut fields: Vec<(&String, &Json)> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| (name.len(), name.as_bytes()));
            out.push('{');
            for (place, (name, value)) in fields.into_iter().enumerate() {
                if place > 0 {
                    out.push_str(", ");
                }
                out.push_str(&Json::String(name.clone()).to_string());
                out.push_str(": ");
                lay_out(value, out)?;
            }
            out.push('}');
        }
        Json::Array(elements) => {
            out.push('[');
            for (place, element) in elements.iter().enumerate() {
                if place > 0 {
                    out.push_str(", ");
                }
                lay_out(element, out)?;
            }
            out.push(']');
        }
        Json::Number(number) => {
            let number = number.to_string();
            if number.contains(['e', 'E']) {
                return None;
            }
            out.push_str(&number);
        }
        other => out.push_str(&other.to_string()),
    }
    Some(())
}
