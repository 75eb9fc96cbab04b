//! `cogway snapshot`: what a database contains, and its fingerprint.

use std::fmt::Write;

use cogway_catalog::{Catalog, Fingerprint, Kind};
use cogway_migrate::ledger::without_ledger;
use cogway_migrate::verify::{self, Options, Site};
use cogway_pg::session::Session;
use serde::Serialize;

use crate::cli::{HistoryArgs, ServerArgs, Snapshot};
use crate::config::Config;
use crate::error::Failure;
use crate::exit::Exit;
use crate::output::{Header, PlainForm};
use crate::paint::{Paint, Tone};
use crate::printer::Printer;
use crate::{database, history};

/// Runs the verb.
pub(crate) async fn run(args: &Snapshot, config: &Config, printer: &Printer) -> Result<Exit, Failure> {
    let catalog = match source(args)? {
        Source::Database(config) => of_database(&config, printer).await?,
        Source::History if history::dir(&args.history, config).is_some() => {
            of_history(&args.history, args.at.as_deref(), &args.server, config, printer).await?
        }
        Source::History => {
            return Err(
                Failure::usage("there is nothing to read: no database and no migrations are named").hint(
                    "name a database (--database-url URL, DATABASE_URL, PGHOST…) or a folder (--dir DIR)",
                ),
            );
        }
    };
    let catalog = catalog.without(&[&args.exclude.exclude[..], &config.exclude].concat());
    let fingerprint = catalog.fingerprint();
    match args.output {
        PlainForm::Json => printer.json(&Document {
            header: Header::of("snapshot"),
            fingerprint,
            catalog: &catalog,
        })?,
        PlainForm::Human => printer.data(&describe(&catalog, &fingerprint, printer.paint()))?,
    }
    Ok(Exit::Done)
}

/// What to read.
enum Source {
    Database(Box<cogway_pg::Config>),
    History,
}

fn source(args: &Snapshot) -> Result<Source, Failure> {
    if let Some(url) = &args.database_url {
        return Ok(Source::Database(Box::new(database::from_url(
            url,
            "--database-url",
        )?)));
    }
    if args.history.dir.is_some() || args.history.format.is_some() || args.at.is_some() {
        return Ok(Source::History);
    }
    Ok(match database::from_environment() {
        Some(config) => Source::Database(Box::new(config?)),
        None => Source::History,
    })
}

/// Reads a database, without Cogway's own ledger.
pub(super) async fn of_database(config: &cogway_pg::Config, printer: &Printer) -> Result<Catalog, Failure> {
    printer.note(&format!("reading: {}", database::describe(config)));
    let mut session = Session::connect(config).await?;
    let catalog = session.read().await?;
    session.close().await;
    let own = without_ledger(&catalog);
    if own.len() < catalog.len() {
        printer.note("without the schema cogway, Cogway's own ledger");
    }
    Ok(own)
}

/// Runs a history up on a private server, as far as a revision if one is named, and reads what it makes.
pub(super) async fn of_history(
    files: &HistoryArgs,
    at: Option<&str>,
    server: &ServerArgs,
    config: &Config,
    printer: &Printer,
) -> Result<Catalog, Failure> {
    let history = history::read(files, config, printer).await?;
    if let Some(problem) = history.problems.iter().find(|problem| problem.kind.hides_sql()) {
        printer.note(&format!(
            "incomplete: {}: {}; `cogway verify` names everything that is left out",
            problem.path.display(),
            problem.message
        ));
    }
    let at = at.map(|wanted| history::revision(&history, wanted)).transpose()?;
    let options = Options {
        site: Site::Private(Box::new(super::verify::scratch(server))),
        roles: config.roles.clone(),
        ..Options::default()
    };
    Ok(verify::catalog_at(&history, at.as_ref(), &options).await?)
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header,
    fingerprint: Fingerprint,
    catalog: &'a Catalog,
}

/// The fingerprint, how many there are of each kind, and what is not read.
fn describe(catalog: &Catalog, fingerprint: &Fingerprint, paint: Paint) -> String {
    let mut text = format!("fingerprint {}\n", paint.text(Tone::Strong, fingerprint));
    for kind in Kind::ALL {
        let number = catalog.of_kind(kind).count();
        if number > 0 {
            // Writing to memory cannot fail.
            let _ = writeln!(text, "{number:>7} {}", plural(kind, number));
        }
    }
    if catalog.is_empty() {
        text += "nothing in it\n";
    }
    if !catalog.unmodelled().is_empty() {
        text += "Cogway does not read these, and says nothing of them but that they are there:\n";
        for thing in catalog.unmodelled() {
            let _ = writeln!(text, "  {thing}");
        }
    }
    text
}

fn plural(kind: Kind, number: usize) -> String {
    let word = kind.words();
    match word {
        _ if number == 1 => word.to_owned(),
        "index" => "indexes".to_owned(),
        _ if word.ends_with('s') => word.to_owned(),
        _ => match word.strip_suffix('y') {
            Some(stem) => format!("{stem}ies"),
            None => format!("{word}s"),
        },
    }
}
