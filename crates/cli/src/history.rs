//! Which history is meant, and which revision of it.

use std::path::PathBuf;

use cogway_migrate::history::{self, Format, History, Problem, RevisionId};

use crate::cli::HistoryArgs;
use crate::config::{Config, format_failure};
use crate::error::Failure;
use crate::printer::{Printer, Talk};
use crate::report::place;

/// Where migrations are when nobody says where.
pub(crate) const USUAL_DIR: &str = "migrations";

/// The folder: as named, of `cogway.toml`, or the usual one if it is there.
pub(crate) fn dir(args: &HistoryArgs, config: &Config) -> Option<PathBuf> {
    let usual = || Some(PathBuf::from(USUAL_DIR)).filter(|dir| dir.is_dir());
    args.dir.clone().or_else(|| config.dir.clone()).or_else(usual)
}

/// Reads the history, and says whose format it is in and why.
pub(crate) async fn read(args: &HistoryArgs, config: &Config, printer: &Printer) -> Result<History, Failure> {
    let format = match args.format.as_deref() {
        Some("auto") => None,
        Some(name) => Some(name.parse().map_err(format_failure)?),
        // A folder that is named may be another than that of cogway.toml.
        None if args.dir.is_none() || args.dir == config.dir => config.format,
        None => None,
    };
    let dir = dir(args, config).ok_or_else(|| {
        Failure::usage("no migrations are named, and there is no folder `migrations` here").hint(
            "name the folder: --dir PATH, or `dir = \"PATH\"` in cogway.toml; `cogway init` begins a new history, and \
             `cogway demo` shows an example",
        )
    })?;
    // Meanwhile a server can be talked to.
    let reading = tokio::task::spawn_blocking(move || history::read(&dir, format));
    let history = reading
        .await
        .unwrap_or_else(|broken| std::panic::resume_unwind(broken.into_panic()))?;
    let because = match (&args.format, format, &config.path) {
        (None, Some(_), Some(path)) => format!("{} says so", path.display()),
        _ => history.chosen_because.clone(),
    };
    // What somebody has said needs no explanation, nor does its own.
    let is_found_out = format.is_none() && history.format != Format::Cogway;
    if is_found_out || printer.talk() == Talk::Verbose {
        printer.note(&format!("format: {} ({because})", history.format));
    }
    Ok(history)
}

/// Says what is wrong with the files of a history that is only looked at: where it is run, it is refused.
pub(crate) fn warn_of_problems(history: &History, which: impl Fn(&Problem) -> bool, printer: &Printer) {
    for problem in history.problems.iter().filter(|problem| which(problem)) {
        printer.warning(&format!(
            "{}: {}",
            place(&problem.path, problem.line),
            problem.message
        ));
    }
}

/// Reads the history, if there is one; otherwise there are no files.
pub(crate) async fn read_or_empty(
    args: &HistoryArgs,
    config: &Config,
    printer: &Printer,
) -> Result<History, Failure> {
    let is_named = args.dir.is_some();
    match dir(args, config) {
        Some(dir) if is_named || dir.exists() => read(args, config, printer).await,
        other => {
            let what = match &other {
                Some(dir) => format!("there is no folder {}", dir.display()),
                None => "no migrations are named, and there is no folder `migrations` here".to_owned(),
            };
            printer.note(&format!("{what}: going by the ledger alone"));
            Ok(History {
                format: config.format.unwrap_or(Format::Cogway),
                chosen_because: String::new(),
                dir: other.unwrap_or_else(|| PathBuf::from(USUAL_DIR)),
                revisions: Vec::new(),
                problems: Vec::new(),
            })
        }
    }
}

/// The revision that a user means: by its id (`3` is `0003` too), or by the beginning of just one.
pub(crate) fn revision(history: &History, wanted: &str) -> Result<RevisionId, Failure> {
    let ids = || history.revisions.iter().map(|revision| &revision.id);
    if wanted.trim().is_empty() {
        return Err(Failure::usage("a revision is named by nothing")
            .hint("write its id, or the beginning of it; `cogway history` lists the revisions"));
    }
    if let Some(id) = ids().find(|id| id.as_str() == wanted) {
        return Ok(id.clone());
    }
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |text: &str| digits(text).then(|| text.trim_start_matches('0').to_owned());
    if let Some(id) = ids().find(|id| digits(wanted) && number(id.as_str()) == number(wanted)) {
        return Ok(id.clone());
    }
    let beginning: Vec<&RevisionId> = ids().filter(|id| id.as_str().starts_with(wanted)).collect();
    match &beginning[..] {
        [id] => Ok((*id).clone()),
        [] => {
            let hint = match &history.revisions[..] {
                [only] => format!("its only revision is {}", only.id),
                [first, .., last] => format!(
                    "its {} revisions go from {} to {}; write an id, or the beginning of one",
                    history.revisions.len(),
                    first.id,
                    last.id
                ),
                [] => "it has no revisions at all".to_owned(),
            };
            let message = format!("there is no revision {wanted} in {}", history.dir.display());
            Err(Failure::usage(message).hint(hint))
        }
        [first, second, ..] => Err(Failure::usage(format!(
            "{} revisions begin with {wanted}: {first}, {second}{}",
            beginning.len(),
            if beginning.len() > 2 { ", …" } else { "" }
        ))
        .hint("write more of it")),
    }
}
