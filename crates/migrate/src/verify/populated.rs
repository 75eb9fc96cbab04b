//! The proof on rows: every version of the schema is filled before the next revision runs, so that scripts meet what they
//! will meet in production.
//!
//! One database goes through the whole range. Rows that were written at one version are carried over by the revisions that
//! follow, and each version's new tables are filled beside them. Of each revision: up; fill; down, and compare the rows with
//! those before up; up again, and compare with those after it. Down and the second up are undone.
//!
//! A script that fails here and not on a database without rows is at fault for the rows. After such an up the proof goes on
//! with a database on which all ups up to there were run without rows, and which is filled then.

mod culprit;
mod files;
mod fresh;
mod loss;
mod snapshot;
mod step;

use std::ops::Range;

use cogway_catalog::{QualifiedName, compare};

use super::VerifyError;
use super::ground::Ground;
use super::joint::{Half, Joint};
use super::on_rows::Short;
use super::options::{Options, Reading, Stop};
use super::populate::{Populate, Wanted};
use super::report::{Event, Verdict};
use super::stretch::{Listener, build};
use crate::history::{History, Revision, RevisionId, runner_table_name};
use snapshot::Snapshot;
use step::Step;

pub(super) use culprit::Culprits;
pub(super) use loss::short;

/// A proof on rows of a range of revisions.
#[derive(Clone, Copy)]
pub(super) struct Walk<'a, 'l> {
    pub(super) history: &'a History,
    pub(super) options: &'a Options,
    pub(super) populate: &'a dyn Populate,
    /// What the proof without rows says, and where this one says it.
    pub(super) joint: &'a Joint<'a>,
    pub(super) listener: &'a Listener<'l>,
}

/// How a walk ended.
pub(super) struct Walked {
    pub(super) stopped_early: bool,
}

/// A database that was filled.
struct Filled {
    rows: Snapshot,
    short: Vec<Short>,
    reading: Read,
}

/// Is the catalog, read as a whole, what was read step by step?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Read {
    Well,
    Wrongly,
}

/// Why a section of the walk ends.
enum End {
    /// There are no more revisions.
    Reached,
    /// As was asked, at the first finding.
    Stopped,
    /// The database is to be built anew, by plain ups.
    Anew,
    /// What was read step by step is not what a whole reading gives.
    Misread,
}

impl<'a> Walk<'a, '_> {
    /// Goes through these revisions. None where reading what changed gave another catalog than reading everything.
    pub(super) async fn prove(self, range: Range<usize>) -> Result<Option<Walked>, VerifyError> {
        let before = &self.history.revisions[..range.start];
        let before: Vec<(&Revision, bool)> = before.iter().map(|revision| (revision, true)).collect();
        let mut applied: Vec<&'a Revision> = Vec::new();
        let mut ground = build(self.history, self.options, &before, &mut applied).await?;
        let mut rest = range;
        // What was found out about the last revision, when it is not told yet.
        let mut untold: Option<(usize, Half)> = None;
        loop {
            let section = self
                .section(&mut ground, &mut rest, &mut applied, &mut untold)
                .await;
            let end = match section {
                Ok(end) => end,
                Err(error) => {
                    // The first error is the one to tell.
                    let _ = ground.clear().await;
                    return Err(error);
                }
            };
            ground.clear().await?;
            let stopped_early = match end {
                End::Reached => false,
                End::Stopped => true,
                End::Misread => return Ok(None),
                End::Anew if rest.is_empty() => {
                    if let Some((place, half)) = untold.take() {
                        self.add(place, half);
                    }
                    false
                }
                End::Anew => {
                    (self.listener.borrow_mut())(Event::Rebuilding {
                        revisions: applied.len(),
                    });
                    let again: Vec<(&Revision, bool)> =
                        applied.drain(..).map(|revision| (revision, true)).collect();
                    ground = build(self.history, self.options, &again, &mut applied).await?;
                    continue;
                }
            };
            return Ok(Some(Walked { stopped_early }));
        }
    }

    async fn section(
        &self,
        ground: &mut Ground,
        rest: &mut Range<usize>,
        applied: &mut Vec<&'a Revision>,
        untold: &mut Option<(usize, Half)>,
    ) -> Result<End, VerifyError> {
        let last = applied.last().map(|revision| &revision.id);
        let filled = self.fill(ground, last, &[]).await?;
        if filled.reading == Read::Wrongly {
            return Ok(End::Misread);
        }
        let mut rows = filled.rows;
        if let Some((place, mut half)) = untold.take() {
            half.on_rows.short.extend(filled.short);
            if self.add(place, half) == Next::Stop {
                return Ok(End::Stopped);
            }
        }
        for place in rest.by_ref() {
            let revision = &self.history.revisions[place];
            (self.listener.borrow_mut())(Event::ProvingOnRows {
                id: &revision.id,
                name: &revision.name,
            });
            let step = Step {
                walk: self,
                ground,
                revision,
                place,
                rows: &mut rows,
                half: Half::default(),
            };
            let (half, state) = step.run().await?;
            if state.applied {
                applied.push(revision);
            }
            if state.reading == Read::Wrongly {
                return Ok(End::Misread);
            }
            if !state.proper {
                *untold = Some((place, half));
                return Ok(End::Anew);
            }
            if self.add(place, half) == Next::Stop {
                return Ok(End::Stopped);
            }
        }
        Ok(End::Reached)
    }

    /// Says what was found out about a revision.
    fn add(&self, place: usize, half: Half) -> Next {
        let verdict = self.joint.add(place, half, self.listener);
        if verdict == Some(Verdict::Finding) && self.options.stop == Stop::AtFirstFinding {
            Next::Stop
        } else {
            Next::GoOn
        }
    }

    /// Fills the database, and reads what is there then.
    async fn fill(
        &self,
        ground: &mut Ground,
        after: Option<&RevisionId>,
        fresh: &[QualifiedName],
    ) -> Result<Filled, VerifyError> {
        let leave = self.left_alone();
        let known = ground.catalog().clone();
        let refused = |message: String| VerifyError::Populate {
            revision: after.cloned(),
            message,
        };
        ground.let_others().await?;
        let wanted = Wanted {
            config: &ground.config,
            leave: &leave,
            fresh,
        };
        let done = self.populate.populate(wanted).await.map_err(refused)?;
        // Sequences have moved, and what was made anew has other OIDs.
        ground.take_stock().await?;
        let reading = if *ground.catalog() == known {
            Read::Well
        } else {
            Read::Wrongly
        };
        if reading == Read::Wrongly
            && self.options.reading == Reading::Whole
            && let Some(difference) = compare(&known, ground.catalog()).first()
        {
            let what = difference.in_words("is gone", "was made");
            return Err(refused(format!("whoever fills it changes the schema: {what}")));
        }
        let rows = Snapshot::read(&ground.session, ground.catalog(), &leave).await?;
        // How values are written is a matter of this reading, and not of the scripts that follow.
        ground.let_others().await?;
        let short = done
            .short
            .into_iter()
            .map(|(table, reason)| Short { table, reason });
        Ok(Filled {
            rows,
            short: short.collect(),
            reading,
        })
    }

    /// The bookkeeping of the history's tool.
    fn left_alone(&self) -> Vec<QualifiedName> {
        let name = runner_table_name(self.history.format);
        name.map(|name| QualifiedName::new("public", name))
            .into_iter()
            .collect()
    }
}

/// Does a walk go on?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    GoOn,
    Stop,
}
