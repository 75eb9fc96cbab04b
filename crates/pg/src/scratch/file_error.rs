//! The error of a file operation: what was tried, on which path, and why it failed.

use std::io;
use std::path::{Path, PathBuf};

/// A file operation that failed.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {}", path.display())]
pub struct FileError {
    /// What was tried, as a verb with its object: `create directory`.
    pub action: &'static str,
    /// The path it was tried on.
    pub path: PathBuf,
    /// The reason the operating system gave.
    pub source: io::Error,
}

impl FileError {
    /// What to do next.
    pub fn hint(&self) -> String {
        let path = self.path.display();
        match self.source.kind() {
            io::ErrorKind::PermissionDenied => {
                format!("check who owns {path} and the directories above it, or choose another directory")
            }
            io::ErrorKind::StorageFull => format!("make room on the file system of {path}"),
            io::ErrorKind::ReadOnlyFilesystem => {
                format!("{path} is on a read-only file system: choose another directory")
            }
            _ => format!("check that {path} can be used"),
        }
    }
}

/// Names the action and the path of an [`io::Result`].
pub(crate) trait At<T> {
    /// Turns the error into a [`FileError`].
    fn at(self, action: &'static str, path: &Path) -> Result<T, FileError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, action: &'static str, path: &Path) -> Result<T, FileError> {
        self.map_err(|source| FileError {
            action,
            path: path.to_path_buf(),
            source,
        })
    }
}

impl<T> At<T> for Result<T, rustix::io::Errno> {
    fn at(self, action: &'static str, path: &Path) -> Result<T, FileError> {
        self.map_err(io::Error::from).at(action, path)
    }
}
