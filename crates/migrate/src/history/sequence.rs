//! Histories in which each revision follows the one before: everybody's but Cogway's own.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::path::{Path, PathBuf};

use super::problem::{Problem, ProblemKind};
use super::{Revision, RevisionId, Script};

/// Which way a script goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

/// A script that was found, and what its name says of it.
pub(super) struct Found<K> {
    /// By what the tool orders its revisions; two revisions of the same key are duplicates.
    pub(super) key: K,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) direction: Direction,
    pub(super) path: PathBuf,
    /// `None` when the script is known to exist but cannot be read or run; the problem is told elsewhere.
    pub(super) script: Option<Script>,
}

/// Scripts on their way to a linear history.
pub(super) struct Sequence<K>(BTreeMap<K, Pair>);

#[derive(Default)]
struct Pair {
    up: Option<Half>,
    down: Option<Half>,
}

struct Half {
    id: String,
    name: String,
    path: PathBuf,
    script: Option<Script>,
}

impl<K: Ord> Sequence<K> {
    pub(super) fn new() -> Self {
        Sequence(BTreeMap::new())
    }

    /// Takes in a script, or complains that its place is taken.
    pub(super) fn add(&mut self, found: Found<K>, problems: &mut Vec<Problem>) {
        let Found {
            key,
            id,
            name,
            direction,
            path,
            script,
        } = found;
        let pair = self.0.entry(key).or_default();
        let half = match direction {
            Direction::Up => &mut pair.up,
            Direction::Down => &mut pair.down,
        };
        match half {
            Some(first) => problems.push(Problem::duplicate(&path, &id, &first.path)),
            None => {
                *half = Some(Half {
                    id,
                    name,
                    path,
                    script,
                })
            }
        }
    }

    /// Takes in a revision whose scripts are both in one file or folder.
    pub(super) fn add_both(&mut self, found: Found<K>, down: Option<Script>, problems: &mut Vec<Problem>) {
        let Found {
            key,
            id,
            name,
            path,
            script,
            ..
        } = found;
        match self.0.entry(key) {
            Slot::Occupied(slot) => {
                let first = slot
                    .get()
                    .up
                    .as_ref()
                    .map_or(path.as_path(), |up| up.path.as_path());
                problems.push(Problem::duplicate(&path, &id, first));
            }
            Slot::Vacant(slot) => {
                let down = down.map(|script| Half {
                    id: id.clone(),
                    name: name.clone(),
                    path: path.clone(),
                    script: Some(script),
                });
                slot.insert(Pair {
                    up: Some(Half {
                        id,
                        name,
                        path,
                        script,
                    }),
                    down,
                });
            }
        }
    }

    /// The revisions in order, each the child of the one before.
    pub(super) fn finish(self, problems: &mut Vec<Problem>) -> Vec<Revision> {
        let mut revisions: Vec<Revision> = Vec::with_capacity(self.0.len());
        for Pair { up, down } in self.0.into_values() {
            match (up, down) {
                (
                    Some(Half {
                        id,
                        name,
                        script: Some(up),
                        ..
                    }),
                    down,
                ) => {
                    let parents = revisions
                        .last()
                        .map(|parent| parent.id.clone())
                        .into_iter()
                        .collect();
                    let down = down.and_then(|down| down.script);
                    let revision = Revision {
                        id: RevisionId(id),
                        name,
                        parents,
                        up,
                        down,
                        repeatable: false,
                    };
                    revision.complain_if_blank(problems);
                    revisions.push(revision);
                }
                (None, Some(Half { id, path, .. })) => problems.push(Problem::new(
                    ProblemKind::DownWithoutUp,
                    &path,
                    format!("{id} has a down and no up"),
                    "add the script that it takes back, or delete it",
                )),
                (Some(Half { script: None, .. }), _) | (None, None) => {}
            }
        }
        revisions
    }
}

impl Revision {
    /// Adds a problem if the script that should change something does not. A merge need not: it joins what is there.
    pub(super) fn complain_if_blank(&self, problems: &mut Vec<Problem>) {
        if self.up.is_blank() && self.parents.len() < 2 {
            let message = format!("{} changes nothing: its up holds no statement", self.id);
            let hint = "write the change, or delete the revision if no database has it";
            problems.push(
                Problem::new(ProblemKind::EmptyUp, &self.up.path, message, hint).at(self.up.first_line),
            );
        }
    }
}

impl Problem {
    pub(super) fn duplicate(path: &Path, id: &str, first: &Path) -> Self {
        let message = format!("{id} is there twice; the other is {}", first.display());
        Problem::new(
            ProblemKind::DuplicateVersion,
            path,
            message,
            "give one of them another version",
        )
    }
}
