//! `cogway merge` and `rebase`: several heads become one, after both orders were tried.

use std::collections::BTreeSet;

use cogway_migrate::conflict::{self, Conflict, ConflictKind, Findings, Fork};
use cogway_migrate::history::{Format, History, RevisionId, rewrite_parents};
use cogway_migrate::position::heads;
use cogway_migrate::verify::{Options, Site};

use super::writing::{Report, Scripts, report, write};
use crate::cli::{Merge, Rebase, ServerArgs};
use crate::config::Config;
use crate::error::{Failure, FailureCode};
use crate::exit::Exit;
use crate::output::PlainForm;
use crate::printer::Printer;

/// The scripts of a revision that joins branches.
const NOTHING: Scripts<'_> = Scripts {
    up: "-- This revision joins branches. There is nothing to do.\n",
    down: "-- This revision joins branches. There is nothing to take back.\n",
};

/// `cogway merge`.
pub(crate) async fn merge(args: &Merge, config: &Config, printer: &Printer) -> Result<Exit, Failure> {
    let history = crate::history::read(&args.history, config, printer).await?;
    refuse_linear(&history)?;
    let heads: Vec<RevisionId> = heads(&history).iter().map(|head| head.id.clone()).collect();
    if heads.len() < 2 {
        let message = match heads.first() {
            Some(head) => format!("there is only one head, {head}: nothing to join"),
            None => "there are no revisions: nothing to join".to_owned(),
        };
        return Err(Failure::usage(message).hint("`cogway history --graph` shows who builds on whom"));
    }
    let options = options(&args.server, config);
    let mut found = Vec::new();
    for (place, first) in heads.iter().enumerate() {
        for second in &heads[place + 1..] {
            printer.note(&format!("trying {first} and {second} in both orders"));
            let fork = Fork::between(&history, first, second);
            found.push(conflict::find(&history, &fork, &options).await?);
        }
    }
    refuse_conflicts(found, Accept::of(args.accept_order), printer)?;
    let paths = write(&history, &args.name, &heads, NOTHING)?;
    let written = Report {
        verb: "merge",
        history: &args.history,
        paths: &paths,
        name: &args.name,
    };
    report(&written, args.output, config, printer).await?;
    let ids: Vec<&str> = heads.iter().map(RevisionId::as_str).collect();
    printer.note(&format!(
        "it joins {}; apply it with `cogway up`",
        ids.join(" and ")
    ));
    Ok(Exit::Done)
}

/// `cogway rebase`.
pub(crate) async fn rebase(args: &Rebase, config: &Config, printer: &Printer) -> Result<Exit, Failure> {
    let history = crate::history::read(&args.history, config, printer).await?;
    refuse_linear(&history)?;
    let moving = crate::history::revision(&history, &args.revision)?;
    let onto = crate::history::revision(&history, &args.onto)?;
    let descendants = history.with_descendants(&moving);
    if descendants.contains(&onto) {
        let message = if moving == onto {
            format!("{moving} cannot build on itself")
        } else {
            format!("{onto} builds on {moving}, so that {moving} cannot build on it")
        };
        return Err(Failure::usage(message).hint("`cogway history --graph` shows who builds on whom"));
    }
    let parents = history.get(&moving).map(|revision| revision.parents.clone());
    if parents.as_deref() == Some(std::slice::from_ref(&onto)) {
        return Err(Failure::usage(format!("{moving} builds on {onto} already"))
            .hint("`cogway history --graph` shows who builds on whom"));
    }
    printer.note(&format!("trying {onto} and {moving} in both orders"));
    let fork = fork(&history, &moving, &onto, &descendants);
    let found = conflict::find(&history, &fork, &options(&args.server, config)).await?;
    // To put one behind the other is to settle the order.
    refuse_conflicts(vec![found], Accept::Order, printer)?;
    let path = rewrite_parents(&history, &moving, std::slice::from_ref(&onto))?;
    match args.output {
        PlainForm::Human => {
            printer.data(&format!("{moving} builds on {onto} now: {}\n", path.display()))?;
            printer.note("a database that has applied it already keeps it; `cogway repair` records there what it builds on");
        }
        PlainForm::Json => {
            let paths = [history
                .get(&moving)
                .map(|revision| revision.up.path.clone())
                .unwrap_or(path)];
            let written = Report {
                verb: "rebase",
                history: &args.history,
                paths: &paths,
                name: "",
            };
            report(&written, args.output, config, printer).await?;
        }
    }
    Ok(Exit::Done)
}

/// What is tried: the branch that is built on, and what moves, on what both have in common.
fn fork<'h>(
    history: &'h History,
    moving: &RevisionId,
    onto: &RevisionId,
    descendants: &BTreeSet<&RevisionId>,
) -> Fork<'h> {
    let base = history.with_ancestors(onto);
    let own = history.with_ancestors(moving);
    let pick = |wanted: &dyn Fn(&RevisionId) -> bool| {
        history
            .revisions
            .iter()
            .filter(|revision| wanted(&revision.id))
            .collect()
    };
    Fork {
        common: pick(&|id| base.contains(id) && own.contains(id)),
        first: pick(&|id| base.contains(id) && !own.contains(id)),
        // What joins both already cannot be tried without the other.
        second: pick(&|id| {
            descendants.contains(id)
                && history
                    .with_ancestors(id)
                    .iter()
                    .all(|ancestor| descendants.contains(ancestor) || own.contains(ancestor))
        }),
    }
}

/// Is a result that depends on the order let pass?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Accept {
    Nothing,
    Order,
}

impl Accept {
    fn of(flag: bool) -> Accept {
        if flag { Accept::Order } else { Accept::Nothing }
    }
}

fn refuse_conflicts(found: Vec<Findings>, accept: Accept, printer: &Printer) -> Result<(), Failure> {
    let mut conflicts: Vec<Conflict> = Vec::new();
    for findings in found {
        for remark in findings.remarks {
            printer.note(&remark);
        }
        for conflict in findings.conflicts {
            if accept == Accept::Order && conflict.kind == ConflictKind::OrderMatters {
                printer.warning(&conflict.message);
            } else {
                conflicts.push(conflict);
            }
        }
    }
    let Some(first) = conflicts.first() else {
        return Ok(());
    };
    let number = match conflicts.len() {
        1 => "the branches conflict".to_owned(),
        many => format!("the branches conflict in {many} points"),
    };
    let only_order = conflicts
        .iter()
        .all(|conflict| conflict.kind == ConflictKind::OrderMatters);
    let mut hint = first.hint.clone();
    if only_order {
        hint += "; or let it pass with --accept-order";
    }
    let mut details = Vec::new();
    for conflict in &conflicts {
        details.push(conflict.message.clone());
        if conflicts.len() > 1 && conflict.hint != first.hint {
            details.push(format!("  {}", conflict.hint));
        }
    }
    details.push("nothing was written".to_owned());
    Err(Failure::new(FailureCode::Conflict, number)
        .details(details)
        .hint(hint))
}

fn refuse_linear(history: &History) -> Result<(), Failure> {
    if history.format != Format::Cogway {
        let message = format!("a history in the format {} has no branches", history.format);
        return Err(Failure::usage(message).hint(
            "two versions of one number are what a branch is there: rename one; only Cogway's own format says who builds on whom",
        ));
    }
    match history.obstacle() {
        Some(problem) => Err(Failure::new(FailureCode::History, problem.message.clone())
            .at(&problem.path, problem.line)
            .hint(problem.hint.clone())),
        None => Ok(()),
    }
}

fn options(server: &ServerArgs, config: &Config) -> Options {
    Options {
        site: Site::Private(Box::new(super::verify::scratch(server))),
        roles: config.roles.clone(),
        ..Options::default()
    }
}
