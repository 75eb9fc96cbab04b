//! Decompositions: the tables that a table is taken apart into, so that each is in a higher normal form.
//!
//! [`third`] keeps every dependency within one of the parts; [`boyce_codd`] goes further and may lose some, which it names.
//! Both are lossless: the parts, joined, give exactly the rows of the table.
//! [`extraction()`] writes the scripts that do it.

mod chase;
mod extraction;

use crate::dependency::{ColumnSet, Dependency};
use crate::normal_form::{Judgement, Keys, NormalForm, Relation, judge, without_redundant};

pub use chase::is_lossless;
pub use extraction::{Extraction, Refused, extraction};

/// One of the tables that a table is taken apart into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Its columns.
    pub columns: ColumnSet,
    /// The key by which its columns are there.
    pub key: ColumnSet,
}

/// The tables that a table is taken apart into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decomposition {
    /// The parts. The first holds a key of the whole table: it is what the table itself becomes.
    pub parts: Vec<Part>,
    /// The dependencies of the table that are no more within one part, so that no key can enforce them.
    pub lost: Vec<Dependency>,
    /// The lowest normal form of a part; none where one has too many dependencies to tell.
    pub level: Option<NormalForm>,
}

/// The parts in third normal form, with no dependency lost.
///
/// By synthesis from a minimal cover: a part for each determinant, one for determinants that determine each other, and one
/// of a key where none holds one (P. A. Bernstein, Synthesizing third normal form relations from functional dependencies,
/// ACM TODS 1, 1976; the part of a key: J. Biskup, U. Dayal, P. A. Bernstein, Synthesizing independent database schemas,
/// SIGMOD 1979).
pub fn third(relation: &Relation) -> Decomposition {
    Decomposition::of(relation, synthesized(relation))
}

/// The parts in Boyce-Codd normal form.
///
/// The parts of [`third`] that are not yet in it are split at a violating dependency, until none is left.
pub fn boyce_codd(relation: &Relation) -> Decomposition {
    let mut open = synthesized(relation);
    let mut parts = Vec::new();
    while let Some(part) = open.pop() {
        match split(relation, part) {
            Some(halves) => open.extend(halves),
            None => parts.push(part),
        }
    }
    Decomposition::of(relation, parts)
}

impl Decomposition {
    /// Parts in order, none within another, with what they lose and their level.
    fn of(relation: &Relation, parts: Vec<Part>) -> Decomposition {
        let mut parts = without_contained(parts);
        parts.sort_unstable_by_key(|part| (!relation.is_superkey(part.columns), *part));
        let lost = lost(relation, &parts);
        let level = parts
            .iter()
            .map(|part| judged(relation, part.columns).map(|judgement| judgement.level))
            .try_fold(NormalForm::BoyceCodd, |least, level| Some(least.min(level?)));
        Decomposition { parts, lost, level }
    }

    /// Does it leave the table as it is?
    pub fn is_whole(&self) -> bool {
        self.parts.len() == 1
    }
}

/// The dependencies of a minimal cover that do not follow from what holds within the parts.
///
/// What follows is computed without projecting: the closure grows by what each part sees of it (C. Beeri and P. Honeyman,
/// Preserving functional dependencies, SIAM J. Comput. 10, 1981).
pub fn lost(relation: &Relation, parts: &[Part]) -> Vec<Dependency> {
    let is_kept = |dependency: &Dependency| {
        let mut reached = dependency.determinant;
        loop {
            let before = reached;
            for part in parts {
                let seen = relation.closure(reached.intersection(part.columns));
                reached = reached.union(seen.intersection(part.columns));
            }
            if reached == before {
                return reached.contains(dependency.dependent);
            }
        }
    };
    let cover = relation.minimal_cover();
    let lost = cover
        .dependencies()
        .iter()
        .filter(|dependency| !is_kept(dependency));
    lost.copied().collect()
}

/// Determinants that determine each other, and the columns that hang on them.
struct Group {
    determinants: Vec<ColumnSet>,
    closure: ColumnSet,
}

fn synthesized(relation: &Relation) -> Vec<Part> {
    let cover = relation.minimal_cover();
    let mut groups: Vec<Group> = Vec::new();
    for dependency in cover.dependencies() {
        let determinant = dependency.determinant;
        let closure = cover.closure(determinant);
        match groups.iter_mut().find(|group| group.closure == closure) {
            Some(group) if group.determinants.contains(&determinant) => {}
            Some(group) => group.determinants.push(determinant),
            None => groups.push(Group {
                determinants: vec![determinant],
                closure,
            }),
        }
    }
    // That determinants of a group determine each other is there anyhow. What follows from it is not needed twice.
    let mutual: Vec<Dependency> = groups
        .iter()
        .flat_map(|group| group.determinants.iter().map(move |one| (group, *one)))
        .flat_map(|(group, one)| {
            let others = group.determinants.iter().flat_map(|other| other.iter());
            others.map(move |dependent| Dependency {
                determinant: one,
                dependent,
            })
        })
        .filter(|dependency| !dependency.is_trivial())
        .collect();
    let mut hanging: Vec<Dependency> = cover
        .dependencies()
        .iter()
        .filter(|dependency| !mutual.contains(dependency))
        .copied()
        .collect();
    without_redundant(&mut hanging, &mutual);
    let mut parts: Vec<Part> = groups
        .iter()
        .map(|group| {
            let own = hanging
                .iter()
                .filter(|dependency| group.determinants.contains(&dependency.determinant))
                .map(|dependency| dependency.dependent);
            let determinants = group.determinants.iter().flat_map(|one| one.iter());
            Part {
                columns: own.chain(determinants).collect(),
                key: group.determinants.iter().min().copied().unwrap_or_default(),
            }
        })
        .collect();
    if !parts.iter().any(|part| cover.is_superkey(part.columns)) {
        let key = Keys::of(&cover).smallest();
        parts.push(Part { columns: key, key });
    }
    parts
}

/// The two halves of a part that is not in Boyce-Codd normal form.
fn split(relation: &Relation, part: Part) -> Option<[Part; 2]> {
    let projected = relation.onto(part.columns)?;
    let judgement = judge(&projected);
    let violation = judgement.violations.first()?;
    let determinant = violation.dependency.determinant;
    let determined = projected.closure(determinant).minus(determinant);
    let rest = part.columns.minus(determined);
    let key_of = |columns: ColumnSet| match projected.onto(columns) {
        Some(half) => Keys::of(&half).smallest(),
        None => columns,
    };
    Some([
        Part {
            columns: determinant.union(determined),
            key: determinant,
        },
        Part {
            columns: rest,
            key: key_of(rest),
        },
    ])
}

/// The judgement of what is left when only these columns are kept.
fn judged(relation: &Relation, columns: ColumnSet) -> Option<Judgement> {
    relation.onto(columns).map(|projected| judge(&projected))
}

/// Parts whose columns are all in another part are not needed: all that holds in them holds there.
fn without_contained(mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort_unstable();
    parts.dedup_by_key(|part| part.columns);
    let is_contained = |part: &Part| {
        parts
            .iter()
            .any(|other| other.columns != part.columns && part.columns.is_subset(other.columns))
    };
    parts.iter().filter(|part| !is_contained(part)).copied().collect()
}
