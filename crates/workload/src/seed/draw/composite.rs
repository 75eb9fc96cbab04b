//! Values of composite types.

use std::sync::Arc;

use crate::seed::allowed::{Allowed, Part, Which};
use crate::seed::chance::Chance;
use crate::seed::data_type::DataType;
use crate::seed::evaluate::Compiled;
use crate::seed::meaning::Meaning;
use crate::seed::shape::of_domain;
use crate::seed::value::Value;

use super::part::Parts;
use super::{Drawer, retried};

/// Makes values of a composite type for one column.
#[derive(Clone, Debug)]
pub(super) struct Composites {
    fields: Vec<Field>,
    /// Fields of which something is known.
    parts: Parts,
    /// The field that tells distinct ones apart: the one with the most values.
    key: Option<usize>,
}

/// A field of which nothing is known but its type.
#[derive(Clone, Debug)]
struct Field {
    drawer: Drawer,
    /// The conditions of its domain that it is not drawn by, on rows of one value.
    checks: Vec<Compiled>,
}

impl Field {
    fn new(of: &DataType, meaning: Arc<Meaning>) -> Field {
        let (allowed, checks) = match of {
            DataType::Domain(domain) => of_domain(domain),
            _ => (Allowed::default(), Vec::new()),
        };
        Field {
            drawer: Drawer::new(of, &allowed, meaning),
            checks,
        }
    }

    fn admits(&self, value: &Value) -> bool {
        self.checks.is_empty() || {
            let row = [value.clone()];
            self.checks.iter().all(|check| check.passes(&row))
        }
    }

    fn draw(&self, row: Chance, chance: Chance) -> Option<Value> {
        retried(chance, |chance| {
            self.drawer.draw(row, chance).filter(|value| self.admits(value))
        })
    }
}

impl Composites {
    /// Those with these fields, of which some are known better.
    pub(super) fn new(fields: &[(String, DataType)], parts: &[Part], meaning: &Arc<Meaning>) -> Composites {
        let fields: Vec<Field> = fields
            .iter()
            .map(|(_, of)| Field::new(of, Arc::clone(meaning)))
            .collect();
        let parts = Parts::new(parts, |_| Arc::clone(meaning));
        let is_known =
            |field: usize| (0..parts.len()).any(|place| *parts.which(place).0 == Which::Field(field));
        let room = |field: &Field| field.drawer.capacity().unwrap_or(u64::MAX);
        // The first of those that have the most.
        let key = (0..fields.len())
            .rev()
            .filter(|field| !is_known(*field) && fields[*field].checks.is_empty())
            .max_by_key(|field| room(&fields[*field]));
        Composites { fields, parts, key }
    }

    /// A value. Fields of which nothing is known are NULL.
    pub(super) fn draw(&self, row: Chance, chance: Chance) -> Option<Value> {
        let mut values: Vec<Value> = (0_u64..)
            .zip(&self.fields)
            .map(|(number, field)| field.draw(row, chance.at(number)).unwrap_or(Value::Null))
            .collect();
        let known = self.parts.draw(row, chance.at(1 << 40))?;
        for (place, value) in known.into_iter().enumerate() {
            if let (Which::Field(field), _) = self.parts.which(place)
                && let Some(field) = values.get_mut(*field)
            {
                *field = value;
            }
        }
        Some(Value::Fields(values))
    }

    /// The `ordinal`-th.
    pub(super) fn distinct(&self, chance: Chance, ordinal: u64) -> Option<Value> {
        let key = self.key?;
        let own = chance.at(ordinal);
        let Value::Fields(mut fields) = self.draw(own, own)? else {
            return None;
        };
        fields[key] = self.fields[key].drawer.distinct(chance, ordinal)?;
        Some(Value::Fields(fields))
    }

    /// How many distinct ones there are at the least.
    pub(super) fn capacity(&self) -> Option<u64> {
        match self.key {
            Some(key) => self.fields[key].drawer.capacity(),
            None => Some(0),
        }
    }
}
