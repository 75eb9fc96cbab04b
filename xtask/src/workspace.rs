//! The workspace as cargo sees it, and its files.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fmt, fs, io};

use serde::Deserialize;

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    let manifest_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest_dir.parent().unwrap_or(manifest_dir)
}

/// What `cargo metadata` says of the workspace's own packages, as far as the chores need it.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    /// The members of the workspace.
    pub(crate) packages: Vec<Package>,
}

/// A member of the workspace.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) manifest_path: PathBuf,
    pub(crate) dependencies: Vec<Dependency>,
}

/// What a package asks for in its `Cargo.toml`.
#[derive(Debug, Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// Cargo writes `null` for an ordinary dependency.
    #[serde(default, deserialize_with = "kind_or_normal")]
    pub(crate) kind: Kind,
}

/// For what a dependency is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    #[default]
    Normal,
    Build,
    Dev,
}

fn kind_or_normal<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Why the workspace cannot be looked at.
#[derive(Debug)]
pub(crate) enum Error {
    Start(io::Error),
    Cargo { stderr: String },
    Json(serde_json::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(error) => write!(f, "cargo cannot be started: {error}"),
            Self::Cargo { stderr } => write!(f, "cargo metadata failed:\n{stderr}"),
            Self::Json(error) => write!(f, "cargo metadata is not what was expected: {error}"),
        }
    }
}

impl std::error::Error for Error {}

/// Asks cargo for the members of the workspace. Needs no network.
pub(crate) fn metadata() -> Result<Metadata, Error> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .map_err(Error::Start)?;
    if !output.status.success() {
        return Err(Error::Cargo {
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        });
    }
    serde_json::from_slice(&output.stdout).map_err(Error::Json)
}

/// All files below a directory whose name ends in `.` and the extension, in order; none when it does not exist.
pub(crate) fn files(directory: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut directories = vec![directory.to_path_buf()];
    while let Some(directory) = directories.pop() {
        if !directory.is_dir() {
            continue;
        }
        for entry in fs::read_dir(directory)? {
            let path = entry?.path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|it| it == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
