//! What tells two catalogs apart.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use imbl::ordmap::DiffItem;
use serde::Serialize;
use serde_json::Value;

use crate::contents::{Aspect, Catalog, Unmodelled};
use crate::id::{Kind, ObjectId};
use crate::name::{Name, QualifiedName};
use crate::object::{Definition, Object};

/// One thing that tells the catalog after from the catalog before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The object it is about.
    pub object: ObjectId,
    /// What happened to it.
    pub change: Change,
}

/// What happened to an object between two catalogs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is only in the catalog after. What it contains (a table's columns) is not listed again.
    Added,
    /// It was only in the catalog before.
    Removed,
    /// An attribute has another value.
    Altered {
        /// Which.
        attribute: String,
        /// The value before.
        before: Value,
        /// The value after.
        after: Value,
    },
    /// The columns that both have stand in another order.
    Reordered {
        /// The columns of both in the order of before.
        before: Vec<Name>,
        /// In the order of after.
        after: Vec<Name>,
    },
}

/// Compares two catalogs: every object and attribute that tells them apart, in the order of objects.
///
/// Costs about as much as there are differences when one catalog was made from the other.
pub fn compare(before: &Catalog, after: &Catalog) -> Vec<Difference> {
    let mut found = Found::default();
    for item in before.objects.diff(&after.objects) {
        match item {
            DiffItem::Add(id, object) => found.added.push((id, object)),
            DiffItem::Remove(id, object) => found.removed.push((id, object)),
            DiffItem::Update {
                old: (id, old),
                new: (_, new),
            } => found.alter(id, old, new),
        }
    }
    found.into_differences(before, after)
}

/// What one catalog holds that is not modelled and that the other does not: `(only before, only after)`.
pub fn compare_unmodelled(before: &Catalog, after: &Catalog) -> (Vec<Unmodelled>, Vec<Unmodelled>) {
    let (before, after) = (before.unmodelled(), after.unmodelled());
    (
        before.difference(after).cloned().collect(),
        after.difference(before).cloned().collect(),
    )
}

#[derive(Default)]
struct Found<'a> {
    added: Vec<(&'a ObjectId, &'a Arc<Object>)>,
    removed: Vec<(&'a ObjectId, &'a Arc<Object>)>,
    altered: Vec<Difference>,
    moved: BTreeSet<&'a QualifiedName>,
}

impl<'a> Found<'a> {
    fn alter(&mut self, id: &'a ObjectId, old: &Object, new: &Object) {
        for ((attribute, before), (_, after)) in old.attributes().into_iter().zip(new.attributes()) {
            if before == after {
                continue;
            }
            // Positions shift when a column before goes; what counts is the order of those that stay.
            if Aspect::ColumnOrder.covers(id.kind, &attribute) {
                self.moved.extend(id.parent());
            } else {
                let change = Change::Altered {
                    attribute,
                    before,
                    after,
                };
                self.altered.push(Difference {
                    object: id.clone(),
                    change,
                });
            }
        }
    }

    fn into_differences(self, before: &Catalog, after: &Catalog) -> Vec<Difference> {
        let mut differences = self.altered;
        differences.extend(whole(&self.removed, Change::Removed));
        differences.extend(whole(&self.added, Change::Added));
        for relation in self.moved {
            let (order_before, order_after) = (order(before, relation), order(after, relation));
            let both = |own: &BTreeMap<i32, Name>, other: &BTreeMap<i32, Name>| -> Vec<Name> {
                let other: BTreeSet<&Name> = other.values().collect();
                own.values()
                    .filter(|name| other.contains(name))
                    .cloned()
                    .collect()
            };
            let change = Change::Reordered {
                before: both(&order_before, &order_after),
                after: both(&order_after, &order_before),
            };
            if let Change::Reordered {
                before: old,
                after: new,
            } = &change
                && old != new
            {
                let object = ObjectId::qualified(relation_kind(after, relation), relation.clone());
                differences.push(Difference { object, change });
            }
        }
        differences.sort_by(|a, b| a.object.cmp(&b.object));
        differences
    }
}

/// Which of the kinds with columns the relation of that name is.
fn relation_kind(catalog: &Catalog, name: &QualifiedName) -> Kind {
    [Kind::View, Kind::MaterializedView]
        .into_iter()
        .find(|&kind| catalog.get(&ObjectId::qualified(kind, name.clone())).is_some())
        .unwrap_or(Kind::Table)
}

/// The objects of a list that do not come and go with another one of it.
fn whole<'a>(
    list: &[(&'a ObjectId, &'a Arc<Object>)],
    change: Change,
) -> impl Iterator<Item = Difference> + use<'a> {
    let ids: BTreeSet<&ObjectId> = list.iter().map(|&(id, _)| id).collect();
    let has = |kind: Kind, name: &QualifiedName| ids.contains(&ObjectId::qualified(kind, name.clone()));
    let holder = |name: &QualifiedName| {
        [Kind::Table, Kind::View, Kind::MaterializedView, Kind::Domain]
            .into_iter()
            .any(|kind| has(kind, name))
    };
    let implied = |object: &Object| match &object.definition {
        Definition::Index(index) => {
            holder(&index.relation)
                || ids.contains(&ObjectId::part(
                    Kind::Constraint,
                    index.relation.clone(),
                    object.id.bare_name().clone(),
                ))
        }
        Definition::Sequence(sequence) => sequence
            .owned_by
            .as_ref()
            .is_some_and(|owner| holder(&owner.relation)),
        _ => object.id.parent().is_some_and(holder),
    };
    let differences: Vec<Difference> = list
        .iter()
        .filter(|(_, object)| !implied(object))
        .map(|&(id, _)| Difference {
            object: id.clone(),
            change: change.clone(),
        })
        .collect();
    differences.into_iter()
}

fn order(catalog: &Catalog, relation: &QualifiedName) -> BTreeMap<i32, Name> {
    catalog
        .parts(Kind::Column, relation)
        .filter_map(|object| match &object.definition {
            Definition::Column(column) => Some((column.position, object.id.bare_name().clone())),
            _ => None,
        })
        .collect()
}

/// `table public.orders: column note: only before`; the words for before and after are the caller's, see
/// [`Difference::in_words`].
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words("missing after", "only after"))
    }
}

impl Difference {
    /// The difference as a sentence without a verb, the object first: `table public.orders: column note: <removed>`,
    /// `index public.orders_note: <added>`, `table public.orders: column note: type: integer → bigint`.
    pub fn in_words(&self, removed: &str, added: &str) -> String {
        let subject = subject(&self.object);
        match &self.change {
            Change::Added => format!("{subject}: {added}"),
            Change::Removed => format!("{subject}: {removed}"),
            Change::Altered {
                attribute,
                before,
                after,
            } => {
                format!(
                    "{subject}: {}: {}",
                    attribute.replace('_', " "),
                    altered(before, after)
                )
            }
            Change::Reordered { before, after } => {
                format!("{subject}: column order: {}", moves(before, after))
            }
        }
    }

    /// The attribute that differs, where it is one.
    pub fn attribute(&self) -> Option<&str> {
        match &self.change {
            Change::Altered { attribute, .. } => Some(attribute),
            Change::Reordered { .. } => Some("position"),
            Change::Added | Change::Removed => None,
        }
    }
}

/// A part is named after what it is a part of, so that the lines of a table stand together.
fn subject(id: &ObjectId) -> String {
    match (id.parent(), id.kind) {
        (Some(of), Kind::Column) => format!("table {of}: column {}", id.bare_name()),
        (Some(of), kind) => format!("table {of}: {kind} {}", id.bare_name()),
        (None, _) => id.to_string(),
    }
}

fn altered(before: &Value, after: &Value) -> String {
    match (before, after) {
        (Value::Array(old), Value::Array(new)) => {
            let gone: Vec<String> = old
                .iter()
                .filter(|item| !new.contains(item))
                .map(|v| format!("− {}", value(v)))
                .collect();
            let come: Vec<String> = new
                .iter()
                .filter(|item| !old.contains(item))
                .map(|v| format!("+ {}", value(v)))
                .collect();
            if gone.is_empty() && come.is_empty() {
                return format!("{} → {}", value(before), value(after));
            }
            [gone, come].concat().join(", ")
        }
        (Value::String(old), Value::String(new)) if differ_in_white_space(old, new) => {
            "differs in white space only (PostgreSQL keeps the text as written)".to_owned()
        }
        (Value::String(old), Value::String(new)) if old.contains('\n') || new.contains('\n') => {
            lines(old, new)
        }
        _ => format!("{} → {}", value(before), value(after)),
    }
}

fn differ_in_white_space(old: &str, new: &str) -> bool {
    old.split_whitespace().eq(new.split_whitespace())
}

/// The lines that only one of two texts has, at most eight of them.
fn lines(old: &str, new: &str) -> String {
    const MOST: usize = 8;
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let gone = old
        .iter()
        .filter(|line| !new.contains(line))
        .map(|line| format!("\n      − {}", line.trim_end()));
    let come = new
        .iter()
        .filter(|line| !old.contains(line))
        .map(|line| format!("\n      + {}", line.trim_end()));
    let mut all: Vec<String> = gone.chain(come).collect();
    if all.is_empty() {
        return "the same lines in another order or number".to_owned();
    }
    let more = all.len().saturating_sub(MOST);
    all.truncate(MOST);
    if more > 0 {
        all.push(format!("\n      … and {more} more lines"));
    }
    all.concat()
}

fn value(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(self::value).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => match (fields.get("schema"), fields.get("name")) {
            (Some(Value::String(schema)), Some(Value::String(name))) if fields.len() == 2 => {
                QualifiedName::new(schema.as_str(), name.as_str()).to_string()
            }
            _ => fields
                .iter()
                .filter(|(_, field)| !field.is_null())
                .map(|(key, field)| match field {
                    Value::Object(inner) if inner.is_empty() => key.clone(),
                    field => format!("{key} {}", self::value(field)),
                })
                .collect::<Vec<_>>()
                .join(" "),
        },
        Value::Number(number) => number.to_string(),
    }
}

/// Which columns stand elsewhere, and where: `name now follows joined_on`.
fn moves(before: &[Name], after: &[Name]) -> String {
    let stay = longest_common(before, after);
    let moved = after.iter().enumerate().filter(|(_, name)| !stay.contains(name));
    let said: Vec<String> = moved
        .map(|(place, name)| match place.checked_sub(1) {
            Some(previous) => format!("{name} now follows {}", after[previous]),
            None => format!("{name} is now the first"),
        })
        .collect();
    said.join(", ")
}

/// The names that stand in the same order in both lists, as many as possible.
/// <https://en.wikipedia.org/wiki/Longest_common_subsequence>
fn longest_common<'a>(before: &'a [Name], after: &'a [Name]) -> BTreeSet<&'a Name> {
    let mut lengths = vec![vec![0_usize; after.len() + 1]; before.len() + 1];
    for (i, old) in before.iter().enumerate().rev() {
        for (j, new) in after.iter().enumerate().rev() {
            lengths[i][j] = match old == new {
                true => lengths[i + 1][j + 1] + 1,
                false => lengths[i + 1][j].max(lengths[i][j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut common = BTreeSet::new();
    while i < before.len() && j < after.len() {
        if before[i] == after[j] {
            common.insert(&before[i]);
            (i, j) = (i + 1, j + 1);
        } else if lengths[i + 1][j] >= lengths[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_columns_that_moved_are_named() {
        let check = |before: &[&str], after: &[&str], expect: &str| {
            let names = |list: &[&str]| list.iter().map(|&name| Name::from(name)).collect::<Vec<_>>();
            assert_eq!(moves(&names(before), &names(after)), expect);
        };
        check(
            &["id", "name", "email"],
            &["id", "email", "name"],
            "name now follows email",
        );
        check(&["a", "b", "c"], &["c", "a", "b"], "c is now the first");
        check(
            &["a", "b", "c", "d"],
            &["b", "d", "a", "c"],
            "a now follows d, c now follows a",
        );
    }
}
