//! A table weighed: what is known, what somebody has decided, and what the rows say.

use super::{Judgement, Known, Relation, judge};
use crate::dependency::{ColumnSet, Dependency, Found};

/// What somebody says of a dependency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It holds in the world that the table is about.
    Confirmed,
    /// It does not, even where the rows look like it.
    Rejected,
}

/// A verdict on a dependency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The dependency.
    pub dependency: Dependency,
    /// What is said of it.
    pub verdict: Verdict,
}

/// What becomes of dependencies that rows hold and nobody has decided on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Undecided {
    /// They are listed, and do not count.
    #[default]
    Listed,
    /// The exact ones count as if they were confirmed; of a table without a declared key, what is unique counts as keys.
    Counted,
}

/// What rows say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// How many rows were looked at.
    pub rows: usize,
    /// The dependencies that they hold, with the table's own places of columns.
    pub found: Vec<Found>,
    /// With less support, dependencies are only counted.
    pub least_support: usize,
    /// Where so many or more would be expected to hold as well by chance, dependencies are only counted; without a number,
    /// none is taken for chance.
    pub most_by_chance: Option<f64>,
}

/// A table weighed.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// What was judged.
    pub relation: Relation,
    /// The judgement.
    pub judgement: Judgement,
    /// Which of what was found is to be decided on, those with the most support first.
    pub undecided: Vec<Found>,
    /// The columns that are the same in all rows, which says more of the rows than of the table: nobody is asked about them.
    pub constant: ColumnSet,
    /// Of a table without a declared key, the smallest sets of columns that no two rows agree in.
    pub unique: Vec<ColumnSet>,
    /// How many more were found, by chance or with too little support to be worth listing.
    pub weak: usize,
    /// How many were found that somebody has rejected.
    pub rejected: usize,
    /// The places of verdicts that say nothing new: confirmed, and following from what is known or from other verdicts.
    pub needless: Vec<usize>,
    /// The places of verdicts that cannot be: rejected, and following from what is known or confirmed.
    pub impossible: Vec<usize>,
}

impl Assessment {
    /// Weighs a table.
    pub fn of(known: &Known, decided: &[Decided], evidence: Evidence, undecided: Undecided) -> Assessment {
        let of = |verdict: Verdict| {
            let is_it = move |entry: &&Decided| entry.verdict == verdict;
            decided.iter().filter(is_it).map(|entry| entry.dependency)
        };
        let settled = settled(known, of(Verdict::Confirmed));
        let mut weighed = Assessment {
            judgement: judge(&Relation::new(settled.columns(), [])),
            relation: settled.clone(),
            undecided: Vec::new(),
            constant: ColumnSet::EMPTY,
            unique: unique(known, &evidence),
            weak: 0,
            rejected: 0,
            needless: needless(known, decided),
            impossible: Vec::new(),
        };
        for (place, entry) in decided.iter().enumerate() {
            if entry.verdict == Verdict::Rejected && settled.implies(entry.dependency) {
                weighed.impossible.push(place);
            }
        }
        // What a rejected determinant determines already.
        let rejected: Vec<(ColumnSet, usize)> = of(Verdict::Rejected)
            .map(|rejected| (settled.closure(rejected.determinant), rejected.dependent))
            .collect();
        for found in evidence.found {
            if settled.implies(found.dependency) {
                continue;
            }
            let implies_rejected = rejected.iter().any(|&(reached, dependent)| {
                found.dependency.determinant.is_subset(reached)
                    && settled
                        .closure(reached.with(found.dependency.dependent))
                        .contains(dependent)
            });
            if implies_rejected {
                weighed.rejected += 1;
            } else if found.dependency.determinant.is_empty() {
                weighed.constant = weighed.constant.with(found.dependency.dependent);
            } else if found.support < evidence.least_support
                || evidence
                    .most_by_chance
                    .is_some_and(|most| found.by_chance >= most)
            {
                weighed.weak += 1;
            } else {
                weighed.undecided.push(found);
            }
        }
        weighed
            .undecided
            .sort_by_key(|found| (std::cmp::Reverse(found.support), found.dependency));
        let counted: Vec<Dependency> = match undecided {
            Undecided::Listed => Vec::new(),
            Undecided::Counted => weighed
                .undecided
                .iter()
                .filter(|found| found.error == 0.0)
                .map(|found| found.dependency)
                .chain(weighed.unique.iter().flat_map(|&determinant| {
                    settled.columns().iter().map(move |dependent| Dependency {
                        determinant,
                        dependent,
                    })
                }))
                .collect(),
        };
        weighed.relation = known.relation(of(Verdict::Confirmed).chain(counted));
        weighed.judgement = judge(&weighed.relation);
        weighed
    }
}

/// The smallest sets of columns that no two rows agree in: dependencies on them have no support at all. A few rows say
/// nothing.
fn unique(known: &Known, evidence: &Evidence) -> Vec<ColumnSet> {
    if !known.keys.is_empty() || evidence.rows < evidence.least_support.max(2) {
        return Vec::new();
    }
    let is_unique = |found: &&Found| found.support == 0 && found.error == 0.0;
    let mut unique: Vec<ColumnSet> = evidence
        .found
        .iter()
        .filter(is_unique)
        .map(|found| found.dependency.determinant)
        .collect();
    unique.sort_unstable();
    unique.dedup();
    let smallest = unique.first().map(|first| first.len());
    unique.retain(|columns| Some(columns.len()) == smallest);
    unique
}

/// All columns with what is known and these.
fn settled(known: &Known, further: impl Iterator<Item = Dependency>) -> Relation {
    let columns = (0..known.columns.len()).collect();
    Relation::new(columns, known.dependencies().chain(further))
}

/// Confirmed dependencies that follow from what is known and the other confirmed ones; of two that follow from each other,
/// the later one.
fn needless(known: &Known, decided: &[Decided]) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..decided.len())
        .filter(|&place| decided[place].verdict == Verdict::Confirmed)
        .collect();
    let confirmed = kept.clone();
    for &place in confirmed.iter().rev() {
        let others = kept.iter().filter(|&&other| other != place);
        let others = others.map(|&other| decided[other].dependency);
        if settled(known, others).implies(decided[place].dependency) {
            kept.retain(|&other| other != place);
        }
    }
    confirmed
        .into_iter()
        .filter(|place| !kept.contains(place))
        .collect()
}
