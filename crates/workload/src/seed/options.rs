//! What a seeding is asked to do.

use std::num::NonZeroUsize;

use cogway_catalog::QualifiedName;

use super::language::Language;
use super::size::Wanted;

/// What a seeding is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// N: how many rows the largest tables are to have. Those that are there count.
    pub rows: u64,
    /// The seed: the same one gives the same rows.
    pub seed: u64,
    /// Tables whose size is not to follow from their place.
    pub tables: Wanted,
    /// What becomes of names among these that no table has.
    pub unknown: Unknown,
    /// What becomes of rows that are there.
    pub existing: Existing,
    /// How many threads make rows; none for as many as there are processors.
    pub jobs: Option<NonZeroUsize>,
    /// The language of texts.
    pub language: Language,
    /// Tables that are not touched.
    pub leave: Vec<QualifiedName>,
    /// Tables that get some rows more even if they have enough: a third of what their size would be.
    pub fresh: Vec<QualifiedName>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            rows: 100,
            seed: 1,
            tables: Wanted::new(),
            unknown: Unknown::Refuse,
            existing: Existing::Keep,
            jobs: None,
            language: Language::English,
            leave: Vec::new(),
            fresh: Vec::new(),
        }
    }
}

/// What becomes of rows that are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Existing {
    /// They stay as they are, and count.
    #[default]
    Keep,
    /// All tables that are to be filled are emptied first.
    Truncate,
}

/// What becomes of a name that no table has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    /// It is an error: somebody mistyped it.
    #[default]
    Refuse,
    /// It is passed over: the table is not in this version of the schema.
    Ignore,
}
