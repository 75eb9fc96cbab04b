//! Why a new revision cannot be made.

use std::io;
use std::path::{Path, PathBuf};

use super::super::{Format, RevisionId};

/// Why a revision cannot be drafted, or its files not be written.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// Nothing in the name can stand in the name of a file.
    #[error("{name:?} is no name for a revision: it holds neither letters nor digits")]
    Name {
        /// The name as it was given.
        name: String,
    },
    /// The revision is to build on something else than the last one, in a format without branches.
    #[error(
        "{format} has no branches: a new revision builds on the last one{}",
        last.as_ref().map(|last| format!(", {last}")).unwrap_or_default()
    )]
    Linear {
        /// The format of the history.
        format: Format,
        /// The last revision, if there is one.
        last: Option<RevisionId>,
    },
    /// The revision is to build on one that the history does not have.
    #[error("there is no revision {parent} to build on")]
    UnknownParent {
        /// What was given.
        parent: RevisionId,
    },
    /// The format has no place for the down that was given.
    #[error("{format} has no place here for a script that takes the step back")]
    NoDown {
        /// The format of the history.
        format: Format,
    },
    /// A line of the script would be taken for a directive, and cut the script up.
    #[error("{format} would take this line of the script for a directive: {line}")]
    Directive {
        /// The format of the history.
        format: Format,
        /// The line.
        line: String,
    },
    /// No number comes after the last one, as the tool orders them.
    #[error("Cogway finds no version that {format} puts after {last}")]
    NoVersion {
        /// The format of the history.
        format: Format,
        /// The last version.
        last: String,
    },
    /// The history is Sqitch's.
    #[error("Cogway does not add to a plan of Sqitch's: it names the planner of each change")]
    Sqitch,
    /// A file or folder is there already.
    #[error("{} is there already", path.display())]
    Exists {
        /// The file or folder.
        path: PathBuf,
    },
    /// A file or folder cannot be made.
    #[error("{} cannot be written: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
}

impl DraftError {
    /// What to do next, as a sentence.
    pub fn hint(&self) -> &str {
        match self {
            DraftError::Name { .. } => "say in a few words what the revision does, such as \"add orders\"",
            DraftError::Linear { .. } => "name no parent; only Cogway's own format has branches",
            DraftError::UnknownParent { .. } => {
                "name a revision of this history by its id, all that stands before the first `_` of its folder"
            }
            DraftError::NoDown { .. } => "leave the way back out; it would be lost",
            DraftError::Directive { .. } => "take the line out of the script, or write the file by hand",
            DraftError::NoVersion { .. } => "make the file by hand, or rename the last one",
            DraftError::Sqitch => "run `sqitch add NAME`",
            DraftError::Exists { .. } => "give the revision another name, or move away what is there",
            DraftError::Io { .. } => "check that the folder exists and that you may write in it",
        }
    }

    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::AlreadyExists => DraftError::Exists { path },
            _ => DraftError::Io { path, source },
        }
    }
}
