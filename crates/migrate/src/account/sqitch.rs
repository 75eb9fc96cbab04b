//! Sqitch: a row in `changes` for each change that is deployed, in a schema of its own.
//!
//! - The schema is `sqitch`, or what `registry` in `sqitch.conf` says; it has the changes of all projects of the
//!   database (`sqitchers/sqitch`, `lib/App/Sqitch/Engine/pg.sql`; `lib/App/Sqitch/Target.pm`).
//! - Changes are known by an id, a SHA-1 over the plan; here they are told by their names. A change that was reworked
//!   is there once for each time, under one name: they are deployed in the order of the plan, and `committed_at` has
//!   that order (`lib/App/Sqitch/Role/DBIEngine.pm`, `deployed_changes`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use cogway_catalog::QualifiedName;
use cogway_pg::execute::Executor;

use super::find::Shape;
use super::tally::Tally;
use super::{AccountError, utc};
use crate::history::History;

pub(super) const SHAPE: Shape = Shape {
    names: &["changes"],
    columns: &[
        "change_id S",
        "script_hash S",
        "change S",
        "project S",
        "committed_at D",
    ],
    applied: "true",
};

/// The usual name of the plan.
const PLAN: &str = "sqitch.plan";

struct Row {
    project: String,
    change: String,
    at: Option<String>,
}

pub(super) async fn read<'a>(
    executor: &Executor,
    table: &QualifiedName,
    history: &'a History,
) -> Result<Tally<'a>, AccountError> {
    let sql = format!(
        "select project, change, {} as at from {table} order by committed_at, change_id",
        utc("committed_at")
    );
    let rows = executor.query(&sql, &[]).await?;
    let rows: Vec<Row> = rows
        .iter()
        .map(|row| Row {
            project: row.get("project"),
            change: row.get("change"),
            at: row.get("at"),
        })
        .collect();
    compare(&rows, project(history), table, history)
}

fn compare<'a>(
    rows: &[Row],
    project: Option<String>,
    table: &QualifiedName,
    history: &'a History,
) -> Result<Tally<'a>, AccountError> {
    let mut tally = Tally::new(history);
    let mut projects: BTreeSet<&str> = rows.iter().map(|row| row.project.as_str()).collect();
    let project = match (project.as_deref(), projects.len()) {
        (Some(project), _) => project,
        (None, 0) => return Ok(tally),
        (None, 1) => projects.first().copied().unwrap_or_default(),
        (None, _) => {
            return Err(AccountError::SeveralProjects {
                table: table.clone(),
                projects: projects.into_iter().map(str::to_owned).collect(),
            });
        }
    };
    projects.remove(project);
    if !projects.is_empty() {
        let others: Vec<&str> = projects.into_iter().collect();
        tally.remark(format!(
            "{table} also keeps account of other projects, which are not part of this history: {}.",
            others.join(", ")
        ));
    }
    let rows: Vec<&Row> = rows.iter().filter(|row| row.project == project).collect();
    let faults: Vec<String> = history
        .problems
        .iter()
        .filter(|problem| problem.kind.hides_sql())
        .map(|problem| problem.message.clone())
        .collect();
    if !faults.is_empty() && !rows.is_empty() {
        return Err(AccountError::Incomplete {
            dir: history.dir.clone(),
            faults,
        });
    }
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, revision) in history.revisions.iter().enumerate().rev() {
        // A change that was reworked later has the id `<change>@<tag>`; no name holds an `@`.
        let name = revision.id.as_str().split('@').next().unwrap_or_default();
        places.entry(name).or_default().push(place);
    }
    for row in rows {
        match places.get_mut(row.change.as_str()).and_then(Vec::pop) {
            Some(place) => tally.apply(place, row.at.clone()),
            None => tally.miss(row.change.clone()),
        }
    }
    Ok(tally)
}

/// The project that the plan is of, if the plan is where it is usually: in the folder of the history, or above the
/// scripts.
fn project(history: &History) -> Option<String> {
    let above_scripts = history
        .revisions
        .first()
        .into_iter()
        .flat_map(|revision| revision.up.path.ancestors().skip(1))
        .take_while(|dir| dir.starts_with(&history.dir));
    let plan = [history.dir.as_path()]
        .into_iter()
        .chain(above_scripts)
        .map(|dir: &Path| dir.join(PLAN))
        .find(|plan| plan.is_file())?;
    fs::read_to_string(plan).ok()?.lines().find_map(|line| {
        let (name, value) = line.trim().strip_prefix('%')?.split_once('=')?;
        (name.trim() == "project").then(|| value.trim().to_owned())
    })
}
