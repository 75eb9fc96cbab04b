//! Why a run ended before its end.

use std::fmt;
use std::time::Duration;

use cogway_catalog::sql::LineColumn;
use cogway_pg::execute::{IndexState, LockHolder};
use cogway_pg::introspect::ReadError;
use cogway_pg::script::ServerError;
use cogway_pg::session::SessionError;

use super::drift::Drift;
use super::event::DoneStep;
use super::loss::Loss;
use super::prepare::Source;
use crate::account::{AccountError, Found};
use crate::history::{Problem, RevisionId};
use crate::ledger::{Direction, LedgerError};
use crate::route::Conflict;
use crate::target::TargetError;

/// Why a run ended before its end, or did not begin.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The database cannot be reached or asked.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// The ledger cannot be written.
    #[error("the ledger cannot be written: {0}")]
    Ledger(#[source] SessionError),
    /// The ledger cannot be read.
    #[error(transparent)]
    LedgerContents(LedgerError),
    /// Not all files of the history can be read.
    #[error("{}", .0.message)]
    History(Box<Problem>),
    /// The target cannot be understood.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// Files and database do not go together.
    #[error(transparent)]
    Conflict(#[from] Box<Conflict>),
    /// Another tool keeps account of this database.
    #[error("{} keeps account of this database in {}, and Cogway does not yet", .0.tool, .0.table)]
    OtherTool(Box<Found>),
    /// The account of another tool cannot be taken over.
    #[error(transparent)]
    Account(Box<AccountError>),
    /// There are revisions in the ledger, so that nothing can be taken over.
    #[error("the ledger has {0} revisions already")]
    AlreadyThere(usize),
    /// Nothing is half done.
    #[error("no revision is half done")]
    NothingUnfinished,
    /// A script does not have so many parts.
    #[error("there is no part {number}: the script has {parts}")]
    NoSuchPart {
        /// What was asked for.
        number: usize,
        /// So many there are.
        parts: usize,
    },
    /// What is half done cannot be put into a script.
    #[error("{0} is half done, and has to be finished by Cogway itself")]
    UnfinishedScript(RevisionId),
    /// Another run has the lock.
    #[error("another run holds the lock: waited {} s{}", waited.as_secs(), of(holder))]
    Locked {
        /// Who, if that is known.
        holder: Option<Box<LockHolder>>,
        /// For how long it was waited for.
        waited: Duration,
    },
    /// The schema was changed by hand.
    #[error("the schema is not what the last run left: {} differences", .0.differences.len() + .0.unmodelled.len())]
    Drifted(Box<Drift>),
    /// Going back drops what holds rows, or takes back more than was named.
    #[error("{0}")]
    DataLoss(Box<Loss>),
    /// What must succeed before a run did not.
    #[error("what is to be done before did not succeed: {0}")]
    Before(String),
    /// A script needs `psql`.
    #[error("{what}, which only psql understands")]
    NeedsPsql {
        /// Where the script is from.
        source_of: Source,
        /// Its line.
        line: usize,
        /// What it needs it for.
        what: &'static str,
    },
    /// What cannot run in a transaction cannot run in one with others.
    #[error("{} cannot run in a transaction, and so not in one with the others", ids(.0))]
    NotInOneTransaction(Vec<RevisionId>),
    /// A part that ran outside transactions was cut off, and what became of it cannot be seen.
    #[error("{}: nobody knows whether this statement has had its effect: {}", .0.revision, .0.statement)]
    Unclear(Box<Unclear>),
    /// The parts of a script that are done are not what they were when they ran.
    #[error("{revision} is half done, and the half that is done was changed since")]
    ChangedHalf {
        /// The revision.
        revision: RevisionId,
        /// So many of its parts are done.
        done: usize,
        /// Where it is.
        source_of: Source,
    },
    /// A script failed.
    #[error("{0}")]
    Step(Box<StepFailure>),
    /// Somebody asked to stop.
    #[error("interrupted")]
    Interrupted {
        /// What was done before.
        done: Vec<DoneStep>,
        /// What was not.
        left: Vec<RevisionId>,
        /// What of the last one is done, if it runs in parts.
        half: Option<Box<Half>>,
    },
}

/// Somebody asked for the statement to be ended.
pub(super) const CANCELLED: &str = "57014";

impl RunError {
    /// Was a command of Cogway's own cancelled, or is the connection gone?
    pub(super) fn is_cancelled(&self) -> bool {
        let (RunError::Session(error) | RunError::Ledger(error)) = self else {
            return false;
        };
        let state = match error {
            SessionError::Connect(error)
            | SessionError::Command(error)
            | SessionError::Read(ReadError::Query(error) | ReadError::Prelude(error)) => error.code(),
            SessionError::NoAnswer(_) | SessionError::Read(_) => None,
        };
        error.is_lost() || state.is_some_and(|state| state.code() == CANCELLED)
    }
}

impl From<AccountError> for RunError {
    fn from(error: AccountError) -> RunError {
        match error {
            AccountError::Session(error) => RunError::Session(error),
            error => RunError::Account(Box::new(error)),
        }
    }
}

impl From<LedgerError> for RunError {
    fn from(error: LedgerError) -> RunError {
        match error {
            LedgerError::Session(error) => RunError::Session(error),
            error => RunError::LedgerContents(error),
        }
    }
}

/// A part of a script of which nobody knows whether it has had its effect.
#[derive(Clone, Debug)]
pub struct Unclear {
    /// The revision.
    pub revision: RevisionId,
    /// Up or down.
    pub direction: Direction,
    /// Which part, from 1.
    pub part: usize,
    /// Its text.
    pub statement: String,
    /// Where it is.
    pub source: Source,
    /// On which line.
    pub line: usize,
}

/// A script that failed.
#[derive(Clone, Debug)]
pub struct StepFailure {
    /// The revision.
    pub revision: RevisionId,
    /// The rest of its name.
    pub name: String,
    /// Up or down.
    pub direction: Direction,
    /// Where its script is from.
    pub source: Source,
    /// Where in it.
    pub place: Option<LineColumn>,
    /// The statement that failed.
    pub statement: Option<String>,
    /// What PostgreSQL says.
    pub error: ServerError,
    /// Is the connection gone?
    pub lost: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// What was done before, in this run.
    pub done: Vec<DoneStep>,
    /// What was to come, in this run.
    pub left: Vec<RevisionId>,
    /// What of it is done, if it runs in parts; none where nothing is.
    pub half: Option<Half>,
    /// Was it only tried?
    pub rehearsed: bool,
}

/// What is done of a script that runs in parts.
#[derive(Clone, Debug, Default)]
pub struct Half {
    /// So many parts.
    pub done: usize,
    /// Of so many.
    pub parts: usize,
    /// Indexes that are there and that PostgreSQL does not use.
    pub invalid: Vec<IndexState>,
}

impl fmt::Display for StepFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.direction, self.revision)?;
        if !self.name.is_empty() {
            write!(f, " {}", self.name)?;
        }
        write!(f, " failed: {}", self.error.message)
    }
}

fn of(holder: &Option<Box<LockHolder>>) -> String {
    match holder {
        Some(holder) => format!(" for {holder}"),
        None => String::new(),
    }
}

fn ids(ids: &[RevisionId]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
