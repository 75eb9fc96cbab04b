//! Running two branches behind what they have in common, in both orders.

use std::path::PathBuf;

use cogway_pg::script::ServerError;
use futures_util::future::join;

use super::blame::Open;
use super::fork::Fork;
use super::trace::Trace;
use super::{ConflictError, Part};
use crate::course::{Course, Way};
use crate::history::{History, Revision};
use crate::verify::ground::Ground;
use crate::verify::{Options, Reading, Site, VerifyError};

/// Both branches, as they ran in both orders: the first of the fork, then the second.
pub(super) struct Trial<'h> {
    pub(super) branches: [Branch<'h>; 2],
}

/// A branch, as it ran in both orders.
pub(super) struct Branch<'h> {
    /// Right on what is common.
    pub(super) alone: Trace<'h>,
    /// Behind the other branch, as far as it came.
    pub(super) behind: Trace<'h>,
    /// What ended it there.
    pub(super) failure: Option<Failure<'h>>,
}

/// A script that failed.
#[derive(Clone)]
pub(super) struct Failure<'h> {
    pub(super) revision: &'h Revision,
    pub(super) line: Option<usize>,
    pub(super) error: ServerError,
}

/// What runs the scripts of a fork.
pub(super) struct Laboratory<'r, 'h> {
    pub(super) history: &'r History,
    pub(super) fork: &'r Fork<'h>,
    pub(super) options: &'r Options,
}

/// One order of the branches: the first to run, and the other behind it.
struct Passage<'h> {
    alone: Trace<'h>,
    behind: Trace<'h>,
    failure: Option<Failure<'h>>,
    /// Is what was read step by step what a whole reading gives?
    read_well: bool,
}

impl<'h> Laboratory<'_, 'h> {
    /// Runs both orders: side by side on private servers; one after the other on somebody's, where both would make the
    /// same roles.
    pub(super) async fn run(&self) -> Result<Trial<'h>, ConflictError> {
        if let Some(trial) = self.run_reading(self.options).await? {
            return Ok(trial);
        }
        let whole = Options {
            reading: Reading::Whole,
            ..self.options.clone()
        };
        // A whole reading is not compared with anything, so that there is a trial.
        match self.run_reading(&whole).await? {
            Some(trial) => Ok(trial),
            None => Err(VerifyError::Interrupted.into()),
        }
    }

    /// None where reading what changed gave another catalog than reading everything.
    async fn run_reading(&self, options: &Options) -> Result<Option<Trial<'h>>, ConflictError> {
        let (first, second) = (Part::First, Part::Second);
        let (straight, crossed) = match options.site {
            Site::Private(_) => {
                let both = join(
                    self.pass(first, second, options),
                    self.pass(second, first, options),
                );
                let (straight, crossed) = both.await;
                (straight?, crossed?)
            }
            Site::Server(_) => (
                self.pass(first, second, options).await?,
                self.pass(second, first, options).await?,
            ),
        };
        let read_well = straight.read_well && crossed.read_well;
        Ok(read_well.then_some(Trial {
            branches: [
                Branch {
                    alone: straight.alone,
                    behind: crossed.behind,
                    failure: crossed.failure,
                },
                Branch {
                    alone: crossed.alone,
                    behind: straight.behind,
                    failure: straight.failure,
                },
            ],
        }))
    }

    /// Runs one order on a ground of its own.
    async fn pass(&self, one: Part, other: Part, options: &Options) -> Result<Passage<'h>, ConflictError> {
        let mut ground = Ground::prepare(self.history, options).await?;
        let passage = self.pass_on(&mut ground, one, other, options).await;
        let cleared = ground.clear().await;
        // The first error is the one to tell.
        let passage = passage?;
        cleared?;
        Ok(passage)
    }

    async fn pass_on(
        &self,
        ground: &mut Ground,
        one: Part,
        other: Part,
        options: &Options,
    ) -> Result<Passage<'h>, ConflictError> {
        for revision in self.revisions(Part::Common) {
            let failure = self.advance(ground, revision).await?;
            broken(Part::Common, failure)?;
        }
        ground.take_stock().await?;
        let mut alone = Trace::new(ground.catalog().clone());
        broken(one, self.follow(ground, self.revisions(one), &mut alone).await?)?;
        let mut behind = Trace::new(alone.end().clone());
        let failure = self.follow(ground, self.revisions(other), &mut behind).await?;
        // Nothing can be read over a connection that a script has broken.
        let lost = failure.as_ref().is_some_and(|failure| failure.lost);
        let read_well = lost || options.reading == Reading::Whole || ground.is_true().await?;
        Ok(Passage {
            alone,
            behind,
            failure: failure.map(|failure| failure.failure),
            read_well,
        })
    }

    fn revisions(&self, part: Part) -> &[&'h Revision] {
        match part {
            Part::Common => &self.fork.common,
            Part::First => &self.fork.first,
            Part::Second => &self.fork.second,
        }
    }

    /// Runs revisions up to the first that fails, and keeps the catalog after each.
    async fn follow(
        &self,
        ground: &mut Ground,
        revisions: &[&'h Revision],
        trace: &mut Trace<'h>,
    ) -> Result<Option<Stop<'h>>, ConflictError> {
        for &revision in revisions {
            let course = Course::of(&revision.up, self.history.format);
            if let Some(stop) = Stop::before(revision, &course) {
                return Ok(Some(stop));
            }
            match ground.apply(&course).await? {
                Ok(after) => trace.push(revision, after),
                Err(failure) => return Ok(Some(Stop::at(revision, &course, failure))),
            }
        }
        Ok(None)
    }

    /// Runs a revision and reads nothing.
    async fn advance(
        &self,
        ground: &mut Ground,
        revision: &'h Revision,
    ) -> Result<Option<Stop<'h>>, ConflictError> {
        let course = Course::of(&revision.up, self.history.format);
        if let Some(stop) = Stop::before(revision, &course) {
            return Ok(Some(stop));
        }
        let outcome = ground.advance(&course).await?;
        Ok(outcome.err().map(|failure| Stop::at(revision, &course, failure)))
    }

    /// The revision of the other branch with which a branch begins to fail where it does: found by running the branch
    /// behind less and less of the other.
    pub(super) async fn culprit(&self, open: &Open<'h>) -> Result<Option<&'h Revision>, ConflictError> {
        let (branch, other) = match open.branch {
            0 => (Part::First, Part::Second),
            _ => (Part::Second, Part::First),
        };
        let others = self.revisions(other);
        // Behind so many it succeeds, behind so many it fails.
        let (mut good, mut bad) = (0, others.len());
        while good + 1 < bad {
            let middle = usize::midpoint(good, bad);
            if self
                .fails_behind(&others[..middle], branch, &open.failure)
                .await?
            {
                bad = middle;
            } else {
                good = middle;
            }
        }
        Ok(bad.checked_sub(1).map(|place| others[place]))
    }

    /// Does a branch fail behind these revisions, up to the one that is known to fail behind more of them?
    async fn fails_behind(
        &self,
        others: &[&'h Revision],
        branch: Part,
        failure: &Failure<'h>,
    ) -> Result<bool, ConflictError> {
        let own = self.revisions(branch).iter();
        let end = own
            .clone()
            .position(|revision| revision.id == failure.revision.id);
        let own = own.take(end.map_or(0, |end| end + 1));
        let mut ground = Ground::prepare(self.history, self.options).await?;
        let mut outcome = Ok(None);
        for &revision in self.fork.common.iter().chain(others).chain(own) {
            outcome = self.advance(&mut ground, revision).await;
            if !matches!(outcome, Ok(None)) {
                break;
            }
        }
        let cleared = ground.clear().await;
        let failed = outcome?.is_some();
        cleared?;
        Ok(failed)
    }
}

/// Why revisions did not run on.
struct Stop<'h> {
    failure: Failure<'h>,
    /// Is the connection gone?
    lost: bool,
}

impl<'h> Stop<'h> {
    /// A script that cannot be run here at all.
    fn before(revision: &'h Revision, course: &Course<'_>) -> Option<Stop<'h>> {
        let Way::Psql { line, what } = course.way else {
            return None;
        };
        Some(Stop {
            failure: Failure {
                revision,
                line: Some(line + revision.up.first_line.saturating_sub(1)),
                error: ServerError {
                    message: format!("{what}, which only psql understands"),
                    ..ServerError::default()
                },
            },
            lost: false,
        })
    }

    /// A script that PostgreSQL did not accept.
    fn at(
        revision: &'h Revision,
        course: &Course<'_>,
        failure: cogway_pg::script::ScriptFailure,
    ) -> Stop<'h> {
        let sent_from = match &course.way {
            Way::Transaction(range) => range.start,
            Way::Whole | Way::Statements | Way::Psql { .. } => 0,
        };
        Stop {
            lost: failure.lost,
            failure: Failure {
                revision,
                line: course.place(sent_from, &failure).map(|place| place.line),
                error: failure.error,
            },
        }
    }
}

/// What fails by itself is no conflict.
fn broken(part: Part, stop: Option<Stop<'_>>) -> Result<(), ConflictError> {
    match stop {
        None => Ok(()),
        Some(Stop { failure, .. }) => Err(ConflictError::Broken {
            revision: failure.revision.id.clone(),
            part,
            path: PathBuf::clone(&failure.revision.up.path),
            line: failure.line,
            message: failure.error.to_string(),
        }),
    }
}
