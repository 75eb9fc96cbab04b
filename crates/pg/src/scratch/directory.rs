//! Directories that belong to the caller alone, and that the server may pass.

use std::fs::{DirBuilder, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::Path;

use super::account::Account;
use super::file_error::{At, FileError};

/// Whose a directory is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owned {
    /// The caller's, and nobody else may write to it.
    Ours,
    /// Somebody else may write to it, or it is no directory.
    Foreign,
}

/// Makes a directory of the caller, or makes sure that an existing one belongs to the caller alone: in a directory that
/// everybody may write to, somebody else may have been first.
pub(crate) fn make_own(path: &Path, mode: u32) -> Result<Owned, FileError> {
    match make(path, mode) {
        Err(error) if error.source.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => (),
    }
    let meta = std::fs::symlink_metadata(path).at("look at", path)?;
    Ok(if is_ours(&meta) {
        Owned::Ours
    } else {
        Owned::Foreign
    })
}

/// Makes a directory of the caller, with exactly this mode: a strict umask must not lock the server out.
pub(crate) fn make(path: &Path, mode: u32) -> Result<(), FileError> {
    DirBuilder::new()
        .mode(mode)
        .create(path)
        .at("create directory", path)?;
    std::fs::set_permissions(path, Permissions::from_mode(mode)).at("change the mode of", path)
}

/// Makes the missing ones of a chain of directories, so that the server can pass.
pub(crate) fn make_parents(path: &Path, account: &Account) -> Result<(), FileError> {
    if let Account::Caller = account {
        return std::fs::create_dir_all(path).at("create directory", path);
    }
    let mut missing: Vec<_> = path.ancestors().take_while(|dir| !dir.exists()).collect();
    missing.reverse();
    missing.into_iter().try_for_each(|dir| make(dir, 0o755))
}

/// Whether it is a directory of ours, which nobody else may write to. A symbolic link is not.
pub(crate) fn is_ours(meta: &Metadata) -> bool {
    meta.is_dir() && meta.uid() == rustix::process::geteuid().as_raw() && meta.mode() & 0o022 == 0
}
