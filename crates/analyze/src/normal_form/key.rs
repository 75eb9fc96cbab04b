//! Candidate keys.

use super::Relation;
use crate::dependency::ColumnSet;

/// The candidate keys of a relation: the smallest sets of columns that determine all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// The keys, those with the fewest columns first. There is always one, if only of all columns.
    pub all: Vec<ColumnSet>,
    /// Are these all that there are? False where there would be more than [`MOST_KEYS`].
    pub is_complete: bool,
}

/// So many keys are looked for. A relation can have exponentially many.
pub const MOST_KEYS: usize = 2_000;

impl Keys {
    /// All candidate keys.
    ///
    /// From one key come the others: where a dependency's dependent is in a key, the determinant can take its place
    /// (C. L. Lucchesi and S. L. Osborn, Candidate keys for relations, JCSS 17, 1978). The time is polynomial in the number
    /// of keys.
    pub fn of(relation: &Relation) -> Keys {
        let cover = relation.minimal_cover();
        let mut all = vec![reduced(&cover, cover.columns())];
        let mut at = 0;
        while let Some(&key) = all.get(at) {
            at += 1;
            for dependency in cover.dependencies() {
                if !key.contains(dependency.dependent) {
                    continue;
                }
                let other = key.without(dependency.dependent).union(dependency.determinant);
                if !all.iter().any(|known| known.is_subset(other)) {
                    all.push(reduced(&cover, other));
                }
            }
            if all.len() > MOST_KEYS {
                break;
            }
        }
        let is_complete = at == all.len();
        all.sort_unstable();
        Keys { all, is_complete }
    }

    /// The columns that are in some key: the prime ones.
    pub fn prime(&self) -> ColumnSet {
        self.all
            .iter()
            .fold(ColumnSet::EMPTY, |columns, key| columns.union(*key))
    }

    /// The first of the smallest keys.
    pub fn smallest(&self) -> ColumnSet {
        self.all.first().copied().unwrap_or_default()
    }
}

/// A key within a superkey. Columns that come late are left out first: early ones tend to be what people call the key.
fn reduced(relation: &Relation, superkey: ColumnSet) -> ColumnSet {
    let columns: Vec<usize> = superkey.iter().collect();
    columns.into_iter().rev().fold(superkey, |key, column| {
        let less = key.without(column);
        if relation.is_superkey(less) { less } else { key }
    })
}
