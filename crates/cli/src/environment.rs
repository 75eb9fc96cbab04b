//! The environment: the only place that reads it.

use std::ffi::OsString;
use std::path::PathBuf;

use cogway_pg::scratch::{Search, default_cache_dir};

/// A variable that is there and not empty, as text.
pub(crate) fn text(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Does something other than nothing stand in this variable?
pub(crate) fn is_set(name: &str) -> bool {
    os(name).is_some()
}

fn os(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Which PostgreSQL to start: of this directory or of that which `COGWAY_PG_BIN` names, or the newest to be found.
pub(crate) fn search(bin_dir: Option<PathBuf>) -> Search {
    let bin_dir = bin_dir.or_else(|| os("COGWAY_PG_BIN").map(PathBuf::from));
    Search {
        bin_dir,
        major: None,
        path: os("PATH"),
    }
}

/// Where the results of initdb are kept.
pub(crate) fn cache_dir() -> Option<PathBuf> {
    default_cache_dir(os("HOME").as_deref(), os("XDG_CACHE_HOME").as_deref())
}

/// The root of the checkout in a job of GitHub Actions, which the paths of annotations start from.
pub(crate) fn github_workspace() -> Option<PathBuf> {
    os("GITHUB_WORKSPACE").map(PathBuf::from)
}
