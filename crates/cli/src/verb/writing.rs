//! `cogway init` and `new`: files are written.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use cogway_migrate::history::{Draft, Format, History, RevisionId, Wanted};
use cogway_migrate::position::{branches, heads};
use cogway_migrate::route::Conflict;
use serde::Serialize;

use crate::cli::{HistoryArgs, Init, New};
use crate::config::{Config, FILE};
use crate::error::conflict::of_conflict;
use crate::error::{Failure, FailureCode};
use crate::exit::Exit;
use crate::history::USUAL_DIR;
use crate::output::{Header, PlainForm};
use crate::paint::visible;
use crate::printer::Printer;
use crate::report::place;

/// What `cogway init` writes into `cogway.toml`, behind the folder and the format.
const SETTINGS: &str = "
# How `cogway up`, `down` and `to` run; `cogway help up` says what each line means.
[run]
#order = \"allow\"
#strict = true
#exclude = [\"privileges\"]
#lock_timeout = \"2s\"
#wait = \"60s\"
#before = \"pg_dump -Fc -f before.dump\"

# What `cogway verify` compares besides the schema, and what it lets pass; see `cogway help verify`.
[verify]
#data = [\"country\", \"currency\"]
";

#[derive(Serialize)]
struct Written<'a> {
    #[serde(flatten)]
    header: Header,
    files: &'a [PathBuf],
}

/// `cogway init`.
pub(crate) fn init(args: &Init, config: Option<&Path>, printer: &Printer) -> Result<Exit, Failure> {
    if config.is_some() {
        return Err(Failure::usage(format!(
            "init writes {FILE} into this directory, and no other file"
        ))
        .hint("leave out --config, and go to the directory that it is for"));
    }
    let format: Option<Format> = match args.format.as_deref() {
        None | Some("auto") => None,
        Some(name) => Some(name.parse().map_err(crate::config::format_failure)?),
    };
    let dir = args.dir.clone().unwrap_or_else(|| PathBuf::from(USUAL_DIR));
    let file = Path::new(FILE);
    if file.symlink_metadata().is_ok() {
        let message = format!("{FILE} is here already");
        return Err(Failure::usage(message)
            .hint("edit it; `cogway new NAME` writes a revision into the folder that it names"));
    }
    let is_new = !dir.exists();
    if !is_new && !dir.is_dir() {
        let message = format!("{} is there, and is no folder", dir.display());
        return Err(Failure::usage(message).hint("name another folder for the migrations: --dir PATH"));
    }
    if is_new {
        std::fs::create_dir_all(&dir).map_err(|error| cannot_write(&dir, &error))?;
    }
    let mut text = format!(
        "# The folder with the migrations.\ndir = {}\n",
        quoted(&dir.display().to_string())
    );
    if let Some(format) = format {
        text += &format!("# Whose format it is in.\nformat = \"{format}\"\n");
    }
    text += SETTINGS;
    std::fs::write(file, text).map_err(|error| cannot_write(file, &error))?;
    let files: Vec<PathBuf> = std::iter::once(file.to_owned())
        .chain(is_new.then(|| dir.clone()))
        .collect();
    match args.output {
        PlainForm::Json => printer.json(&Written {
            header: Header::of("init"),
            files: &files,
        })?,
        PlainForm::Human => {
            for file in &files {
                printer.data(&format!("wrote {}\n", place(file, None)))?;
            }
            let has_files = std::fs::read_dir(&dir).is_ok_and(|mut entries| entries.next().is_some());
            printer.note(if has_files {
                "next: `cogway verify` proves what is there, `cogway status` says where a database stands"
            } else {
                "next: `cogway new \"create users\"` writes the first revision"
            });
        }
    }
    Ok(Exit::Done)
}

/// `cogway new`.
pub(crate) async fn new(args: &New, config: &Config, printer: &Printer) -> Result<Exit, Failure> {
    let history = crate::history::read(&args.history, config, printer).await?;
    let parents = parents(&args.parent, &history)?;
    let paths = write(&history, &args.name, &parents, Scripts { up: "", down: "" })?;
    report(
        &Report {
            verb: "new",
            history: &args.history,
            paths: &paths,
            name: &args.name,
        },
        args.output,
        config,
        printer,
    )
    .await?;
    Ok(Exit::Done)
}

/// The scripts of a new revision; empty ones say what to write there.
pub(super) struct Scripts<'a> {
    pub(super) up: &'a str,
    pub(super) down: &'a str,
}

/// Writes a new revision, and returns its files.
pub(super) fn write(
    history: &History,
    name: &str,
    parents: &[RevisionId],
    scripts: Scripts<'_>,
) -> Result<Vec<PathBuf>, Failure> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let wanted = Wanted {
        name,
        parents,
        up: scripts.up,
        down: match history.format {
            // They have no place for it.
            Format::Refinery => None,
            _ => Some(scripts.down),
        },
        now: now.map_or(0, |now| now.as_secs()),
    };
    let draft = Draft::of(history, &wanted)?;
    draft.write()?;
    Ok(draft.files.into_iter().map(|file| file.path).collect())
}

pub(super) struct Report<'a> {
    pub(super) verb: &'static str,
    pub(super) history: &'a HistoryArgs,
    pub(super) paths: &'a [PathBuf],
    pub(super) name: &'a str,
}

/// Says what was written: the revision as the next run reads it.
pub(super) async fn report(
    report: &Report<'_>,
    form: PlainForm,
    config: &Config,
    printer: &Printer,
) -> Result<(), Failure> {
    let quiet = Printer::new(crate::printer::ColourChoice::Never, crate::printer::Talk::Quiet);
    match form {
        PlainForm::Json => {
            let history = crate::history::read(report.history, config, &quiet).await?;
            let is_new =
                |revision: &cogway_migrate::history::Revision| report.paths.contains(&revision.up.path);
            printer.json(&crate::report::revisions::document(report.verb, &history, is_new))
        }
        PlainForm::Human => {
            for path in report.paths {
                printer.data(&format!("wrote {}\n", place(path, None)))?;
            }
            if report.verb == "new" {
                printer.note(&format!(
                    "next: write there what \"{}\" does, prove it with `cogway verify`, apply it with `cogway up`",
                    visible(report.name)
                ));
            }
            Ok(())
        }
    }
}

/// The revisions that a new one builds on: those that are named, or the head.
pub(super) fn parents(named: &[String], history: &History) -> Result<Vec<RevisionId>, Failure> {
    if !named.is_empty() {
        let named = named.iter().filter(|wanted| *wanted != "base");
        return named
            .map(|wanted| crate::history::revision(history, wanted))
            .collect();
    }
    if history.format != Format::Cogway {
        // What is last there is what the next one builds on.
        return Ok(Vec::new());
    }
    match heads(history)[..] {
        [] => Ok(Vec::new()),
        [head] => Ok(vec![head.id.clone()]),
        _ => {
            let failure = of_conflict(&Conflict::Heads(branches(history)));
            Err(failure
                .hint("say on which it builds with --parent REV, or make them one: `cogway merge NAME`"))
        }
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(
        FailureCode::Write,
        format!("{} cannot be written: {error}", path.display()),
    )
    .hint("check that there is room, and that you may write there")
}
