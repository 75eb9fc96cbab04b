//! A stretch of a history, proved on a ground of its own.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use cogway_catalog::{QualifiedName, Unmodelled};

use super::VerifyError;
use super::ground::Ground;
use super::options::{Options, Reading, Stop};
use super::proof::Proof;
use super::report::{Event, RevisionReport, Verdict};
use super::rows::Data;
use crate::course::{Course, Way};
use crate::history::{History, Revision};

/// Whoever is told what happens; stretches that are proved side by side share it.
pub(super) type Listener<'a> = RefCell<&'a mut (dyn FnMut(Event<'_>) + 'a)>;

/// Revisions that follow each other, with what they stand on.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// The revisions to prove, by their places in the history.
    pub(super) range: Range<usize>,
    /// Before this place every `up` must succeed; from here on a failing one is somebody's finding.
    pub(super) firm: usize,
}

/// What was found out about a stretch.
pub(super) struct Proved {
    pub(super) revisions: Vec<RevisionReport>,
    /// The tables whose rows were compared at some time.
    pub(super) watched: BTreeSet<QualifiedName>,
    pub(super) stopped_early: bool,
    pub(super) unmodelled: Vec<Unmodelled>,
    pub(super) server_version: u32,
}

impl Stretch {
    /// Cuts a range of revisions into stretches that take about the same time.
    pub(super) fn cut(range: Range<usize>, jobs: usize) -> Vec<Stretch> {
        /// Below this a further server costs more than it saves.
        const LEAST: usize = 24;
        let jobs = jobs.clamp(1, (range.len() / LEAST).max(1));
        // The time that a stretch may take, between what is too little and what surely is enough.
        let (mut too_little, mut enough) = (0.0, cost(&range, 0, range.end) + 1.0);
        for _ in 0..40 {
            let middle = (too_little + enough) / 2.0;
            match ends(&range, jobs, middle).last() {
                Some(&end) if end >= range.end => enough = middle,
                _ => too_little = middle,
            }
        }
        let mut start = range.start;
        let cut = ends(&range, jobs, enough).into_iter().map(|end| {
            let stretch = Stretch {
                range: start..end,
                firm: range.start,
            };
            start = end;
            stretch
        });
        cut.collect()
    }

    /// Proves it. None where reading what changed gave another catalog than reading everything.
    pub(super) async fn prove(
        self,
        history: &History,
        options: &Options,
        listener: &Listener<'_>,
    ) -> Result<Option<Proved>, VerifyError> {
        // Which revisions a ground of this stretch consists of.
        let mut applied: Vec<&Revision> = Vec::new();
        let before = history.revisions[..self.range.start].iter().enumerate();
        let before: Vec<(&Revision, bool)> = before
            .map(|(place, revision)| (revision, place < self.firm))
            .collect();
        let mut ground = build(history, options, &before, &mut applied).await?;
        let mut proved = Proved {
            revisions: Vec::with_capacity(self.range.len()),
            watched: BTreeSet::new(),
            stopped_early: false,
            unmodelled: Vec::new(),
            server_version: ground.session.server_version(),
        };
        let mut rest = self.range;
        loop {
            let section = Section {
                history,
                options,
                listener,
                applied: &mut applied,
                proved: &mut proved,
            };
            match section.prove(&mut ground, &mut rest).await {
                Ok(End::Reached) => break,
                Ok(End::GroundLost) => {
                    (listener.borrow_mut())(Event::Rebuilding {
                        revisions: applied.len(),
                    });
                    ground.clear().await?;
                    let again: Vec<(&Revision, bool)> =
                        applied.drain(..).map(|revision| (revision, true)).collect();
                    ground = build(history, options, &again, &mut applied).await?;
                }
                Err(error) => {
                    // The first error is the one to tell.
                    let _ = ground.clear().await;
                    return Err(error);
                }
            }
        }
        let same = options.reading == Reading::Whole || ground.is_true().await?;
        proved.unmodelled = ground.catalog().unmodelled().iter().cloned().collect();
        ground.clear().await?;
        Ok(same.then_some(proved))
    }
}

/// Revisions that are proved on one ground.
struct Section<'s, 'h, 'l> {
    history: &'h History,
    options: &'s Options,
    listener: &'s Listener<'l>,
    applied: &'s mut Vec<&'h Revision>,
    proved: &'s mut Proved,
}

/// Why a section ends.
enum End {
    /// There are no more revisions to prove.
    Reached,
    /// The last one left the ground in a state that a plain `up` does not leave.
    GroundLost,
}

impl Section<'_, '_, '_> {
    /// Proves revisions until there are no more or the ground is lost; `rest` are then those that remain.
    async fn prove(self, ground: &mut Ground, rest: &mut Range<usize>) -> Result<End, VerifyError> {
        let tell = |event: Event<'_>| (self.listener.borrow_mut())(event);
        let (history, options) = (self.history, self.options);
        let mut data = Data::read(&ground.session, ground.catalog(), &options.data).await?;
        for place in rest.by_ref() {
            let revision = &history.revisions[place];
            tell(Event::Proving {
                id: &revision.id,
                name: &revision.name,
            });
            let proof = Proof {
                ground,
                revision,
                format: history.format,
                options,
                data: &mut data,
            };
            let (report, state) = proof.run().await?;
            self.proved.watched.extend(data.names().cloned());
            if state.applied {
                self.applied.push(revision);
            }
            tell(Event::Proved(&report));
            let stop = report.verdict == Verdict::Finding && options.stop == Stop::AtFirstFinding;
            self.proved.revisions.push(report);
            if stop {
                self.proved.stopped_early = true;
                return Ok(End::Reached);
            }
            if !state.proper {
                return Ok(End::GroundLost);
            }
        }
        Ok(End::Reached)
    }
}

/// What a stretch costs that proves these places, in units of proving a revision of a small schema: the more there is,
/// the longer its proof takes; what comes before is only run up, which costs a fraction of that.
fn cost(range: &Range<usize>, start: usize, end: usize) -> f64 {
    const UP: f64 = 0.4;
    let whole = range.end.max(1) as f64;
    let grown = |place: usize| 1.0 + 2.0 * place as f64 / whole;
    UP * start as f64 + (end - start) as f64 * (grown(start) + grown(end)) / 2.0
}

/// Where the stretches end when each may cost so much.
fn ends(range: &Range<usize>, jobs: usize, limit: f64) -> Vec<usize> {
    let mut start = range.start;
    let ends = (0..jobs).map(|_| {
        let fits = (start..=range.end)
            .take_while(|&end| cost(range, start, end) <= limit)
            .last();
        start = fits.unwrap_or(start);
        start
    });
    ends.collect()
}

/// A ground on which these revisions were run up, one after the other. Those that need not succeed, and do not, are left
/// out.
pub(super) async fn build<'h>(
    history: &History,
    options: &Options,
    revisions: &[(&'h Revision, bool)],
    applied: &mut Vec<&'h Revision>,
) -> Result<Ground, VerifyError> {
    let mut left_out: Vec<usize> = Vec::new();
    'again: loop {
        applied.clear();
        let mut ground = Ground::prepare(history, options).await?;
        for (place, &(revision, must)) in revisions.iter().enumerate() {
            if left_out.contains(&place) {
                continue;
            }
            let course = Course::of(&revision.up, history.format);
            let message = match &course.way {
                Way::Psql { line, what } => {
                    format!(
                        "{}:{line}: {what}, which only psql understands",
                        revision.up.path.display()
                    )
                }
                _ => match ground.advance(&course).await? {
                    Ok(()) => {
                        applied.push(revision);
                        continue;
                    }
                    Err(failure) => format!("{}: {}", revision.up.path.display(), failure.error),
                },
            };
            if must {
                ground.clear().await?;
                return Err(VerifyError::DoesNotApply {
                    revision: revision.id.clone(),
                    message,
                });
            }
            if !matches!(course.way, Way::Transaction(_) | Way::Psql { .. }) {
                // Some of its statements may have been run: begin again without it.
                left_out.push(place);
                ground.clear().await?;
                continue 'again;
            }
        }
        ground.take_stock().await?;
        return Ok(ground);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(range: Range<usize>, jobs: usize, ends: &[usize]) {
        let found: Vec<usize> = Stretch::cut(range, jobs)
            .into_iter()
            .map(|stretch| stretch.range.end)
            .collect();
        assert_eq!(found, ends);
    }

    #[test]
    fn stretches_cover_the_range() {
        check(0..0, 4, &[0]);
        check(0..10, 4, &[10]);
        check(0..100, 2, &[68, 100]);
        check(10..110, 1, &[110]);
        for jobs in 1..9 {
            let cut = Stretch::cut(7..300, jobs);
            assert_eq!(cut.first().map(|stretch| stretch.range.start), Some(7));
            assert_eq!(cut.last().map(|stretch| stretch.range.end), Some(300));
            assert!(
                cut.windows(2).all(|two| two[0].range.end == two[1].range.start),
                "{cut:?}"
            );
        }
    }
}
