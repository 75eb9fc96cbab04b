//! A history proved twice: on what its revisions leave, and on rows. The findings of a revision are those of both.
//!
//! What the proof on rows may say depends on the other: a script that fails without any rows does not fail on them. So it
//! waits for the other where it has to know.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::task::{Poll, Waker};
use std::time::Duration;

use futures_util::future::try_join;

use super::on_rows::OnRows;
use super::options::Options;
use super::populate::Populate;
use super::populated::Walk;
use super::report::{Event, Finding, FindingKind, RevisionReport, Verdict};
use super::stretch::{Listener, Proved};
use super::{VerifyError, jobs, prove_stretches};
use crate::history::{History, RevisionId};

/// What the proof on rows has to say of a revision.
#[derive(Debug, Default)]
pub(super) struct Half {
    pub(super) findings: Vec<Finding>,
    pub(super) on_rows: OnRows,
    pub(super) took: Duration,
}

/// What both proofs have said so far.
pub(super) struct Joint<'a> {
    options: &'a Options,
    places: BTreeMap<&'a RevisionId, usize>,
    said: RefCell<BTreeMap<usize, Said>>,
    /// Who waits for the proof without rows.
    waiting: RefCell<Option<Waker>>,
}

/// What was said of a revision.
#[derive(Default)]
struct Said {
    plain: Option<Arc<RevisionReport>>,
    half: Option<Half>,
    both: Option<RevisionReport>,
}

/// Both proofs of a history, joined.
pub(super) struct Joined {
    pub(super) stretches: Vec<Proved>,
    pub(super) revisions: Vec<RevisionReport>,
    pub(super) stopped_early: bool,
}

/// Proves a range both ways: side by side where that may be, else first without rows. None where reading what changed gave
/// another catalog than reading everything.
pub(super) async fn prove(
    history: &History,
    range: Range<usize>,
    options: &Options,
    populate: &dyn Populate,
    listener: &Listener<'_>,
) -> Result<Option<Joined>, VerifyError> {
    let joint = Joint::new(history, options);
    let mut hear = |event: Event<'_>| match event {
        Event::Proved(report) => joint.hear(report, listener),
        other => (listener.borrow_mut())(other),
    };
    let plain_listener: Listener<'_> = RefCell::new(&mut hear);
    let plain = prove_stretches(history, range.clone(), options, &plain_listener);
    let walk = Walk {
        history,
        options,
        populate,
        joint: &joint,
        listener,
    };
    let (stretches, walked) = if jobs(options) > 1 {
        try_join(plain, walk.prove(range.clone())).await?
    } else {
        let Some(stretches) = plain.await? else {
            return Ok(None);
        };
        // It may have ended at the first finding.
        let proved: usize = stretches.iter().map(|stretch| stretch.revisions.len()).sum();
        let walked = walk.prove(range.start..range.start + proved).await?;
        (Some(stretches), walked)
    };
    let (Some(stretches), Some(walked)) = (stretches, walked) else {
        return Ok(None);
    };
    let stopped_early = stretches.iter().any(|stretch| stretch.stopped_early) || walked.stopped_early;
    Ok(Some(Joined {
        stretches,
        revisions: joint.into_reports(),
        stopped_early,
    }))
}

impl<'a> Joint<'a> {
    fn new(history: &'a History, options: &'a Options) -> Joint<'a> {
        let ids = history.revisions.iter().map(|revision| &revision.id);
        Joint {
            options,
            places: ids.enumerate().map(|(place, id)| (id, place)).collect(),
            said: RefCell::default(),
            waiting: RefCell::default(),
        }
    }

    /// Takes in what the proof without rows says.
    fn hear(&self, report: &RevisionReport, listener: &Listener<'_>) {
        let Some(&place) = self.places.get(&report.id) else {
            return;
        };
        let mut said = self.said.borrow_mut();
        said.entry(place).or_default().plain = Some(Arc::new(report.clone()));
        drop(said);
        self.tell(place, listener);
        if let Some(waiting) = self.waiting.borrow_mut().take() {
            waiting.wake();
        }
    }

    /// Takes in what the proof on rows says, and returns what is to be thought of the revision, if that is known.
    pub(super) fn add(&self, place: usize, half: Half, listener: &Listener<'_>) -> Option<Verdict> {
        self.said.borrow_mut().entry(place).or_default().half = Some(half);
        self.tell(place, listener)
    }

    /// Tells what both have said, when they have.
    fn tell(&self, place: usize, listener: &Listener<'_>) -> Option<Verdict> {
        let mut said = self.said.borrow_mut();
        let said = said.entry(place).or_default();
        if let (Some(plain), Some(half)) = (&said.plain, said.half.take_if(|_| said.plain.is_some())) {
            said.both = Some(join(plain, half, self.options));
        }
        let both = said.both.as_ref()?;
        (listener.borrow_mut())(Event::Proved(both));
        Some(both.verdict)
    }

    /// What the proof without rows says of a revision, as soon as it has.
    pub(super) async fn plain(&self, place: usize) -> Arc<RevisionReport> {
        poll_fn(|context| {
            let said = self.said.borrow();
            match said.get(&place).and_then(|said| said.plain.clone()) {
                Some(plain) => Poll::Ready(plain),
                None => {
                    *self.waiting.borrow_mut() = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }

    fn into_reports(self) -> Vec<RevisionReport> {
        let said = self.said.into_inner().into_values();
        said.filter_map(|said| said.both).collect()
    }
}

/// Does a report say of this script that it fails in one of these ways, or cannot be judged?
pub(super) fn says(report: &RevisionReport, kinds: &[FindingKind], path: &Path) -> bool {
    report.findings.iter().any(|finding| {
        finding.path == path && (kinds.contains(&finding.kind) || finding.kind == FindingKind::CannotJudge)
    })
}

/// The report of a revision from what both proofs say. What both have found is told once.
fn join(plain: &RevisionReport, half: Half, options: &Options) -> RevisionReport {
    let mut report = plain.clone();
    let known = |finding: &Finding| {
        plain.findings.iter().any(|other| {
            (other.kind, &other.object, &other.attribute, &other.path)
                == (finding.kind, &finding.object, &finding.attribute, &finding.path)
        })
    };
    report
        .findings
        .extend(half.findings.into_iter().filter(|finding| !known(finding)));
    options.mark_allowed(&report.id, &mut report.findings);
    report.verdict = Verdict::of(&report.findings);
    report.took += half.took;
    report.on_rows = Some(half.on_rows);
    report
}
