//! The scripts of a route, each with the way in which it is run.

use std::fmt;
use std::path::PathBuf;

use cogway_catalog::sql::{Checksum, LineColumn};
use cogway_pg::execute::Executor;

use super::RunError;
use crate::course::{Course, Way};
use crate::history::{Format, RevisionId, Script, TransactionMode};
use crate::ledger::{Applied, Direction, Unfinished, stored_downs};
use crate::position::Position;
use crate::route::{Conflict, Route, Step};

/// Where a script is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file of the history.
    File {
        /// Its path.
        path: PathBuf,
        /// The line on which the script begins.
        first_line: usize,
    },
    /// The ledger: there is no file, or it is not what it was when the revision was applied.
    Ledger,
}

impl Source {
    /// The path, where it is a file.
    pub fn path(&self) -> Option<&PathBuf> {
        match self {
            Source::File { path, .. } => Some(path),
            Source::Ledger => None,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::File { path, .. } => write!(f, "{}", path.display()),
            Source::Ledger => f.write_str("the ledger"),
        }
    }
}

/// A step with its script.
#[derive(Clone, Debug)]
pub(super) struct Prepared<'a> {
    pub(super) step: Step<'a>,
    pub(super) script: Script,
    pub(super) source: Source,
    pub(super) format: Format,
    /// How far it has come, if it was begun and cut off.
    pub(super) unfinished: Option<Unfinished>,
}

impl<'a> Prepared<'a> {
    pub(super) fn id(&self) -> &'a RevisionId {
        self.step.id()
    }

    pub(super) fn name(&self) -> &'a str {
        self.step.name()
    }

    pub(super) fn direction(&self) -> Direction {
        self.step.direction()
    }

    /// The way in which it is run. What is half done goes on part by part, although what is left of it could run in a
    /// transaction.
    pub(super) fn course(&self) -> Course<'_> {
        let course = Course::of(&self.script, self.format);
        match course.way {
            Way::Transaction(_) if self.unfinished.is_some() => Course {
                way: Way::Statements,
                ..course
            },
            _ => course,
        }
    }

    /// Should it turn out that it cannot run in a transaction: was it said to run without one?
    pub(super) fn can_run_alone(&self) -> bool {
        self.script.transaction == TransactionMode::PerStatement
    }

    /// How many of its parts are done.
    pub(super) fn done(&self) -> usize {
        self.unfinished.as_ref().map_or(0, |unfinished| unfinished.done)
    }

    pub(super) fn in_transaction(&self) -> bool {
        matches!(self.course().way, Way::Transaction(_))
    }

    /// Where in its file a line of the script is.
    pub(super) fn line(&self, line: usize) -> usize {
        line + self.script.first_line - 1
    }

    /// The line and column of a byte.
    pub(super) fn place(&self, byte: usize) -> LineColumn {
        let before = self.script.text.get(..byte).unwrap_or(&self.script.text);
        self.script.place(before.chars().count() + 1)
    }
}

/// Finds the scripts of a route. What takes a revision back is the file if it is what it was when the revision was
/// applied; otherwise what the ledger has kept.
pub(super) async fn prepare<'a>(
    executor: &Executor,
    position: &Position<'a>,
    route: &Route<'a>,
) -> Result<Vec<Prepared<'a>>, RunError> {
    let file_of = |applied: &Applied| {
        position
            .revision(&applied.id)
            .and_then(|revision| revision.down.as_ref())
            .filter(|down| Some(Checksum::of(&down.text)) == applied.down)
    };
    let without_file = route.steps.iter().filter_map(|step| match step {
        Step::Down(applied) if file_of(applied).is_none() => Some(&applied.id),
        _ => None,
    });
    let mut stored = stored_downs(executor, &without_file.collect::<Vec<_>>()).await?;
    let mut prepared = Vec::with_capacity(route.steps.len());
    for step in &route.steps {
        let (script, format, from_ledger) = match step {
            Step::Up(revision) => (revision.up.clone(), position.history.format, false),
            Step::Down(applied) => match (stored.remove(&applied.id), file_of(applied)) {
                (Some(stored), _) => {
                    let script = Script {
                        path: PathBuf::from(format!("cogway.revision/{}", applied.id)),
                        text: stored.text.into(),
                        first_line: 1,
                        transaction: stored.transaction,
                    };
                    (script, applied.format.unwrap_or(position.history.format), true)
                }
                (None, Some(file)) => (file.clone(), position.history.format, false),
                (None, None) => return Err(Box::new(Conflict::NoDown(vec![applied.id.clone()])).into()),
            },
        };
        let source = if from_ledger {
            Source::Ledger
        } else {
            Source::File {
                path: script.path.clone(),
                first_line: script.first_line,
            }
        };
        let unfinished = position.ledger.unfinished.clone();
        prepared.push(Prepared {
            step: *step,
            script,
            source,
            format,
            unfinished: unfinished.filter(|unfinished| {
                unfinished.revision == *step.id() && unfinished.direction == step.direction()
            }),
        });
    }
    Ok(prepared)
}
