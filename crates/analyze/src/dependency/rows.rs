//! Rows as the finder of dependencies wants them.

use std::collections::HashMap;

use thiserror::Error;

use super::ColumnSet;

/// The number that stands for NULL in every column.
pub(super) const NULL: u32 = 0;

/// Rows of a table, of which only this is kept: where values of a column are equal.
///
/// Values are equal when their bytes are. NULL differs from the empty value; whether it equals another NULL is for
/// [`Nulls`](super::Nulls) to say. Rows are counted from 0, in the order in which they were pushed.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    columns: Vec<Column>,
    count: usize,
}

/// A column: a number for each row, and the numbers of the values seen so far.
#[derive(Clone, Debug, Default)]
struct Column {
    codes: Vec<u32>,
    numbers: HashMap<Box<[u8]>, u32>,
}

/// A table has more columns than a [`ColumnSet`] can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "{count} columns are more than the {} that can be searched for dependencies",
    ColumnSet::MOST
)]
pub struct TooManyColumns {
    /// How many there are.
    pub count: usize,
}

/// A row was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RowError {
    /// It has more or fewer values than there are columns.
    #[error("row {row} has {values} values instead of {columns}")]
    Width {
        /// Which row it would have been, counted from 0.
        row: usize,
        /// How many values it has; one more than there are columns when there were more than that.
        values: usize,
        /// How many columns there are.
        columns: usize,
    },
    /// There are 4,294,967,294 rows already.
    #[error("there are too many rows to search them for dependencies; take a sample")]
    TooMany,
}

impl Rows {
    /// No rows yet, of so many columns.
    ///
    /// # Errors
    /// When there are more than [`ColumnSet::MOST`].
    pub fn with_columns(count: usize) -> Result<Rows, TooManyColumns> {
        if count > ColumnSet::MOST {
            return Err(TooManyColumns { count });
        }
        Ok(Rows {
            columns: vec![Column::default(); count],
            count: 0,
        })
    }

    /// Adds a row: the values in the order of the columns, `None` for NULL.
    ///
    /// # Errors
    /// When it has more or fewer values than there are columns, or when there are too many rows. The rows are then what
    /// they were before.
    pub fn push<V: AsRef<[u8]>>(&mut self, row: impl IntoIterator<Item = Option<V>>) -> Result<(), RowError> {
        if self.count >= u32::MAX as usize - 1 {
            return Err(RowError::TooMany);
        }
        let mut values = 0;
        for value in row {
            if let Some(column) = self.columns.get_mut(values) {
                column.push(value.as_ref().map(AsRef::as_ref));
            }
            values += 1;
            if values > self.columns.len() {
                break;
            }
        }
        if values != self.columns.len() {
            for column in &mut self.columns {
                column.codes.truncate(self.count);
            }
            return Err(RowError::Width {
                row: self.count,
                values,
                columns: self.columns.len(),
            });
        }
        self.count += 1;
        Ok(())
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    /// The numbers of a column, row by row: [`NULL`], or from 1 for the values in the order in which they came.
    pub(super) fn codes(&self, column: usize) -> &[u32] {
        &self.columns[column].codes
    }
}

impl Column {
    fn push(&mut self, value: Option<&[u8]>) {
        let Some(value) = value else {
            self.codes.push(NULL);
            return;
        };
        let next = self.numbers.len() as u32 + 1;
        let code = match self.numbers.get(value) {
            Some(code) => *code,
            None => *self.numbers.entry(value.into()).or_insert(next),
        };
        self.codes.push(code);
    }
}
