//! Sqitch: `sqitch.plan` lists the changes, `deploy/<change>.sql` makes them, `revert/<change>.sql` takes them back.
//!
//! - Changes are deployed in the order of the plan; what a change requires must stand before it (see [`plan`]).
//! - The folders, the plan and the extension of the scripts can be set in `sqitch.conf` (see [`layout`]).
//! - A change that was reworked stands in the plan twice, with a tag between; the scripts of the first are then those of
//!   the change as of that tag, `deploy/<change>@<tag>.sql` (`sqitchers/sqitch`, `lib/App/Sqitch/Plan/Change.pm`,
//!   `_path_segments`). Here its id is `<change>@<tag>`.
//! - Scripts are given to `psql`, which sends each statement on its own; most bring their own `BEGIN` and `COMMIT`
//!   (`lib/App/Sqitch/Engine/pg.pm`, `run_file`). The `verify` scripts are not read.

mod layout;
mod plan;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cogway_catalog::sql::{self, StatementKind};

use super::folder;
use super::problem::{HistoryError, Problem, ProblemKind};
use super::{Revision, RevisionId, Script, TransactionMode};
pub(super) use layout::{Layout, PLAN};
use plan::{Change, Plan};

pub(super) fn read(dir: &Path, problems: &mut Vec<Problem>) -> Result<Vec<Revision>, HistoryError> {
    folder::list(dir)?;
    let layout = Layout::of(dir, problems);
    let Some(text) = folder::script(&layout.plan, problems) else {
        return Ok(Vec::new());
    };
    let Plan { changes, faults } = Plan::parse(&text);
    problems.extend(faults.into_iter().map(|fault| {
        Problem::new(ProblemKind::Plan, &layout.plan, fault.message, fault.hint).at(fault.line)
    }));
    let mut used = BTreeSet::new();
    let mut revisions: Vec<Revision> = Vec::with_capacity(changes.len());
    for change in changes {
        let place = Place::of(&change, &layout);
        used.insert(place.deploy.clone());
        if !place.deploy.exists() {
            problems.push(no_script(&layout.plan, &change, &place.deploy));
            continue;
        }
        let Some(up) = script(&place.deploy, problems) else {
            continue;
        };
        let down = place
            .revert
            .exists()
            .then(|| script(&place.revert, problems))
            .flatten();
        let parents = revisions
            .last()
            .map(|parent| parent.id.clone())
            .into_iter()
            .collect();
        let revision = Revision {
            id: RevisionId(place.id),
            name: change.note,
            parents,
            up,
            down,
            repeatable: false,
        };
        revision.complain_if_blank(problems);
        revisions.push(revision);
    }
    complain_of_unplanned(&layout, &used, problems)?;
    Ok(revisions)
}

/// Where the scripts of a change are.
struct Place {
    id: String,
    deploy: PathBuf,
    revert: PathBuf,
}

impl Place {
    fn of(change: &Change, layout: &Layout) -> Self {
        let script = |folder: &Path, stem: &str| folder.join(format!("{stem}.{}", layout.extension));
        let Some(first) = change.rework_tags.first() else {
            return Place {
                id: change.name.clone(),
                deploy: script(&layout.deploy, &change.name),
                revert: script(&layout.revert, &change.name),
            };
        };
        // Any tag since the change can be the one in the name; the first whose script exists is, or else the first.
        let id = change
            .rework_tags
            .iter()
            .map(|tag| format!("{}@{tag}", change.name))
            .find(|stem| script(&layout.reworked_deploy, stem).exists())
            .unwrap_or_else(|| format!("{}@{first}", change.name));
        Place {
            deploy: script(&layout.reworked_deploy, &id),
            revert: script(&layout.reworked_revert, &id),
            id,
        }
    }
}

fn script(path: &Path, problems: &mut Vec<Problem>) -> Option<Script> {
    let text = folder::script(path, problems)?;
    // What cannot be split is PostgreSQL's to refuse.
    let statements = sql::split(&text).unwrap_or_default();
    if let Some(command) = statements
        .iter()
        .find(|statement| statement.kind == StatementKind::PsqlMeta)
    {
        let word = command.text.split_whitespace().next().unwrap_or_default();
        let message = format!("only psql understands {word}");
        let hint = "write it in SQL; Cogway sends scripts to PostgreSQL itself";
        problems.push(Problem::new(ProblemKind::PsqlCommand, path, message, hint).at(command.line));
    }
    Some(Script {
        path: path.to_owned(),
        text,
        first_line: 1,
        transaction: TransactionMode::PerStatement,
    })
}

/// Scripts in the folder that no change of the plan names.
fn complain_of_unplanned(
    layout: &Layout,
    used: &BTreeSet<PathBuf>,
    problems: &mut Vec<Problem>,
) -> Result<(), HistoryError> {
    if !layout.deploy.is_dir() {
        return Ok(());
    }
    let extension = format!(".{}", layout.extension);
    for file in folder::list_below(&layout.deploy, problems)? {
        if file.name.ends_with(&extension) && !used.contains(&file.path) {
            let message = "the plan does not name this change";
            let hint = "add it with `sqitch add`, or delete the script";
            problems.push(Problem::new(ProblemKind::Plan, &file.path, message, hint));
        }
    }
    Ok(())
}

fn no_script(plan: &Path, change: &Change, deploy: &Path) -> Problem {
    let message = format!("the script of {} is missing: {}", change.name, deploy.display());
    Problem::new(
        ProblemKind::UpMissing,
        plan,
        message,
        "write it, or take the change off the plan",
    )
    .at(change.line)
}
