//! Drawing a value of a type under what is allowed: the last step before a value is written.
//!
//! A [`Drawer`] is prepared once for a column and a shape. Afterwards it parses nothing and asks nobody: the same chance
//! gives the same value. What can be made to fit is made so; what cannot is drawn again, so that only what is allowed
//! comes out.

mod array;
mod bytes;
mod composite;
mod json;
mod line;
mod listed;
mod literal;
mod part;
mod pattern;
mod permit;
mod range;
mod scatter;
mod text;

use std::sync::Arc;

use super::allowed::{Allowed, Bound};
use super::chance::Chance;
use super::data_type::DataType;
use super::meaning::Meaning;
use super::value::Value;

use array::Arrays;
use bytes::{Bytes, Uuids};
use composite::Composites;
use json::Jsons;
use line::Line;
use listed::Listed;
use literal::Literals;
use pattern::Patterns;
use permit::Permit;
use range::{Ends, Multiple, Ranges};
use scatter::around;
use text::Texts;

/// Draws values for one column, of those that are allowed.
#[derive(Clone, Debug)]
pub struct Drawer {
    kind: Kind,
    permit: Permit,
}

/// How values are made.
#[derive(Clone, Debug)]
enum Kind {
    /// Not at all: nothing is known of the type, or of what is allowed.
    Unknown,
    /// Taken from a list.
    Listed(Listed),
    /// By their place.
    Line(Box<Line>),
    Text(Box<Texts>),
    Pattern(Box<Patterns>),
    Json(Box<Jsons>),
    Bytes(Bytes),
    Uuid(Uuids),
    Array(Box<Arrays>),
    Range(Box<Ranges>),
    Composite(Box<Composites>),
    Literal(Box<Literals>),
}

/// So often it is tried to draw a value that is allowed.
const ATTEMPTS: u64 = 64;

impl Drawer {
    /// For a type under what is allowed. Comparisons with other columns are not looked at here: their values are given to
    /// [`Drawer::draw_within`]. Nor is it decided here which values are NULL.
    pub fn new(of: &DataType, allowed: &Allowed, meaning: Arc<Meaning>) -> Drawer {
        let of = of.base();
        let Some(permit) = Permit::new(of, allowed) else {
            return Drawer {
                kind: Kind::Unknown,
                permit: Permit::open(of),
            };
        };
        let kind = match &allowed.one_of {
            Some(list) => Kind::Listed(Listed::new(list, of, |value| permit.admits(value))),
            None => Kind::of(of, allowed, meaning, &permit),
        };
        Drawer { kind, permit }
    }

    /// A value; never NULL. `row` is the same for all columns of a row, `chance` is of this row, column and attempt. None
    /// where nothing is allowed, or nothing known of the type.
    pub fn draw(&self, row: Chance, chance: Chance) -> Option<Value> {
        match &self.kind {
            Kind::Line(line) => line.draw(chance),
            Kind::Listed(listed) => listed.draw(chance),
            Kind::Pattern(patterns) => patterns.draw(row, chance),
            kind => retried(chance, |chance| {
                kind.draw(row, chance).filter(|value| self.permit.admits(value))
            })
            .or_else(|| self.any(chance)),
        }
    }

    /// One of the distinct values, where the row would always have the same one and that is not allowed.
    fn any(&self, mut chance: Chance) -> Option<Value> {
        let count = self.capacity().unwrap_or(1 << 20).min(1 << 20);
        self.distinct(Chance::new(0), chance.below(count))
    }

    /// A value between these, and none of those: what the values of other columns leave. None where that is nothing.
    pub fn draw_within(
        &self,
        low: Option<&Bound>,
        high: Option<&Bound>,
        not: &[Value],
        row: Chance,
        chance: Chance,
    ) -> Option<Value> {
        let fits = |value: &Value| self.permit.is_within(value, low, high, not);
        match &self.kind {
            Kind::Line(line) => line.draw_within(low, high, not, chance),
            Kind::Listed(listed) => listed.draw_that(chance, fits),
            Kind::Uuid(uuids) => retried(chance, |chance| {
                uuids
                    .draw_within(low, high, chance)
                    .filter(|value| self.permit.admits(value) && fits(value))
            }),
            kind => {
                // Where there is just one value, it is the bound.
                let bound = || {
                    let bound = low.or(high).filter(|bound| bound.included)?;
                    let is_right = self.permit.admits(&bound.value) && fits(&bound.value);
                    is_right.then(|| bound.value.clone())
                };
                let drawn = || {
                    retried(chance, |chance| {
                        kind.draw(row, chance)
                            .filter(|value| self.permit.admits(value) && fits(value))
                    })
                };
                match (low, high) {
                    (Some(low), Some(high)) if low.value == high.value => bound(),
                    _ => drawn().or_else(bound),
                }
            }
        }
    }

    /// The `ordinal`-th of all values, of which no two are the same, not even when case is folded. Of ranges no two
    /// overlap, and of arrays none, where their elements allow it. `chance` is that of the column, the same for all
    /// ordinals. None behind the last one.
    pub fn distinct(&self, chance: Chance, ordinal: u64) -> Option<Value> {
        self.distinct_of(None, chance, ordinal)
    }

    /// The same in a row whose persons and things are those of `row`: a text that is distinct agrees with the others of its
    /// row. All values of a column are to be made by one of the two.
    pub fn distinct_in_row(&self, row: Chance, chance: Chance, ordinal: u64) -> Option<Value> {
        self.distinct_of(Some(row), chance, ordinal)
    }

    fn distinct_of(&self, row: Option<Chance>, chance: Chance, ordinal: u64) -> Option<Value> {
        match &self.kind {
            Kind::Line(line) => line.distinct(chance, ordinal),
            Kind::Listed(listed) => listed.distinct(chance, ordinal),
            kind => around(
                ordinal,
                self.permit.forbidden_count(),
                |ordinal| match kind {
                    Kind::Text(texts) => texts.distinct(row, chance, ordinal).map(Value::Text),
                    Kind::Pattern(patterns) => patterns.distinct(row, chance, ordinal),
                    kind => kind.distinct(chance, ordinal),
                },
                |value| self.permit.forbidden(value),
            )
            .filter(|value| self.permit.admits_otherwise(value)),
        }
    }

    /// How many distinct values there are at the least; none where more than 2^60.
    pub fn capacity(&self) -> Option<u64> {
        match &self.kind {
            Kind::Line(line) => line.capacity(),
            Kind::Listed(listed) => Some(listed.capacity()),
            kind => kind
                .capacity()
                .map(|count| count.saturating_sub(self.permit.forbidden_count() as u64)),
        }
    }
}

impl Kind {
    fn of(of: &DataType, allowed: &Allowed, meaning: Arc<Meaning>, permit: &Permit) -> Kind {
        if let Some(line) = Line::of(of, allowed, &meaning) {
            return Kind::Line(Box::new(line));
        }
        let known = match of {
            DataType::Text(form) if allowed.patterns.is_empty() => {
                Some(Kind::Text(Box::new(Texts::new(*form, allowed, meaning))))
            }
            DataType::Text(form) => Some(Kind::Pattern(Box::new(Patterns::new(
                *form, allowed, meaning, permit,
            )))),
            DataType::Json(_) => Jsons::new(allowed, meaning).map(|jsons| Kind::Json(Box::new(jsons))),
            DataType::Bytea => Some(Kind::Bytes(Bytes::new(allowed))),
            DataType::Uuid => Some(Kind::Uuid(Uuids::new(allowed))),
            DataType::Array(element) => {
                let free = Allowed::default();
                let drawer = Drawer::new(element, allowed.element.as_deref().unwrap_or(&free), meaning);
                Some(Kind::Array(Box::new(Arrays::new(drawer, allowed))))
            }
            DataType::Range(_, of) => ranges(of, allowed, &meaning, Multiple::Range),
            DataType::Multirange(_, of) => ranges(of, allowed, &meaning, Multiple::Multirange),
            DataType::Composite(_, fields) => Some(Kind::Composite(Box::new(Composites::new(
                fields,
                &allowed.parts,
                &meaning,
            )))),
            other => Literals::new(other, allowed, meaning).map(|literals| Kind::Literal(Box::new(literals))),
        };
        known.unwrap_or(Kind::Unknown)
    }

    fn draw(&self, row: Chance, chance: Chance) -> Option<Value> {
        match self {
            Kind::Unknown => None,
            Kind::Listed(listed) => listed.draw(chance),
            Kind::Line(line) => line.draw(chance),
            Kind::Text(texts) => texts.draw(row, chance).map(Value::Text),
            Kind::Pattern(patterns) => patterns.draw(row, chance),
            Kind::Json(jsons) => jsons.draw(row, chance).map(Value::Text),
            Kind::Bytes(bytes) => bytes.draw(chance),
            Kind::Uuid(uuids) => uuids.draw(chance),
            Kind::Array(arrays) => arrays.draw(row, chance),
            Kind::Range(ranges) => ranges.draw(row, chance),
            Kind::Composite(composites) => composites.draw(row, chance),
            Kind::Literal(literals) => literals.draw(row, chance),
        }
    }

    fn distinct(&self, chance: Chance, ordinal: u64) -> Option<Value> {
        match self {
            Kind::Unknown => None,
            Kind::Listed(listed) => listed.distinct(chance, ordinal),
            Kind::Line(line) => line.distinct(chance, ordinal),
            Kind::Text(texts) => texts.distinct(None, chance, ordinal).map(Value::Text),
            Kind::Pattern(patterns) => patterns.distinct(None, chance, ordinal),
            Kind::Json(jsons) => jsons.distinct(chance, ordinal).map(Value::Text),
            Kind::Bytes(bytes) => bytes.distinct(chance, ordinal),
            Kind::Uuid(uuids) => uuids.distinct(chance, ordinal),
            Kind::Array(arrays) => arrays.distinct(chance, ordinal),
            Kind::Range(ranges) => ranges.distinct(chance, ordinal),
            Kind::Composite(composites) => composites.distinct(chance, ordinal),
            Kind::Literal(literals) => literals.distinct(chance, ordinal),
        }
    }

    fn capacity(&self) -> Option<u64> {
        match self {
            Kind::Unknown => Some(0),
            Kind::Listed(listed) => Some(listed.capacity()),
            Kind::Line(line) => line.capacity(),
            Kind::Text(texts) => texts.capacity(),
            Kind::Pattern(patterns) => patterns.capacity(),
            Kind::Json(jsons) => jsons.capacity(),
            Kind::Bytes(bytes) => bytes.capacity(),
            Kind::Uuid(uuids) => uuids.capacity(),
            Kind::Array(arrays) => arrays.capacity(),
            Kind::Range(ranges) => ranges.capacity(),
            Kind::Composite(composites) => composites.capacity(),
            Kind::Literal(literals) => literals.capacity(),
        }
    }
}

/// Ranges whose ends are of a type; none where its values stand in no line.
fn ranges(of: &DataType, allowed: &Allowed, meaning: &Arc<Meaning>, multiple: Multiple) -> Option<Kind> {
    let free = Allowed::default();
    let element = allowed.element.as_deref().unwrap_or(&free);
    let line = Line::of(of.base(), element, meaning)?;
    let ends = Ends::new(of, element, &allowed.parts, meaning);
    Some(Kind::Range(Box::new(Ranges::new(line, multiple, ends))))
}

/// The first attempt is that of the chance itself.
fn retried(chance: Chance, attempt: impl Fn(Chance) -> Option<Value>) -> Option<Value> {
    attempt(chance).or_else(|| (1..ATTEMPTS).find_map(|number| attempt(chance.at(number))))
}

#[cfg(test)]
mod tests;
