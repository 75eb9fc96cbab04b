//! How many rows there can be by their parents: where two foreign keys share columns, each row is a pair of parents that
//! agree on these; where each row has one of several parents to itself, there are as many as parents.

use super::allowed::Nullness;
use super::generate::Making;
use super::parents::Parents;
use super::recipe::Way;
use super::table::Part;
use super::value::Value;

/// How many rows the parents leave room for, counted as far as `enough`; none where they set no limit.
pub(crate) fn most(making: &Making, enough: u64) -> Option<u64> {
    let relationships = &making.recipe.relationships;
    let mut most = singles(making);
    for one in 0..relationships.len() {
        for other in 0..relationships.len() {
            if one != other
                && is_key(making, one, other)
                && let Some(pairs) = pairs(making, one, other, enough)
            {
                most = Some(most.map_or(pairs, |most| most.min(pairs)));
            }
        }
    }
    most
}

/// How many parents there are, where each row must have one to itself.
fn singles(making: &Making) -> Option<u64> {
    let recipe = &making.recipe;
    let singles = |place: &usize| recipe.relationships[*place].way == Way::Next;
    let places: Vec<usize> = (0..recipe.relationships.len()).filter(singles).collect();
    let is_bound = !places.is_empty()
        && recipe.variants.iter().all(|variant| {
            places.iter().any(|&place| {
                let mut nulled = recipe.relationships[place].nulled.iter();
                nulled.any(|&column| variant.allowed[column].null == Nullness::Never)
            })
        });
    let parents = places.iter().map(|&place| making.parents[place].as_ref());
    let counts = parents.map(|parents| parents.map(|parents| parents.len()));
    is_bound.then(|| counts.sum()).flatten()
}

/// The columns of a relationship that must refer to something.
fn columns(making: &Making, place: usize) -> Option<&[usize]> {
    let relationship = &making.recipe.relationships[place];
    let columns = &making.recipe.table.references[relationship.reference].columns;
    relationship.nulled.is_empty().then_some(columns.as_slice())
}

/// Are the columns of a key all of them those of these two relationships?
fn is_key(making: &Making, one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (columns(making, one), columns(making, other)) else {
        return false;
    };
    making.recipe.table.keys.iter().any(|key| {
        key.predicate.is_none()
            && key.parts.iter().all(
                |part| matches!(part, Part::Column(column) if one.contains(column) || other.contains(column)),
            )
    })
}

/// How many pairs of rows agree on the columns that two relationships share, as far as `enough`; none where they share none,
/// or where rows are not kept.
fn pairs(making: &Making, one: usize, other: usize, enough: u64) -> Option<u64> {
    let (Some(Parents::Kept(rows)), Some(Parents::Kept(mates))) =
        (making.parents[one].as_deref(), making.parents[other].as_deref())
    else {
        return None;
    };
    let (one, other) = (columns(making, one)?, columns(making, other)?);
    let shared: Vec<(usize, usize)> = other
        .iter()
        .enumerate()
        .filter_map(|(at, column)| Some((at, one.iter().position(|known| known == column)?)))
        .collect();
    if shared.is_empty() {
        return None;
    }
    let mask = shared.iter().fold(0, |mask, (at, _)| mask | 1 << at);
    let index = mates.index(mask);
    let mut values = vec![Value::Null; other.len()];
    let mut bytes = Vec::new();
    let mut count: u64 = 0;
    for row in 0..rows.len() {
        for &(at, from) in &shared {
            values[at] = rows.value(row, from);
        }
        bytes.clear();
        mates.bytes(mask, &values, &mut bytes);
        count += index.get(&bytes).map_or(0, Vec::len) as u64;
        if count >= enough {
            break;
        }
    }
    Some(count)
}
