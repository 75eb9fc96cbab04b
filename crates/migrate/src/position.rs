//! Where a database stands in a history: what is applied, pending, unknown, changed, late.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use cogway_catalog::sql::Checksum;

use crate::history::{History, Revision, RevisionId};
use crate::ledger::{Applied, Ledger};
use crate::parallel;

/// A history beside the ledger of a database. Nothing here asks anybody: it is computed from the two.
#[derive(Debug)]
pub struct Position<'a> {
    /// The files.
    pub history: &'a History,
    /// What the database knows.
    pub ledger: &'a Ledger,
    revisions: HashMap<&'a RevisionId, &'a Revision>,
    applied: HashMap<&'a RevisionId, &'a Applied>,
    /// Found when somebody asks: it takes the checksums of all scripts that are applied.
    changes: OnceLock<Vec<Changed<'a>>>,
}

/// A revision that is applied and whose files are not what they were.
#[derive(Clone, Debug)]
pub struct Changed<'a> {
    /// As it is in the files.
    pub revision: &'a Revision,
    /// As it was when it was applied.
    pub applied: &'a Applied,
    /// Is its up another?
    pub up: bool,
    /// Is its down another, or gone, or new?
    pub down: bool,
    /// Does it build on others?
    pub parents: bool,
}

/// A revision that is pending although a later one is applied.
#[derive(Clone, Debug)]
pub struct Late<'a> {
    /// The revision.
    pub revision: &'a Revision,
    /// One that builds on it and is applied.
    pub before: &'a RevisionId,
}

impl<'a> Position<'a> {
    /// Compares the two.
    pub fn of(history: &'a History, ledger: &'a Ledger) -> Position<'a> {
        let revisions: HashMap<_, _> = history
            .revisions
            .iter()
            .map(|revision| (&revision.id, revision))
            .collect();
        let applied: HashMap<_, _> = ledger
            .applied
            .iter()
            .map(|applied| (&applied.id, applied))
            .collect();
        Position {
            changes: OnceLock::new(),
            history,
            ledger,
            revisions,
            applied,
        }
    }

    /// Every applied revision whose files have changed.
    fn changes(&self) -> &[Changed<'a>] {
        self.changes.get_or_init(|| {
            let compare = |revision: &&'a Revision| {
                let applied = self.applied.get(&revision.id).copied()?;
                let down = revision.down.as_ref().map(|down| Checksum::of(&down.text));
                let changed = Changed {
                    revision,
                    applied,
                    up: applied.up != Checksum::of(&revision.up.text),
                    down: applied.down != down,
                    parents: applied.parents != revision.parents,
                };
                (changed.up || changed.down || changed.parents).then_some(changed)
            };
            let revisions: Vec<&'a Revision> = self.history.revisions.iter().collect();
            parallel::map(&revisions, compare).into_iter().flatten().collect()
        })
    }

    /// The revision of that id, as it is in the files.
    pub fn revision(&self, id: &RevisionId) -> Option<&'a Revision> {
        self.revisions.get(id).copied()
    }

    /// The revision of that id, as it was applied.
    pub fn applied(&self, id: &RevisionId) -> Option<&'a Applied> {
        self.applied.get(id).copied()
    }

    /// Is there nothing to be run of this revision?
    fn is_done(&self, revision: &Revision) -> bool {
        match self.applied(&revision.id) {
            None => false,
            Some(_) if !revision.repeatable => true,
            Some(_) => !self
                .changes()
                .iter()
                .any(|changed| changed.up && changed.revision.id == revision.id),
        }
    }

    /// What is in the files and not applied, parents before children. Repeatable revisions that changed are among them.
    pub fn pending(&self) -> Vec<&'a Revision> {
        self.history
            .revisions
            .iter()
            .filter(|revision| !self.is_done(revision))
            .collect()
    }

    /// What is applied and not in the files, in the order in which it was applied.
    pub fn unknown(&self) -> Vec<&'a Applied> {
        self.ledger
            .applied
            .iter()
            .filter(|applied| !self.revisions.contains_key(&applied.id))
            .collect()
    }

    /// What is applied and whose files have changed since, repeatable revisions aside.
    pub fn changed(&self) -> Vec<&Changed<'a>> {
        self.changes()
            .iter()
            .filter(|changed| !changed.revision.repeatable)
            .collect()
    }

    /// What is pending although something that builds on it is applied.
    pub fn late(&self) -> Vec<Late<'a>> {
        // Of each revision, one that builds on it and is applied. Children come after parents.
        let mut before: HashMap<&RevisionId, &'a RevisionId> = HashMap::new();
        let mut late = Vec::new();
        for revision in self
            .history
            .revisions
            .iter()
            .rev()
            .filter(|revision| !revision.repeatable)
        {
            let later = before.get(&revision.id).copied();
            let passed = match self.applied(&revision.id) {
                Some(_) => Some(&revision.id),
                None => later,
            };
            if let (None, Some(later)) = (self.applied(&revision.id), later) {
                late.push(Late {
                    revision,
                    before: later,
                });
            }
            if let Some(passed) = passed {
                for parent in &revision.parents {
                    before.insert(parent, passed);
                }
            }
        }
        late.reverse();
        late
    }

    /// The applied revisions on which no other applied one builds, in the order in which they were applied.
    pub fn heads(&self) -> Vec<&'a Applied> {
        let built_on: HashSet<&RevisionId> = self
            .ledger
            .applied
            .iter()
            .filter(|applied| !applied.repeatable)
            .flat_map(|applied| self.parents(&applied.id))
            .collect();
        let is_head = |applied: &&Applied| !applied.repeatable && !built_on.contains(&applied.id);
        self.ledger.applied.iter().filter(is_head).collect()
    }

    /// The revisions that one builds on: as its files say, or, where there are none, as they said when it was applied.
    pub fn parents(&self, id: &RevisionId) -> &'a [RevisionId] {
        match (self.revision(id), self.applied(id)) {
            (Some(revision), _) => &revision.parents,
            (None, Some(applied)) => &applied.parents,
            (None, None) => &[],
        }
    }

    /// These revisions and all that they build on.
    pub fn with_ancestors<'i>(&self, ids: impl IntoIterator<Item = &'i RevisionId>) -> BTreeSet<RevisionId> {
        let mut found = BTreeSet::new();
        let mut waiting: Vec<RevisionId> = ids.into_iter().cloned().collect();
        while let Some(id) = waiting.pop() {
            if !found.contains(&id) {
                waiting.extend(self.parents(&id).iter().cloned());
                found.insert(id);
            }
        }
        found
    }

    /// Does the first build on the second, directly or not, or is it the same?
    pub fn builds_on(&self, id: &RevisionId, ancestor: &RevisionId) -> bool {
        self.with_ancestors([id]).contains(ancestor)
    }

    /// The heads of the files, repeatable revisions aside.
    pub fn heads_of_files(&self) -> Vec<&'a Revision> {
        heads(self.history)
    }
}

/// The heads of a history, repeatable revisions aside: those come after everything, and nothing builds on them.
pub fn heads(history: &History) -> Vec<&Revision> {
    let once = || history.revisions.iter().filter(|revision| !revision.repeatable);
    let built_on: BTreeSet<&RevisionId> = once().flat_map(|revision| &revision.parents).collect();
    once()
        .filter(|revision| !built_on.contains(&revision.id))
        .collect()
}

/// A branch of a history: a head, and what leads to it from where it parted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its head.
    pub head: RevisionId,
    /// The name of its head.
    pub name: String,
    /// The last revisions that it has in common with the others, on which its first builds; none where it begins at the
    /// base.
    pub parts_at: Vec<RevisionId>,
    /// Its own revisions, parents first, the head last.
    pub own: Vec<RevisionId>,
}

/// Cuts a history with several heads into its branches: what belongs to one head alone. What belongs to some heads and
/// not to all is in none of them.
pub fn branches(history: &History) -> Vec<Branch> {
    let heads = heads(history);
    let sets: Vec<BTreeSet<&RevisionId>> = heads
        .iter()
        .map(|head| history.with_ancestors(&head.id))
        .collect();
    let branch = |(place, head): (usize, &&Revision)| {
        let others = |id: &RevisionId| {
            sets.iter()
                .enumerate()
                .any(|(other, set)| other != place && set.contains(id))
        };
        let own: Vec<&Revision> = history
            .revisions
            .iter()
            .filter(|revision| sets[place].contains(&revision.id) && !others(&revision.id))
            .collect();
        let inside: BTreeSet<&RevisionId> = own.iter().map(|revision| &revision.id).collect();
        let mut parts_at: Vec<RevisionId> = own
            .iter()
            .flat_map(|revision| &revision.parents)
            .filter(|parent| !inside.contains(parent))
            .cloned()
            .collect();
        parts_at.sort();
        parts_at.dedup();
        Branch {
            head: head.id.clone(),
            name: head.name.clone(),
            parts_at,
            own: own.iter().map(|revision| revision.id.clone()).collect(),
        }
    };
    heads.iter().enumerate().map(branch).collect()
}
