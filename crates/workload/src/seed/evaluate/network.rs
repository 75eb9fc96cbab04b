//! Functions of addresses on a network.

use crate::seed::value::{Network, Value};

fn network(value: &Value) -> Option<Network> {
    match value {
        Value::Literal(text) => Network::parse(text),
        _ => None,
    }
}

pub(super) fn family(value: &Value) -> Option<Value> {
    Some(Value::Int(if network(value)?.is_v6 { 6 } else { 4 }))
}

pub(super) fn mask_length(value: &Value) -> Option<Value> {
    Some(Value::Int(network(value)?.bits.into()))
}

/// The address without its network, as text.
pub(super) fn host(value: &Value) -> Option<Value> {
    Some(Value::Text(network(value)?.host().to_string()))
}

pub(super) fn contains_or_equals(one: &Value, two: &Value) -> Option<Value> {
    Some(Value::Bool(network(one)?.has(network(two)?)))
}

pub(super) fn contains(one: &Value, two: &Value) -> Option<Value> {
    let (one, two) = (network(one)?, network(two)?);
    Some(Value::Bool(one.has(two) && one.bits < two.bits))
}

pub(super) fn within_or_equals(one: &Value, two: &Value) -> Option<Value> {
    contains_or_equals(two, one)
}

pub(super) fn within(one: &Value, two: &Value) -> Option<Value> {
    contains(two, one)
}

pub(super) fn meets(one: &Value, two: &Value) -> Option<Value> {
    Some(Value::Bool(network(one)?.meets(network(two)?)))
}
