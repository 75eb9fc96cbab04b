//! What a run tells while it runs, and at its end.

use std::time::Duration;

use cogway_catalog::Fingerprint;
use cogway_pg::execute::{IndexState, LockHolder, Notice};

use super::drift::Drift;
use crate::history::RevisionId;
use crate::ledger::{Direction, Ledger};

/// Something that happens in a run.
#[derive(Debug)]
pub enum Event<'a> {
    /// Another run has the lock; it is asked for again and again. Told once.
    Waiting {
        /// Who has it, if that is known.
        holder: Option<&'a LockHolder>,
    },
    /// The route is known; told once, before anything is run.
    Begun {
        /// So many steps.
        steps: usize,
    },
    /// The schema is not what the last run left.
    Drifted(&'a Drift),
    /// A step begins.
    Step {
        /// The revision.
        id: &'a RevisionId,
        /// The rest of its name.
        name: &'a str,
        /// Up or down.
        direction: Direction,
    },
    /// A script is gone on with, behind what of it is done.
    Resumed {
        /// The revision.
        id: &'a RevisionId,
        /// So many of its parts are done.
        done: usize,
        /// So many there are.
        parts: usize,
    },
    /// An index that a failed `CONCURRENTLY` left was dropped, to be made again.
    DroppedInvalid(&'a IndexState),
    /// A script had to give up waiting for a lock, and is tried again.
    Retrying {
        /// The revision.
        id: &'a RevisionId,
        /// Why.
        message: &'a str,
        /// For which time, from 1.
        attempt: u32,
        /// After this pause.
        pause: Duration,
    },
    /// PostgreSQL had something to say.
    Notice {
        /// While this revision ran.
        id: &'a RevisionId,
        /// What.
        notice: &'a Notice,
    },
    /// A step is done.
    Stepped(&'a DoneStep),
}

/// A step that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoneStep {
    /// The revision.
    pub id: RevisionId,
    /// The rest of its name.
    pub name: String,
    /// Up or down.
    pub direction: Direction,
    /// How long it took.
    pub took: Duration,
}

/// What a run has done.
#[derive(Clone, Debug)]
pub struct Done {
    /// Its steps, in order.
    pub steps: Vec<DoneStep>,
    /// Was it only tried, and rolled back?
    pub rehearsed: bool,
    /// The fingerprint of the catalog it leaves, where it was read.
    pub fingerprint: Option<Fingerprint>,
    /// What the ledger says at the end.
    pub ledger: Ledger,
    /// How long it took, with everything.
    pub took: Duration,
}

impl Done {
    /// There was nothing to do.
    pub(super) fn nothing(ledger: Ledger, took: Duration) -> Done {
        Done {
            steps: Vec::new(),
            rehearsed: false,
            fingerprint: ledger.fingerprint().cloned(),
            ledger,
            took,
        }
    }
}
