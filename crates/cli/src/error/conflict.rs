//! What the files and the database do not agree on, in words that say what to type next.

use cogway_migrate::history::RevisionId;
use cogway_migrate::ledger::Direction;
use cogway_migrate::position::Branch;
use cogway_migrate::route::Conflict;
use cogway_migrate::target::Target;

use super::run::list;
use super::{Failure, FailureCode};
use crate::report::{revisions, title};

/// What the files and the database do not agree on.
pub(crate) fn of_conflict(conflict: &Conflict) -> Failure {
    let code = if conflict.is_usage() {
        FailureCode::Usage
    } else {
        FailureCode::Conflict
    };
    let new = |message: String| Failure::new(code, message);
    let as_it_is = || new(conflict.to_string());
    match conflict {
        Conflict::Heads(branches) => {
            let heads: Vec<&str> = branches.iter().map(|branch| branch.head.as_str()).collect();
            new(format!("the history has {} heads: {}", heads.len(), heads.join(" and ")))
                .details(of_branches(branches))
                .hint(resolve(branches))
        }
        Conflict::Changed(ids) => as_it_is().hint(format!(
            "put the files back as they were when they were applied, and write a new revision for the change; or, if the \
             database has it already, record them: `{} --dry-run` shows what has changed",
            match &ids[..] {
                [id] => format!("cogway repair {id}"),
                _ => "cogway repair".to_owned(),
            }
        )),
        Conflict::Unknown { known, applied } => {
            let back = match &known[..] {
                [] => "cogway down base".to_owned(),
                [id] => format!("cogway down {id}"),
                _ => format!("cogway down -{}", applied.len()),
            };
            as_it_is().hint(format!(
                "use the files of the version that applied {}; or go back with the down scripts that the ledger has kept: \
                 `{back} --dry-run` says which",
                if applied.len() == 1 { "it" } else { "them" }
            ))
        }
        Conflict::Late(late) => {
            let (message, it) = match &late[..] {
                [(id, before)] => (format!("{id} is pending although {before}, which builds on it, is applied"), "it"),
                many => (
                    format!(
                        "{} are pending although others that build on them are applied",
                        revisions(many.len())
                    ),
                    "them",
                ),
            };
            let lines = late.iter().map(|(id, before)| format!("{id}: {before} builds on it and is applied"));
            let details = if late.len() > 1 { lines.collect() } else { Vec::new() };
            new(message).details(details).hint(format!(
                "apply {it} all the same: --order allow (for good: order = \"allow\" under [run] in cogway.toml); or put {it} \
                 behind what is applied: `cogway rebase`, or a new number where the format has no branches"
            ))
        }
        Conflict::NoDown(ids) => {
            let first = ids.first().map(RevisionId::as_str).unwrap_or_default();
            as_it_is().hint(format!(
                "write a down for {} in the files, and record it: `cogway repair {first}`; or take it back by hand, and say so: \
                 `cogway repair --reverted {first}`",
                list(ids),
            ))
        }
        Conflict::NotApplied(id) => {
            new(format!("{id} is not applied, so that there is no way back to it"))
                .hint(format!("`cogway up {id}` goes there; `cogway status` shows what is applied"))
        }
        Conflict::NotInFiles(_) => as_it_is().hint("use the files of a version that has it"),
        Conflict::Unfinished { direction, revision } => as_it_is().hint(format!(
            "finish it first: `cogway {}`; or, if you have finished it by hand: `cogway repair --{} {revision}`; if you have \
             undone it by hand: `cogway repair --{} {revision}`",
            match direction {
                Direction::Up => format!("up {revision}"),
                Direction::Down => "down -1".to_owned(),
            },
            done_by_hand(*direction),
            done_by_hand(match direction {
                Direction::Up => Direction::Down,
                Direction::Down => Direction::Up,
            }),
        )),
        Conflict::TooFar { asked, there } => {
            let left = match there {
                0 => "no revision is".to_owned(),
                1 => "only 1 revision is".to_owned(),
                many => format!("only {many} revisions are"),
            };
            new(format!("{left} left to go, and {asked} {} asked for", if *asked == 1 { "was" } else { "were" }))
                .hint("`cogway status` shows where the database stands")
        }
        Conflict::WrongWay(target) => {
            let (verb, only, other) = match target {
                Target::Base | Target::Back(_) => ("up", "forward", "down"),
                Target::Head | Target::Heads | Target::Forward(_) | Target::Revision(_) => ("down", "back", "up"),
            };
            new(format!("`{verb}` only goes {only}, and {target} lies the other way"))
                .hint(format!("`cogway {other} {target}` goes there"))
        }
    }
}

/// The option of `repair` that says that a step was done by hand.
pub(super) fn done_by_hand(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "applied",
        Direction::Down => "reverted",
    }
}

/// Who parted where, a line for each branch.
fn of_branches(branches: &[Branch]) -> Vec<String> {
    branches
        .iter()
        .map(|branch| {
            let from = match &branch.parts_at[..] {
                [] => "base".to_owned(),
                parts => list(parts),
            };
            let over: Vec<&RevisionId> = branch.own.iter().filter(|id| **id != branch.head).collect();
            let over = match over.len() {
                0 => String::new(),
                _ => format!(", by way of {}", list(over)),
            };
            format!(
                "{}: branched from {from}{over}",
                title(branch.head.as_str(), &branch.name)
            )
        })
        .collect()
}

/// The commands that make one head of several.
fn resolve(branches: &[Branch]) -> String {
    let rebase = match branches {
        [first, second] => match second.own.first() {
            Some(id) => format!(
                "`cogway rebase {id} --onto {}` puts one behind the other, ",
                first.head
            ),
            None => String::new(),
        },
        _ => String::new(),
    };
    format!("`cogway merge NAME` joins them, {rebase}`cogway up heads` applies all as they are")
}
