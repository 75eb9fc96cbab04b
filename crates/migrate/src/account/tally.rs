//! What came out of comparing a tool's rows with a history, before it is judged.

use std::collections::{BTreeMap, BTreeSet};

use cogway_catalog::QualifiedName;

use super::error::{AccountError, ChangedScript};
use super::{Account, Entry, Tool};
use crate::history::{History, Revision, RevisionId};

/// The rows of a tool's table, counted against the revisions of a history.
pub(super) struct Tally<'a> {
    history: &'a History,
    /// The places of applied revisions in the history, and when they were applied.
    applied: BTreeMap<usize, Option<String>>,
    /// What the table says is applied and the history does not have.
    without_file: Vec<String>,
    /// The places of the revisions whose scripts are not those that were applied.
    changed: BTreeSet<usize>,
    remarks: Vec<String>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(history: &'a History) -> Self {
        Tally {
            history,
            applied: BTreeMap::new(),
            without_file: Vec::new(),
            changed: BTreeSet::new(),
            remarks: Vec::new(),
        }
    }

    /// Compares rows that each name an applied version, for tools whose table says no more than that.
    pub(super) fn of_versions<K: Ord>(
        history: &'a History,
        key: impl Fn(&Revision) -> Option<K>,
        rows: impl IntoIterator<Item = (String, Option<K>, Option<String>)>,
    ) -> Self {
        let places = places(history, key);
        let mut tally = Tally::new(history);
        for (version, key, at) in rows {
            match key.and_then(|key| places.get(&key)) {
                Some(&place) => tally.apply(place, at),
                None => tally.miss(version),
            }
        }
        tally
    }

    /// The revision at that place is applied.
    pub(super) fn apply(&mut self, place: usize, at: Option<String>) {
        let known = self.applied.entry(place).or_default();
        if at.is_some() {
            *known = at;
        }
    }

    /// Something is applied that the history does not have.
    pub(super) fn miss(&mut self, version: impl Into<String>) {
        self.without_file.push(version.into());
    }

    /// The script of the revision at that place is not the one that was applied.
    pub(super) fn differ(&mut self, place: usize) {
        self.changed.insert(place);
    }

    pub(super) fn remark(&mut self, remark: impl Into<String>) {
        self.remarks.push(remark.into());
    }

    /// Adds a remark on the revisions at these places, in which `{}` stands for their ids; nothing if there are none.
    pub(super) fn remark_on(&mut self, places: &[usize], remark: &str) {
        let ids = names(
            places
                .iter()
                .filter_map(|&place| self.history.revisions.get(place)),
        );
        if !ids.is_empty() {
            self.remark(remark.replace("{}", &ids));
        }
    }

    /// The account, unless the history contradicts it.
    pub(super) fn conclude(self, tool: Tool, table: QualifiedName) -> Result<Account, AccountError> {
        let Tally {
            history,
            mut applied,
            without_file,
            changed,
            mut remarks,
        } = self;
        if !without_file.is_empty() {
            let hidden = |problem: &&crate::history::Problem| problem.kind.hides_sql();
            return Err(AccountError::NoFile {
                tool,
                table,
                dir: history.dir.clone(),
                versions: without_file,
                unread: history.problems.iter().filter(hidden).count(),
            });
        }
        if !changed.is_empty() {
            let scripts = changed
                .iter()
                .filter_map(|&place| history.revisions.get(place))
                .map(|revision| ChangedScript {
                    id: revision.id.clone(),
                    path: revision.up.path.clone(),
                })
                .collect();
            return Err(AccountError::Changed { tool, table, scripts });
        }
        let gaps = names(gaps(history, &applied).into_iter().rev());
        if !gaps.is_empty() {
            remarks.push(format!(
                "{tool} has not applied {gaps}, though it has applied revisions that come after."
            ));
        }
        let applied = history
            .revisions
            .iter()
            .enumerate()
            .filter_map(|(place, revision)| {
                let applied_at = applied.remove(&place)?;
                let id = revision.id.clone();
                Some(Entry { id, applied_at })
            })
            .collect();
        Ok(Account {
            tool,
            table,
            applied,
            remarks,
        })
    }
}

/// Where in the history the revision of each version is.
pub(super) fn places<K: Ord>(history: &History, key: impl Fn(&Revision) -> Option<K>) -> BTreeMap<K, usize> {
    let keyed = |(place, revision)| Some((key(revision)?, place));
    history.revisions.iter().enumerate().filter_map(keyed).collect()
}

/// Revisions that are not applied, though others are that build on them; the last first. Repeatable ones follow
/// everything else and are run again when they change, so that they say nothing about what stands before them.
fn gaps<'a>(history: &'a History, applied: &BTreeMap<usize, Option<String>>) -> Vec<&'a Revision> {
    let mut needed: BTreeSet<&RevisionId> = BTreeSet::new();
    let mut gaps = Vec::new();
    for (place, revision) in history.revisions.iter().enumerate().rev() {
        if revision.repeatable {
            continue;
        }
        let is_applied = applied.contains_key(&place);
        let is_needed = needed.contains(&revision.id);
        if is_applied || is_needed {
            needed.extend(&revision.parents);
        }
        if is_needed && !is_applied {
            gaps.push(revision);
        }
    }
    gaps
}

fn names<'a>(revisions: impl Iterator<Item = &'a Revision>) -> String {
    let ids: Vec<&str> = revisions.map(|revision| revision.id.as_str()).collect();
    ids.join(", ")
}
