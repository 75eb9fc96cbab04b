//! `cogway up`, `down` and `to`: a database moves.

use std::path::Path;

use cogway_migrate::history::{Format, History, Problem, RevisionId};
use cogway_migrate::ledger::Direction;
use cogway_migrate::route::{Order, Ways};
use cogway_migrate::runner::{
    DataLoss, Event, OnDrift, Options, Rehearsal, Request, RunError, Runner, Transactions,
};

use super::before;
use super::run_progress::RunProgress;
use crate::cli::{Down, OrderChoice, RunArgs, To, Up};
use crate::config::Config;
use crate::database::Connecting;
use crate::error::Failure;
use crate::error::run::{Context, Has, of_run};
use crate::exit::Exit;
use crate::interrupt::Brake;
use crate::output::RunForm;
use crate::printer::Printer;
use crate::report::{place, steps};
use crate::{database, history};

/// A move, whichever verb asks for it.
pub(crate) struct Move<'a> {
    target: &'a str,
    ways: Ways,
    order: Option<OrderChoice>,
    data_loss: DataLoss,
    run: &'a RunArgs,
}

impl<'a> From<&'a Up> for Move<'a> {
    fn from(args: &'a Up) -> Move<'a> {
        Move {
            target: &args.target,
            ways: Ways::Up,
            order: args.order.order,
            data_loss: DataLoss::Refuse,
            run: &args.run,
        }
    }
}

impl<'a> From<&'a Down> for Move<'a> {
    fn from(args: &'a Down) -> Move<'a> {
        Move {
            target: &args.target,
            ways: Ways::Down,
            order: None,
            data_loss: allowed(args.allow_data_loss),
            run: &args.run,
        }
    }
}

impl<'a> From<&'a To> for Move<'a> {
    fn from(args: &'a To) -> Move<'a> {
        Move {
            target: &args.target,
            ways: Ways::Both,
            order: args.order.order,
            data_loss: allowed(args.allow_data_loss),
            run: &args.run,
        }
    }
}

fn allowed(flag: bool) -> DataLoss {
    if flag { DataLoss::Allow } else { DataLoss::Refuse }
}

/// Runs the verb.
pub(crate) async fn run(
    moving: &Move<'_>,
    config: &Config,
    printer: &Printer,
    brake: &Brake,
) -> Result<Exit, Failure> {
    let args = moving.run;
    let wanted = database::wanted(&args.database, config)?;
    // The server makes its process, and tells what is applied, while the files are read.
    let connecting = Connecting::begin(&wanted, options(moving, config, &wanted, brake));
    // What is taken back can do without files: the ledger has kept the scripts.
    let history = match moving.ways {
        Ways::Up => history::read(&args.history, config, printer).await?,
        Ways::Down | Ways::Both => history::read_or_empty(&args.history, config, printer).await?,
    };
    // It lives as long as the program, which need not free thousands of scripts one by one to end.
    let history: &History = Box::leak(Box::new(history));
    let runner = connecting.finish(&wanted, printer).await?;
    let _ = brake.canceller.set(runner.canceller());
    let request = Request {
        target: moving.target,
        ways: moving.ways,
    };
    if args.sql {
        let script = runner.script(history, &request).await?;
        runner.close().await;
        printer.data(&script)?;
        return Ok(Exit::Done);
    }
    if args.dry_run {
        let planned = runner.plan(history, &request).await?;
        runner.close().await;
        for step in planned
            .steps
            .iter()
            .filter(|step| step.direction == Direction::Up)
        {
            for fault in faults(history, &step.id) {
                printer.warning(&fault);
            }
        }
        match args.output {
            RunForm::Human => printer.data(&steps::planned(&planned, history, printer.paint()))?,
            RunForm::Json => printer.json(&steps::planned_document(moving.ways, &planned))?,
            RunForm::Jsonl => printer.json_line(&steps::planned_document(moving.ways, &planned))?,
        }
        return Ok(Exit::Done);
    }
    perform(moving, &runner, history, &request, printer).await?;
    runner.close().await;
    Ok(Exit::Done)
}

async fn perform(
    moving: &Move<'_>,
    runner: &Runner,
    history: &History,
    request: &Request<'_>,
    printer: &Printer,
) -> Result<(), Failure> {
    let form = moving.run.output;
    let progress = RunProgress::new(printer, request.ways);
    let mut unwritten = Ok(());
    let mut on_event = |event: Event<'_>| {
        progress.show(&event);
        if let Event::Step {
            id,
            direction: Direction::Up,
            ..
        } = &event
        {
            for fault in faults(history, id) {
                progress.warning(&fault);
            }
        }
        if unwritten.is_err() {
            return;
        }
        match (form, &event) {
            (RunForm::Human, Event::Stepped(step)) => {
                unwritten = progress.suspend(|| printer.data(&steps::stepped(step, printer.paint())));
            }
            (RunForm::Jsonl, event) => unwritten = printer.json_line(&steps::Line::of(request.ways, event)),
            _ => {}
        }
    };
    let outcome = runner.run(history, request, &mut on_event).await;
    drop(progress);
    let done = match outcome {
        Ok(done) => done,
        Err(error) => {
            let again = again(moving, done_before(&error));
            let ledger = match (&error, runner.ledger().await) {
                (RunError::Step(_), Ok(ledger)) if ledger.applied.is_empty() => Has::Nothing,
                _ => Has::Revisions,
            };
            let context = Context {
                again: &again,
                ledger,
                transactions: transactions(moving.run),
            };
            return Err(of_run(error, context));
        }
    };
    unwritten?;
    match form {
        RunForm::Human => printer.data(&steps::finished(&done, history, printer.paint())),
        RunForm::Json => printer.json(&steps::document(request.ways, &done)),
        RunForm::Jsonl => printer.json_line(&steps::Line::finished(request.ways, &done)),
    }
}

/// What is wrong with the files of a revision that is applied, and stops nothing: nobody has written its script, or its
/// tool would run it in another way.
fn faults(history: &History, id: &RevisionId) -> Vec<String> {
    let folder = |path: &Path| match history.format {
        Format::Cogway | Format::Diesel => path.parent().map(Path::to_owned),
        _ => None,
    };
    let Some(revision) = history.get(id) else {
        return Vec::new();
    };
    let up = revision.up.path.as_path();
    let is_its = |problem: &&Problem| {
        problem.path == up || folder(up).is_some_and(|dir| problem.path.starts_with(dir))
    };
    let problems = history.problems.iter().filter(is_its);
    problems
        .map(|problem| format!("{}: {}", place(&problem.path, problem.line), problem.message))
        .collect()
}

/// How many steps were done before an error.
fn done_before(error: &RunError) -> usize {
    match error {
        RunError::Step(failure) => failure.done.len(),
        RunError::Interrupted { done, .. } => done.len(),
        _ => 0,
    }
}

/// What to type to go on when so many steps are done.
fn again(moving: &Move<'_>, done: usize) -> String {
    let mut text = format!("cogway {}", moving.ways.verb());
    let left = |sign: char| {
        let number: usize = moving.target.strip_prefix(sign)?.parse().ok()?;
        Some(format!("{sign}{}", number.saturating_sub(done).max(1)))
    };
    match left('+').or_else(|| left('-')) {
        Some(steps) => text += &format!(" {steps}"),
        None if moving.ways == Ways::Up && moving.target == "head" => {}
        None => text += &format!(" {}", moving.target),
    }
    for (flag, word) in [
        (moving.run.rehearse, " --rehearse"),
        (moving.run.single_transaction, " --single-transaction"),
    ] {
        text += if flag { word } else { "" };
    }
    text
}

fn transactions(args: &RunArgs) -> Transactions {
    if args.single_transaction {
        Transactions::One
    } else {
        Transactions::Each
    }
}

fn options(moving: &Move<'_>, config: &Config, database: &cogway_pg::Config, brake: &Brake) -> Options {
    let args = moving.run;
    let usual = Options::default();
    Options {
        lock_wait: args.wait.or(config.run.wait).unwrap_or(usual.lock_wait),
        lock_timeout: args
            .lock_timeout
            .or(config.run.lock_timeout)
            .unwrap_or(usual.lock_timeout),
        order: match moving.order.or(config.run.order) {
            Some(OrderChoice::Allow) => Order::Allow,
            Some(OrderChoice::Strict) | None => Order::Strict,
        },
        on_drift: if args.strict || config.run.strict {
            OnDrift::Refuse
        } else {
            OnDrift::Warn
        },
        exclude: config.run.exclude.clone(),
        transactions: transactions(args),
        data_loss: moving.data_loss,
        rehearsal: if args.rehearse {
            Rehearsal::Only
        } else {
            Rehearsal::No
        },
        before: before::command(config, database),
        stop: brake.stop.clone(),
        ..usual
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::{Cli, Verb};

    #[test]
    fn what_to_type_to_go_on() {
        let check = |typed: &str, done: usize, expect: &str| {
            let cli = Cli::try_parse_from(typed.split(' ')).expect(typed);
            let moving: Move<'_> = match &cli.verb {
                Verb::Up(args) => args.into(),
                Verb::Down(args) => args.into(),
                Verb::To(args) => args.into(),
                other => panic!("{other:?}"),
            };
            assert_eq!(again(&moving, done), expect, "{typed}");
        };
        check("cogway up", 3, "cogway up");
        check("cogway up 7 --dir x", 3, "cogway up 7");
        check("cogway up +3", 1, "cogway up +2");
        check("cogway down -3", 2, "cogway down -1");
        check("cogway to head --rehearse", 0, "cogway to head --rehearse");
        check(
            "cogway to -1 --single-transaction",
            0,
            "cogway to -1 --single-transaction",
        );
    }
}
