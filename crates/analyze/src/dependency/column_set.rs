//! Sets of columns of one table.

use std::fmt;

/// A set of columns of one table, each named by its place, from 0.
///
/// Sets are ordered by their size, then by their columns.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ColumnSet([u64; WORDS]);

const WORDS: usize = 4;

impl ColumnSet {
    /// So many columns a table may have at most.
    pub const MOST: usize = WORDS * 64;

    /// No column.
    pub const EMPTY: ColumnSet = ColumnSet([0; WORDS]);

    /// The first so many columns, at most [`ColumnSet::MOST`].
    pub fn first(count: usize) -> ColumnSet {
        (0..count.min(Self::MOST)).collect()
    }

    /// One column.
    ///
    /// # Panics
    /// When the place is [`ColumnSet::MOST`] or more, as in all that follows.
    pub fn of(column: usize) -> ColumnSet {
        ColumnSet::EMPTY.with(column)
    }

    /// This and one more.
    #[must_use]
    pub fn with(mut self, column: usize) -> ColumnSet {
        self.0[column / 64] |= 1 << (column % 64);
        self
    }

    /// This without that one.
    #[must_use]
    pub fn without(mut self, column: usize) -> ColumnSet {
        self.0[column / 64] &= !(1 << (column % 64));
        self
    }

    /// Is it in there?
    pub fn contains(self, column: usize) -> bool {
        column < Self::MOST && self.0[column / 64] & (1 << (column % 64)) != 0
    }

    /// Are there none?
    pub fn is_empty(self) -> bool {
        self.0 == [0; WORDS]
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// What is in either.
    #[must_use]
    pub fn union(self, other: ColumnSet) -> ColumnSet {
        self.combined(other, |a, b| a | b)
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(self, other: ColumnSet) -> ColumnSet {
        self.combined(other, |a, b| a & b)
    }

    /// What is in this and not in the other.
    #[must_use]
    pub fn minus(self, other: ColumnSet) -> ColumnSet {
        self.combined(other, |a, b| a & !b)
    }

    /// Is everything of this in the other?
    pub fn is_subset(self, other: ColumnSet) -> bool {
        self.minus(other).is_empty()
    }

    /// Do they have none in common?
    pub fn is_disjoint(self, other: ColumnSet) -> bool {
        self.intersection(other).is_empty()
    }

    /// The places, in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(word, mut bits)| {
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(word * 64 + bit)
            })
        })
    }

    fn combined(self, other: ColumnSet, combine: impl Fn(u64, u64) -> u64) -> ColumnSet {
        ColumnSet(std::array::from_fn(|word| combine(self.0[word], other.0[word])))
    }
}

impl FromIterator<usize> for ColumnSet {
    fn from_iter<I: IntoIterator<Item = usize>>(columns: I) -> ColumnSet {
        columns.into_iter().fold(ColumnSet::EMPTY, ColumnSet::with)
    }
}

impl Ord for ColumnSet {
    fn cmp(&self, other: &ColumnSet) -> std::cmp::Ordering {
        self.len()
            .cmp(&other.len())
            .then_with(|| self.iter().cmp(other.iter()))
    }
}

impl PartialOrd for ColumnSet {
    fn partial_cmp(&self, other: &ColumnSet) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for ColumnSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::ColumnSet;

    fn columns() -> impl Strategy<Value = BTreeSet<usize>> {
        proptest::collection::btree_set(0..ColumnSet::MOST, 0..8)
    }

    proptest! {
        #[test]
        fn it_is_a_set(a in columns(), b in columns()) {
            let (x, y): (ColumnSet, ColumnSet) = (a.iter().copied().collect(), b.iter().copied().collect());
            let set = |set: ColumnSet| set.iter().collect::<BTreeSet<usize>>();
            prop_assert_eq!(set(x), a.clone());
            prop_assert_eq!(x.len(), a.len());
            prop_assert_eq!(set(x.union(y)), &a | &b);
            prop_assert_eq!(set(x.intersection(y)), &a & &b);
            prop_assert_eq!(set(x.minus(y)), &a - &b);
            prop_assert_eq!(x.is_subset(y), a.is_subset(&b));
            prop_assert_eq!(x.is_disjoint(y), a.is_disjoint(&b));
            prop_assert_eq!(x == y, a == b);
        }
    }
}
