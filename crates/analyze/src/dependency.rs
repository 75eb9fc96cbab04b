//! Functional dependencies: whenever two rows agree in some columns, they agree in another.
//!
//! [`find`] finds those that hold in given rows:
//!
//! ```
//! use cogway_analyze::dependency::{Rows, Search, find};
//!
//! let mut rows = Rows::with_columns(3)?;
//! rows.push([Some("10115"), Some("Berlin"), Some("1")])?;
//! rows.push([Some("10117"), Some("Berlin"), Some("2")])?;
//! rows.push([Some("10115"), Some("Berlin"), Some("3")])?;
//! rows.push([Some("20095"), Some("Hamburg"), Some("1")])?;
//! let findings = find(&rows, &Search::default());
//! let found: Vec<String> = findings
//!     .found
//!     .iter()
//!     .map(|found| format!("{:?} -> {}", found.dependency.determinant, found.dependency.dependent))
//!     .collect();
//! assert_eq!(found, ["{0} -> 1", "{1, 2} -> 0"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How
//!
//! A pair of rows that differ in the dependent asks of every determinant to have one of the other columns in which they
//! differ. So the minimal determinants of a dependent are the minimal sets of columns that hit all those *difference
//! sets* (Mannila and Räihä, *Algorithms for inferring functional dependencies from relations*, 1994). There are too many
//! pairs to look at them all, and few are needed. As in HPIValid (Birnick, Bläsius, Friedrich, Naumann, Papenbrock and
//! Schirneck, <https://doi.org/10.14778/3407790.3407824>) for unique columns, and FDHits (Bleifuß, Papenbrock, Bläsius,
//! Schirneck and Naumann, *Discovering Functional Dependencies through Hitting Set Enumeration*, SIGMOD 2024) for
//! dependencies, difference sets are found when they are wanted:
//!
//! 1. The minimal hitting sets of the difference sets seen so far are the candidates. They are enumerated with MMCS
//!    (Murakami and Uno, <https://doi.org/10.1016/j.dam.2014.01.012>).
//! 2. The rows judge them, in clusters of rows that agree in the determinant: stripped partitions, as in TANE (Huhtala,
//!    Kärkkäinen, Porkka and Toivonen, <https://doi.org/10.1093/comjnl/42.2.100>). All dependents of a determinant are
//!    judged at once, and determinants with the same first columns have the partition by these in common.
//! 3. What is not refuted is proved, and minimal. A pair that refutes a candidate gives a new difference set, and so do
//!    some other pairs that were met: rows that agree in a candidate agree in much.
//! 4. So on, until no candidate is left that is not proved. Before all rows are asked, a 128th and a 16th of them are,
//!    as the sampling of HyFD (Papenbrock and Naumann, <https://doi.org/10.1145/2882903.2915203>) would do: most of what
//!    is wrong is wrong there.
//!
//! For approximate dependencies no single pair refutes anything. There a candidate that fails is made as large as it can
//! be and still fail; each determinant must have one of the columns that are left out. That is *dualize and advance*
//! (Gunopulos, Khardon, Mannila and Toivonen, *Data mining, hypergraph transversals, and machine learning*, PODS 1997).
//!
//! # How much it can be
//!
//! A table of `m` columns can have about `m` times *m over m/2* minimal dependencies; a random table of 60 columns and 50
//! rows has far more than anyone can read. So work and results are bounded ([`Search::effort`], [`Findings::MOST`]). Where a bound is met,
//! the search starts anew with determinants of one column, of two, and so on, and [`Findings::complete_to`] says how far
//! it came. [`Search::largest`] is the way to ask for small determinants at once. Work is counted, not timed: the same
//! rows have the same findings on every machine.
//!
//! The memory is that of the values (each different one of a column once), four bytes for each value of each row twice,
//! and what the search has found and learned, which the bounds keep to some hundred megabytes.

mod chance;
mod column_set;
mod effort;
mod hitting;
mod judge;
mod partition;
mod rows;
mod search;

pub use column_set::ColumnSet;
pub use rows::{RowError, Rows, TooManyColumns};

/// A functional dependency with one column on its right: *the determinant determines the dependent*.
///
/// An empty determinant says that the dependent has the same value in all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dependency {
    /// The columns on the left.
    pub determinant: ColumnSet,
    /// The place of the column on the right.
    pub dependent: usize,
}

impl Dependency {
    /// Does it say nothing, because its dependent is part of its determinant?
    pub fn is_trivial(&self) -> bool {
        self.determinant.contains(self.dependent)
    }
}

/// Which NULLs agree with each other. A NULL never agrees with a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nulls {
    /// NULL agrees with NULL, as in `GROUP BY` and `NULLS NOT DISTINCT`. The default.
    #[default]
    Equal,
    /// NULL agrees with nothing, as in a unique constraint: a row with NULL in the determinant agrees with no other
    /// row there, and two rows that agree in the determinant must not have NULL in the dependent.
    Distinct,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// The share of rows that may be in the way of a dependency: those that would have to go for it to hold (the error
    /// g3 of Kivinen and Mannila, *Approximate inference of functional dependencies from relations*, 1995), divided by
    /// all rows. From 0, the default, which finds exact dependencies only, up to 1. What lies outside counts as the
    /// nearer of the two, and what is no number as 0. Approximate dependencies are many times as much work.
    pub error: f64,
    /// How many columns a determinant has at most. By default there is no limit.
    pub largest: Option<usize>,
    /// Which NULLs agree. [`Nulls::Equal`] by default.
    pub nulls: Nulls,
    /// How much work the search may be before it is given up, in steps: roughly, rows and sets of columns looked at. A
    /// step takes a nanosecond or a few. [`Search::EFFORT`] by default. Constant columns are found without any.
    pub effort: u64,
}

impl Search {
    /// So many steps a search may take by default: some ten seconds.
    pub const EFFORT: u64 = 10_000_000_000;
}

impl Default for Search {
    fn default() -> Search {
        Search {
            error: 0.0,
            largest: None,
            nulls: Nulls::Equal,
            effort: Search::EFFORT,
        }
    }
}

/// What [`find`] has found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// The minimal dependencies, in their order. None is trivial.
    pub found: Vec<Found>,
    /// Whether nothing is missing of what was looked for. Otherwise the search was given up, because there are too many,
    /// and `found` is what it would be with [`Search::largest`] set to `complete_to`.
    pub is_complete: bool,
    /// Determinants of this size, or smaller, were all looked at.
    pub complete_to: usize,
}

impl Findings {
    /// So many dependencies are found at most; with more of them, the search is given up.
    pub const MOST: usize = 500_000;
}

/// A dependency, and how far the rows bear it out.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The dependency. No part of its determinant would do.
    pub dependency: Dependency,
    /// The share of rows that would have to go for it to hold, 0 when it is exact.
    pub error: f64,
    /// How many rows agree with another row in the determinant: those by which the dependency could have been refuted.
    /// 0 says that the determinant is merely unique in these rows.
    pub support: usize,
    /// How many dependencies with as many columns in the determinant would be expected to hold as well as this one if all
    /// columns were independent of each other: far below 1 where it is no chance. It is as exact as the machine's logarithm.
    pub by_chance: f64,
    /// Pairs of rows that agree in the determinant and not in the dependent, the earlier row first; at most
    /// [`Found::MOST_COUNTER_EXAMPLES`], each from another value of the determinant. None when the dependency is exact.
    pub counter_examples: Vec<[usize; 2]>,
}

impl Found {
    /// So many counter-examples are kept.
    pub const MOST_COUNTER_EXAMPLES: usize = 3;
}

/// All minimal dependencies that hold in these rows.
///
/// A dependency is minimal when its error is within the limit and no smaller determinant's is. In rows of which there
/// are none or only one, every column is determined by the empty set.
pub fn find(rows: &Rows, search: &Search) -> Findings {
    search::search(rows, search)
}
