//! `cogway status`, `history`, `heads` and `check`: looking, and changing nothing.

use cogway_migrate::history::{History as Files, Problem, ProblemKind, Revision};
use cogway_migrate::ledger::Ledger;
use cogway_migrate::position::{Position, heads};
use cogway_migrate::runner::Options;
use serde::Serialize;

use crate::cli::{Check, Heads, History, Status};
use crate::config::Config;
use crate::error::Failure;
use crate::exit::Exit;
use crate::output::{Header, PlainForm};
use crate::printer::Printer;
use crate::report::{position, revisions, title};
use crate::{database, history};

/// With what counts as drift: nothing of what the command line or `cogway.toml` excludes.
fn options(exclude: &[cogway_catalog::Aspect], config: &Config) -> Options {
    Options {
        exclude: [exclude, &config.run.exclude].concat(),
        ..Options::default()
    }
}

/// `cogway status`.
pub(crate) async fn status(args: &Status, config: &Config, printer: &Printer) -> Result<Exit, Failure> {
    let wanted = database::wanted(&args.database, config)?;
    let history = history::read_or_empty(&args.history, config, printer).await?;
    let runner = database::connect(&wanted, options(&args.exclude.exclude, config), printer).await?;
    let status = runner.status().await?;
    runner.close().await;
    let is_old = |problem: &Problem| is_of_applied(problem, &history, &status.ledger);
    history::warn_of_problems(&history, |problem| !is_old(problem), printer);
    match args.output {
        PlainForm::Human => {
            let text = position::status(&status, &history, printer.talk(), printer.paint());
            printer.data(&text)?;
        }
        PlainForm::Json => printer.json(&position::status_document(&status, &history))?,
    }
    let open = position::is_open(&status, &Position::of(&history, &status.ledger));
    Ok(if args.exit_code && open {
        Exit::Found
    } else {
        Exit::Done
    })
}

/// Is it that nothing is written in a script that was applied? Then nobody will write it any more.
fn is_of_applied(problem: &Problem, history: &Files, ledger: &Ledger) -> bool {
    let of = |revision: &&Revision| revision.up.path == problem.path;
    let revision = history.revisions.iter().find(of);
    problem.kind == ProblemKind::EmptyUp
        && revision.is_some_and(|revision| ledger.get(&revision.id).is_some())
}

/// `cogway history`.
pub(crate) async fn history(args: &History, config: &Config, printer: &Printer) -> Result<Exit, Failure> {
    let history = history::read(&args.history, config, printer).await?;
    let ledger = match database::named(&args.database, config)? {
        Some(wanted) => {
            let runner = database::connect(&wanted, Options::default(), printer).await?;
            let ledger = runner.ledger().await?;
            runner.close().await;
            Some(ledger)
        }
        None => None,
    };
    let ledger = ledger.as_ref();
    history::warn_of_problems(&history, |_| true, printer);
    match (args.output, args.graph) {
        (PlainForm::Json, _) => printer.json(&revisions::history_document(&history, ledger))?,
        (PlainForm::Human, true) => printer.data(&revisions::graph(&history, ledger, printer.paint()))?,
        (PlainForm::Human, false) => printer.data(&revisions::list(&history, ledger, printer.paint()))?,
    }
    Ok(Exit::Done)
}

/// `cogway heads`.
pub(crate) async fn heads_of(args: &Heads, config: &Config, printer: &Printer) -> Result<Exit, Failure> {
    let history = history::read(&args.history, config, printer).await?;
    history::warn_of_problems(&history, |_| true, printer);
    let heads = heads(&history);
    match args.output {
        PlainForm::Json => {
            let is_head = |revision: &Revision| heads.iter().any(|head| head.id == revision.id);
            printer.json(&revisions::document("heads", &history, is_head))?;
        }
        PlainForm::Human => {
            for head in &heads {
                printer.data(&format!("{}\n", title(head.id.as_str(), &head.name)))?;
            }
        }
    }
    if heads.is_empty() {
        printer.note("there are no revisions");
    }
    if heads.len() > 1 {
        printer.note("several heads: `cogway merge NAME` or `cogway rebase REV --onto REV` makes them one");
        return Ok(Exit::Conflict);
    }
    Ok(Exit::Done)
}

/// `cogway check`.
pub(crate) async fn check(args: &Check, config: &Config, printer: &Printer) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Document {
        #[serde(flatten)]
        header: Header,
        drift: Option<Vec<position::DriftedObject>>,
        drift_unknown: Option<String>,
    }
    let wanted = database::wanted(&args.database, config)?;
    let runner = database::connect(&wanted, options(&args.exclude.exclude, config), printer).await?;
    let ledger = runner.ledger().await?;
    let drift = runner.drift(&ledger).await?;
    runner.close().await;
    match args.output {
        PlainForm::Json => printer.json(&Document {
            header: Header::of("check"),
            drift: drift.as_ref().ok().map(position::drift_document),
            drift_unknown: drift.as_ref().err().map(position::cannot_compare),
        })?,
        PlainForm::Human => printer.data(&position::drift(&drift, printer.paint()))?,
    }
    Ok(match drift {
        Ok(drift) if drift.is_none() => Exit::Done,
        _ => Exit::Found,
    })
}
