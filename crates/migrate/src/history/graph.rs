//! Histories that say themselves which revision builds on which.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::problem::{Problem, ProblemKind};
use super::{Revision, RevisionId, cogway};

/// An id in the order in which revisions without a family relation are listed: numbers by size, before words by text.
#[derive(PartialEq, Eq)]
struct ById(RevisionId);

impl Ord for ById {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |id: &RevisionId| {
            let digits = id.as_str().bytes().all(|byte| byte.is_ascii_digit());
            let number = id.as_str().trim_start_matches('0').len();
            (!digits, if digits { number } else { 0 })
        };
        key(&self.0)
            .cmp(&key(&other.0))
            .then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for ById {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Puts parents before children, and otherwise lower ids first. Ids must be unique.
///
/// Parents that do not exist are taken off, and revisions in a circle left out; both with a problem.
pub(super) fn parents_first(revisions: Vec<Revision>, problems: &mut Vec<Problem>) -> Vec<Revision> {
    let known: BTreeSet<RevisionId> = revisions.iter().map(|revision| revision.id.clone()).collect();
    let mut waiting: BTreeMap<RevisionId, Revision> = BTreeMap::new();
    for mut revision in revisions {
        for parent in revision.parents.iter().filter(|parent| !known.contains(parent)) {
            problems.push(unknown_parent(&revision, parent));
        }
        revision.parents.retain(|parent| known.contains(parent));
        waiting.insert(revision.id.clone(), revision);
    }

    let mut missing: BTreeMap<RevisionId, usize> = BTreeMap::new();
    let mut children: BTreeMap<RevisionId, Vec<RevisionId>> = BTreeMap::new();
    let mut ready = BTreeSet::new();
    for revision in waiting.values() {
        missing.insert(revision.id.clone(), revision.parents.len());
        for parent in &revision.parents {
            children
                .entry(parent.clone())
                .or_default()
                .push(revision.id.clone());
        }
        if revision.parents.is_empty() {
            ready.insert(ById(revision.id.clone()));
        }
    }
    let mut ordered = Vec::with_capacity(waiting.len());
    while let Some(ById(id)) = ready.pop_first() {
        for child in children.remove(&id).unwrap_or_default() {
            let Some(count) = missing.get_mut(&child) else {
                continue;
            };
            *count -= 1;
            if *count == 0 {
                ready.insert(ById(child));
            }
        }
        ordered.extend(waiting.remove(&id));
    }
    problems.extend(waiting.values().map(|revision| in_circle(revision, &waiting)));
    ordered
}

fn unknown_parent(revision: &Revision, parent: &RevisionId) -> Problem {
    let message = format!("{} builds on {parent}, which does not exist", revision.id);
    let hint = "correct `parents` in revision.toml, or bring back the revision";
    Problem::new(ProblemKind::UnknownParent, &settings_of(revision), message, hint)
}

/// The file that names a revision's parents.
fn settings_of(revision: &Revision) -> PathBuf {
    revision.up.path.with_file_name(cogway::SETTINGS)
}

/// Why a revision could not be placed: the way from parent to parent until it comes back to where it was.
fn in_circle(revision: &Revision, waiting: &BTreeMap<RevisionId, Revision>) -> Problem {
    let mut way = vec![&revision.id];
    let mut at = revision;
    let closes = loop {
        // Each one left waits for a parent that is left as well.
        let Some(parent) = at.parents.iter().find_map(|parent| waiting.get(parent)) else {
            break None;
        };
        if let Some(first) = way.iter().position(|id| **id == parent.id) {
            break Some(first);
        }
        way.push(&parent.id);
        at = parent;
    };
    let circle: Vec<_> = way
        .iter()
        .skip(closes.unwrap_or_default())
        .map(|id| id.as_str())
        .collect();
    let message = match closes {
        Some(0) => format!(
            "{} builds on itself: {} → {}",
            revision.id,
            circle.join(" → "),
            revision.id
        ),
        _ => format!(
            "{} builds on revisions that build on themselves: {}",
            revision.id,
            circle.join(" → ")
        ),
    };
    Problem::new(
        ProblemKind::Cycle,
        &settings_of(revision),
        message,
        "correct `parents` in revision.toml",
    )
}
