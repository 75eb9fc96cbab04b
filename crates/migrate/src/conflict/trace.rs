//! What was read while revisions ran one after the other.

use cogway_catalog::{Catalog, Change, Difference, ObjectId, compare};
use serde_json::Value;

use crate::history::{Revision, RevisionId};

/// Revisions that ran one after the other, with the catalog after each. Catalogs share what they have in common.
pub(super) struct Trace<'h> {
    /// Before the first of them.
    pub(super) start: Catalog,
    steps: Vec<Step<'h>>,
}

struct Step<'h> {
    revision: &'h Revision,
    after: Catalog,
}

impl<'h> Trace<'h> {
    /// Nothing has run yet.
    pub(super) fn new(start: Catalog) -> Trace<'h> {
        Trace {
            start,
            steps: Vec::new(),
        }
    }

    /// Adds a revision that ran.
    pub(super) fn push(&mut self, revision: &'h Revision, after: Catalog) {
        self.steps.push(Step { revision, after });
    }

    /// The catalog after the last.
    pub(super) fn end(&self) -> &Catalog {
        self.steps.last().map_or(&self.start, |step| &step.after)
    }

    /// What all of them together made of the catalog before.
    pub(super) fn changes(&self) -> Vec<Difference> {
        compare(&self.start, self.end())
    }

    /// All that they have added, with what belongs to it.
    pub(super) fn added(&self) -> Vec<ObjectId> {
        only_in(self.end(), &self.start)
    }

    /// All that they have taken away, with what belonged to it.
    pub(super) fn removed(&self) -> Vec<ObjectId> {
        only_in(&self.start, self.end())
    }

    /// Did this revision run?
    pub(super) fn has(&self, id: &RevisionId) -> bool {
        self.steps.iter().any(|step| step.revision.id == *id)
    }

    /// The catalogs before and after a revision.
    pub(super) fn around(&self, id: &RevisionId) -> Option<(&Catalog, &Catalog)> {
        let place = self.steps.iter().position(|step| step.revision.id == *id)?;
        Some(self.catalogs(place))
    }

    /// What ran after a revision, with the catalogs before and after.
    pub(super) fn behind(&self, id: &RevisionId) -> impl Iterator<Item = (&'h Revision, &Catalog, &Catalog)> {
        let place = self.steps.iter().position(|step| step.revision.id == *id);
        let start = place.map_or(self.steps.len(), |place| place + 1);
        (start..self.steps.len()).map(|place| {
            let (before, after) = self.catalogs(place);
            (self.steps[place].revision, before, after)
        })
    }

    fn catalogs(&self, place: usize) -> (&Catalog, &Catalog) {
        let before = match place.checked_sub(1) {
            Some(previous) => &self.steps[previous].after,
            None => &self.start,
        };
        (before, &self.steps[place].after)
    }

    /// The last revision after which something looks different from before it.
    pub(super) fn last_change<K: PartialEq>(&self, look: impl Fn(&Catalog) -> K) -> Option<&'h Revision> {
        let changes = |place: &usize| {
            let (before, after) = self.catalogs(*place);
            look(before) != look(after)
        };
        let place = (0..self.steps.len()).rev().find(changes)?;
        Some(self.steps[place].revision)
    }

    /// The last revision after which the subject of a difference is different from before it.
    pub(super) fn cause(&self, difference: &Difference) -> Option<&'h Revision> {
        let id = &difference.object;
        match &difference.change {
            Change::Altered { attribute, .. } => {
                self.last_change(|catalog| attribute_of(catalog, id, attribute))
            }
            Change::Added | Change::Removed | Change::Reordered { .. } => {
                self.last_change(|catalog| catalog.get(id).is_some())
            }
        }
    }

    /// Which of two revisions ran first; those that did not run come last.
    pub(super) fn earlier(&self, a: &'h Revision, b: &'h Revision) -> &'h Revision {
        let place = |revision: &Revision| {
            let found = self.steps.iter().position(|step| step.revision.id == revision.id);
            found.unwrap_or(usize::MAX)
        };
        if place(b) < place(a) { b } else { a }
    }

    /// The last revision.
    pub(super) fn last(&self) -> Option<&'h Revision> {
        self.steps.last().map(|step| step.revision)
    }
}

/// An attribute of an object, where there is one.
pub(super) fn attribute_of(catalog: &Catalog, id: &ObjectId, attribute: &str) -> Option<Value> {
    let attributes = catalog.get(id)?.attributes().into_iter();
    attributes
        .filter(|(name, _)| name == attribute)
        .map(|(_, value)| value)
        .next()
}

fn only_in(catalog: &Catalog, other: &Catalog) -> Vec<ObjectId> {
    let ids = catalog.objects().map(|object| &object.id);
    ids.filter(|id| other.get(id).is_none()).cloned().collect()
}
