//! `cogway adopt` and `repair`: the ledger is written, and nothing is run.

use cogway_catalog::QualifiedName;
use cogway_migrate::account::Tool;
use cogway_migrate::runner::{Adoption, Options, Rehearsal, Repair as Correction, RunError};
use cogway_migrate::target::TargetError;

use crate::cli::{Adopt, Repair};
use crate::config::{self, Config};
use crate::error::Failure;
use crate::exit::Exit;
use crate::interrupt::Brake;
use crate::output::PlainForm;
use crate::printer::Printer;
use crate::report::account::{self, Written};
use crate::{database, history};

fn options(dry_run: bool, brake: &Brake) -> Options {
    Options {
        rehearsal: if dry_run { Rehearsal::Only } else { Rehearsal::No },
        stop: brake.stop.clone(),
        ..Options::default()
    }
}

/// What to do with a revision that is not there.
const REVISIONS_HINT: &str = "write its id, or the beginning of it; `cogway history` lists the revisions";

/// An error, in words for verbs that take revisions and no other targets.
fn about_revisions(error: RunError) -> Failure {
    match error {
        RunError::Target(TargetError::Unknown { .. }) => Failure::from(error).hint(REVISIONS_HINT),
        error => error.into(),
    }
}

/// `cogway adopt`.
pub(crate) async fn adopt(
    args: &Adopt,
    config: &Config,
    printer: &Printer,
    brake: &Brake,
) -> Result<Exit, Failure> {
    let table: Option<QualifiedName> = args.table.as_deref().map(config::table).transpose()?;
    let adoption = match (&args.from, &args.baseline) {
        (Some(tool), _) => Adoption::From {
            tool: tool.parse::<Tool>().map_err(|error| {
                Failure::usage(error.to_string()).hint(
                    "name the tool that has moved this database so far; where none has, say --baseline REV",
                )
            })?,
            table,
        },
        (None, target) => Adoption::Baseline(baseline(target.as_deref().unwrap_or_default())?),
    };
    let wanted = database::wanted(&args.database, config)?;
    let history = history::read(&args.history, config, printer).await?;
    let runner = database::connect(&wanted, options(args.dry_run, brake), printer).await?;
    let _ = brake.canceller.set(runner.canceller());
    let adopted = runner
        .adopt(&history, &adoption, &mut |_| {})
        .await
        .map_err(about_revisions)?;
    runner.close().await;
    for remark in &adopted.remarks {
        printer.warning(remark);
    }
    let written = Written::unless(args.dry_run);
    match args.output {
        PlainForm::Json => printer.json(&account::adopted_document(&adopted, written))?,
        PlainForm::Human => printer.data(&account::adopted(&adopted, &history, written))?,
    }
    Ok(Exit::Done)
}

/// The revision that a database is said to be at.
fn baseline(target: &str) -> Result<&str, Failure> {
    if target.trim().is_empty() {
        return Err(Failure::usage("--baseline names no revision").hint(REVISIONS_HINT));
    }
    if target == "base" || target.starts_with(['+', '-']) {
        return Err(Failure::usage(format!(
            "--baseline names the revision that the database is at, and {target} is none"
        ))
        .hint("write its id, or head; a database at base needs no --baseline: `cogway up`"));
    }
    Ok(target)
}

/// `cogway repair`.
pub(crate) async fn repair(
    args: &Repair,
    config: &Config,
    printer: &Printer,
    brake: &Brake,
) -> Result<Exit, Failure> {
    let correction = match (&args.applied, &args.reverted, args.resume_at, args.schema) {
        (Some(revision), ..) => Correction::Applied(revision.clone()),
        (_, Some(revision), ..) => Correction::Reverted(revision.clone()),
        (.., Some(part), _) => Correction::ResumeAt(part),
        (.., true) => Correction::Schema,
        _ => Correction::Changed(args.revisions.clone()),
    };
    let wanted = database::wanted(&args.database, config)?;
    let history = history::read_or_empty(&args.history, config, printer).await?;
    let options = Options {
        exclude: config.run.exclude.clone(),
        ..options(args.dry_run, brake)
    };
    let runner = database::connect(&wanted, options, printer).await?;
    let _ = brake.canceller.set(runner.canceller());
    let drift = match correction {
        Correction::Schema => runner.drift(&runner.ledger().await?).await?.ok(),
        _ => None,
    };
    let repaired = runner
        .repair(&history, &correction, &mut |_| {})
        .await
        .map_err(about_revisions)?;
    runner.close().await;
    let done = account::Repairs {
        correction: &correction,
        repaired: &repaired,
        drift: drift.as_ref(),
        written: Written::unless(args.dry_run),
    };
    match args.output {
        PlainForm::Json => printer.json(&account::repaired_document(&done))?,
        PlainForm::Human => printer.data(&account::repaired(&done, printer.paint()))?,
    }
    Ok(Exit::Done)
}
