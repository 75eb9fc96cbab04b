//! The directory of a lasting server.

use std::path::{Path, PathBuf};

use crate::scratch::account::Account;
use crate::scratch::file_error::{At, FileError};

/// The directory for the server of `dir`: this one, or one of `elsewhere` if the server's user may not enter it.
pub(super) fn choose(dir: &Path, elsewhere: &Path, account: &Account) -> Result<PathBuf, FileError> {
    let dir = real_path(dir)?;
    let elsewhere = elsewhere.join(short_name(&dir));
    // Data stay where they are, even if the rights of the directories have changed since.
    let here = has_data(&dir) || !has_data(&elsewhere) && account.barrier(&dir).is_none();
    Ok(if here { dir } else { elsewhere })
}

fn has_data(home: &Path) -> bool {
    home.join("data").is_dir()
}

/// A path without symbolic links, of which the last parts need not exist.
fn real_path(path: &Path) -> Result<PathBuf, FileError> {
    let path = std::path::absolute(path).at("find", path)?;
    for ancestor in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (ancestor.canonicalize(), path.strip_prefix(ancestor)) {
            return Ok(real.components().chain(rest.components()).collect());
        }
    }
    Ok(path)
}

/// A short name that stands for a path.
pub(super) fn short_name(path: &Path) -> String {
    blake3::hash(path.as_os_str().as_encoded_bytes()).to_hex()[..16].to_owned()
}
