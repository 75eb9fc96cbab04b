//! Which revisions a run goes through, in which order: decided before anything is changed.

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use crate::history::{Revision, RevisionId};
use crate::ledger::{Applied, Direction, Unfinished};
use crate::position::{Branch, Position, branches};
use crate::target::Target;

/// One revision of a route.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// It is applied.
    Up(&'a Revision),
    /// It is taken back.
    Down(&'a Applied),
}

impl<'a> Step<'a> {
    /// The revision.
    pub fn id(&self) -> &'a RevisionId {
        match self {
            Step::Up(revision) => &revision.id,
            Step::Down(applied) => &applied.id,
        }
    }

    /// The rest of its name.
    pub fn name(&self) -> &'a str {
        match self {
            Step::Up(revision) => &revision.name,
            Step::Down(applied) => &applied.name,
        }
    }

    /// Up or down.
    pub fn direction(&self) -> Direction {
        match self {
            Step::Up(_) => Direction::Up,
            Step::Down(_) => Direction::Down,
        }
    }
}

/// The revisions that a run goes through, in order.
#[derive(Clone, Debug, Default)]
pub struct Route<'a> {
    /// First what is taken back, then what is applied.
    pub steps: Vec<Step<'a>>,
    /// Of what is taken back: what does not build on the revision that was named, and goes because that revision, with
    /// what it builds on, is to be all that is left.
    pub beyond: Vec<RevisionId>,
}

/// Which ways a run may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ways {
    /// Only forward: `up`.
    Up,
    /// Only back: `down`.
    Down,
    /// Both: `to`.
    Both,
}

impl Ways {
    /// The verb that goes so.
    pub const fn verb(self) -> &'static str {
        match self {
            Ways::Up => "up",
            Ways::Down => "down",
            Ways::Both => "to",
        }
    }
}

/// What becomes of revisions that come late: that are pending although one that builds on them is applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Nothing runs until somebody has decided.
    #[default]
    Strict,
    /// They are applied.
    Allow,
}

/// Why there is no route: what the files say and what the database says do not go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The files have several heads, so that `head` means nothing.
    Heads(Vec<Branch>),
    /// Revisions were changed after they were applied.
    Changed(Vec<RevisionId>),
    /// Revisions are applied that no file is for.
    Unknown {
        /// Which.
        applied: Vec<RevisionId>,
        /// The newest applied revisions that the files have, to go back to.
        known: Vec<RevisionId>,
    },
    /// Revisions came after ones that build on them: each with one of those.
    Late(Vec<(RevisionId, RevisionId)>),
    /// Revisions that would have to be taken back have no down.
    NoDown(Vec<RevisionId>),
    /// A revision that is to be gone back to is not applied.
    NotApplied(RevisionId),
    /// A revision that is to be reached is in the ledger only, and not applied any more.
    NotInFiles(RevisionId),
    /// A revision is half done, and the route does not lead through it.
    Unfinished {
        /// Which.
        revision: RevisionId,
        /// Which of its scripts.
        direction: Direction,
    },
    /// There are fewer revisions to go.
    TooFar {
        /// So many were asked for.
        asked: usize,
        /// So many there are.
        there: usize,
    },
    /// `up` was to go back, or `down` forward.
    WrongWay(Target),
}

impl Conflict {
    /// Is it what was typed that is wrong, rather than the history?
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Conflict::TooFar { .. } | Conflict::WrongWay(_) | Conflict::NotApplied(_)
        )
    }
}

/// Finds the route to a target.
///
/// After a route to a revision, that revision and all that it builds on is applied, and nothing else, unless the run may
/// only go forward: then the rest stays. Back, the order is that in which revisions were applied, the last first, so that
/// nothing is taken back before what builds on it. Revisions that are run again whenever they change are never taken back.
///
/// # Errors
/// [`Conflict`].
pub fn route<'a>(
    position: &Position<'a>,
    target: &Target,
    ways: Ways,
    order: Order,
) -> Result<Route<'a>, Box<Conflict>> {
    let route = match (target, ways) {
        (Target::Back(_), Ways::Up) | (Target::Forward(_), Ways::Down) | (Target::Base, Ways::Up) => {
            return Err(Box::new(Conflict::WrongWay(target.clone())));
        }
        (Target::Head | Target::Heads, Ways::Down) => {
            return Err(Box::new(Conflict::WrongWay(target.clone())));
        }
        (Target::Back(steps), _) => back(position, *steps)?,
        (Target::Base, _) => down_to(position, &BTreeSet::new(), None)?,
        (Target::Revision(id), Ways::Down) => {
            if position.applied(id).is_none() {
                return Err(Box::new(Conflict::NotApplied(id.clone())));
            }
            down_to(position, &position.with_ancestors([id]), Some(id))?
        }
        (Target::Revision(id), Ways::Both) => to(position, id, order)?,
        (Target::Head, Ways::Both) => {
            let head = head(position)?;
            match head {
                Some(head) if position.applied(&head.id).is_none() || !position.unknown().is_empty() => {
                    to(position, &head.id, order)?
                }
                _ => up(position, None, order)?,
            }
        }
        (Target::Revision(id), Ways::Up) => {
            if position.revision(id).is_none() && position.applied(id).is_none() {
                return Err(Box::new(Conflict::NotInFiles(id.clone())));
            }
            up(position, Some(&position.with_ancestors([id])), order)?
        }
        (Target::Head, Ways::Up) => {
            head(position)?;
            up(position, None, order)?
        }
        (Target::Heads, _) => up(position, None, order)?,
        (Target::Forward(steps), _) => {
            head(position)?;
            let mut route = up(position, None, order)?;
            if route.steps.len() < *steps {
                return Err(Box::new(Conflict::TooFar {
                    asked: *steps,
                    there: route.steps.len(),
                }));
            }
            route.steps.truncate(*steps);
            route
        }
    };
    finish_first(route, position.ledger.unfinished.as_ref())
}

/// The head of the files, if they have one; an error if they have several and not all of them are applied.
fn head<'a>(position: &Position<'a>) -> Result<Option<&'a Revision>, Box<Conflict>> {
    let heads = position.heads_of_files();
    let pending = heads.iter().any(|head| position.applied(&head.id).is_none());
    match heads[..] {
        [] => Ok(None),
        [head] => Ok(Some(head)),
        _ if pending => Err(Box::new(Conflict::Heads(branches(position.history)))),
        _ => Ok(None),
    }
}

/// Forward: everything that is pending, or what of it is in a set.
fn up<'a>(
    position: &Position<'a>,
    within: Option<&BTreeSet<RevisionId>>,
    order: Order,
) -> Result<Route<'a>, Box<Conflict>> {
    let changed: Vec<RevisionId> = position
        .changed()
        .iter()
        .filter(|changed| changed.up)
        .map(|changed| changed.revision.id.clone())
        .collect();
    if !changed.is_empty() {
        return Err(Box::new(Conflict::Changed(changed)));
    }
    let unknown = position.unknown();
    if !unknown.is_empty() {
        return Err(Box::new(Conflict::Unknown {
            applied: unknown.iter().map(|applied| applied.id.clone()).collect(),
            known: known_heads(position),
        }));
    }
    let wanted = |id: &RevisionId| within.is_none_or(|within| within.contains(id));
    let late = position.late();
    if order == Order::Strict && late.iter().any(|late| wanted(&late.revision.id)) {
        let late = late
            .iter()
            .filter(|late| wanted(&late.revision.id))
            .map(|late| (late.revision.id.clone(), late.before.clone()));
        return Err(Box::new(Conflict::Late(late.collect())));
    }
    let pending = position
        .pending()
        .into_iter()
        .filter(|revision| wanted(&revision.id));
    Ok(Route {
        steps: pending.map(Step::Up).collect(),
        beyond: Vec::new(),
    })
}

/// The applied revisions that the files have and that no other such builds on.
fn known_heads(position: &Position<'_>) -> Vec<RevisionId> {
    let known: Vec<&Applied> = position
        .ledger
        .applied
        .iter()
        .filter(|applied| !applied.repeatable && position.revision(&applied.id).is_some())
        .collect();
    let built_on: HashSet<&RevisionId> = known
        .iter()
        .flat_map(|applied| position.parents(&applied.id))
        .collect();
    known
        .iter()
        .filter(|applied| !built_on.contains(&applied.id))
        .map(|applied| applied.id.clone())
        .collect()
}

/// What can be taken back, the last applied first.
fn revertible<'a>(position: &Position<'a>) -> impl Iterator<Item = &'a Applied> {
    position
        .ledger
        .applied
        .iter()
        .rev()
        .filter(|applied| !applied.repeatable)
}

/// Back by so many revisions.
fn back<'a>(position: &Position<'a>, steps: usize) -> Result<Route<'a>, Box<Conflict>> {
    let there = revertible(position).count();
    if there < steps {
        return Err(Box::new(Conflict::TooFar { asked: steps, there }));
    }
    downs(revertible(position).take(steps).collect(), Vec::new())
}

/// Back until only these are left. `from` is the revision that was named.
fn down_to<'a>(
    position: &Position<'a>,
    keep: &BTreeSet<RevisionId>,
    from: Option<&RevisionId>,
) -> Result<Route<'a>, Box<Conflict>> {
    let gone: Vec<&Applied> = revertible(position)
        .filter(|applied| !keep.contains(&applied.id))
        .collect();
    let beyond = match from {
        Some(from) => gone
            .iter()
            .filter(|applied| !position.builds_on(&applied.id, from))
            .map(|applied| applied.id.clone())
            .collect(),
        None => Vec::new(),
    };
    downs(gone, beyond)
}

fn downs(gone: Vec<&Applied>, beyond: Vec<RevisionId>) -> Result<Route<'_>, Box<Conflict>> {
    let without: Vec<RevisionId> = gone
        .iter()
        .filter(|applied| applied.down.is_none())
        .map(|applied| applied.id.clone())
        .collect();
    if !without.is_empty() {
        return Err(Box::new(Conflict::NoDown(without)));
    }
    Ok(Route {
        steps: gone.into_iter().map(Step::Down).collect(),
        beyond,
    })
}

/// To one revision exactly: back where more is applied, then forward where less is.
fn to<'a>(position: &Position<'a>, id: &RevisionId, order: Order) -> Result<Route<'a>, Box<Conflict>> {
    let keep = position.with_ancestors([id]);
    let mut route = down_to(position, &keep, Some(id))?;
    let missing: Vec<&RevisionId> = keep.iter().filter(|id| position.applied(id).is_none()).collect();
    if missing.is_empty() {
        return Ok(route);
    }
    if let Some(missing) = missing.into_iter().find(|id| position.revision(id).is_none()) {
        return Err(Box::new(Conflict::NotInFiles(missing.clone())));
    }
    // What is in the way of going forward is only what stays.
    let stays = |id: &RevisionId| keep.contains(id);
    let changed: Vec<RevisionId> = position
        .changed()
        .iter()
        .filter(|changed| changed.up && stays(&changed.revision.id))
        .map(|changed| changed.revision.id.clone())
        .collect();
    if !changed.is_empty() {
        return Err(Box::new(Conflict::Changed(changed)));
    }
    let late: Vec<(RevisionId, RevisionId)> = position
        .late()
        .iter()
        .filter(|late| stays(&late.revision.id) && stays(late.before))
        .map(|late| (late.revision.id.clone(), late.before.clone()))
        .collect();
    if order == Order::Strict && !late.is_empty() {
        return Err(Box::new(Conflict::Late(late)));
    }
    // What is going forward at last begins where the others have gone back.
    let pending = position
        .pending()
        .into_iter()
        .filter(|revision| stays(&revision.id));
    route.steps.extend(pending.map(Step::Up));
    Ok(route)
}

/// What is half done comes first; a route that does not lead through it is none.
fn finish_first<'a>(
    mut route: Route<'a>,
    unfinished: Option<&Unfinished>,
) -> Result<Route<'a>, Box<Conflict>> {
    let Some(unfinished) = unfinished else {
        return Ok(route);
    };
    let place = route
        .steps
        .iter()
        .position(|step| *step.id() == unfinished.revision && step.direction() == unfinished.direction);
    let first_up = route
        .steps
        .iter()
        .position(|step| step.direction() == Direction::Up);
    match place {
        // Going back while a step forward is half done would leave that half.
        Some(place) if unfinished.direction == Direction::Down || first_up == Some(0) => {
            let step = route.steps.remove(place);
            route.steps.insert(0, step);
            Ok(route)
        }
        _ => Err(Box::new(Conflict::Unfinished {
            revision: unfinished.revision.clone(),
            direction: unfinished.direction,
        })),
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Conflict::Heads(branches) => {
                let heads: Vec<String> = branches.iter().map(Branch::to_string).collect();
                write!(
                    f,
                    "the history has {} heads: {}",
                    heads.len(),
                    heads.join(" and ")
                )
            }
            Conflict::Changed(ids) => write!(f, "{} changed after {} applied", list(ids), was(ids)),
            Conflict::Unknown { applied, .. } => {
                write!(
                    f,
                    "{} {} applied, and no file is for {}",
                    list(applied),
                    is(applied),
                    it(applied)
                )
            }
            Conflict::Late(late) => {
                let words: Vec<String> = late
                    .iter()
                    .map(|(id, before)| format!("{id} (before {before})"))
                    .collect();
                write!(
                    f,
                    "{} {} not applied, although {} applied that {} on {}",
                    words.join(", "),
                    if late.len() == 1 { "is" } else { "are" },
                    if late.len() == 1 { "one is" } else { "some are" },
                    if late.len() == 1 { "builds" } else { "build" },
                    if late.len() == 1 { "it" } else { "them" },
                )
            }
            Conflict::NoDown(ids) => {
                write!(f, "{} {} no down, and cannot be taken back", list(ids), has(ids))
            }
            Conflict::NotApplied(id) => write!(f, "{id} is not applied, so that nothing can go back to it"),
            Conflict::NotInFiles(id) => write!(f, "{id} is not applied, and no file is for it"),
            Conflict::Unfinished {
                revision,
                direction: Direction::Up,
            } => write!(f, "{revision} is applied by half"),
            Conflict::Unfinished {
                revision,
                direction: Direction::Down,
            } => write!(f, "{revision} is taken back by half"),
            Conflict::TooFar { asked, there } => {
                write!(f, "{asked} steps were asked for, and there are {there} to go")
            }
            Conflict::WrongWay(target) => write!(f, "{target} lies the other way"),
        }
    }
}

impl std::error::Error for Conflict {}

impl fmt::Display for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.name.is_empty() {
            String::new()
        } else {
            format!(" {}", self.name)
        };
        match &self.parts_at[..] {
            [] => write!(f, "{}{name} (from base)", self.head),
            parts => write!(f, "{}{name} (from {})", self.head, list(parts)),
        }
    }
}

fn list(ids: &[RevisionId]) -> String {
    const MOST: usize = 10;
    let mut text: Vec<String> = ids.iter().take(MOST).map(ToString::to_string).collect();
    if ids.len() > MOST {
        text.push(format!("{} more", ids.len() - MOST));
    }
    text.join(", ")
}

fn is(ids: &[RevisionId]) -> &'static str {
    if ids.len() == 1 { "is" } else { "are" }
}

fn was(ids: &[RevisionId]) -> &'static str {
    if ids.len() == 1 { "it was" } else { "they were" }
}

fn has(ids: &[RevisionId]) -> &'static str {
    if ids.len() == 1 { "has" } else { "have" }
}

fn it(ids: &[RevisionId]) -> &'static str {
    if ids.len() == 1 { "it" } else { "them" }
}
