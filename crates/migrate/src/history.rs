//! Histories of migrations as they lie on disk.
//!
//! Nine tools' ways of keeping migrations are read into one value, the [`History`]: revisions, each with the SQL of its
//! `up` and its `down`, the revisions it builds on, and the transaction its tool would run it in. The rules of each tool
//! (which names count, what the order is, what the comments in the scripts mean) are taken from that tool's own source,
//! which each reader names.
//!
//! Nothing here runs SQL or understands it. What is wrong with the files themselves is collected in
//! [`History::problems`], all of it in one go; only a folder that cannot be read at all is an error.
//!
//! ```no_run
//! use cogway_migrate::history;
//!
//! let history = history::read("migrations".as_ref(), None)?;
//! println!("{} revisions, read as {}: {}", history.revisions.len(), history.format, history.chosen_because);
//! for problem in &history.problems {
//!     println!("{}: {} ({})", problem.path.display(), problem.message, problem.hint);
//! }
//! # Ok::<(), history::HistoryError>(())
//! ```

mod cogway;
mod dbmate;
mod detect;
mod diesel;
mod flyway;
mod folder;
mod format;
mod golang_migrate;
mod goose;
mod graph;
mod lines;
mod problem;
mod refinery;
mod runner_table;
mod script;
mod sequence;
mod sqitch;
mod sqlx;
mod write;

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

pub use detect::detect;
pub(crate) use flyway::Version as FlywayVersion;
pub use format::{Format, UnknownFormat};
pub use problem::{HistoryError, Problem, ProblemKind};
pub use runner_table::{runner_table, runner_table_name};
pub use script::{Script, TransactionMode};
pub use write::{
    Draft, DraftError, DraftFile, ParentsError, SettingsError, Wanted, rewrite_parents, with_parents,
};

/// A history of migrations, as read from a folder.
#[derive(Debug, Clone)]
pub struct History {
    /// Whose way of keeping migrations the folder follows.
    pub format: Format,
    /// Why this format was taken, as a sentence for the user.
    pub chosen_because: String,
    /// The folder, as it was given.
    pub dir: PathBuf,
    /// The revisions, parents before children; the same files give the same order.
    pub revisions: Vec<Revision>,
    /// What is wrong with the files, in the order of their paths.
    pub problems: Vec<Problem>,
}

/// One step of a history.
#[derive(Debug, Clone)]
pub struct Revision {
    /// What users of the tool call it; no two revisions of a history share an id.
    pub id: RevisionId,
    /// The rest of its name, as written in the file name. Can be empty.
    pub name: String,
    /// The revisions it builds on, all of them earlier in [`History::revisions`]. None for a first revision; more than
    /// one for a merge; exactly one otherwise.
    pub parents: Vec<RevisionId>,
    /// The script that takes the database a step forward.
    pub up: Script,
    /// The script that takes this step back; `None` if there is none.
    pub down: Option<Script>,
    /// Whether the tool runs the script again whenever it changes (Flyway's `R__`). Such revisions come last.
    pub repeatable: bool,
}

/// The name of a revision, such as `20170318181441`, `V1_2` or `0007`: as users of the tool write it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RevisionId(String);

impl RevisionId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RevisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<String> for RevisionId {
    fn from(id: String) -> Self {
        RevisionId(id)
    }
}

impl From<&str> for RevisionId {
    fn from(id: &str) -> Self {
        RevisionId(id.to_owned())
    }
}

impl History {
    /// The revisions that no other builds on, in order: one in a linear history, none in an empty one, several where
    /// branches were not merged.
    pub fn heads(&self) -> Vec<&Revision> {
        let built_on: BTreeSet<_> = self
            .revisions
            .iter()
            .flat_map(|revision| &revision.parents)
            .collect();
        self.revisions
            .iter()
            .filter(|revision| !built_on.contains(&revision.id))
            .collect()
    }

    /// The revision of this id.
    pub fn get(&self, id: &RevisionId) -> Option<&Revision> {
        self.revisions.iter().find(|revision| revision.id == *id)
    }

    /// A revision and all that it builds on. An id that is not in the history has nobody.
    pub fn with_ancestors(&self, id: &RevisionId) -> BTreeSet<&RevisionId> {
        let mut wanted = BTreeSet::from([id]);
        // Parents come before their children, so that going back passes each once.
        let mut found = BTreeSet::new();
        for revision in self.revisions.iter().rev() {
            if wanted.contains(&revision.id) {
                found.insert(&revision.id);
                wanted.extend(&revision.parents);
            }
        }
        found
    }

    /// A revision and all that builds on it. An id that is not in the history has nobody.
    pub fn with_descendants(&self, id: &RevisionId) -> BTreeSet<&RevisionId> {
        let mut found = BTreeSet::new();
        for revision in &self.revisions {
            if revision.id == *id || revision.parents.iter().any(|parent| found.contains(parent)) {
                found.insert(&revision.id);
            }
        }
        found
    }

    /// The first fault for which the history cannot be run as it is: not everything could be read, or who builds on whom is
    /// not certain.
    pub fn obstacle(&self) -> Option<&Problem> {
        self.problems
            .iter()
            .find(|problem| problem.kind.hides_sql() || problem.kind.breaks_graph())
    }

    /// Whether the tool would run more than is in [`History::revisions`]: scripts that cannot be read, steps in Go.
    pub fn is_partial(&self) -> bool {
        self.problems.iter().any(|problem| problem.kind.hides_sql())
    }
}

/// Reads the history in a folder, in the given format or in the one that [`detect`] finds.
///
/// All files are read at once and kept in memory. Faults of single files are collected in [`History::problems`]; the
/// rest of the history is read all the same.
///
/// # Errors
///
/// When `dir` is no folder, cannot be listed, or holds nothing that looks like a history of any known tool.
pub fn read(dir: &Path, format: Option<Format>) -> Result<History, HistoryError> {
    let (format, chosen_because) = match format {
        Some(format) => (format, format!("--format {format} was given")),
        None => detect(dir)?,
    };
    let mut problems = Vec::new();
    let revisions = match format {
        Format::Cogway => cogway::read(dir, &mut problems),
        Format::GolangMigrate => golang_migrate::read(dir, &mut problems),
        Format::Dbmate => dbmate::read(dir, &mut problems),
        Format::Goose => goose::read(dir, &mut problems),
        Format::Sqlx => sqlx::read(dir, &mut problems),
        Format::Diesel => diesel::read(dir, &mut problems),
        Format::Flyway => flyway::read(dir, &mut problems),
        Format::Refinery => refinery::read(dir, &mut problems),
        Format::Sqitch => sqitch::read(dir, &mut problems),
    }?;
    problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    Ok(History {
        format,
        chosen_because,
        dir: dir.to_owned(),
        revisions,
        problems,
    })
}
