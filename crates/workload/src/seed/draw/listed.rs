//! Values of a list: nothing else is allowed.

use std::cmp::Ordering;

use crate::seed::chance::Chance;
use crate::seed::data_type::DataType;
use crate::seed::value::{Decimal, Value};

use super::scatter::Scatter;

/// The values of a list that are allowed, each once.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    values: Vec<Value>,
    scatter: Scatter,
}

impl Listed {
    /// Those of a list that are allowed, as values of the type.
    pub(super) fn new(list: &[Value], of: &DataType, admits: impl Fn(&Value) -> bool) -> Listed {
        let mut values: Vec<Value> = Vec::with_capacity(list.len());
        for value in list {
            let Some(value) = converted(value, of).filter(|value| *value != Value::Null && admits(value))
            else {
                continue;
            };
            let is_same =
                |other: &Value| *other == value || other.compare_as(&value, of) == Some(Ordering::Equal);
            if !values.iter().any(is_same) {
                values.push(value);
            }
        }
        Listed {
            scatter: Scatter::new(values.len() as u64),
            values,
        }
    }

    /// One of them.
    pub(super) fn draw(&self, mut chance: Chance) -> Option<Value> {
        chance.pick(&self.values).cloned()
    }

    /// One of them that fits.
    pub(super) fn draw_that(&self, mut chance: Chance, fits: impl Fn(&Value) -> bool) -> Option<Value> {
        let start = chance.below(self.values.len() as u64) as usize;
        let (before, behind) = self.values.split_at(start);
        behind.iter().chain(before).find(|value| fits(value)).cloned()
    }

    /// The `ordinal`-th.
    pub(super) fn distinct(&self, chance: Chance, ordinal: u64) -> Option<Value> {
        let place = self.scatter.place(chance, ordinal)?;
        self.values.get(place as usize).cloned()
    }

    /// How many there are.
    pub(super) fn capacity(&self) -> u64 {
        self.values.len() as u64
    }
}

/// A value as one of the type, where it was written as one of a type that PostgreSQL converts by itself: `IN (1, 2)` of a
/// column with decimals. None where it is none of the type.
fn converted(value: &Value, of: &DataType) -> Option<Value> {
    Some(match (of, value) {
        (DataType::Float(_), Value::Int(number)) => Value::Float(*number as f64),
        (DataType::Float(_), Value::Decimal(number)) => Value::Float(number.to_f64()),
        (DataType::Numeric(_) | DataType::Money, Value::Int(number)) => {
            Value::Decimal(Decimal::whole(*number))
        }
        (DataType::Int(_), Value::Decimal(number)) => match number.normalized() {
            Decimal { units, scale: 0 } => Value::Int(i64::try_from(units).ok()?),
            _ => return None,
        },
        (DataType::Timestamp(_) | DataType::TimestampTz(_), Value::Date(days)) => {
            Value::Timestamp(i64::from(*days).checked_mul(86_400_000_000)?)
        }
        _ => value.clone(),
    })
}
