//! Conflicts in words: what is the matter, where, and what to do.

use cogway_catalog::sql;
use cogway_catalog::{Change, Difference, Name, ObjectId, Unmodelled};

use super::clash::{Clash, Deed, Does};
use super::kinship;
use super::order::{OnlyInOne, Reordered};
use super::trial::{Branch, Failure, Trial};
use super::{Conflict, ConflictKind, Side};
use crate::history::{Revision, Script};

/// A conflict in words.
pub(super) fn conflict(trial: &Trial<'_>, clash: &Clash<'_>) -> Conflict {
    let [first, second] = sides(trial, clash);
    Conflict {
        kind: clash.kind,
        object: clash.object.as_ref().map(ObjectId::to_string),
        message: message(clash, [&first, &second]),
        hint: hint(trial, clash, [&first, &second]),
        first,
        second,
    }
}

/// What both branches do, and what makes no difference.
pub(super) fn harmless(trial: &Trial<'_>, clash: &Clash<'_>) -> String {
    let [first, second] = &sides(trial, clash);
    match clash.kind {
        ConflictKind::BothAlter => {
            format!(
                "{first} and {second} both alter {}, to the same value",
                changes(&clash.deeds[0])
            )
        }
        _ => format!(
            "{}: in both orders it is gone in the end",
            doings(clash, [first, second])
        ),
    }
}

/// The order of columns depends on the order of the branches.
pub(super) fn reordered(reordered: &Reordered<'_>) -> String {
    let [one, other] = &reordered.orders;
    let same_start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let same_end = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let end = one.len().saturating_sub(same_end).max(same_start);
    let list = |names: &[Name]| {
        let names: Vec<String> = names.iter().map(Name::to_string).collect();
        names.join(", ")
    };
    format!(
        "only the order of columns in {} depends on which branch comes first: {} with {}, {} with {}",
        reordered.object,
        list(&one[same_start..end]),
        title(reordered.revisions[0]),
        list(&other[same_start..end]),
        title(reordered.revisions[1]),
    )
}

/// Something that is not modelled is there after one order only.
pub(super) fn unmodelled(only: &OnlyInOne<'_>) -> Conflict {
    let [first, second] = only
        .revisions
        .map(|revision| side(revision, line(&revision.up, &[])));
    let there = if only.place == 0 { &first } else { &second };
    let thing: &Unmodelled = &only.thing;
    Conflict {
        kind: ConflictKind::OrderMatters,
        object: Some(thing.to_string()),
        message: format!(
            "{thing} is only there where {there} comes first; Cogway sees it, but does not model it"
        ),
        hint: SETTLE.to_owned(),
        first,
        second,
    }
}

const SETTLE: &str =
    "rebase one branch onto the other, which settles the order, and see that the outcome is what you want";

/// The revisions of a clash, with the lines that look responsible.
fn sides(trial: &Trial<'_>, clash: &Clash<'_>) -> [Side; 2] {
    [0, 1].map(|place| {
        let (deed, failure) = (&clash.deeds[place], clash.failures[place].as_ref());
        let failed = failure.filter(|failure| failure.revision.id == deed.revision.id);
        let names = names(clash, deed, &trial.branches[place]);
        let line = failed.and_then(|failure| failure.line);
        side(
            deed.revision,
            line.or_else(|| self::line(&deed.revision.up, &names)),
        )
    })
}

fn side(revision: &Revision, line: Option<usize>) -> Side {
    Side {
        revision: revision.id.clone(),
        name: revision.name.clone(),
        path: revision.up.path.clone(),
        line,
    }
}

/// The names of what a deed is about, the most telling first: its own, that of the relation that it belongs to.
fn names<'c>(clash: &'c Clash<'_>, deed: &'c Deed<'_>, branch: &'c Branch<'_>) -> Vec<&'c str> {
    let id = match &deed.does {
        Does::Adds(id) | Does::Drops(id) | Does::Renames { from: id, .. } => Some(id),
        Does::Changes(differences) => differences.first().map(|difference| &difference.object),
        Does::Needs | Does::Runs => clash.object.as_ref(),
    };
    let Some(id) = id else {
        return Vec::new();
    };
    let trace = &branch.alone;
    let object = trace.end().get(id).or_else(|| trace.start.get(id));
    let holder = object
        .and_then(|object| kinship::holder(object))
        .or_else(|| id.parent());
    let own = std::iter::once(id.bare_name().as_str());
    own.chain(holder.map(|holder| holder.name.as_str())).collect()
}

/// The line of a script to look at for these names: of the first statement that says them all, or else the first of
/// them, or else any; where there is one statement only, that is it. No more than a help for the eye.
fn line(script: &Script, names: &[&str]) -> Option<usize> {
    let statements = sql::split(&script.text).ok()?;
    let says = |name: &&&str, statement: &sql::Statement<'_>| sql::mentions(statement.text, name);
    let found = match statements.as_slice() {
        [only] => Some(only),
        all => all
            .iter()
            .find(|statement| !names.is_empty() && names.iter().all(|name| says(&name, statement)))
            .or_else(|| {
                let each = names.iter();
                each.filter_map(|name| all.iter().find(|statement| says(&name, statement)))
                    .next()
            }),
    };
    found.map(|statement| statement.line + script.first_line.saturating_sub(1))
}

fn message(clash: &Clash<'_>, sides: [&Side; 2]) -> String {
    let [first, second] = sides;
    let said = match clash.kind {
        ConflictKind::BothAlter => {
            format!("{first} and {second} both alter {}", between(clash))
        }
        ConflictKind::OrderMatters => format!(
            "it depends on whether {first} or {second} comes first: {}",
            in_words(
                &clash.deeds[0],
                "only in the former case",
                "only in the latter case"
            )
        ),
        ConflictKind::Fails => return fails(clash, sides),
        ConflictKind::BothAdd | ConflictKind::BothDrop | ConflictKind::AlterAndDrop => doings(clash, sides),
    };
    // The second behind the first is what a merge would run.
    let [behind_second, behind_first] = &clash.failures;
    let failure = behind_first.as_ref().map(|failure| (failure, first));
    match failure.or_else(|| behind_second.as_ref().map(|failure| (failure, second))) {
        Some((failure, other)) => {
            let failing = if other.revision == first.revision {
                second
            } else {
                first
            };
            // The place is said already, unless another revision is the one that fails.
            let failing = if failing.revision == failure.revision.id {
                title(failure.revision)
            } else {
                side(failure.revision, failure.line).to_string()
            };
            // Values of several lines stand on lines of their own.
            let then = if said.contains('\n') { "\n      " } else { "; " };
            format!(
                "{said}{then}{failing} fails behind {}: {}",
                name(other),
                failure.error
            )
        }
        None => said,
    }
}

/// What the branches do, as one sentence.
fn doings(clash: &Clash<'_>, [first, second]: [&Side; 2]) -> String {
    let [ours, theirs] = &clash.deeds;
    match (clash.kind, &ours.does, &theirs.does) {
        (ConflictKind::BothAdd, Does::Adds(one), Does::Adds(other)) if one == other => {
            format!("both add {one}: {first} and {second}")
        }
        (ConflictKind::BothAdd, ..) => format!(
            "{first} {}, and {second} {}: there can be only one of that name",
            does(ours),
            does(theirs)
        ),
        (ConflictKind::BothDrop, Does::Drops(id), Does::Drops(_)) => {
            format!("both drop {id}: {first} and {second}")
        }
        (ConflictKind::BothDrop, Does::Renames { from, to }, Does::Renames { to: other, .. })
            if to == other =>
        {
            format!("both rename {from} to {}: {first} and {second}", to.bare_name())
        }
        // The one that takes away is said first.
        (ConflictKind::AlterAndDrop, Does::Changes(_) | Does::Needs, _) => {
            format!("{second} {}, and {first} {}", does(theirs), does(ours))
        }
        _ => format!("{first} {}, and {second} {}", does(ours), does(theirs)),
    }
}

/// What a branch does, without who.
fn does(deed: &Deed<'_>) -> String {
    match &deed.does {
        Does::Adds(id) => format!("adds {id}"),
        Does::Drops(id) => format!("drops {id}"),
        Does::Renames { from, to } => format!("renames {from} to {}", new_name(from, to)),
        Does::Changes(differences) => touches(differences),
        Does::Needs => "needs it".to_owned(),
        Does::Runs => "runs".to_owned(),
    }
}

/// The new name alone, or with its schema where that is another.
fn new_name(from: &ObjectId, to: &ObjectId) -> String {
    match (kinship::qualified(from), kinship::qualified(to)) {
        (Some(old), Some(new)) if old.schema != new.schema => new.to_string(),
        _ => to.bare_name().to_string(),
    }
}

/// A few of the changes that a branch makes: `adds column public.t.x, alters table public.t (options)`.
fn touches(differences: &[Difference]) -> String {
    const MOST: usize = 3;
    let mut said: Vec<String> = Vec::new();
    for difference in differences {
        let object = &difference.object;
        let one = match &difference.change {
            Change::Added => format!("adds {object}"),
            Change::Removed => format!("drops {object}"),
            Change::Altered { attribute, .. } => {
                format!("alters {object} ({})", attribute.replace('_', " "))
            }
            Change::Reordered { .. } => format!("moves columns of {object}"),
        };
        said.push(one);
    }
    let more = said.len().saturating_sub(MOST);
    said.truncate(MOST);
    let said = said.join(", ");
    if more > 0 {
        format!("{said} and {more} more")
    } else {
        said
    }
}

/// What the one branch makes of an object → what the other makes of it.
fn between(clash: &Clash<'_>) -> String {
    let (Does::Changes(ours), Does::Changes(theirs)) = (&clash.deeds[0].does, &clash.deeds[1].does) else {
        return String::new();
    };
    let pairs = ours.iter().zip(theirs);
    let said = pairs.map(|(one, other)| match (&one.change, &other.change) {
        (
            Change::Altered {
                attribute,
                after: value,
                ..
            },
            Change::Altered { after: other, .. },
        ) if value != other => {
            let difference = Difference {
                object: one.object.clone(),
                change: Change::Altered {
                    attribute: attribute.clone(),
                    before: value.clone(),
                    after: other.clone(),
                },
            };
            difference.to_string()
        }
        _ => format!("{one}, to the same value"),
    });
    said.collect::<Vec<_>>().join("; ")
}

fn changes(deed: &Deed<'_>) -> String {
    in_words(deed, "dropped", "added")
}

fn in_words(deed: &Deed<'_>, removed: &str, added: &str) -> String {
    let Does::Changes(differences) = &deed.does else {
        return String::new();
    };
    let said: Vec<String> = differences
        .iter()
        .map(|one| one.in_words(removed, added))
        .collect();
    said.join("; ")
}

/// A script fails that runs by itself, and no other conflict says why.
fn fails(clash: &Clash<'_>, [first, second]: [&Side; 2]) -> String {
    let says = |failure: &Failure<'_>| {
        let context = failure
            .error
            .context
            .as_ref()
            .and_then(|context| context.lines().next());
        match context {
            Some(context) => format!("{} [{context}]", failure.error),
            None => failure.error.to_string(),
        }
    };
    let by_itself = "though it runs by itself";
    match &clash.failures {
        [Some(one), Some(other)] if one.error.message == other.error.message => {
            format!(
                "{first} and {second} fail behind each other, though each runs by itself: {}",
                says(other)
            )
        }
        [Some(one), Some(other)] => format!(
            "{first} and {second} fail behind each other, though each runs by itself: {}, and the other way round: {}",
            says(other),
            says(one)
        ),
        [Some(failure), None] => {
            format!("{first} fails behind {second}, {by_itself}: {}", says(failure))
        }
        [None, Some(failure)] => {
            format!("{second} fails behind {first}, {by_itself}: {}", says(failure))
        }
        [None, None] => String::new(),
    }
}

fn hint(trial: &Trial<'_>, clash: &Clash<'_>, sides: [&Side; 2]) -> String {
    let [ours, theirs] = &clash.deeds;
    match clash.kind {
        ConflictKind::BothAdd => both_add_hint(trial, clash),
        ConflictKind::BothDrop => match (&ours.does, &theirs.does) {
            (Does::Drops(_), Does::Drops(_)) => TAKE_OUT.to_owned(),
            (Does::Renames { to, .. }, Does::Renames { to: other, .. }) if to == other => TAKE_OUT.to_owned(),
            _ => "decide what becomes of it, take the other out, then rebase that branch onto the other"
                .to_owned(),
        },
        ConflictKind::AlterAndDrop => {
            let (taking, builder, by) = match &ours.does {
                Does::Drops(_) | Does::Renames { .. } => (ours, theirs, sides[1]),
                _ => (theirs, ours, sides[0]),
            };
            match (&taking.does, &builder.does) {
                (Does::Renames { from, to }, _) => format!(
                    "rebase the branch of {} onto the other, and write {} for {} in its script",
                    name(by),
                    new_name(from, to),
                    from.bare_name()
                ),
                _ => "decide whether it stays: take out the drop, or what needs it; then rebase one branch onto the other"
                    .to_owned(),
            }
        }
        ConflictKind::BothAlter if clash.agrees() => TAKE_OUT.to_owned(),
        ConflictKind::BothAlter => {
            "decide for one: take the change out of the other, then rebase that one onto the first".to_owned()
        }
        ConflictKind::OrderMatters => SETTLE.to_owned(),
        ConflictKind::Fails => {
            let failed = clash
                .failures
                .iter()
                .flatten()
                .find_map(|failure| failure.error.hint.as_ref());
            let said = "rebase the one that fails onto the other branch, and mend its script there";
            match failed {
                Some(hint) => format!("{said}; PostgreSQL's hint: {hint}"),
                None => said.to_owned(),
            }
        }
    }
}

const TAKE_OUT: &str = "take it out of one of the two, then rebase that one onto the other";

fn both_add_hint(trial: &Trial<'_>, clash: &Clash<'_>) -> String {
    let [ours, theirs] = &clash.deeds;
    let Some(id) = &clash.object else {
        return TAKE_OUT.to_owned();
    };
    let made_up = [ours, theirs]
        .iter()
        .all(|deed| !sql::mentions(&deed.revision.up.text, id.bare_name().as_str()));
    let same = matches!((&ours.does, &theirs.does), (Does::Adds(one), Does::Adds(other))
        if one == other && trial.agree_on(one));
    match (same, made_up) {
        (true, _) => TAKE_OUT.to_owned(),
        (false, true) => {
            "the name is one that PostgreSQL made up: name it in both scripts, each differently".to_owned()
        }
        (false, false) => {
            "the two are not the same: give one another name, or take it out of one of the two and rebase \
             that one onto the other"
                .to_owned()
        }
    }
}

/// What a revision is called: id and name.
fn title(revision: &Revision) -> String {
    joined(revision.id.as_str(), &revision.name)
}

fn name(side: &Side) -> String {
    joined(side.revision.as_str(), &side.name)
}

pub(super) fn joined(id: &str, name: &str) -> String {
    if name.is_empty() {
        id.to_owned()
    } else {
        format!("{id}_{name}")
    }
}
