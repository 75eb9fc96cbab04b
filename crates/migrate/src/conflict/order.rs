//! What depends on the order of the branches although every script runs in both orders.

use std::collections::BTreeMap;

use cogway_catalog::{Change, Difference, Name, ObjectId, Unmodelled, compare, compare_unmodelled};

use super::ConflictKind;
use super::clash::{Clash, Deed, Does, clash};
use super::kinship;
use super::trial::{Branch, Trial};
use crate::history::Revision;

/// What the two orders lead to, where it is not the same.
#[derive(Default)]
pub(super) struct Unsettled<'h> {
    pub(super) clashes: Vec<Clash<'h>>,
    /// Relations whose columns stand in another order.
    pub(super) reordered: Vec<Reordered<'h>>,
    /// What is not modelled, and only there after one of the orders.
    pub(super) unmodelled: Vec<OnlyInOne<'h>>,
}

/// The columns of a relation where the first branch comes first, and where the second does.
pub(super) struct Reordered<'h> {
    pub(super) object: ObjectId,
    pub(super) orders: [Vec<Name>; 2],
    pub(super) revisions: [&'h Revision; 2],
}

/// Something that is not modelled, and only there where the branch at this place comes first.
pub(super) struct OnlyInOne<'h> {
    pub(super) thing: Unmodelled,
    pub(super) place: usize,
    pub(super) revisions: [&'h Revision; 2],
}

/// Compares the ends of both orders, and leaves out what a conflict says that is known already. Where a script failed
/// there are no ends to compare.
pub(super) fn find<'h>(trial: &Trial<'h>, known: &[Clash<'h>]) -> Unsettled<'h> {
    let mut unsettled = Unsettled::default();
    let [first, second] = &trial.branches;
    let (Some(last), Some(other_last)) = (first.alone.last(), second.alone.last()) else {
        return unsettled;
    };
    if first.failure.is_some() || second.failure.is_some() {
        return unsettled;
    }
    let lasts = [last, other_last];
    let [straight, crossed] = trial.ends();
    let mut altered: BTreeMap<ObjectId, Vec<Difference>> = BTreeMap::new();
    for difference in compare(straight, crossed) {
        if known
            .iter()
            .any(|clash| is_about(trial, clash, &difference.object))
        {
            continue;
        }
        if let Change::Reordered { before, after } = difference.change {
            unsettled.reordered.push(Reordered {
                revisions: responsible_for_columns(trial, &difference.object, lasts),
                object: difference.object,
                orders: [before, after],
            });
        } else {
            altered
                .entry(difference.object.clone())
                .or_default()
                .push(difference);
        }
    }
    for (object, differences) in altered {
        let deeds = responsible(trial, &differences, lasts).map(|revision| Deed {
            revision,
            does: Does::Changes(differences.clone()),
        });
        unsettled
            .clashes
            .push(clash(ConflictKind::OrderMatters, object, deeds));
    }
    trial.leave_out_followers(&mut unsettled.clashes);
    let (before, after) = compare_unmodelled(straight, crossed);
    for (place, things) in [before, after].into_iter().enumerate() {
        unsettled
            .unmodelled
            .extend(things.into_iter().map(|thing| OnlyInOne {
                thing,
                place,
                revisions: lasts,
            }));
    }
    unsettled
}

/// Is a clash about this object, or about what it goes with?
fn is_about(trial: &Trial<'_>, clash: &Clash<'_>, id: &ObjectId) -> bool {
    let added = clash.deeds.iter().filter_map(|deed| match &deed.does {
        Does::Adds(id) | Does::Renames { to: id, .. } => Some(id),
        Does::Drops(_) | Does::Changes(_) | Does::Needs | Does::Runs => None,
    });
    let mut subjects = clash.object.iter().chain(added);
    subjects.any(|subject| {
        let mut objects = trial.ends().into_iter().filter_map(|catalog| catalog.get(id));
        subject == id
            || objects.any(|object| kinship::goes_with(object, subject))
            || (clash.kind == ConflictKind::BothAdd && is_made_up(trial, id, subject))
    })
}

/// Is it what PostgreSQL called the second of two that would both have had that name, `t_check1` after `t_check`? No branch
/// has it alone.
fn is_made_up(trial: &Trial<'_>, id: &ObjectId, first: &ObjectId) -> bool {
    let alone = |branch: &Branch<'_>| branch.alone.end().get(id).is_some();
    id.kind == first.kind
        && id.parent() == first.parent()
        && id.bare_name().as_str().starts_with(first.bare_name().as_str())
        && !trial.branches.iter().any(alone)
}

/// The revision of each branch that last changed any of this: alone, or else behind the other branch, as one does that
/// goes through whatever it finds; or else the last.
fn responsible<'h>(
    trial: &Trial<'h>,
    differences: &[Difference],
    lasts: [&'h Revision; 2],
) -> [&'h Revision; 2] {
    let of_branch = |branch: &Branch<'h>, last| {
        let traces = [&branch.alone, &branch.behind].into_iter();
        let mut causes = traces.flat_map(|trace| differences.iter().filter_map(|one| trace.cause(one)));
        causes.next().unwrap_or(last)
    };
    let [first, second] = &trial.branches;
    [of_branch(first, lasts[0]), of_branch(second, lasts[1])]
}

/// The revision of each branch that last added or dropped a column of a relation.
fn responsible_for_columns<'h>(
    trial: &Trial<'h>,
    relation: &ObjectId,
    lasts: [&'h Revision; 2],
) -> [&'h Revision; 2] {
    let of_branch = |branch: &Branch<'h>, last| {
        let name = kinship::qualified(relation);
        let cause = name.and_then(|name| {
            branch
                .alone
                .last_change(|catalog| kinship::columns(catalog, name))
        });
        cause.unwrap_or(last)
    };
    let [first, second] = &trial.branches;
    [of_branch(first, lasts[0]), of_branch(second, lasts[1])]
}
