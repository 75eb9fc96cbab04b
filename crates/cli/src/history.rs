//! Which history is meant, and which revision of it.

use std::path::PathBuf;

use cogway_migrate::history::{self, History, RevisionId};

use crate::cli::HistoryArgs;
use crate::config::{Config, format_failure};
use crate::error::Failure;
use crate::printer::Printer;

/// Where migrations are when nobody says where.
const USUAL_DIR: &str = "migrations";

/// The folder: as named, of `cogway.toml`, or the usual one if it is there.
pub(crate) fn dir(args: &HistoryArgs, config: &Config) -> Option<PathBuf> {
    let usual = || Some(PathBuf::from(USUAL_DIR)).filter(|dir| dir.is_dir());
    args.dir.clone().or_else(|| config.dir.clone()).or_else(usual)
}

/// Reads the history, and says whose format it is in and why.
pub(crate) fn read(args: &HistoryArgs, config: &Config, printer: &Printer) -> Result<History, Failure> {
    let format = match args.format.as_deref() {
        Some("auto") => None,
        Some(name) => Some(name.parse().map_err(format_failure)?),
        // A folder that is named may be another than that of cogway.toml.
        None if args.dir.is_none() || args.dir == config.dir => config.format,
        None => None,
    };
    let dir = dir(args, config).ok_or_else(|| {
        Failure::usage("no migrations are named, and there is no folder `migrations` here").hint(
            "name the folder: --dir PATH, or `dir = \"PATH\"` in cogway.toml; `cogway demo` shows an example",
        )
    })?;
    let history = history::read(&dir, format)?;
    let because = match (&args.format, format, &config.path) {
        (None, Some(_), Some(path)) => format!("{} says so", path.display()),
        _ => history.chosen_because.clone(),
    };
    printer.note(&format!("format: {} ({because})", history.format));
    Ok(history)
}

/// The revision that a user means: by its id, or by the beginning of just one.
pub(crate) fn revision(history: &History, wanted: &str) -> Result<RevisionId, Failure> {
    let ids = || history.revisions.iter().map(|revision| &revision.id);
    if let Some(id) = ids().find(|id| id.as_str() == wanted) {
        return Ok(id.clone());
    }
    let beginning: Vec<&RevisionId> = ids().filter(|id| id.as_str().starts_with(wanted)).collect();
    match &beginning[..] {
        [id] => Ok((*id).clone()),
        [] => {
            let hint = match (history.revisions.first(), history.revisions.last()) {
                (Some(first), Some(last)) => format!(
                    "its {} revisions go from {} to {}; write an id, or the beginning of one",
                    history.revisions.len(),
                    first.id,
                    last.id
                ),
                _ => "it has no revisions at all".to_owned(),
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
