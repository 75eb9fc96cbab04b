//! Parts of values, drawn one after the other as the columns of a row are.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::seed::allowed::{Bound, Compare, Nullness, Part, Relation, Which};
use crate::seed::chance::Chance;
use crate::seed::column::Column;
use crate::seed::data_type::DataType;
use crate::seed::evaluate::Compiled;
use crate::seed::meaning::Meaning;
use crate::seed::shape::Limit;
use crate::seed::value::Value;

use super::Drawer;

/// Parts of a value, prepared.
#[derive(Clone, Debug)]
pub(super) struct Parts(Vec<Prepared>);

#[derive(Clone, Debug)]
struct Prepared {
    which: Which,
    data_type: DataType,
    null: Nullness,
    /// The first that is the same part, seen as another type; or itself. All are there or none is.
    first: u64,
    relations: Vec<Relation>,
    computed: Option<Compiled>,
    limits: Vec<Limit>,
    drawer: Drawer,
}

/// How often a part that need not be there is not.
const ABSENT: f64 = 0.1;

impl Parts {
    /// Those that are described, each with the meaning that is found for it.
    pub(super) fn new(parts: &[Part], meaning: impl Fn(&Part) -> Arc<Meaning>) -> Parts {
        let columns: Vec<Column> = parts
            .iter()
            .map(|part| Column {
                name: part.name.clone(),
                data_type: part.data_type.clone(),
                not_null: false,
                comment: None,
            })
            .collect();
        let prepared = parts.iter().enumerate().map(|(column, part)| Prepared {
            which: part.which.clone(),
            data_type: part.data_type.clone(),
            null: match part.allowed.null {
                Nullness::Free if is_certain(parts, &part.which) => Nullness::Never,
                null => null,
            },
            first: parts
                .iter()
                .position(|other| other.which == part.which)
                .unwrap_or(column) as u64,
            relations: part.allowed.relations.clone(),
            computed: part
                .computed
                .as_ref()
                .and_then(|of| Compiled::assigned(of, &columns, &part.data_type).ok()),
            limits: part
                .limits
                .iter()
                .filter_map(|(compare, of)| {
                    Some(Limit {
                        column,
                        compare: *compare,
                        value: Compiled::of(of, &columns).ok()?,
                    })
                })
                .collect(),
            drawer: Drawer::new(&part.data_type, &part.allowed, meaning(part)),
        });
        Parts(prepared.collect())
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Which part it is, and of which type.
    pub(super) fn which(&self, place: usize) -> (&Which, &DataType) {
        (&self.0[place].which, &self.0[place].data_type)
    }

    /// What makes the part of that place.
    pub(super) fn drawer(&self, place: usize) -> &Drawer {
        &self.0[place].drawer
    }

    /// Is it drawn, rather than computed or never there?
    pub(super) fn is_drawn(&self, place: usize) -> bool {
        self.0[place].computed.is_none() && self.0[place].null != Nullness::Always
    }

    /// Is it drawn by itself, without regard to others?
    fn is_free(&self, place: usize) -> bool {
        let part = &self.0[place];
        part.computed.is_none() && part.limits.is_empty() && part.relations.is_empty()
    }

    /// One more part of the row, behind those that it has. NULL stands for a part that is not there, which `always` rules
    /// out where it can. None where nothing is allowed beside the others.
    pub(super) fn next(&self, so_far: &[Value], always: bool, row: Chance, chance: Chance) -> Option<Value> {
        let part = self.0.get(so_far.len())?;
        let own = chance.at(so_far.len() as u64);
        match part.null {
            Nullness::Always => return Some(Value::Null),
            Nullness::Free if !always && chance.at(part.first).at(1 << 32).happens(ABSENT) => {
                return Some(Value::Null);
            }
            _ => {}
        }
        if let Some(computed) = &part.computed {
            return computed.value(so_far);
        }
        let drawn = if self.is_free(so_far.len()) {
            part.drawer.draw(row, own)
        } else {
            let (low, high, not) = part.bounds(so_far);
            part.drawer
                .draw_within(low.as_ref(), high.as_ref(), &not, row, own)
        };
        match drawn {
            None if part.null == Nullness::Free => Some(Value::Null),
            drawn => drawn,
        }
    }

    /// All parts.
    pub(super) fn draw(&self, row: Chance, chance: Chance) -> Option<Vec<Value>> {
        let mut values = Vec::with_capacity(self.0.len());
        while values.len() < self.0.len() {
            values.push(self.next(&values, false, row, chance)?);
        }
        Some(values)
    }

    /// The bounds of a part that come from those before it.
    pub(super) fn bounds(&self, so_far: &[Value]) -> (Option<Bound>, Option<Bound>, Vec<Value>) {
        self.0[so_far.len()].bounds(so_far)
    }
}

impl Prepared {
    fn bounds(&self, so_far: &[Value]) -> (Option<Bound>, Option<Bound>, Vec<Value>) {
        let (mut low, mut high, mut not) = (None, None, Vec::new());
        for Relation { compare, column } in &self.relations {
            let Some(other) = so_far.get(*column).filter(|other| **other != Value::Null) else {
                continue;
            };
            let bound = |included| {
                Some(Bound {
                    value: other.clone(),
                    included,
                })
            };
            let (from, to) = match compare {
                Compare::Equal => (bound(true), bound(true)),
                Compare::NotEqual => {
                    not.push(other.clone());
                    continue;
                }
                Compare::Less => (None, bound(false)),
                Compare::LessOrEqual => (None, bound(true)),
                Compare::Greater => (bound(false), None),
                Compare::GreaterOrEqual => (bound(true), None),
            };
            low = tighter(low, from, Ordering::Greater);
            high = tighter(high, to, Ordering::Less);
        }
        for limit in &self.limits {
            let (from, to) = limit.bounds(so_far, &self.data_type);
            low = tighter(low, from, Ordering::Greater);
            high = tighter(high, to, Ordering::Less);
        }
        (low, high, not)
    }
}

/// Is a part there, whatever it is seen as?
fn is_certain(parts: &[Part], which: &Which) -> bool {
    parts
        .iter()
        .any(|part| part.which == *which && part.allowed.null == Nullness::Never)
}

/// Of two bounds the one that leaves less: the greater of lower ones, the less of upper ones.
pub(super) fn tighter(one: Option<Bound>, other: Option<Bound>, wins: Ordering) -> Option<Bound> {
    match (one, other) {
        (Some(one), Some(other)) => match one.value.compare(&other.value) {
            Some(order) if order == wins => Some(one),
            Some(Ordering::Equal) if !one.included => Some(one),
            _ => Some(other),
        },
        (one, other) => one.or(other),
    }
}
