//! How often rows are of which shape, and which shapes say nothing new.

use super::Shape;
use super::narrow::State;
use crate::seed::allowed::{Allowed, Nullness};
use crate::seed::column::Column;
use crate::seed::data_type::DataType;
use crate::seed::value::Value;

/// The weight of a shape that leaves everything open.
const FULL: u64 = 1 << 20;

/// How many times as rare a shape is for each column that is always NULL in it.
const RARITY: u64 = 4;

/// Gives weights to shapes, and puts the heaviest first. Shapes that leave a list as it is are heavier than those that leave
/// one value of it, and fuller ones are heavier than emptier ones.
pub(super) fn weigh(shapes: &mut [Shape], columns: &[Column]) {
    // What a column may be in any of the shapes.
    let choices: Vec<u64> = (0..columns.len())
        .map(|column| {
            let mut values: Vec<&Value> = Vec::new();
            let mut open = None;
            for shape in shapes.iter() {
                match &shape.columns[column].one_of {
                    Some(list) => {
                        for value in list {
                            if !values.contains(&value) {
                                values.push(value);
                            }
                        }
                    }
                    None => open = Some(all(&columns[column].data_type)),
                }
            }
            open.unwrap_or(values.len() as u64)
                .max(values.len() as u64)
                .max(1)
        })
        .collect();
    let fullest = shapes.iter().map(empty).min().unwrap_or(0);
    for shape in shapes.iter_mut() {
        let mut weight = FULL;
        for _ in fullest..empty(shape) {
            weight /= RARITY;
        }
        for (allowed, choices) in shape.columns.iter().zip(&choices) {
            if let Some(list) = &allowed.one_of {
                weight = weight * (list.len() as u64).min(*choices) / choices;
            }
        }
        shape.weight = u32::try_from(weight.clamp(1, FULL)).unwrap_or(1);
    }
    shapes.sort_by_key(|shape| std::cmp::Reverse(shape.weight));
}

fn empty(shape: &Shape) -> u32 {
    let always = |allowed: &&Allowed| allowed.null == Nullness::Always;
    u32::try_from(shape.columns.iter().filter(always).count()).unwrap_or(u32::MAX)
}

/// How many values a type without conditions is worth here.
fn all(data_type: &DataType) -> u64 {
    match data_type.base() {
        DataType::Bool => 2,
        DataType::Enum(_, labels) => labels.len() as u64,
        _ => 8,
    }
}

/// More siblings than that are not compared with each other.
const COMPARED: usize = 64;

/// States of one origin, without those that say nothing new, and with those put together that differ only in whether one column
/// is NULL.
pub(super) fn reduced(states: Vec<State>) -> Vec<State> {
    if states.len() > COMPARED {
        return states;
    }
    let mut kept: Vec<State> = Vec::with_capacity(states.len());
    for state in states {
        if kept.iter().any(|other| covers(other, &state)) {
            continue;
        }
        kept.retain(|other| !covers(&state, other));
        match kept
            .iter()
            .position(|other| united(other, &state).is_some() || united(&state, other).is_some())
        {
            Some(place) => {
                let both = united(&kept[place], &state).or_else(|| united(&state, &kept[place]));
                if let Some(both) = both {
                    kept[place] = both;
                }
            }
            None => kept.push(state),
        }
    }
    kept
}

/// Both, where they are the same but for one column, which is never NULL in the first and always in the second: conditions on
/// that column say nothing where it is NULL.
fn united(full: &State, empty: &State) -> Option<State> {
    let mut differing =
        (0..full.columns.len()).filter(|column| full.columns[*column] != empty.columns[*column]);
    let column = differing.next()?;
    let alone = differing.next().is_none();
    let nulls = (full.columns[column].null, empty.columns[column].null);
    let vacuous = empty
        .relations
        .iter()
        .all(|relation| full.relations.contains(relation))
        && full
            .relations
            .iter()
            .filter(|relation| !empty.relations.contains(relation))
            .all(|(one, _, two)| *one == column || *two == column);
    let same =
        full.limits == empty.limits && full.computed == empty.computed && full.adjusted == empty.adjusted;
    if !alone || nulls != (Nullness::Never, Nullness::Always) || !vacuous || !same {
        return None;
    }
    let mut both = full.clone();
    both.columns[column].null = Nullness::Free;
    both.inexact.extend(&empty.inexact);
    let others = empty
        .filters
        .iter()
        .filter(|filter| filter.opaque.is_some() && filter.column != column);
    both.filters.extend(others.cloned());
    both.inexact.sort_unstable();
    both.inexact.dedup();
    Some(both)
}

/// Does the first allow everything that the second does, and meet as many demands by itself?
fn covers(wide: &State, narrow: &State) -> bool {
    fn among<T: PartialEq>(few: &[T], many: &[T]) -> bool {
        few.iter().all(|one| many.contains(one))
    }
    among(&wide.open(), &narrow.open())
        && among(&wide.relations, &narrow.relations)
        && among(&wide.limits, &narrow.limits)
        && wide.computed == narrow.computed
        && wide.adjusted == narrow.adjusted
        && wide
            .columns
            .iter()
            .zip(&narrow.columns)
            .all(|(wide, narrow)| holds(wide, narrow))
}

fn holds(wide: &Allowed, narrow: &Allowed) -> bool {
    if narrow.null == Nullness::Always {
        return wide.null != Nullness::Never;
    }
    let null = wide.null == narrow.null || (wide.null == Nullness::Free && narrow.null == Nullness::Never);
    let list = match (&wide.one_of, &narrow.one_of) {
        (None, _) => true,
        (Some(wide), Some(narrow)) => narrow.iter().all(|value| wide.contains(value)),
        (Some(_), None) => false,
    };
    // For the rest, to be the same or to say nothing is enough.
    null && list
        && wide.none_of.iter().all(|value| {
            narrow.none_of.contains(value) || narrow.one_of.as_ref().is_some_and(|list| !list.contains(value))
        })
        && (wide.low.is_none() || wide.low == narrow.low)
        && (wide.high.is_none() || wide.high == narrow.high)
        && (wide.length == narrow.length || wide.length == Default::default())
        && (wide.octets == narrow.octets || wide.octets == Default::default())
        && wide
            .patterns
            .iter()
            .all(|pattern| narrow.patterns.contains(pattern))
        && (wide.case == narrow.case || wide.case == Default::default())
        && (!wide.trimmed || narrow.trimmed)
        && (wide.json_kind.is_none() || wide.json_kind == narrow.json_kind)
        && wide.includes.iter().all(|list| narrow.includes.contains(list))
        && (wide.network == narrow.network || wide.network == Default::default())
        && (wide.parts.is_empty() || wide.parts == narrow.parts)
        && (wide.element.is_none() || wide.element == narrow.element)
}
