//! Rows of a table as texts: what is looked at, and what is shown of it.

use std::collections::HashMap;

use crate::dependency::{ColumnSet, Dependency, Nulls, RowError, Rows, TooManyColumns};

/// Rows of a table as texts, all of them or a sample.
///
/// Kept whole, so that the values of a counter-example can be shown: about as many bytes as the texts have, and eight for
/// each value.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    width: usize,
    text: String,
    /// Where each value ends in the text; [`NULL`](Sample::NULL) for none.
    ends: Vec<usize>,
    /// Where each row begins in the text.
    begins: Vec<usize>,
}

/// A text that looks like a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The column.
    pub column: usize,
    /// How many values hold several.
    pub values: usize,
    /// The first of them with three or more.
    pub example: String,
}

impl Sample {
    const NULL: usize = usize::MAX;

    /// No rows yet, of so many columns.
    pub fn with_columns(width: usize) -> Sample {
        Sample {
            width,
            ..Sample::default()
        }
    }

    /// Adds a row. Values that are missing are NULL, further ones are left out: callers know how many there are.
    pub fn push<'v>(&mut self, row: impl IntoIterator<Item = Option<&'v str>>) {
        self.begins.push(self.text.len());
        let mut values = row.into_iter();
        for _ in 0..self.width {
            match values.next().flatten() {
                Some(value) => {
                    self.text.push_str(value);
                    self.ends.push(self.text.len());
                }
                None => self.ends.push(Sample::NULL),
            }
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.begins.len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.begins.is_empty()
    }

    /// A value; None for NULL, and where there is no such row or column.
    pub fn value(&self, row: usize, column: usize) -> Option<&str> {
        if column >= self.width {
            return None;
        }
        let first = row * self.width;
        let end = *self.ends.get(first + column)?;
        if end == Sample::NULL {
            return None;
        }
        let before = self.ends.get(first..first + column)?;
        let begin = before.iter().rev().find(|end| **end != Sample::NULL);
        self.text.get(*begin.or(self.begins.get(row))?..end)
    }

    /// The rows as the finder of dependencies wants them, of some columns only.
    ///
    /// # Errors
    /// When there are too many columns or rows.
    pub fn rows(&self, columns: &[usize]) -> Result<Rows, TooLarge> {
        let mut rows = Rows::with_columns(columns.len())?;
        for row in 0..self.len() {
            rows.push(columns.iter().map(|column| self.value(row, *column)))?;
        }
        Ok(rows)
    }

    /// The first two rows that agree in a determinant and not in the dependent.
    pub fn counter_example(&self, dependency: Dependency, nulls: Nulls) -> Option<[usize; 2]> {
        let mut first: HashMap<Vec<Option<&str>>, usize> = HashMap::new();
        for row in 0..self.len() {
            let determinant = self.values(row, dependency.determinant);
            if nulls == Nulls::Distinct && determinant.iter().any(Option::is_none) {
                continue;
            }
            let earlier = *first.entry(determinant).or_insert(row);
            let (one, other) = (
                self.value(earlier, dependency.dependent),
                self.value(row, dependency.dependent),
            );
            let agree = one == other && (nulls == Nulls::Equal || one.is_some());
            if earlier != row && !agree {
                return Some([earlier, row]);
            }
        }
        None
    }

    /// The values of some columns.
    pub fn values(&self, row: usize, columns: ColumnSet) -> Vec<Option<&str>> {
        columns.iter().map(|column| self.value(row, column)).collect()
    }

    /// The columns among these whose values look like lists: words between commas, semicolons or bars. At least two
    /// values, and one in ten, must hold several, one of them three or more, and none may hold anything but such words.
    pub fn lists(&self, columns: ColumnSet) -> Vec<Listed> {
        columns
            .iter()
            .filter_map(|column| {
                [',', ';', '|']
                    .into_iter()
                    .find_map(|mark| self.listed(column, mark))
            })
            .collect()
    }

    fn listed(&self, column: usize, mark: char) -> Option<Listed> {
        const LONGEST_WORD: usize = 40;
        let is_word = |item: &str| {
            let item = item.trim();
            !item.is_empty()
                && item.len() <= LONGEST_WORD
                && item
                    .chars()
                    .all(|c| c.is_alphanumeric() || "-_.:/@+#".contains(c))
                && item.chars().any(char::is_alphabetic)
        };
        let (mut all, mut several) = (0, 0);
        let mut example = None;
        for value in (0..self.len()).filter_map(|row| self.value(row, column)) {
            if value.trim().is_empty() {
                continue;
            }
            if !value.split(mark).all(is_word) {
                return None;
            }
            all += 1;
            let items = value.split(mark).count();
            several += usize::from(items > 1);
            if items > 2 && example.is_none() {
                example = Some(value.to_owned());
            }
        }
        (several >= 2 && several * 10 >= all).then_some(Listed {
            column,
            values: several,
            example: example?,
        })
    }
}

/// There are more columns or rows than can be searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooLarge {
    /// Too many columns.
    #[error(transparent)]
    Columns(#[from] TooManyColumns),
    /// Too many rows.
    #[error(transparent)]
    Rows(#[from] RowError),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(rows: &[&[Option<&str>]]) -> Sample {
        let mut sample = Sample::with_columns(rows.first().map_or(0, |row| row.len()));
        for row in rows {
            sample.push(row.iter().copied());
        }
        sample
    }

    #[test]
    fn what_was_pushed_is_there() {
        let sample = sample(&[&[Some("a"), None, Some("")], &[None, Some("bc"), Some("d")]]);
        assert_eq!(sample.len(), 2);
        assert_eq!(sample.value(0, 0), Some("a"));
        assert_eq!(sample.value(0, 1), None);
        assert_eq!(sample.value(0, 2), Some(""));
        assert_eq!(sample.value(1, 0), None);
        assert_eq!(sample.value(1, 1), Some("bc"));
        assert_eq!(sample.value(1, 2), Some("d"));
        assert_eq!(sample.value(1, 3), None);
        assert_eq!(sample.value(2, 0), None);
    }

    #[test]
    fn counter_examples() {
        let sample = sample(&[
            &[Some("1"), Some("x")],
            &[None, Some("x")],
            &[Some("1"), Some("x")],
            &[None, Some("y")],
            &[Some("2"), None],
            &[Some("2"), None],
        ]);
        let check = |determinant: &[usize], dependent, nulls, expect: Option<[usize; 2]>| {
            let dependency = Dependency {
                determinant: determinant.iter().copied().collect(),
                dependent,
            };
            assert_eq!(sample.counter_example(dependency, nulls), expect);
        };
        check(&[0], 1, Nulls::Equal, Some([1, 3]));
        check(&[0], 1, Nulls::Distinct, Some([4, 5]));
        check(&[0, 1], 0, Nulls::Equal, None);
        check(&[], 1, Nulls::Equal, Some([0, 3]));
    }

    #[test]
    fn lists_in_text() {
        let check = |values: &[&str], expect: Option<usize>| {
            let rows: Vec<[Option<&str>; 1]> = values.iter().map(|value| [Some(*value)]).collect();
            let rows: Vec<&[Option<&str>]> = rows.iter().map(|row| &row[..]).collect();
            let lists = sample(&rows).lists(ColumnSet::of(0));
            assert_eq!(lists.first().map(|list| list.values), expect, "{values:?}");
        };
        check(&["a,b,c", "a", "b, c"], Some(2));
        check(&["red|green|blue", "red|blue"], Some(2));
        check(&["a,b", "b,c"], None);
        check(&["a,b,c", "a"], None);
        check(&["Hello, dear world, how are you", "a,b,c", "a,b"], None);
        check(&["1,2,3", "4,5"], None);
        check(&["Paris", "London"], None);
    }
}
