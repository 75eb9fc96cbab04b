//! What a run is asked to do, and how.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use cogway_catalog::Aspect;

use crate::ledger::Author;
use crate::route::{Order, Ways};

/// Where to go.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The target, as [`Target::parse`](crate::target::Target::parse) understands it.
    pub target: &'a str,
    /// Forward, back or both.
    pub ways: Ways,
}

impl<'a> Request<'a> {
    /// Forward only.
    pub fn up(target: &'a str) -> Request<'a> {
        Request {
            target,
            ways: Ways::Up,
        }
    }

    /// Back only.
    pub fn down(target: &'a str) -> Request<'a> {
        Request {
            target,
            ways: Ways::Down,
        }
    }

    /// There, whichever way that is.
    pub fn to(target: &'a str) -> Request<'a> {
        Request {
            target,
            ways: Ways::Both,
        }
    }
}

/// How to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long to wait for another run to end. Default: 60 seconds.
    pub lock_wait: Duration,
    /// How long a statement of a transaction may wait for a lock, and everybody else behind it. Default: 2 seconds. Zero
    /// leaves the server's own setting.
    pub lock_timeout: Duration,
    /// How often a transaction that had to give up so is tried again. Default: 30 times, with pauses that grow from half a
    /// second to ten seconds.
    pub lock_retries: u32,
    /// What becomes of revisions that come late.
    pub order: Order,
    /// What becomes of a run on a schema that is not what the last run left.
    pub on_drift: OnDrift,
    /// What is no drift.
    pub exclude: Vec<Aspect>,
    /// A transaction for each revision, or one for all.
    pub transactions: Transactions,
    /// May going back drop what holds rows?
    pub data_loss: DataLoss,
    /// Only try?
    pub rehearsal: Rehearsal,
    /// What must succeed before anything is changed: a backup. Called under the lock, and only when there is something to
    /// do.
    pub before: Option<Before>,
    /// Who runs.
    pub author: Author,
    /// Ends the run, if somebody sets it.
    pub stop: Stop,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            lock_wait: Duration::from_secs(60),
            lock_timeout: Duration::from_secs(2),
            lock_retries: 30,
            order: Order::default(),
            on_drift: OnDrift::default(),
            exclude: Vec::new(),
            transactions: Transactions::default(),
            data_loss: DataLoss::default(),
            rehearsal: Rehearsal::default(),
            before: None,
            author: Author {
                host: cogway_pg::host_name(),
                cogway: env!("CARGO_PKG_VERSION").to_owned(),
            },
            stop: Stop::default(),
        }
    }
}

/// What must succeed before anything is changed; what went wrong is a sentence. May block.
#[derive(Clone)]
pub struct Before(Arc<dyn Fn() -> Result<(), String> + Send + Sync>);

impl Before {
    /// Wraps a function.
    pub fn new(what: impl Fn() -> Result<(), String> + Send + Sync + 'static) -> Before {
        Before(Arc::new(what))
    }

    pub(super) fn call(&self) -> Result<(), String> {
        (self.0)()
    }
}

impl std::fmt::Debug for Before {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Before")
    }
}

/// What becomes of a run on a schema that somebody changed by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnDrift {
    /// It says so and runs.
    #[default]
    Warn,
    /// It refuses.
    Refuse,
}

/// How many transactions a run has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transactions {
    /// One for each revision: what succeeded stays.
    #[default]
    Each,
    /// One for all: everything, or nothing.
    One,
}

/// May going back drop tables and columns that hold rows?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DataLoss {
    /// No: the run is refused, and names them.
    #[default]
    Refuse,
    /// Yes.
    Allow,
}

/// Is it only tried?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rehearsal {
    /// No, it is done.
    #[default]
    No,
    /// Everything runs in one transaction, which is rolled back.
    Only,
}

/// Ends runs from elsewhere: clones are one and the same.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// No further step is begun.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Was it set?
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
