//! Where what one branch does and what the other does, each alone, do not go together.

use std::collections::BTreeSet;
use std::sync::Arc;

use cogway_catalog::{Catalog, Change, ConstraintForm, Definition, Difference, Object, ObjectId};
use serde_json::Value;

use super::ConflictKind;
use super::kinship;
use super::trace::attribute_of;
use super::trial::{Branch, Failure, Trial};
use crate::history::Revision;

/// A conflict, before it is put into words.
pub(super) struct Clash<'h> {
    pub(super) kind: ConflictKind,
    pub(super) object: Option<ObjectId>,
    /// What the first branch does, and what the second.
    pub(super) deeds: [Deed<'h>; 2],
    /// Of each branch, what makes it fail behind the other, where that comes of this.
    pub(super) failures: [Option<Failure<'h>>; 2],
}

/// What a branch does, and in which revision.
pub(super) struct Deed<'h> {
    pub(super) revision: &'h Revision,
    pub(super) does: Does,
}

/// What a branch does.
#[derive(Clone)]
pub(super) enum Does {
    /// It makes an object.
    Adds(ObjectId),
    /// It takes an object away.
    Drops(ObjectId),
    /// It gives an object another name.
    Renames { from: ObjectId, to: ObjectId },
    /// It makes these changes.
    Changes(Vec<Difference>),
    /// It has something that PostgreSQL says needs the object.
    Needs,
    /// It runs; more is not known.
    Runs,
}

impl Clash<'_> {
    /// Do both branches change the same to the same?
    pub(super) fn agrees(&self) -> bool {
        match (&self.deeds[0].does, &self.deeds[1].does) {
            (Does::Changes(ours), Does::Changes(theirs)) => {
                self.kind == ConflictKind::BothAlter && ours == theirs
            }
            _ => false,
        }
    }
}

/// What was found by comparing what the branches do.
#[derive(Default)]
pub(super) struct Found<'h> {
    /// What does not go together.
    pub(super) clashes: Vec<Clash<'h>>,
    /// What both do and what gives the same in both orders. It only stands in the way where a script fails for it.
    pub(super) harmless: Vec<Clash<'h>>,
}

/// A branch with what it does when it runs alone.
struct Work<'t, 'h> {
    branch: &'t Branch<'h>,
    changes: Vec<Difference>,
    /// All that it adds, also what comes with something else.
    added: BTreeSet<ObjectId>,
}

/// Compares what the branches do, each alone on what is common.
pub(super) fn find<'h>(trial: &Trial<'h>) -> Found<'h> {
    let works = trial.branches.each_ref().map(|branch| Work {
        branch,
        changes: branch.alone.changes(),
        added: branch.alone.added().into_iter().collect(),
    });
    let comparison = Comparison { trial, works };
    let mut found = Found::default();
    comparison.both_add(&mut found);
    comparison.both_drop(&mut found);
    comparison.alter_and_drop(&mut found, 0);
    comparison.alter_and_drop(&mut found, 1);
    comparison.both_alter(&mut found);
    trial.leave_out_followers(&mut found.clashes);
    trial.leave_out_followers(&mut found.harmless);
    found
}

impl Trial<'_> {
    /// Leaves out what is only there because another one of the list is.
    pub(super) fn leave_out_followers(&self, list: &mut Vec<Clash<'_>>) {
        let follows: Vec<bool> = list.iter().map(|clash| self.follows(clash, list)).collect();
        let mut follows = follows.into_iter();
        list.retain(|_| !follows.next().unwrap_or_default());
    }

    /// Is a clash only there because another one of the list is: on the table that it is a partition of, on the column
    /// that it inherits, on its schema?
    fn follows(&self, clash: &Clash<'_>, list: &[Clash<'_>]) -> bool {
        list.iter().any(|origin| {
            let (Some(id), Some(origin_id)) = (&clash.object, &origin.object) else {
                return false;
            };
            let [first, second] = &self.branches;
            let catalogs = [&first.alone.start, first.alone.end(), second.alone.end()];
            clash.kind == origin.kind
                && catalogs.into_iter().any(|catalog| {
                    let object = catalog.get(id);
                    object.is_some_and(|object| match clash.kind {
                        // Somebody wrote each of them, and has to take out each.
                        ConflictKind::BothAdd => kinship::inherits(catalog, object, origin_id),
                        _ => {
                            kinship::inherits(catalog, object, origin_id)
                                || kinship::is_inside(object, origin_id)
                        }
                    })
                })
        })
    }

    /// What is there at the end of each order: where the first branch runs first, and where the second does.
    pub(super) fn ends(&self) -> [&Catalog; 2] {
        let [first, second] = &self.branches;
        [second.behind.end(), first.behind.end()]
    }

    /// Do both branches, each alone, make the same of an object, with all that goes with it?
    pub(super) fn agree_on(&self, id: &ObjectId) -> bool {
        let made = |branch: &Branch<'_>| -> Vec<Arc<Object>> {
            let objects = branch.alone.end().objects();
            let belongs = |object: &&Arc<Object>| object.id == *id || kinship::goes_with(object, id);
            objects.filter(belongs).cloned().collect()
        };
        made(&self.branches[0]) == made(&self.branches[1])
    }

    /// Did these revisions of the branches also run behind the other branch?
    fn met(&self, revisions: [&Revision; 2]) -> bool {
        let mut pairs = self.branches.iter().zip(revisions);
        pairs.all(|(branch, revision)| branch.behind.has(&revision.id))
    }
}

struct Comparison<'t, 'h> {
    trial: &'t Trial<'h>,
    works: [Work<'t, 'h>; 2],
}

impl<'h> Comparison<'_, 'h> {
    /// Both add the same, or what cannot be there together.
    fn both_add(&self, found: &mut Found<'h>) {
        let [first, second] = &self.works;
        let mut pairs = BTreeSet::new();
        let excluding = |id: &ObjectId, work: &Work<'_, 'h>| {
            let others = work.added.iter();
            let others = others.filter(|other| *other == id || kinship::exclude_each_other(id, other));
            others.cloned().collect::<Vec<_>>()
        };
        for id in first.told(&Change::Added) {
            pairs.extend(excluding(id, second).into_iter().map(|other| (id.clone(), other)));
        }
        for id in second.told(&Change::Added) {
            pairs.extend(excluding(id, first).into_iter().map(|other| (other, id.clone())));
        }
        for (one, other) in pairs {
            let (Some(a), Some(b)) = (first.adds(&one), second.adds(&other)) else {
                continue;
            };
            // Both dropped the old name, which is said of that.
            let of_one = |does: &Does| match does {
                Does::Renames { from, .. } => Some(from.clone()),
                _ => None,
            };
            let same_origin = of_one(&a.does).is_some() && of_one(&a.does) == of_one(&b.does);
            // From PostgreSQL 18 on, NOT NULL is a constraint too; it is an attribute of its column first.
            let not_null = first.object(&one).is_some_and(|object| {
                matches!(&object.definition, Definition::Constraint(constraint) if constraint.form == ConstraintForm::NotNull)
            });
            if !same_origin && !not_null {
                found.clashes.push(clash(ConflictKind::BothAdd, one, [a, b]));
            }
        }
    }

    /// Both take the same away.
    fn both_drop(&self, found: &mut Found<'h>) {
        let [first, second] = &self.works;
        let dropped: BTreeSet<&ObjectId> = second.told(&Change::Removed).collect();
        for id in first.told(&Change::Removed).filter(|id| dropped.contains(id)) {
            if let (Some(a), Some(b)) = (first.drops(id), second.drops(id)) {
                found
                    .clashes
                    .push(clash(ConflictKind::BothDrop, id.clone(), [a, b]));
            }
        }
    }

    /// The branch at this place takes away what the other changes, or adds something to.
    fn alter_and_drop(&self, found: &mut Found<'h>, dropping: usize) {
        let (dropper, other) = (&self.works[dropping], &self.works[1 - dropping]);
        let dropped: BTreeSet<&ObjectId> = dropper.told(&Change::Removed).collect();
        for &id in &dropped {
            let touches = |difference: &&Difference| {
                let object = other.object(&difference.object);
                let gone_in_both =
                    difference.change == Change::Removed && dropped.contains(&difference.object);
                !gone_in_both && object.is_some_and(|object| kinship::needs(object, id))
            };
            let touching: Vec<Difference> = other.changes.iter().filter(touches).cloned().collect();
            let revisions = touching
                .iter()
                .filter_map(|difference| other.branch.alone.cause(difference));
            // The first that does anything to it is the one that fails.
            let first = revisions.reduce(|a, b| other.branch.alone.earlier(a, b));
            let (Some(revision), Some(drop)) = (first, dropper.drops(id)) else {
                continue;
            };
            let renames = matches!(drop.does, Does::Renames { .. });
            let change = Deed {
                revision,
                does: Does::Changes(touching),
            };
            let deeds = in_order(dropping, drop, change);
            let ends = self.trial.ends().map(|catalog| catalog.get(id));
            let settled = self.trial.met([deeds[0].revision, deeds[1].revision]) && ends[0] == ends[1];
            let clash = clash(ConflictKind::AlterAndDrop, id.clone(), deeds);
            if !settled {
                found.clashes.push(clash);
            } else if !renames {
                // What is renamed takes with it what the other does.
                found.harmless.push(clash);
            }
        }
    }

    /// Both change the same attributes of an object.
    fn both_alter(&self, found: &mut Found<'h>) {
        let [first, second] = &self.works;
        let mut objects: Vec<&ObjectId> = first.altered().map(|(id, ..)| id).collect();
        objects.dedup();
        for id in objects {
            let (mut at_odds, mut agreed) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
            for (_, attribute, value, change) in first.altered().filter(|(other, ..)| *other == id) {
                let same = |(other, name, ..): &(&ObjectId, &str, &Value, &Difference)| {
                    *other == id && *name == attribute
                };
                let Some((_, _, other_value, other_change)) = second.altered().find(same) else {
                    continue;
                };
                let list = if value == other_value {
                    &mut agreed
                } else if self.at_odds([change, other_change], attribute) {
                    &mut at_odds
                } else {
                    continue;
                };
                list[0].push(change.clone());
                list[1].push(other_change.clone());
            }
            let (list, changes) = if at_odds[0].is_empty() {
                (&mut found.harmless, agreed)
            } else {
                (&mut found.clashes, at_odds)
            };
            let [ours, theirs] = changes;
            if let (Some(a), Some(b)) = (first.alters(ours), second.alters(theirs)) {
                list.push(clash(ConflictKind::BothAlter, id.clone(), [a, b]));
            }
        }
    }

    /// Do two changes of one attribute end in something else in each order, as far as is known?
    fn at_odds(&self, changes: [&Difference; 2], attribute: &str) -> bool {
        let [first, second] = &self.works;
        let causes = (
            first.branch.alone.cause(changes[0]),
            second.branch.alone.cause(changes[1]),
        );
        let met = matches!(causes, (Some(a), Some(b)) if self.trial.met([a, b]));
        let id = &changes[0].object;
        let [one, other] = self
            .trial
            .ends()
            .map(|catalog| attribute_of(catalog, id, attribute));
        match (one, other) {
            // Both may well add to a list. In another order it is another list, which is no matter of who wins.
            (Some(Value::Array(mut one)), Some(Value::Array(mut other))) => {
                one.sort_by_key(Value::to_string);
                other.sort_by_key(Value::to_string);
                met && one != other
            }
            // Where one of them did not run behind the other, the last would win.
            (one, other) => !met || one != other,
        }
    }
}

impl<'h> Work<'_, 'h> {
    /// The objects of one sort of change that stand for themselves.
    fn told<'w>(&'w self, change: &'w Change) -> impl Iterator<Item = &'w ObjectId> {
        let changes = self
            .changes
            .iter()
            .filter(move |difference| difference.change == *change);
        changes.map(|difference| &difference.object)
    }

    /// The attributes that it changes: object, attribute, new value, and the difference itself.
    fn altered(&self) -> impl Iterator<Item = (&ObjectId, &str, &Value, &Difference)> {
        self.changes
            .iter()
            .filter_map(|difference| match &difference.change {
                Change::Altered { attribute, after, .. } => {
                    Some((&difference.object, attribute.as_str(), after, difference))
                }
                _ => None,
            })
    }

    /// An object that it changes, as it is afterwards or, where it is gone then, before.
    fn object(&self, id: &ObjectId) -> Option<&Arc<Object>> {
        let trace = &self.branch.alone;
        trace.end().get(id).or_else(|| trace.start.get(id))
    }

    fn adds(&self, id: &ObjectId) -> Option<Deed<'h>> {
        let trace = &self.branch.alone;
        let revision = trace.last_change(|catalog| catalog.get(id).is_some())?;
        let (before, after) = trace.around(&revision.id)?;
        let gone = before.of_kind(id.kind).map(|object| &object.id);
        let origin = gone
            .filter(|old| after.get(old).is_none())
            .find(|old| kinship::renamed(before, after, old).as_ref() == Some(id));
        let does = match origin {
            Some(from) => Does::Renames {
                from: from.clone(),
                to: id.clone(),
            },
            None => Does::Adds(id.clone()),
        };
        Some(Deed { revision, does })
    }

    fn drops(&self, id: &ObjectId) -> Option<Deed<'h>> {
        drop_in(self.branch, id)
    }

    fn alters(&self, changes: Vec<Difference>) -> Option<Deed<'h>> {
        let trace = &self.branch.alone;
        let causes = changes.iter().filter_map(|change| trace.cause(change));
        // What the last one leaves is what counts.
        let revision = causes.reduce(|a, b| if trace.earlier(a, b).id == a.id { b } else { a })?;
        Some(Deed {
            revision,
            does: Does::Changes(changes),
        })
    }
}

/// How a branch takes an object away when it runs alone: the name that it has in the end counts, whatever it was called
/// in between.
pub(super) fn drop_in<'h>(branch: &Branch<'h>, id: &ObjectId) -> Option<Deed<'h>> {
    let trace = &branch.alone;
    let mut revision = trace.last_change(|catalog| catalog.get(id).is_some())?;
    let (before, after) = trace.around(&revision.id)?;
    let mut now = kinship::renamed(before, after, id);
    for (later, before, after) in trace.behind(&revision.id) {
        if let Some(name) = now.take_if(|name| after.get(name).is_none()) {
            now = kinship::renamed(before, after, &name);
            if now.is_none() {
                revision = later;
            }
        }
    }
    let does = match now {
        Some(to) => Does::Renames { from: id.clone(), to },
        None => Does::Drops(id.clone()),
    };
    Some(Deed { revision, does })
}

/// Puts the deed of the branch at this place and that of the other into the order of the branches.
pub(super) fn in_order<'h>(place: usize, own: Deed<'h>, other: Deed<'h>) -> [Deed<'h>; 2] {
    match place {
        0 => [own, other],
        _ => [other, own],
    }
}

pub(super) fn clash<'h>(kind: ConflictKind, object: ObjectId, deeds: [Deed<'h>; 2]) -> Clash<'h> {
    Clash {
        kind,
        object: Some(object),
        deeds,
        failures: [None, None],
    }
}
