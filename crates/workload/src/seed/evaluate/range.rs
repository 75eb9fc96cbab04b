//! Functions of ranges.

use crate::seed::value::{Range, Value};

/// The range as PostgreSQL keeps it.
fn range(value: &Value) -> Option<Range> {
    match value {
        Value::Range(range) => range.canonical(),
        _ => None,
    }
}

/// The ends of a range that is not empty, each with whether it is in it.
type Ends = ((Option<Value>, bool), (Option<Value>, bool));

/// None within, where it is empty.
fn ends(value: &Value) -> Option<Option<Ends>> {
    Some(match range(value)? {
        Range::Empty => None,
        Range::Span {
            low,
            high,
            low_included,
            high_included,
        } => Some(((low, low_included), (high, high_included))),
    })
}

pub(super) fn lower(value: &Value) -> Option<Value> {
    Some(ends(value)?.and_then(|((low, _), _)| low).unwrap_or(Value::Null))
}

pub(super) fn upper(value: &Value) -> Option<Value> {
    Some(
        ends(value)?
            .and_then(|(_, (high, _))| high)
            .unwrap_or(Value::Null),
    )
}

pub(super) fn is_empty(value: &Value) -> Option<Value> {
    Some(Value::Bool(ends(value)?.is_none()))
}

pub(super) fn lower_inc(value: &Value) -> Option<Value> {
    Some(Value::Bool(
        ends(value)?.is_some_and(|((low, included), _)| low.is_some() && included),
    ))
}

pub(super) fn upper_inc(value: &Value) -> Option<Value> {
    Some(Value::Bool(
        ends(value)?.is_some_and(|(_, (high, included))| high.is_some() && included),
    ))
}

pub(super) fn lower_inf(value: &Value) -> Option<Value> {
    Some(Value::Bool(
        ends(value)?.is_some_and(|((low, _), _)| low.is_none()),
    ))
}

pub(super) fn upper_inf(value: &Value) -> Option<Value> {
    Some(Value::Bool(
        ends(value)?.is_some_and(|(_, (high, _))| high.is_none()),
    ))
}

pub(super) fn contains_element(value: &Value, element: &Value) -> Option<Value> {
    let Some(((low, low_included), (high, high_included))) = ends(value)? else {
        return Some(Value::Bool(false));
    };
    let above = match low {
        None => true,
        Some(low) => {
            let order = element.compare(&low)?;
            order.is_gt() || (low_included && order.is_eq())
        }
    };
    let below = match high {
        None => true,
        Some(high) => {
            let order = element.compare(&high)?;
            order.is_lt() || (high_included && order.is_eq())
        }
    };
    Some(Value::Bool(above && below))
}

pub(super) fn element_within(element: &Value, value: &Value) -> Option<Value> {
    contains_element(value, element)
}

pub(super) fn contains(one: &Value, two: &Value) -> Option<Value> {
    let (one, two) = (ends(one)?, ends(two)?);
    let Some(((low, low_included), (high, high_included))) = two else {
        return Some(Value::Bool(true));
    };
    let Some(((outer_low, outer_low_included), (outer_high, outer_high_included))) = one else {
        return Some(Value::Bool(false));
    };
    let from = match (outer_low, low) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(outer), Some(inner)) => {
            let order = outer.compare(&inner)?;
            order.is_lt() || (order.is_eq() && (outer_low_included || !low_included))
        }
    };
    let to = match (outer_high, high) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(outer), Some(inner)) => {
            let order = outer.compare(&inner)?;
            order.is_gt() || (order.is_eq() && (outer_high_included || !high_included))
        }
    };
    Some(Value::Bool(from && to))
}

pub(super) fn contained(one: &Value, two: &Value) -> Option<Value> {
    contains(two, one)
}

pub(super) fn overlaps(one: &Value, two: &Value) -> Option<Value> {
    let (Some((one_low, one_high)), Some((two_low, two_high))) = (ends(one)?, ends(two)?) else {
        return Some(Value::Bool(false));
    };
    let meets = |low: &(Option<Value>, bool), high: &(Option<Value>, bool)| match (&low.0, &high.0) {
        (Some(from), Some(to)) => {
            let order = from.compare(to)?;
            Some(order.is_lt() || (order.is_eq() && low.1 && high.1))
        }
        _ => Some(true),
    };
    Some(Value::Bool(
        meets(&one_low, &two_high)? && meets(&two_low, &one_high)?,
    ))
}

/// A range of these two, `[)` where nothing else is said.
pub(super) fn make(values: &[Value]) -> Option<Value> {
    let bounds = match values.get(2) {
        None => "[)",
        Some(Value::Text(bounds)) => bounds,
        Some(_) => return None,
    };
    let end = |place: usize| Some(values.get(place).filter(|value| **value != Value::Null).cloned());
    let range = Range::Span {
        low: end(0)?,
        high: end(1)?,
        low_included: bounds.starts_with('['),
        high_included: bounds.ends_with(']'),
    };
    if let Range::Span {
        low: Some(low),
        high: Some(high),
        ..
    } = &range
        && low.compare(high)?.is_gt()
    {
        return None;
    }
    range.canonical().map(|range| Value::Range(Box::new(range)))
}
