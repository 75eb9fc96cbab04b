//! Keys that are kept in memory: of rows that were there, and of rows whose keys cannot be computed again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::data_type::DataType;
use super::value::Value;

/// The values of some columns, row by row, in as little room as their types let them.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    types: Vec<DataType>,
    lanes: Vec<Lane>,
    rows: usize,
    indexes: Mutex<HashMap<u64, Arc<Index>>>,
}

/// Rows by the values of some of their columns.
pub(crate) type Index = HashMap<Vec<u8>, Vec<u32>>;

#[derive(Debug)]
enum Lane {
    Empty,
    /// Numbers that follow each other, as sequences give them: they need not be looked up.
    Counted {
        first: i64,
        count: usize,
    },
    Int(Vec<i64>),
    Uuid(Vec<[u8; 16]>),
    Any(Vec<Value>),
}

impl Kept {
    /// For rows of these types.
    pub(crate) fn new(types: Vec<DataType>) -> Kept {
        Kept {
            lanes: types.iter().map(|_| Lane::Empty).collect(),
            types,
            rows: 0,
            indexes: Mutex::default(),
        }
    }

    /// How many rows.
    pub(crate) fn len(&self) -> usize {
        self.rows
    }

    /// Adds a row.
    pub(crate) fn push<'a>(&mut self, row: impl IntoIterator<Item = &'a Value>) {
        for (lane, value) in self.lanes.iter_mut().zip(row) {
            lane.push(value);
        }
        self.rows += 1;
    }

    /// One value of a row that is there.
    pub(crate) fn value(&self, row: usize, place: usize) -> Value {
        self.lanes[place].get(row)
    }

    /// The rows that have these values at these places, by the bytes of the values: see [`mask`] and [`bytes`](Kept::bytes).
    pub(crate) fn index(&self, mask: u64) -> Arc<Index> {
        let mut indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(
            indexes
                .entry(mask)
                .or_insert_with(|| Arc::new(self.make_index(mask))),
        )
    }

    fn make_index(&self, mask: u64) -> Index {
        let mut index = Index::new();
        let mut bytes = Vec::new();
        for row in 0..self.rows {
            bytes.clear();
            self.row_bytes(row, mask, &mut bytes);
            match index.get_mut(&bytes) {
                Some(rows) => rows.push(row as u32),
                None => {
                    index.insert(bytes.clone(), vec![row as u32]);
                }
            }
        }
        index
    }

    fn row_bytes(&self, row: usize, mask: u64, bytes: &mut Vec<u8>) {
        for (place, of) in self.types.iter().enumerate() {
            if mask & (1 << place) != 0 {
                self.value(row, place).key_bytes(of, bytes);
            }
        }
    }

    /// The bytes under which an index has the rows with these values at the places of a mask.
    pub(crate) fn bytes(&self, mask: u64, values: &[Value], bytes: &mut Vec<u8>) {
        for (place, (of, value)) in self.types.iter().zip(values).enumerate() {
            if mask & (1 << place) != 0 {
                value.key_bytes(of, bytes);
            }
        }
    }
}

/// The number so many after the first.
fn counted(first: i64, row: usize) -> Option<i64> {
    first.checked_add(i64::try_from(row).ok()?)
}

impl Lane {
    fn push(&mut self, value: &Value) {
        match (&mut *self, value) {
            (Lane::Empty, Value::Int(number)) => {
                *self = Lane::Counted {
                    first: *number,
                    count: 1,
                }
            }
            (Lane::Counted { first, count }, Value::Int(number))
                if counted(*first, *count) == Some(*number) =>
            {
                *count += 1;
            }
            (Lane::Counted { first, count }, Value::Int(number)) => {
                let (first, count) = (*first, *count);
                let mut numbers: Vec<i64> = (0..count).filter_map(|row| counted(first, row)).collect();
                numbers.push(*number);
                *self = Lane::Int(numbers);
            }
            (Lane::Empty, Value::Uuid(bytes)) => *self = Lane::Uuid(vec![*bytes]),
            (Lane::Empty, value) => *self = Lane::Any(vec![value.clone()]),
            (Lane::Int(numbers), Value::Int(number)) => numbers.push(*number),
            (Lane::Uuid(uuids), Value::Uuid(bytes)) => uuids.push(*bytes),
            (Lane::Any(values), value) => values.push(value.clone()),
            (Lane::Counted { .. } | Lane::Int(_) | Lane::Uuid(_), value) => {
                // A NULL among keys that are not primary: there is no more room to be saved.
                let mut values: Vec<Value> = (0..self.len()).map(|row| self.get(row)).collect();
                values.push(value.clone());
                *self = Lane::Any(values);
            }
        }
    }

    fn len(&self) -> usize {
        match self {
            Lane::Empty => 0,
            Lane::Counted { count, .. } => *count,
            Lane::Int(numbers) => numbers.len(),
            Lane::Uuid(uuids) => uuids.len(),
            Lane::Any(values) => values.len(),
        }
    }

    fn get(&self, row: usize) -> Value {
        match self {
            Lane::Empty => None,
            Lane::Counted { first, count } if row < *count => counted(*first, row).map(Value::Int),
            Lane::Counted { .. } => None,
            Lane::Int(numbers) => numbers.get(row).map(|number| Value::Int(*number)),
            Lane::Uuid(uuids) => uuids.get(row).map(|bytes| Value::Uuid(*bytes)),
            Lane::Any(values) => values.get(row).cloned(),
        }
        .unwrap_or(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::data_type::IntWidth;

    #[test]
    fn what_is_kept_is_given_back() {
        let int = Value::Int;
        let check = |values: &[Value]| {
            let mut kept = Kept::new(vec![DataType::Int(IntWidth::Big)]);
            values.iter().for_each(|value| kept.push([value]));
            let back: Vec<Value> = (0..=values.len()).map(|row| kept.value(row, 0)).collect();
            assert_eq!(back[..values.len()], *values);
            assert_eq!(back[values.len()], Value::Null, "behind the last row");
        };
        check(&[]);
        check(&[int(7)]);
        check(&[int(7), int(8), int(9)]);
        check(&[int(7), int(8), int(10), int(11)]);
        check(&[int(7), int(8), Value::Null, int(9)]);
        check(&[int(7), int(9), Value::Null]);
        check(&[int(i64::MAX), int(i64::MIN)]);
        check(&[Value::Null, int(1)]);
        check(&[Value::Uuid([1; 16]), Value::Uuid([2; 16]), Value::Null]);
    }
}
