//! The rows that a foreign key can refer to.

use std::sync::Arc;

use super::kept::Kept;
use super::recipe::Recipe;
use super::value::Value;

/// The rows of a parent, by number, and the values of what is referred to. Those that were there come first.
#[derive(Debug)]
pub(crate) enum Parents {
    /// All of them are kept.
    Kept(Kept),
    /// Those that were made are computed again, whenever one is asked for.
    Computed(Computed),
}

/// Rows whose keys are functions of their ordinals.
#[derive(Debug)]
pub(crate) struct Computed {
    /// How they are made.
    pub(crate) recipe: Arc<Recipe>,
    /// The columns that are referred to.
    pub(crate) columns: Vec<usize>,
    /// Those that were there.
    pub(crate) before: Kept,
    /// How many there are or will be, with those before.
    pub(crate) rows: u64,
    /// Ordinals that came to nothing, in order.
    pub(crate) skipped: Arc<[u64]>,
}

impl Parents {
    /// How many there are.
    pub(crate) fn len(&self) -> u64 {
        match self {
            Parents::Kept(kept) => kept.len() as u64,
            Parents::Computed(computed) => computed.rows,
        }
    }

    /// The value of a row at a place of the foreign key.
    pub(crate) fn value(&self, row: u64, place: usize) -> Value {
        match self {
            Parents::Kept(kept) => kept.value(row as usize, place),
            Parents::Computed(computed) => computed.value(row, place),
        }
    }
}

impl Computed {
    fn value(&self, row: u64, place: usize) -> Value {
        if row < self.before.len() as u64 {
            return self.before.value(row as usize, place);
        }
        let column = self.columns[place];
        self.recipe
            .fixed_value(column, self.ordinal(row))
            .unwrap_or(Value::Null)
    }

    /// The ordinal of a row: its number, moved on by those before it that came to nothing.
    fn ordinal(&self, row: u64) -> u64 {
        let mut ordinal = row;
        for &skipped in self.skipped.iter() {
            if skipped > ordinal {
                break;
            }
            ordinal += 1;
        }
        ordinal
    }
}

/// A row among the first `pool` ones, by a number of 64 bits of chance. Some rows are chosen far more often than others, as
/// in life: in each block of 2, 4, 8, … rows there is a favourite, and all sizes of blocks are as likely. A favourite stays
/// one when rows come after it.
pub(crate) fn skewed(pool: u64, bits: u64) -> u64 {
    if pool <= 1 {
        return 0;
    }
    let row = ((u128::from(bits) * u128::from(pool)) >> 64) as u64;
    let levels = (64 - u64::from((pool - 1).leading_zeros())).min(63);
    // The low bits have little to do with the high ones, which chose the row.
    let level = (bits & 0xFFFF) * (levels + 1) / 0x1_0000;
    let block = row >> level << level;
    let within = (block ^ level.wrapping_mul(0x9E37_79B9)).wrapping_mul(0x9E37_79B9_7F4A_7C15) % (1 << level);
    let favourite = block.saturating_add(within);
    if favourite < pool { favourite } else { row }
}

#[cfg(test)]
mod tests {
    use super::super::chance::Chance;
    use super::*;

    #[test]
    fn some_rows_are_chosen_far_more_often() {
        let mut chance = Chance::new(1);
        let mut counts = vec![0_u32; 1000];
        for _ in 0..100_000 {
            counts[skewed(1000, chance.bits()) as usize] += 1;
        }
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let top: u32 = counts[..100].iter().sum();
        assert!(
            (40_000..90_000).contains(&top),
            "the first tenth has {top} of 100,000"
        );
        assert!(counts[900] > 0, "all but a tenth are chosen");
    }

    #[test]
    fn within_the_pool() {
        let mut chance = Chance::new(2);
        for pool in (0..200).chain([u64::MAX]) {
            for _ in 0..100 {
                assert!(skewed(pool, chance.bits()) < pool.max(1));
            }
        }
    }
}
