//! `dependencies.toml`: what users have said of dependencies.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cogway_analyze::dependency::{ColumnSet, Dependency};
use cogway_analyze::normal_form::{Decided, Known, Verdict};
use cogway_catalog::QualifiedName;
use serde::Deserialize;
use toml::Spanned;

use crate::cli::Normalize;
use crate::config::{Config, table};
use crate::error::{Failure, FailureCode};
use crate::report::normal_form::Ruling;

/// The name of the file.
const FILE: &str = "dependencies.toml";

/// The verdicts of a file, as they stand there.
pub(super) struct Verdicts {
    /// The file, which need not be there.
    pub(super) path: PathBuf,
    entries: Vec<Entry>,
}

struct Entry {
    line: usize,
    table: QualifiedName,
    written: Written,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    dependency: Vec<Spanned<Written>>,
}

/// An entry `[[dependency]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    table: String,
    determinant: Vec<String>,
    dependent: Vec<String>,
    verdict: WrittenVerdict,
    because: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenVerdict {
    Confirmed,
    Rejected,
}

impl From<WrittenVerdict> for Verdict {
    fn from(written: WrittenVerdict) -> Verdict {
        match written {
            WrittenVerdict::Confirmed => Verdict::Confirmed,
            WrittenVerdict::Rejected => Verdict::Rejected,
        }
    }
}

impl Verdicts {
    /// Reads the file that is meant; where none is named, it need not be there.
    pub(super) fn load(args: &Normalize, config: &Config) -> Result<Verdicts, Failure> {
        let path = args.verdicts.clone().unwrap_or_else(|| usual(args, config));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && args.verdicts.is_none() => {
                String::new()
            }
            Err(error) => {
                let message = format!("the verdicts cannot be read: {error}");
                return Err(Failure::new(FailureCode::Config, message)
                    .hint("name a file that is there with --verdicts, or leave it out")
                    .at(&path, None));
            }
        };
        Verdicts::parse(&text, path)
    }

    fn parse(text: &str, path: PathBuf) -> Result<Verdicts, Failure> {
        let line = |byte: usize| text[..byte.min(text.len())].matches('\n').count() + 1;
        let file: File = toml::from_str(text).map_err(|error| {
            let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
            fault(&path, error.span().map(|span| line(span.start)), message)
        })?;
        let mut entries = Vec::new();
        for entry in file.dependency {
            // The span of a table begins with its heading.
            let line = line(entry.span().start);
            let written = entry.into_inner();
            let table = table(&written.table).map_err(|failure| failure.at(&path, Some(line)))?;
            if written.because.trim().is_empty() {
                return Err(fault(
                    &path,
                    Some(line),
                    "the reason is empty: because = \"…\"".to_owned(),
                ));
            }
            if written.dependent.is_empty() {
                return Err(fault(&path, Some(line), "the dependent is empty".to_owned()));
            }
            entries.push(Entry { line, table, written });
        }
        Ok(Verdicts { path, entries })
    }

    /// The verdicts by tables, with places for names.
    pub(super) fn resolve(&self, tables: &[Known]) -> Result<BTreeMap<QualifiedName, Vec<Ruling>>, Failure> {
        let mut rulings: BTreeMap<QualifiedName, Vec<Ruling>> = BTreeMap::new();
        for entry in &self.entries {
            let fault = |message: String| fault(&self.path, Some(entry.line), message);
            let known = tables.iter().find(|known| known.table == entry.table);
            let known = known.ok_or_else(|| fault(format!("there is no table {} to judge", entry.table)))?;
            let place = |name: &String| {
                let names: Vec<String> = known
                    .columns
                    .iter()
                    .map(|column| column.name.to_string())
                    .collect();
                known.place(name).ok_or_else(|| {
                    fault(format!("{} has no column {name}", entry.table))
                        .hint(format!("it has {}", names.join(", ")))
                })
            };
            let determinant: ColumnSet = entry
                .written
                .determinant
                .iter()
                .map(place)
                .collect::<Result<_, _>>()?;
            let of_table = rulings.entry(entry.table.clone()).or_default();
            for name in &entry.written.dependent {
                let decided = Decided {
                    dependency: Dependency {
                        determinant,
                        dependent: place(name)?,
                    },
                    verdict: entry.written.verdict.into(),
                };
                if decided.dependency.is_trivial() {
                    return Err(fault(format!(
                        "{name} is in the determinant, and so depends on it anyhow"
                    )));
                }
                let same = of_table
                    .iter()
                    .find(|other| other.decided.dependency == decided.dependency);
                if let Some(other) = same {
                    return Err(fault(if other.decided.verdict == decided.verdict {
                        format!("line {} says the same of {name}", other.line)
                    } else {
                        format!("line {} says the opposite of {name}", other.line)
                    }));
                }
                of_table.push(Ruling {
                    decided,
                    because: entry.written.because.clone(),
                    line: entry.line,
                });
            }
        }
        Ok(rulings)
    }

    /// That a dependency is rejected which follows from what is known or confirmed.
    pub(super) fn impossible(&self, known: &Known, ruling: &Ruling) -> Failure {
        let dependency = ruling.decided.dependency;
        let message = format!(
            "{} cannot be rejected: it follows from the keys of {} and from what is confirmed",
            crate::report::normal_form::in_words(known, dependency),
            known.table,
        );
        fault(&self.path, Some(ruling.line), message)
            .hint("reject what it follows from, or take the entry out")
    }
}

/// Beside cogway.toml, or beside the folder with the migrations where one is named.
fn usual(args: &Normalize, config: &Config) -> PathBuf {
    let beside = args.history.dir.as_deref().and_then(Path::parent);
    beside.unwrap_or(&config.home).join(FILE)
}

fn fault(path: &Path, line: Option<usize>, message: String) -> Failure {
    Failure::new(FailureCode::Config, message)
        .hint("`cogway help normalize` shows how an entry looks")
        .at(path, line)
}
