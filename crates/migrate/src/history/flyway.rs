//! Flyway: `V<version>__<name>.sql`, taken back by `U<version>__<name>.sql`; and `R__<name>.sql`.
//!
//! - Folders are searched to the bottom. A name is `V`, `U` or `B`, a version, `__`, anything, `.sql`; or `R__`, anything,
//!   `.sql` (`flyway/flyway`, `ResourceNameParser.java`). A version is numbers with `.` or `_` between, compared number by
//!   number, zeros at the end not counting: `1`, `1.0` and `01` are the same (`MigrationVersion.java`).
//! - Versioned migrations run in the order of their versions; then the repeatable ones, in the order of their names.
//! - A script runs in one transaction, unless a statement in it cannot: then each on its own; Flyway refuses a script that
//!   mixes both, unless `mixed` is set. A file `<script>.conf` with `executeInTransaction` decides otherwise
//!   (`ParserSqlScript.java`, `PostgreSQLParser.java`, `SqlScriptMetadata.java`).
//! - `${name}` is filled in from the configuration, everywhere in a script; Cogway does not.
//! - A baseline, `B<version>__<name>.sql`, stands for all versions up to its own in an empty database; the versions
//!   themselves are read where they exist. Callbacks (`afterMigrate.sql`) are not run.

mod version;

use std::collections::BTreeMap;
use std::path::Path;

use super::folder::{self, Entry};
use super::lines::{leading_digits, lines};
use super::problem::{HistoryError, Problem, ProblemKind};
use super::sequence::{Direction, Found, Sequence};
use super::{Revision, RevisionId, Script, TransactionMode};
pub(crate) use version::Version;

pub(super) fn read(dir: &Path, problems: &mut Vec<Problem>) -> Result<Vec<Revision>, HistoryError> {
    let mut sequence = Sequence::new();
    let mut repeatable: BTreeMap<String, Script> = BTreeMap::new();
    let mut baselines = Vec::new();
    let mut lowest: Option<Version> = None;
    for file in folder::list_below(dir, problems)? {
        match Name::parse(&file.name) {
            None => {}
            Some(Name::InCode { id }) => problems.push(in_code(&file.path, id)),
            Some(Name::Callback) => problems.push(callback(&file.path)),
            Some(Name::Unrecognised { looks_like_one: true }) => problems.push(not_a_migration(&file.path)),
            Some(Name::Unrecognised {
                looks_like_one: false,
            }) => {}
            Some(Name::Repeatable { name }) => {
                let Some(script) = script(&file, problems) else {
                    continue;
                };
                if let Some(first) = repeatable.get(name) {
                    problems.push(Problem::duplicate(&file.path, &file.name, &first.path));
                } else {
                    repeatable.insert(name.to_owned(), script);
                }
            }
            Some(Name::Baseline { version, .. }) => baselines.push((version, file)),
            Some(Name::Versioned {
                version,
                id,
                name,
                direction,
            }) => {
                let script = script(&file, problems);
                if lowest.as_ref().is_none_or(|lowest| version < *lowest) {
                    lowest = Some(version.clone());
                }
                let found = Found {
                    key: version,
                    id: id.to_owned(),
                    name: name.to_owned(),
                    direction,
                    path: file.path,
                    script,
                };
                sequence.add(found, problems);
            }
        }
    }
    add_baseline(baselines, lowest, &mut sequence, problems);
    let mut revisions = sequence.finish(problems);
    for (name, up) in repeatable {
        let parents = revisions
            .last()
            .map(|parent| parent.id.clone())
            .into_iter()
            .collect();
        let id = RevisionId(format!("R__{name}"));
        let revision = Revision {
            id,
            name,
            parents,
            up,
            down: None,
            repeatable: true,
        };
        revision.complain_if_blank(problems);
        revisions.push(revision);
    }
    Ok(revisions)
}

/// Puts the latest baseline at the start, if the versions that it stands for are not there themselves.
fn add_baseline(
    mut baselines: Vec<(Version, Entry)>,
    lowest: Option<Version>,
    sequence: &mut Sequence<Version>,
    problems: &mut Vec<Problem>,
) {
    baselines.sort_by(|a, b| a.0.cmp(&b.0));
    let latest = baselines.pop();
    for (_, file) in baselines {
        problems.push(baseline_not_run(&file.path, "a later baseline stands for it"));
    }
    let Some((version, file)) = latest else { return };
    if lowest.is_some_and(|lowest| lowest <= version) {
        problems.push(baseline_not_run(
            &file.path,
            "the versions that it stands for are read instead",
        ));
        return;
    }
    let Some(Name::Baseline { id, name, .. }) = Name::parse(&file.name) else {
        return;
    };
    let script = script(&file, problems);
    let found = Found {
        key: version,
        id: id.to_owned(),
        name: name.to_owned(),
        direction: Direction::Up,
        path: file.path.clone(),
        script,
    };
    sequence.add(found, problems);
}

fn script(file: &Entry, problems: &mut Vec<Problem>) -> Option<Script> {
    let settings = Settings::read(&file.path, problems);
    if !settings.runs {
        problems.push(switched_off(&file.path));
        return None;
    }
    let text = folder::script(&file.path, problems)?;
    if settings.fills_in {
        problems.extend(placeholder(&file.path, &text));
    }
    Some(Script {
        path: file.path.clone(),
        text,
        first_line: 1,
        transaction: settings.transaction,
    })
}

/// What a file name says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Name<'a> {
    Versioned {
        version: Version,
        id: &'a str,
        name: &'a str,
        direction: Direction,
    },
    Baseline {
        version: Version,
        id: &'a str,
        name: &'a str,
    },
    Repeatable {
        name: &'a str,
    },
    Callback,
    InCode {
        id: &'a str,
    },
    Unrecognised {
        looks_like_one: bool,
    },
}

impl<'a> Name<'a> {
    /// `None` if the file has nothing to do with Flyway.
    pub(super) fn parse(file: &'a str) -> Option<Self> {
        let (stem, extension) = file.rsplit_once('.')?;
        let (id, name) = stem.split_once("__").unwrap_or((stem, ""));
        let versioned = id.strip_prefix(['V', 'U', 'B']).and_then(Version::parse);
        match extension.to_ascii_lowercase().as_str() {
            "sql" => {}
            "java" | "kt" | "class" if versioned.is_some() || id == "R" => {
                return Some(Name::InCode { id: stem });
            }
            _ => return None,
        }
        Some(match versioned {
            Some(version) if id.starts_with('B') => Name::Baseline { version, id, name },
            Some(version) => {
                let direction = if id.starts_with('V') {
                    Direction::Up
                } else {
                    Direction::Down
                };
                Name::Versioned {
                    version,
                    id,
                    name,
                    direction,
                }
            }
            None if id == "R" => Name::Repeatable { name },
            None if ["before", "after", "createSchema"]
                .iter()
                .any(|event| id.starts_with(event)) =>
            {
                Name::Callback
            }
            None => {
                let unprefixed = stem.strip_prefix(['V', 'v', 'U', 'u', 'B', 'b']).unwrap_or(stem);
                let looks_like_one =
                    leading_digits(unprefixed) > 0 || stem.starts_with("R_") || stem.starts_with("r__");
                Name::Unrecognised { looks_like_one }
            }
        })
    }
}

/// What the file beside a script says of it.
struct Settings {
    transaction: TransactionMode,
    fills_in: bool,
    runs: bool,
}

impl Settings {
    fn read(script: &Path, problems: &mut Vec<Problem>) -> Self {
        let mut settings = Settings {
            transaction: TransactionMode::Auto,
            fills_in: true,
            runs: true,
        };
        let mut path = script.as_os_str().to_owned();
        path.push(".conf");
        let path = Path::new(&path);
        let Some(text) = folder::optional(path, problems) else {
            return settings;
        };
        for line in lines(&text) {
            let Some((key, value)) = line.text.split_once('=') else {
                continue;
            };
            let (key, value) = (key.trim(), value.trim());
            match (key, value.to_ascii_lowercase().as_str()) {
                _ if key.starts_with('#') => {}
                ("executeInTransaction", "true") => settings.transaction = TransactionMode::Single,
                ("executeInTransaction", "false") => settings.transaction = TransactionMode::PerStatement,
                ("placeholderReplacement", "true") => settings.fills_in = true,
                ("placeholderReplacement", "false") => settings.fills_in = false,
                ("shouldExecute", "true") => settings.runs = true,
                ("shouldExecute", "false") => settings.runs = false,
                ("encoding", "utf-8" | "utf8") => {}
                _ => problems.push(unknown_setting(path, key, value).at(line.number)),
            }
        }
        settings
    }
}

/// The first `${…}` of a script, for Flyway fills them in.
fn placeholder(path: &Path, text: &str) -> Option<Problem> {
    lines(text).find_map(|line| {
        let (_, rest) = line.text.split_once("${")?;
        let (name, _) = rest.split_once('}')?;
        let message = format!("Flyway fills in ${{{name}}}, Cogway runs the script as it stands");
        let hint = "write the value, or set placeholderReplacement=false in <script>.conf if it is none";
        Some(Problem::new(ProblemKind::Placeholder, path, message, hint).at(line.number))
    })
}

fn not_a_migration(path: &Path) -> Problem {
    let message = "Flyway passes over this file: its name is not V<version>__<name>.sql";
    Problem::new(
        ProblemKind::NameNotRecognised,
        path,
        message,
        "rename it, or move it out of the folder",
    )
}

fn in_code(path: &Path, id: &str) -> Problem {
    let message = format!("{id} cannot be read: it is written in Java");
    let hint = "write the step in SQL, or mind that what follows is judged without it";
    Problem::new(ProblemKind::InCode, path, message, hint)
}

fn callback(path: &Path) -> Problem {
    let message = "Flyway runs this callback, Cogway does not";
    Problem::new(
        ProblemKind::NotRun,
        path,
        message,
        "make it a migration if the schema depends on it",
    )
}

fn baseline_not_run(path: &Path, why: &str) -> Problem {
    let message = format!("this baseline is not run: {why}");
    Problem::new(
        ProblemKind::NotRun,
        path,
        message,
        "nothing, unless new databases are meant to begin with it",
    )
}

fn switched_off(path: &Path) -> Problem {
    let message = "shouldExecute=false: the script is not run";
    Problem::new(
        ProblemKind::NotRun,
        path,
        message,
        "nothing, unless it should run",
    )
}

fn unknown_setting(path: &Path, key: &str, value: &str) -> Problem {
    let message = format!("Cogway cannot follow {key}={value}");
    let hint = "it knows executeInTransaction, placeholderReplacement and shouldExecute with true or false";
    Problem::new(ProblemKind::Settings, path, message, hint)
}
