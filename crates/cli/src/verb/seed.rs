//! `cogway seed`: rows for any schema.

use cogway_catalog::QualifiedName;
use cogway_workload::seed::{Event, Existing, Options, SeedError, seed};
use indicatif::ProgressBar;

use crate::cli::Seed;
use crate::config::Config;
use crate::error::{Failure, FailureCode};
use crate::exit::Exit;
use crate::output::RunForm;
use crate::paint::visible;
use crate::printer::Printer;
use crate::verb::bar::bar;
use crate::{database, report};

/// Runs the verb.
pub(crate) async fn run(args: &Seed, config: &Config, printer: &Printer) -> Result<Exit, Failure> {
    let wanted = database::wanted(&args.database, config)?;
    let options = options(args, config);
    printer.note(&format!("filling: {}", database::describe(&wanted)));
    let progress = Progress::new(printer);
    let mut told = Ok(());
    let outcome = seed(&wanted, &options, &mut |event| {
        progress.on(&event);
        if args.output == RunForm::Jsonl
            && let Event::Done(table) = event
            && told.is_ok()
        {
            told = printer.json_line(&report::seed::TableEntry::of(table));
        }
    })
    .await;
    drop(progress);
    told?;
    let report = outcome.map_err(|error| failure(error, &wanted))?;
    match args.output {
        RunForm::Human => {
            printer.data(&report::seed::human(
                &report,
                &options,
                printer.paint(),
                printer.talk(),
            ))?;
        }
        RunForm::Json => printer.json(&report::seed::Document::of(&report, &options))?,
        RunForm::Jsonl => printer.json_line(&report::seed::Summary::of(&report))?,
    }
    let is_empty =
        |table: &&cogway_workload::seed::TableReport| table.wanted > 0 && table.before + table.added == 0;
    Ok(match report.tables.iter().find(is_empty) {
        Some(_) => Exit::Found,
        None => Exit::Done,
    })
}

/// What was typed, and otherwise what the configuration says.
fn options(args: &Seed, config: &Config) -> Options {
    let usual = config.seed.options();
    let mut tables = usual.tables.clone();
    tables.extend(args.tables.iter().cloned());
    Options {
        rows: args.rows.unwrap_or(usual.rows),
        seed: args.seed.unwrap_or(usual.seed),
        tables,
        existing: if args.truncate {
            Existing::Truncate
        } else {
            Existing::Keep
        },
        jobs: args.jobs,
        language: args.language.map_or(usual.language, Into::into),
        ..usual
    }
}

fn failure(error: SeedError, wanted: &cogway_pg::Config) -> Failure {
    match error {
        SeedError::Session(error) if error.is_lost() => Failure {
            message: format!("{}: {error}", database::describe(wanted)),
            ..error.into()
        },
        SeedError::Session(error) => Failure::from(error),
        SeedError::NoSuchTable(_) => {
            Failure::usage(error.to_string()).hint("name it as in SQL, with its schema: shop.category; partitions and views are not filled by themselves")
        }
        SeedError::NotAsBefore { .. } | SeedError::SchemaChanged(_) => Failure::new(FailureCode::Drift, error.to_string())
            .hint("did somebody change the schema meanwhile? `cogway check` shows the difference to what the migrations made"),
        SeedError::BrokenOff | SeedError::Unwritable => Failure::new(FailureCode::Server, error.to_string())
            .hint("what was committed stays; run the same again to add what is missing"),
    }
}

/// Shows progress; the bar goes when this is dropped.
struct Progress {
    bar: ProgressBar,
}

impl Progress {
    fn new(printer: &Printer) -> Progress {
        let bar = bar(
            printer,
            "{bar:30} {percent:>3}%  {human_pos} rows  {per_sec}  {eta} left  {wide_msg}",
        );
        Progress { bar }
    }

    fn on(&self, event: &Event<'_>) {
        match event {
            Event::Planned { rows, .. } => self.bar.set_length(*rows),
            Event::Begun { table, .. } => self.bar.set_message(name(table)),
            Event::Rows(rows) => self.bar.inc(*rows),
            Event::Building { table } => self.bar.set_message(format!("{}: keys and indexes", name(table))),
            Event::Done(table) => {
                // What is there already is nothing to wait for; neither is what did not come about.
                let missing = table.wanted.saturating_sub(table.added);
                self.bar
                    .set_length(self.bar.length().unwrap_or(0).saturating_sub(missing));
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn name(table: &QualifiedName) -> String {
    visible(&table.to_string()).into_owned()
}
