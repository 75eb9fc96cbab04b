//! Cogway's own way: a folder `<id>_<name>/` per revision, with `up.sql`, `down.sql` and `revision.toml`.
//!
//! - The id is what stands before the first `_` of the folder's name: letters, digits, `.` and `-`.
//! - `revision.toml` says on which revisions it builds. The order follows from that alone, so that two branches can be
//!   merged without renaming anything:
//!
//!   ```toml
//!   parents = ["20240101120000"]  # [] for the first; two or more for a merge
//!   description = "Orders get a status"  # optional
//!   transaction = "auto"  # or "none"; optional
//!   ```
//!
//! - `transaction = "auto"` runs a script in one transaction, unless a statement in it cannot run in one: then each
//!   statement runs on its own. `"none"` runs each on its own in any case.
//! - `down.sql` may be missing; then there is no way back.
//! - Files and folders whose names begin with `.` are passed over, and files beside the folders.
//!
//! diesel's folders look the same; `revision.toml`, which `cogway new` always writes, tells them apart.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::folder::{self, Entry};
use super::lines::leading_digits;
use super::problem::{HistoryError, Problem, ProblemKind};
use super::{Revision, RevisionId, Script, TransactionMode, graph};
use crate::parallel;

/// The file that makes a folder a revision of Cogway's own.
pub(super) const SETTINGS: &str = "revision.toml";

pub(super) fn read(dir: &Path, problems: &mut Vec<Problem>) -> Result<Vec<Revision>, HistoryError> {
    let listing = folder::list(dir)?;
    for file in listing
        .files
        .iter()
        .filter(|file| leading_digits(&file.name) > 0 && file.name.ends_with(".sql"))
    {
        let hint = "put it into a folder <id>_<name>/ as up.sql";
        let message = "scripts beside the folders of the revisions are passed over";
        problems.push(Problem::new(
            ProblemKind::NameNotRecognised,
            &file.path,
            message,
            hint,
        ));
    }
    let mut revisions = Vec::new();
    let mut taken: HashMap<RevisionId, PathBuf> = HashMap::new();
    let read = parallel::map(&listing.folders, |folder| {
        let mut problems = Vec::new();
        (revision(folder, &mut problems), problems)
    });
    for (folder, (revision, more)) in listing.folders.into_iter().zip(read) {
        problems.extend(more);
        let Some(revision) = revision else {
            continue;
        };
        if let Some(first) = taken.get(&revision.id) {
            problems.push(Problem::duplicate(&folder.path, revision.id.as_str(), first));
            continue;
        }
        taken.insert(revision.id.clone(), folder.path);
        revision.complain_if_blank(problems);
        revisions.push(revision);
    }
    Ok(graph::parents_first(revisions, problems))
}

fn revision(folder: &Entry, problems: &mut Vec<Problem>) -> Option<Revision> {
    let path = |name: &str| folder.path.join(name);
    // Three files are asked for by their names: a thousand folders need not be listed.
    let up = match folder::if_there(&path("up.sql")) {
        Ok(Some(text)) => text,
        Ok(None) => {
            if path("down.sql").exists() || path(SETTINGS).exists() {
                problems.push(no_up(&folder.path));
            }
            return None;
        }
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    let (id, name) = folder.name.split_once('_').unwrap_or((&folder.name, ""));
    if id.is_empty()
        || !id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
    {
        problems.push(bad_name(&folder.path));
        return None;
    }
    let settings_path = path(SETTINGS);
    let settings = match folder::if_there(&settings_path) {
        Ok(Some(text)) => Settings::parse(&settings_path, &text, problems),
        Ok(None) => {
            problems.push(no_settings(&folder.path));
            Settings::default()
        }
        Err(problem) => {
            problems.push(problem);
            Settings::default()
        }
    };
    let script = |name: &str, text| Script {
        path: path(name),
        text,
        first_line: 1,
        transaction: settings.transaction,
    };
    let up = script("up.sql", up);
    let down = folder::optional(&path("down.sql"), problems).map(|text| script("down.sql", text));
    Some(Revision {
        id: RevisionId(id.to_owned()),
        name: name.to_owned(),
        parents: settings.parents,
        up,
        down,
        repeatable: false,
    })
}

/// What `revision.toml` says.
struct Settings {
    parents: Vec<RevisionId>,
    transaction: TransactionMode,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            parents: Vec::new(),
            transaction: TransactionMode::Auto,
        }
    }
}

impl Settings {
    /// Reads what can be read; each fault is a problem of its own.
    fn parse(path: &Path, text: &str, problems: &mut Vec<Problem>) -> Self {
        let mut settings = Settings::default();
        let mut fault = |kind: ProblemKind, message: String, hint: &str| {
            problems.push(Problem::new(kind, path, message, hint));
        };
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                let line = error
                    .span()
                    .map(|span| 1 + text.bytes().take(span.start).filter(|b| *b == b'\n').count());
                let message = format!("this is no TOML: {}", error.message());
                let hint = "write, for example, parents = [\"20240101120000\"]";
                problems.push(Problem {
                    line,
                    ..Problem::new(ProblemKind::Parents, path, message, hint)
                });
                return settings;
            }
        };
        if !table.contains_key("parents") {
            fault(
                ProblemKind::Parents,
                "`parents` is missing".to_owned(),
                "name the revisions this one builds on; parents = [] for the first",
            );
        }
        for (key, value) in &table {
            match (key.as_str(), value) {
                ("parents", toml::Value::Array(parents)) if parents.iter().all(toml::Value::is_str) => {
                    for parent in parents
                        .iter()
                        .filter_map(toml::Value::as_str)
                        .map(RevisionId::from)
                    {
                        if settings.parents.contains(&parent) {
                            let message = format!("the parent {parent} is named twice");
                            fault(ProblemKind::Settings, message, "name it once");
                        } else {
                            settings.parents.push(parent);
                        }
                    }
                }
                ("parents", _) => fault(
                    ProblemKind::Parents,
                    "`parents` is no list of ids".to_owned(),
                    "write parents = [\"<id>\"]",
                ),
                ("transaction", toml::Value::String(mode)) if mode == "auto" => {
                    settings.transaction = TransactionMode::Auto
                }
                ("transaction", toml::Value::String(mode)) if mode == "none" => {
                    settings.transaction = TransactionMode::PerStatement;
                }
                ("transaction", value) => {
                    fault(
                        ProblemKind::Settings,
                        format!("transaction = {value} is unknown"),
                        "write \"auto\" or \"none\"",
                    );
                }
                ("description", toml::Value::String(_)) => {}
                (key, _) => fault(
                    ProblemKind::Settings,
                    format!("`{key}` is unknown"),
                    "the keys are parents, description and transaction",
                ),
            }
        }
        settings
    }
}

fn no_up(path: &Path) -> Problem {
    let message = "this revision has no up.sql";
    Problem::new(
        ProblemKind::UpMissing,
        path,
        message,
        "write up.sql, or delete the folder",
    )
}

fn bad_name(path: &Path) -> Problem {
    let message =
        "the name of this folder does not begin with an id: letters, digits, `.` or `-`, up to the first `_`";
    Problem::new(
        ProblemKind::NameNotRecognised,
        path,
        message,
        "rename it to <id>_<name>",
    )
}

fn no_settings(path: &Path) -> Problem {
    let message = "this revision has no revision.toml, so it is taken for a first one";
    Problem::new(
        ProblemKind::Parents,
        path,
        message,
        "write revision.toml with parents = [\"<id>\"]",
    )
}
