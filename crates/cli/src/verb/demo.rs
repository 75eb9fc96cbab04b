//! `cogway demo`: what a newcomer sees first. It proves a small history, and a copy of it with the usual mistakes.

mod files;

use std::path::{Path, PathBuf};

use cogway_catalog::QualifiedName;
use cogway_migrate::history;
use cogway_migrate::verify::{self, DataScope, Options, Report, Site};
use serde::Serialize;

use super::progress::Progress;
use crate::cli::Demo;
use crate::config::Config;
use crate::error::{Failure, FailureCode};
use crate::exit::Exit;
use crate::output::{Header, PlainForm};
use crate::paint::Tone;
use crate::printer::{Printer, Talk};
use crate::report::{Subject, human, json};

/// The history as it should be.
const GOOD: &str = "demo-history";

/// Its copy with faults.
const BROKEN: &str = "demo-history-broken";

const WELCOME: &str = "\
A bookshop keeps its database in PostgreSQL. In nine revisions the schema grew to what it is; each has
an `up` that takes it a step forward, and should have a `down` that takes it back. When a release goes
wrong at night, it is `down` that has to work. Has anybody ever run it?

Cogway has. On a private server it runs every revision up, down and up again, reads everything that is
in the database after each step, and compares.
";

const FIRST: &str = "1. The history as it should be: every down takes back exactly what its up did.";

const SECOND: &str = "\
2. The same history as it often looks. Each down was written with good intentions, and never run.";

const BYE: &str = "\
All of this ran on a PostgreSQL server that started for it and is gone again, with all its files.
Now prove your own history; golang-migrate, dbmate, goose, sqlx, diesel, Flyway, refinery and Sqitch
are told apart from the files:
";

/// Runs the verb: done when the good history is clean and the broken one is not.
pub(crate) async fn run(args: &Demo, printer: &Printer) -> Result<Exit, Failure> {
    let mut temporary = None;
    let place = match &args.keep {
        Some(dir) => dir.clone(),
        None => {
            let dir = tempfile::Builder::new().prefix("cogway-demo-").tempdir();
            let dir = dir.map_err(|error| cannot_write(&std::env::temp_dir(), &error))?;
            temporary.insert(dir).path().to_owned()
        }
    };
    write_files(&place)?;
    // Names that stay true when the temporary folder is gone.
    let shown = |history: &str| {
        args.keep
            .as_ref()
            .map_or_else(|| history.into(), |dir| dir.join(history))
    };

    if args.output == PlainForm::Json {
        return machines(args, printer, &place, shown).await;
    }
    let paint = printer.paint();
    printer.data(&format!("{WELCOME}\n"))?;
    let mut clean = Vec::new();
    // The good one is shown revision by revision: there is nothing else to see.
    for (sentence, history, talk) in [(FIRST, GOOD, Talk::Verbose), (SECOND, BROKEN, printer.talk())] {
        let shown = shown(history);
        let verbose = if talk == Talk::Verbose { " -v" } else { "" };
        let command = format!("cogway verify --dir {} --data country{verbose}", shown.display());
        let sentence = paint.text(Tone::Strong, sentence);
        printer.data(&format!(
            "{sentence}\n\n{} {}\n",
            paint.text(Tone::Quiet, "$"),
            paint.text(Tone::Advice, command)
        ))?;
        let report = prove(&place.join(history), &shown, args, printer).await?;
        let config = Config::default();
        let subject = Subject {
            report: &report,
            dir: &shown,
            config: &config,
        };
        printer.data(&format!("{}\n", human::render(&subject, talk, paint)))?;
        clean.push(report.is_clean());
    }
    let yours = paint.text(Tone::Advice, "cogway verify --dir path/to/migrations");
    let mut bye = format!("{BYE}\n    {yours}\n");
    if let Some(dir) = &args.keep {
        bye += &format!(
            "\nThe two histories are in {}. Mend one of them, and prove it again.\n",
            dir.display()
        );
    } else {
        let keep = paint.text(Tone::Advice, "cogway demo --keep bookshop");
        bye += &format!("\nTo look at the two histories, and to mend the broken one:\n\n    {keep}\n");
    }
    printer.data(&bye)?;
    Ok(as_promised(&clean))
}

/// Both reports as one document.
async fn machines(
    args: &Demo,
    printer: &Printer,
    place: &Path,
    shown: impl Fn(&str) -> PathBuf,
) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Document<'a> {
        #[serde(flatten)]
        header: Header,
        histories: Vec<json::Body<'a>>,
    }
    let config = Config::default();
    let mut proved = Vec::new();
    for history in [GOOD, BROKEN] {
        let shown = shown(history);
        let report = prove(&place.join(history), &shown, args, printer).await?;
        proved.push((shown, report));
    }
    let subject = |(dir, report)| Subject {
        report,
        dir,
        config: &config,
    };
    let subjects: Vec<Subject<'_>> = proved
        .iter()
        .map(|(dir, report)| subject((dir, report)))
        .collect();
    printer.json(&Document {
        header: Header::of("demo"),
        histories: subjects.iter().map(json::body).collect(),
    })?;
    let clean: Vec<bool> = proved.iter().map(|(_, report)| report.is_clean()).collect();
    Ok(as_promised(&clean))
}

/// The good history is clean, and the broken one is not.
fn as_promised(clean: &[bool]) -> Exit {
    if clean == [true, false] {
        Exit::Done
    } else {
        Exit::Found
    }
}

async fn prove(dir: &Path, shown: &Path, args: &Demo, printer: &Printer) -> Result<Report, Failure> {
    let history = history::read(dir, None)?;
    let options = Options {
        site: Site::Private(Box::new(super::verify::scratch(&args.server))),
        data: DataScope::Tables(vec![QualifiedName::new("public", "country")]),
        ..Options::default()
    };
    let progress = Progress::new(printer);
    let mut report = verify::verify(&history, &options, &mut |event| progress.show(&event)).await?;
    let rename = |path: &mut PathBuf| {
        if let Ok(rest) = path.strip_prefix(dir) {
            *path = shown.join(rest);
        }
    };
    for revision in &mut report.revisions {
        rename(&mut revision.up);
        revision.down.iter_mut().for_each(rename);
        revision
            .findings
            .iter_mut()
            .for_each(|finding| rename(&mut finding.path));
    }
    report
        .problems
        .iter_mut()
        .for_each(|problem| rename(&mut problem.path));
    Ok(report)
}

fn write_files(place: &Path) -> Result<(), Failure> {
    for history in [GOOD, BROKEN] {
        let dir = place.join(history);
        if dir.exists() {
            let message = format!("{} is there already", dir.display());
            return Err(Failure::usage(message).hint("name another folder: cogway demo --keep DIR"));
        }
    }
    for (path, text) in files::FILES {
        let path = place.join(path);
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        made.and_then(|()| std::fs::write(&path, text))
            .map_err(|error| cannot_write(&path, &error))?;
    }
    Ok(())
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(
        FailureCode::Write,
        format!("{} cannot be written: {error}", path.display()),
    )
    .hint("check that there is room, and that you may write there; --keep DIR names another place")
}
