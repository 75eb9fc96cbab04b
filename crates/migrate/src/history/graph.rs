//! Histories that say themselves which revision builds on which.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use super::problem::{Problem, ProblemKind};
use super::{Revision, RevisionId, cogway};

/// The order in which revisions without a family relation are listed: numbers by size, before words by text.
fn by_id(one: &RevisionId, other: &RevisionId) -> Ordering {
    let key = |id: &RevisionId| {
        let digits = id.as_str().bytes().all(|byte| byte.is_ascii_digit());
        let number = id.as_str().trim_start_matches('0').len();
        (!digits, if digits { number } else { 0 })
    };
    key(one).cmp(&key(other)).then_with(|| one.cmp(other))
}

/// Puts parents before children, and otherwise lower ids first. Ids must be unique.
///
/// Parents that do not exist are taken off, and revisions in a circle left out; both with a problem.
pub(super) fn parents_first(revisions: Vec<Revision>, problems: &mut Vec<Problem>) -> Vec<Revision> {
    let mut revisions = revisions;
    revisions.sort_by(|a, b| by_id(&a.id, &b.id));
    // From here on a revision is its place among them.
    let places: HashMap<RevisionId, usize> = revisions
        .iter()
        .enumerate()
        .map(|(place, revision)| (revision.id.clone(), place))
        .collect();
    let mut missing = vec![0; revisions.len()];
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); revisions.len()];
    for (place, revision) in revisions.iter_mut().enumerate() {
        let (parents, unknown): (Vec<_>, Vec<_>) = std::mem::take(&mut revision.parents)
            .into_iter()
            .partition(|parent| places.contains_key(parent));
        problems.extend(unknown.iter().map(|parent| unknown_parent(revision, parent)));
        for parent in parents.iter().filter_map(|parent| places.get(parent)) {
            children[*parent].push(place);
            missing[place] += 1;
        }
        revision.parents = parents;
    }

    let mut ready: BTreeSet<usize> = (0..revisions.len())
        .filter(|place| missing[*place] == 0)
        .collect();
    let mut waiting: Vec<Option<Revision>> = revisions.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while let Some(place) = ready.pop_first() {
        for &child in &children[place] {
            missing[child] -= 1;
            if missing[child] == 0 {
                ready.insert(child);
            }
        }
        ordered.extend(waiting[place].take());
    }
    let left: BTreeMap<&RevisionId, &Revision> = waiting
        .iter()
        .flatten()
        .map(|revision| (&revision.id, revision))
        .collect();
    problems.extend(left.values().map(|revision| in_circle(revision, &left)));
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
fn in_circle(revision: &Revision, waiting: &BTreeMap<&RevisionId, &Revision>) -> Problem {
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
