//! How many rows each table gets: by its place among the others.

use std::collections::BTreeMap;

use cogway_catalog::QualifiedName;

use super::data_type::{DataType, IntWidth};
use super::table::{Part, Table};

/// How the number of rows of a table follows from N, the size of the largest. Never less for a greater N, so that what
/// was there for N is the beginning of what is there for 10 N.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share {
    /// So many, whatever N is.
    Fixed(u64),
    /// This share of N.
    Part(f64),
    /// A table of facts, or one that stands alone: N.
    Facts,
    /// A join table between others: N / 2.
    Join,
    /// A table to which others refer, over so many steps: N / 4 for each step, but not less than the root of N.
    Entity(u32),
    /// A table of reference data: three times the cube root of N. 14 of 100, 300 of a million.
    Reference,
}

impl Share {
    /// The rows of the table when the largest has `n`.
    pub fn rows(self, n: u64) -> u64 {
        match self {
            Share::Fixed(rows) => rows,
            Share::Part(part) => (n as f64 * part).ceil() as u64,
            Share::Facts => n,
            Share::Join => n.div_ceil(2),
            Share::Entity(steps) => {
                let part = n.div_ceil(4_u64.saturating_pow(steps.min(31)));
                // The root is asked for each row that refers to such a table, and matters only where N is small.
                let least = if part.saturating_mul(part) < n {
                    root(n, 2)
                } else {
                    0
                };
                part.max(least).min(n)
            }
            Share::Reference => (3 * root(n, 3)).min(n),
        }
    }

    /// The least N for which the table has more than `row` rows: the size that everything had when this row came.
    pub fn moment(self, row: u64) -> u64 {
        match self {
            Share::Fixed(_) => u64::MAX,
            Share::Part(_) => self.sought_moment(row),
            Share::Facts => row.saturating_add(1),
            Share::Join => row.saturating_mul(2).saturating_add(1),
            Share::Entity(steps) => {
                let by_part = row.saturating_mul(4_u64.saturating_pow(steps.min(31)));
                by_part.min(row.saturating_mul(row)).saturating_add(1)
            }
            Share::Reference => row.max((row / 3).saturating_pow(3)).saturating_add(1),
        }
    }

    fn sought_moment(self, row: u64) -> u64 {
        let (mut low, mut high) = (0, 1);
        while self.rows(high) <= row && high < u64::MAX / 2 {
            low = high;
            high *= 2;
        }
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if self.rows(middle) <= row {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }
}

/// The least number whose power is not less than `n`.
fn root(n: u64, power: u32) -> u64 {
    let (mut low, mut high) = (0_u64, 1_u64 << 33);
    while low + 1 < high {
        let middle = (low + high) / 2;
        if u128::from(middle).pow(power) < u128::from(n) {
            low = middle;
        } else {
            high = middle;
        }
    }
    if n == 0 { 0 } else { high }
}

/// What is known of a table's place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// The other tables it refers to.
    pub(crate) parents: Vec<usize>,
    /// Does it hold reference data, by its look: a name or a code, and little else?
    pub(crate) looks_like_reference: bool,
    /// Is its primary key made of foreign keys only, two or more?
    pub(crate) is_join: bool,
}

/// Words in the names of tables that grow with the business, however few columns they have.
const GROWING: &[&str] = &[
    "user", "customer", "client", "person", "people", "member", "account", "employee", "contact", "company",
    "product", "item", "article", "post", "author", "event", "message", "order", "session", "document",
    "book", "student", "patient",
];

/// Does a table look like one of reference data: nothing to count its rows by, or nothing in it but a name?
pub(crate) fn looks_like_reference(table: &Table) -> bool {
    let name = table.name.name.as_str().to_lowercase();
    let grows = name
        .split(|character: char| !character.is_alphanumeric())
        .any(|word| GROWING.contains(&word) || GROWING.contains(&word.trim_end_matches('s')));
    if grows
        || table
            .references
            .iter()
            .any(|reference| reference.to != table.name)
    {
        return false;
    }
    let is_natural =
        table
            .keys
            .iter()
            .find(|key| key.is_primary)
            .is_some_and(|key| match key.parts.as_slice() {
                [Part::Column(column)] => matches!(
                    table.columns[*column].data_type.base(),
                    DataType::Text(_) | DataType::Enum(..) | DataType::Int(IntWidth::Small)
                ),
                _ => false,
            });
    let has_moments = table.columns.iter().any(|column| {
        matches!(
            column.data_type.base(),
            DataType::Date | DataType::Timestamp(_) | DataType::TimestampTz(_)
        )
    });
    is_natural || (table.columns.len() <= 4 && !has_moments)
}

/// The share of each table.
pub(crate) fn shares(places: &[Place]) -> Vec<Share> {
    let steps = steps_below(places);
    let is_parent = |table: usize| {
        let mut others = places.iter().enumerate().filter(|(other, _)| *other != table);
        others.any(|(_, place)| place.parents.contains(&table))
    };
    places
        .iter()
        .enumerate()
        .map(|(table, place)| {
            if !is_parent(table) {
                if place.is_join { Share::Join } else { Share::Facts }
            } else if place.looks_like_reference && place.parents.iter().all(|&parent| parent == table) {
                Share::Reference
            } else {
                Share::Entity(steps[table])
            }
        })
        .collect()
}

/// Over how many steps others refer to each table, at most 4; tables that refer to each other in a circle count once.
fn steps_below(places: &[Place]) -> Vec<u32> {
    const MOST: u32 = 4;
    let mut steps = vec![0; places.len()];
    for _ in 0..MOST {
        let before = steps.clone();
        for (table, place) in places.iter().enumerate() {
            for &parent in &place.parents {
                if parent != table {
                    steps[parent] = steps[parent].max((before[table] + 1).min(MOST));
                }
            }
        }
    }
    steps
}

/// What users say of sizes, over what follows from places.
pub type Wanted = BTreeMap<QualifiedName, Share>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_grow_with_n() {
        let check = |share: Share, expect: [u64; 4]| {
            assert_eq!(
                [1, 10, 100, 1_000_000].map(|n| share.rows(n)),
                expect,
                "{share:?}"
            );
        };
        check(Share::Facts, [1, 10, 100, 1_000_000]);
        check(Share::Join, [1, 5, 50, 500_000]);
        check(Share::Entity(1), [1, 4, 25, 250_000]);
        check(Share::Entity(4), [1, 4, 10, 3907]);
        check(Share::Reference, [1, 9, 15, 300]);
        check(Share::Fixed(7), [7, 7, 7, 7]);
        check(Share::Part(0.1), [1, 1, 10, 100_000]);
    }

    #[test]
    fn a_moment_is_the_least_n_with_the_row() {
        for share in [
            Share::Facts,
            Share::Join,
            Share::Entity(2),
            Share::Reference,
            Share::Part(0.3),
        ] {
            for row in [0, 1, 2, 9, 100, 5000] {
                let n = share.moment(row);
                assert!(share.rows(n) > row, "{share:?} {row}");
                assert!(share.rows(n - 1) <= row, "{share:?} {row}");
            }
        }
    }
}
