//! `cogway verify`: proves a history, and prints the report.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use cogway_migrate::history::History;
use cogway_migrate::verify::{self, Options, Populate, Report, Site, Stop};
use cogway_pg::scratch::ScratchOptions;

use super::progress::Progress;
use crate::cli::{ServerArgs, Verify};
use crate::config::{self, Config};
use crate::error::Failure;
use crate::exit::Exit;
use crate::output::ReportForm;
use crate::populate::Seeder;
use crate::printer::Printer;
use crate::report::{Subject, github, human, json, junit};
use crate::{database, environment, history};

/// Runs the verb.
pub(crate) async fn run(args: &Verify, config: &Config, printer: &Printer) -> Result<Exit, Failure> {
    // What was typed is looked at before any file.
    let options = options(args, config)?;
    let history = history::read(&args.history, config, printer).await?;
    if history.revisions.is_empty() {
        printer.note(&format!(
            "there are no revisions in {}: nothing is proved",
            history.dir.display()
        ));
    }
    let revision = |wanted: &Option<String>| {
        wanted
            .as_deref()
            .map(|wanted| history::revision(&history, wanted))
            .transpose()
    };
    let options = Options {
        from: revision(&args.from)?,
        to: revision(&args.to)?,
        ..options
    };
    let report = prove(&history, &options, args.output, printer).await?;
    let subject = Subject {
        report: &report,
        dir: &history.dir,
        config,
    };
    print(&subject, args.output, printer)?;
    Ok(if report.is_clean() {
        Exit::Done
    } else {
        Exit::Found
    })
}

/// Takes away what an interrupted proof has on a server that is not its own; whoever interrupts that too, or waits too
/// long for it, is told.
pub(super) async fn clear_up() -> Result<(), Failure> {
    const PATIENCE: Duration = Duration::from_secs(10);
    match tokio::time::timeout(PATIENCE, verify::leave_servers()).await {
        Ok(left) => Ok(left?),
        Err(_) => Err(Failure::interrupted()),
    }
}

/// Says what an interrupted proof may have left after all.
pub(super) fn explain(interrupted: Failure, cleared_up: Result<(), Failure>) -> Failure {
    match cleared_up {
        Ok(()) => interrupted,
        Err(_) => interrupted.hint(
            "a database cogway_proof_… may be left on the server of --database-url: drop it, or let the next proof \
             be on a private server",
        ),
    }
}

/// The proof, with its progress shown.
async fn prove(
    history: &History,
    options: &Options,
    form: ReportForm,
    printer: &Printer,
) -> Result<Report, Failure> {
    let progress = Progress::new(printer);
    let mut unwritten = Ok(());
    let mut on_event = |event: verify::Event<'_>| {
        progress.show(&event);
        if form == ReportForm::Jsonl && unwritten.is_ok() {
            let line = json::Line::of(&event, &history.dir, history.format.as_str());
            unwritten = printer.json_line(&line);
        }
    };
    let report = verify::verify(history, options, &mut on_event).await?;
    unwritten?;
    Ok(report)
}

fn print(subject: &Subject<'_>, form: ReportForm, printer: &Printer) -> Result<(), Failure> {
    match form {
        ReportForm::Human => printer.data(&human::render(subject, printer.talk(), printer.paint())),
        ReportForm::Json => printer.json(&json::document(subject)),
        ReportForm::Jsonl => printer.json_line(&json::Line::finished(subject)),
        ReportForm::Junit => printer.data(&junit::render(subject)),
        ReportForm::Github => printer.data(&github::render(subject, &checkout())),
    }
}

/// All but the revisions.
fn options(args: &Verify, config: &Config) -> Result<Options, Failure> {
    let site = match &args.database_url {
        Some(url) => Site::Server(Box::new(database::from_url(url, "--database-url")?)),
        None => Site::Private(Box::new(scratch(&args.server))),
    };
    let data = if args.data.is_empty() {
        config.data.clone()
    } else {
        config::tables(args.data.iter().map(String::as_str))?
    };
    Ok(Options {
        stop: if args.fail_fast {
            Stop::AtFirstFinding
        } else {
            Stop::AtEnd
        },
        data,
        exclude: [&args.exclude.exclude[..], &config.exclude].concat(),
        allow: config.allow.iter().map(|entry| entry.allowance.clone()).collect(),
        site,
        roles: config.roles.clone(),
        jobs: args.jobs,
        populate: args
            .populated
            .or(config.populated)
            .map(|rows| -> Arc<dyn Populate> { Arc::new(Seeder::new(u64::from(rows.get()), config)) }),
        ..Options::default()
    })
}

/// The private server that is wanted.
pub(super) fn scratch(args: &ServerArgs) -> ScratchOptions {
    ScratchOptions {
        search: environment::search(args.pg_bin.clone()),
        cache_dir: environment::cache_dir(),
        ..ScratchOptions::default()
    }
}

/// Turns paths into those from the root of the checkout, in a job of GitHub Actions; elsewhere leaves them.
fn checkout() -> impl Fn(&Path) -> String {
    let root = environment::github_workspace();
    move |path: &Path| {
        let from_root = root.as_ref().and_then(|root| {
            let absolute = path.canonicalize().or_else(|_| std::path::absolute(path)).ok()?;
            let root = root.canonicalize().ok()?;
            absolute.strip_prefix(root).map(PathBuf::from).ok()
        });
        from_root.as_deref().unwrap_or(path).display().to_string()
    }
}
