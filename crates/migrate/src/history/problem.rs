//! What can be wrong with a history on disk.

use std::io;
use std::path::{Path, PathBuf};

/// Why a folder cannot be read as a history at all.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// There is no such folder, or it is a file.
    #[error("{} is not a folder", dir.display())]
    NotAFolder {
        /// What was given.
        dir: PathBuf,
    },
    /// The folder, or one inside it, cannot be listed.
    #[error("{} cannot be read: {source}", path.display())]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// Nothing in the folder looks like migrations of a known tool.
    #[error("{} holds no migrations that Cogway can read", dir.display())]
    Unknown {
        /// The folder.
        dir: PathBuf,
        /// What to do next.
        hint: String,
    },
}

impl HistoryError {
    /// What to do next, as a sentence.
    pub fn hint(&self) -> &str {
        match self {
            HistoryError::NotAFolder { .. } => {
                "name the folder with the migrations: --dir PATH; `cogway init` makes one"
            }
            HistoryError::Io { .. } => "check that the folder exists and that you may read it",
            HistoryError::Unknown { hint, .. } => hint,
        }
    }
}

/// Something wrong with a file of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What sort of fault it is.
    pub kind: ProblemKind,
    /// The file or folder at fault.
    pub path: PathBuf,
    /// The line in the file, from 1, where one can be named.
    pub line: Option<usize>,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to do next.
    pub hint: String,
}

/// The sorts of faults a history can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// The file cannot be read, or is no UTF-8 text that PostgreSQL could take. Its revision is left out.
    Unreadable,
    /// Two files claim one version. The first by path is kept, the others are left out.
    DuplicateVersion,
    /// The script that should change something holds no statement.
    EmptyUp,
    /// There is a script that takes a step back, and none that takes it forward. It is left out.
    DownWithoutUp,
    /// A revision is announced (by a folder, by the plan) and its script is missing. It is left out.
    UpMissing,
    /// The file looks like a migration, but the tool does not take its name for one. It is left out, as in the tool.
    NameNotRecognised,
    /// A directive in a comment that the tool does not know, or not there.
    UnknownDirective,
    /// The directives that divide a file into up and down are missing, doubled or out of order. The file is left out.
    Directives,
    /// The tool would cut the script into statements elsewhere than PostgreSQL does.
    CutStatement,
    /// The revision is a program (Go, Rust, Java), which Cogway cannot run. It is left out.
    InCode,
    /// The script holds placeholders that the tool fills in and Cogway does not.
    Placeholder,
    /// The script holds commands to `psql`, which only `psql` understands.
    PsqlCommand,
    /// The tool would run (or skip) this script by a rule that Cogway does not follow. It is left out.
    NotRun,
    /// A file with settings (`revision.toml`, `metadata.toml`, a `.conf`, `sqitch.conf`) cannot be understood.
    Settings,
    /// A `revision.toml` is missing, or does not say on which revisions this one builds. It is taken for a first one.
    Parents,
    /// A revision builds on one that does not exist.
    UnknownParent,
    /// Revisions build on each other in a circle. They, and all that build on them, are left out.
    Cycle,
    /// A line of `sqitch.plan` is wrong, its order contradicts the dependencies, or it leaves out a script.
    Plan,
}

impl ProblemKind {
    /// A stable word for machines, in snake case.
    pub const fn code(self) -> &'static str {
        match self {
            ProblemKind::Unreadable => "unreadable",
            ProblemKind::DuplicateVersion => "duplicate_version",
            ProblemKind::EmptyUp => "empty_up",
            ProblemKind::DownWithoutUp => "down_without_up",
            ProblemKind::UpMissing => "up_missing",
            ProblemKind::NameNotRecognised => "name_not_recognised",
            ProblemKind::UnknownDirective => "unknown_directive",
            ProblemKind::Directives => "directives",
            ProblemKind::CutStatement => "cut_statement",
            ProblemKind::InCode => "in_code",
            ProblemKind::Placeholder => "placeholder",
            ProblemKind::PsqlCommand => "psql_command",
            ProblemKind::NotRun => "not_run",
            ProblemKind::Settings => "settings",
            ProblemKind::Parents => "parents",
            ProblemKind::UnknownParent => "unknown_parent",
            ProblemKind::Cycle => "cycle",
            ProblemKind::Plan => "plan",
        }
    }

    /// Whether a fault of this sort means that revisions do not build on each other as their files say.
    pub const fn breaks_graph(self) -> bool {
        matches!(
            self,
            ProblemKind::Parents | ProblemKind::UnknownParent | ProblemKind::Cycle
        )
    }

    /// Whether a fault of this sort means that the revisions that were read are not all that the tool would run, or try to
    /// run.
    pub const fn hides_sql(self) -> bool {
        match self {
            ProblemKind::Unreadable
            | ProblemKind::DuplicateVersion
            | ProblemKind::UpMissing
            | ProblemKind::Directives
            | ProblemKind::InCode
            | ProblemKind::NotRun
            | ProblemKind::Cycle => true,
            ProblemKind::EmptyUp
            | ProblemKind::DownWithoutUp
            | ProblemKind::NameNotRecognised
            | ProblemKind::UnknownDirective
            | ProblemKind::CutStatement
            | ProblemKind::Placeholder
            | ProblemKind::PsqlCommand
            | ProblemKind::Settings
            | ProblemKind::Parents
            | ProblemKind::UnknownParent
            | ProblemKind::Plan => false,
        }
    }
}

impl Problem {
    pub(super) fn new(
        kind: ProblemKind,
        path: &Path,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Problem {
            kind,
            path: path.to_owned(),
            line: None,
            message: message.into(),
            hint: hint.into(),
        }
    }

    pub(super) fn at(self, line: usize) -> Self {
        Problem {
            line: Some(line),
            ..self
        }
    }
}
