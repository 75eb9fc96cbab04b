//! Normal forms: which one a table is in, and which dependencies keep it from a higher one.
//!
//! - [`Relation`]: columns and dependencies; what follows from them.
//! - [`Keys`]: candidate keys.
//! - [`judge`]: the highest normal form, with what breaks the next.
//! - [`Tables`], [`Known`]: what a catalog says of keys, with [`Note`]s.
//! - [`Sample`]: rows as texts; [`Assessment`]: all of it weighed, with the verdicts of users.
//!
//! The definitions are those of E. F. Codd (Further normalization of the data base relational model, 1972; Recent
//! investigations in relational data base systems, 1974), for all candidate keys and not for the primary key only.

mod assessment;
mod key;
mod known;
mod note;
mod relation;
mod sample;

use std::fmt;

pub use assessment::{Assessment, Decided, Evidence, Undecided, Verdict};
pub use key::{Keys, MOST_KEYS};
pub use known::{DeclaredKey, Known, KnownColumn, Tables};
pub use note::{Inside, Note};
pub(crate) use relation::without_redundant;
pub use relation::{MOST_PROJECTED, Relation};
pub use sample::{Listed, Sample, TooLarge};

use crate::dependency::{ColumnSet, Dependency};

/// A normal form, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NormalForm {
    /// Every column holds one value a row. PostgreSQL's tables are all in it, as far as the types of their columns are
    /// taken for single values; where that is in doubt, there is a note.
    First,
    /// No column outside all keys depends on a part of a key.
    Second,
    /// No column outside all keys depends on anything but a superkey.
    Third,
    /// Nothing depends on anything but a superkey.
    BoyceCodd,
}

impl NormalForm {
    /// All of them, lowest first.
    pub const ALL: [NormalForm; 4] = [
        NormalForm::First,
        NormalForm::Second,
        NormalForm::Third,
        NormalForm::BoyceCodd,
    ];
}

/// `1NF`, `2NF`, `3NF`, `BCNF`.
impl fmt::Display for NormalForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NormalForm::First => "1NF",
            NormalForm::Second => "2NF",
            NormalForm::Third => "3NF",
            NormalForm::BoyceCodd => "BCNF",
        })
    }
}

/// A dependency that keeps a relation from a normal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The lowest form that it breaks.
    pub breaks: NormalForm,
    /// The dependency, with nothing in its determinant that is not needed.
    pub dependency: Dependency,
}

/// In which normal form a relation is, and why in no higher one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The highest normal form that it is in.
    pub level: NormalForm,
    /// Its candidate keys.
    pub keys: Keys,
    /// What breaks higher forms, the lowest form first.
    pub violations: Vec<Violation>,
}

/// Judges a relation.
///
/// Where not all keys could be looked for ([`Keys::is_complete`]), a column may count as being in no key although it is in
/// one, and so the level be too low, never too high.
pub fn judge(relation: &Relation) -> Judgement {
    let keys = Keys::of(relation);
    let prime = keys.prime();
    let is_part_of_key = |columns: ColumnSet| {
        keys.all
            .iter()
            .any(|key| columns != *key && columns.is_subset(*key))
    };
    let cover = relation.minimal_cover();
    let mut violations: Vec<Violation> = cover
        .dependencies()
        .iter()
        .filter(|dependency| !cover.is_superkey(dependency.determinant))
        .map(|&dependency| Violation {
            breaks: if prime.contains(dependency.dependent) {
                NormalForm::BoyceCodd
            } else if is_part_of_key(dependency.determinant) {
                NormalForm::Second
            } else {
                NormalForm::Third
            },
            dependency,
        })
        .collect();
    if !violations
        .iter()
        .any(|violation| violation.breaks == NormalForm::Second)
        && let Some(dependency) = partial(&cover, &keys, prime)
    {
        violations.push(Violation {
            breaks: NormalForm::Second,
            dependency,
        });
    }
    violations.sort_unstable();
    let level = match violations.first().map(|violation| violation.breaks) {
        None => NormalForm::BoyceCodd,
        Some(NormalForm::BoyceCodd) => NormalForm::Third,
        Some(NormalForm::Third) => NormalForm::Second,
        Some(NormalForm::Second | NormalForm::First) => NormalForm::First,
    };
    Judgement {
        level,
        keys,
        violations,
    }
}

/// A dependency of a column outside all keys on a part of a key. It need not be in the cover: the part may determine the
/// column by way of columns of other keys.
fn partial(cover: &Relation, keys: &Keys, prime: ColumnSet) -> Option<Dependency> {
    keys.all.iter().find_map(|key| {
        key.iter().find_map(|column| {
            let part = key.without(column);
            let dependent = cover.closure(part).minus(part).minus(prime).iter().next()?;
            let needed = part.iter().fold(part, |left, column| {
                let less = left.without(column);
                if cover.closure(less).contains(dependent) {
                    less
                } else {
                    left
                }
            });
            Some(Dependency {
                determinant: needed,
                dependent,
            })
        })
    })
}
