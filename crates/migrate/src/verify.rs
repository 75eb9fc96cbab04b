//! The stairway proof: every revision of a history is run up, down and up again on a real server, and what it leaves
//! is compared with what was there.
//!
//! The ground on which this happens is a database of its own, on a private server unless another one is named. It only
//! ever moves forward: the first `up` of a revision is committed; `down` and the second `up` run in a transaction that
//! is rolled back, after which sequences, which no rollback moves, are set to where they stood. So the next revision
//! meets exactly what a plain `up` leaves, whatever the proof of this one found, and nothing needs to be copied.
//! Scripts that cannot run in a transaction run for good; where they then leave anything else than a plain `up` does,
//! a fresh ground is built by running all revisions up to there again.
//!
//! A long history is cut into stretches, which are proved side by side, each on a server of its own that was brought to
//! its start by plain `up`s.

mod findings;
pub(crate) mod ground;
mod guest;
mod joint;
mod on_rows;
mod options;
mod populate;
mod populated;
mod proof;
mod report;
mod rows;
mod stretch;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::time::Instant;

use cogway_catalog::Catalog;
use cogway_pg::session::{Session, SessionError};
use futures_util::future::try_join_all;
use thiserror::Error;

use crate::history::{History, Revision, RevisionId};
use stretch::{Listener, Proved, Stretch};

pub use guest::leave_servers;
pub use on_rows::{Direction, Loss, OnRows, Short, TableWork};
pub use options::{Allowance, DataScope, Options, Reading, Site, Stop};
pub use populate::{Populate, Populated, Populating, SchemaTouched, Wanted};
pub use report::{Event, Finding, FindingKind, Report, RevisionReport, Verdict};

/// Why a history could not be proved at all.
#[derive(Debug, Error)]
pub enum VerifyError {
    /// No private server can be started.
    #[error(transparent)]
    Scratch(#[from] cogway_pg::scratch::ScratchError),
    /// The server cannot be reached, went away, or refuses what Cogway itself needs.
    #[error(transparent)]
    Session(#[from] cogway_pg::session::SessionError),
    /// A revision that was asked for is not in the history.
    #[error("there is no revision {0} in this history")]
    UnknownRevision(RevisionId),
    /// A table whose rows were to be compared was never there.
    #[error("no revision has a table {0} with rows of its own (a partitioned table's are in its partitions)")]
    NothingToWatch(cogway_catalog::QualifiedName),
    /// The revisions asked for begin after they end.
    #[error("revision {from} comes after {to}")]
    EmptyRange {
        /// The first that was asked for.
        from: RevisionId,
        /// The last.
        to: RevisionId,
    },
    /// The database of the proof cannot be filled with rows.
    #[error("the database cannot be filled with rows{}: {message}", after(.revision.as_ref()))]
    Populate {
        /// The revision after which it was to be filled; none before the first.
        revision: Option<RevisionId>,
        /// Why not.
        message: String,
    },
    /// The program is being ended.
    #[error("interrupted")]
    Interrupted,
    /// An entry of the allow-list makes no sense.
    #[error("entry {place} of the allow-list: {fault}")]
    Allowance {
        /// Its place, from 1.
        place: usize,
        /// What is wrong with it.
        fault: String,
    },
    /// A revision before those that are wanted does not apply, so that there is nothing to stand on.
    #[error("revision {revision} does not apply: {message}")]
    DoesNotApply {
        /// The revision.
        revision: RevisionId,
        /// What PostgreSQL says.
        message: String,
    },
}

fn after(revision: Option<&RevisionId>) -> String {
    revision
        .map(|revision| format!(" after revision {revision}"))
        .unwrap_or_default()
}

/// Proves the revisions of a history.
///
/// # Errors
/// When there is nothing to prove it on, or the options make no sense. What is wrong with revisions is in the report.
pub async fn verify(
    history: &History,
    options: &Options,
    on_event: &mut dyn FnMut(Event<'_>),
) -> Result<Report, VerifyError> {
    let started = Instant::now();
    if let Some((place, fault)) = options
        .allow
        .iter()
        .enumerate()
        .find_map(|(place, entry)| entry.fault().map(|fault| (place + 1, fault)))
    {
        return Err(VerifyError::Allowance { place, fault });
    }
    let range = range(history, options)?;
    let mut report = match prove(history, range.clone(), options, on_event).await? {
        Some(report) => report,
        None => {
            on_event(Event::ReadingAgain);
            let options = Options {
                reading: Reading::Whole,
                ..options.clone()
            };
            // A whole reading is not compared with anything, so that there is a report.
            prove(history, range, &options, on_event)
                .await?
                .unwrap_or_else(|| empty_report(history))
        }
    };
    report.problems.clone_from(&history.problems);
    report.unused_allowances = unused_allowances(&report, options);
    report.took = started.elapsed();
    Ok(report)
}

/// The catalog that a history's revisions make, up to and including one of them or all.
///
/// # Errors
/// When there is nothing to run them on, or one does not apply.
pub async fn catalog_at(
    history: &History,
    at: Option<&RevisionId>,
    options: &Options,
) -> Result<Catalog, VerifyError> {
    visit(history, at, options, async |session| session.read().await).await
}

/// Builds what a history's revisions make, up to and including one of them or all, lets somebody look at it, and takes it
/// away again.
///
/// # Errors
/// As [`catalog_at`], and what looking gives.
pub async fn visit<T>(
    history: &History,
    at: Option<&RevisionId>,
    options: &Options,
    look: impl AsyncFnOnce(&mut Session) -> Result<T, SessionError>,
) -> Result<T, VerifyError> {
    let last = match at {
        Some(id) => position(history, id)? + 1,
        None => history.revisions.len(),
    };
    let revisions: Vec<(&Revision, bool)> = history.revisions[..last]
        .iter()
        .map(|revision| (revision, true))
        .collect();
    let mut ground = stretch::build(history, options, &revisions, &mut Vec::new()).await?;
    let seen = look(&mut ground.session).await;
    ground.clear().await?;
    Ok(seen?)
}

/// The proof of a range of revisions. None where reading what changed gave another catalog than reading everything.
async fn prove(
    history: &History,
    range: std::ops::Range<usize>,
    options: &Options,
    on_event: &mut dyn FnMut(Event<'_>),
) -> Result<Option<Report>, VerifyError> {
    on_event(Event::Started {
        revisions: range.len(),
    });
    let listener = RefCell::new(on_event);
    let mut report = empty_report(history);
    let stretches = match &options.populate {
        None => {
            let Some(mut stretches) = prove_stretches(history, range, options, &listener).await? else {
                return Ok(None);
            };
            for proved in &mut stretches {
                report.revisions.append(&mut proved.revisions);
                report.stopped_early |= proved.stopped_early;
            }
            stretches
        }
        Some(populate) => {
            let joined = joint::prove(history, range, options, &**populate, &listener).await?;
            let Some(joined) = joined else {
                return Ok(None);
            };
            report.revisions = joined.revisions;
            report.stopped_early = joined.stopped_early;
            joined.stretches
        }
    };
    let mut watched = BTreeSet::new();
    for proved in stretches {
        watched.extend(proved.watched);
        report.unmodelled = proved.unmodelled;
        report.server_version = proved.server_version;
    }
    if let DataScope::Tables(tables) = &options.data
        && let Some(table) = tables.iter().find(|table| !watched.contains(table))
        && !report.stopped_early
    {
        return Err(VerifyError::NothingToWatch(table.clone()));
    }
    Ok(Some(report))
}

/// The proof of a range in stretches side by side, likewise.
async fn prove_stretches(
    history: &History,
    range: std::ops::Range<usize>,
    options: &Options,
    listener: &Listener<'_>,
) -> Result<Option<Vec<Proved>>, VerifyError> {
    let stretches = Stretch::cut(range, jobs(options)).into_iter();
    let proofs = stretches.map(|stretch| stretch.prove(history, options, listener));
    Ok(try_join_all(proofs).await?.into_iter().collect())
}

/// How many stretches are proved side by side: as many as there are processors, unless told otherwise. On somebody's
/// server one after the other; likewise to stop at the first finding, which would otherwise not be the first.
fn jobs(options: &Options) -> usize {
    match (&options.site, options.stop) {
        (Site::Private(_), Stop::AtEnd) => options
            .jobs
            .or_else(|| std::thread::available_parallelism().ok())
            .map_or(1, NonZeroUsize::get),
        _ => 1,
    }
}

fn position(history: &History, id: &RevisionId) -> Result<usize, VerifyError> {
    let found = history.revisions.iter().position(|revision| revision.id == *id);
    found.ok_or_else(|| VerifyError::UnknownRevision(id.clone()))
}

fn range(history: &History, options: &Options) -> Result<std::ops::Range<usize>, VerifyError> {
    let start = options
        .from
        .as_ref()
        .map(|id| position(history, id))
        .transpose()?
        .unwrap_or(0);
    let end = match &options.to {
        Some(id) => position(history, id)? + 1,
        None => history.revisions.len(),
    };
    match (&options.from, &options.to) {
        (Some(from), Some(to)) if start >= end => Err(VerifyError::EmptyRange {
            from: from.clone(),
            to: to.clone(),
        }),
        _ => Ok(start..end),
    }
}

fn empty_report(history: &History) -> Report {
    Report {
        format: history.format,
        server_version: 0,
        revisions: Vec::new(),
        problems: Vec::new(),
        unused_allowances: Vec::new(),
        unmodelled: Vec::new(),
        stopped_early: false,
        took: std::time::Duration::ZERO,
    }
}

/// The entries of the allow-list that allowed nothing, by their places; only known when everything was proved.
fn unused_allowances(report: &Report, options: &Options) -> Vec<usize> {
    if report.stopped_early || options.from.is_some() || options.to.is_some() {
        return Vec::new();
    }
    let used = |entry: &Allowance| {
        report.revisions.iter().any(|revision| {
            revision
                .findings
                .iter()
                .any(|finding| entry.covers(&revision.id, finding))
        })
    };
    (0..options.allow.len())
        .filter(|&place| !used(&options.allow[place]))
        .collect()
}
