//! Fresh data directories: from the cache where there is an image, otherwise by initdb, which fills the cache.

use std::ffi::OsStr;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use super::account::Account;
use super::binaries::{Binaries, Program};
use super::file_error::{At, FileError};
use super::image::Image;
use super::postmaster::SUPERUSER;

/// The empty database that every scratch server has from the start.
pub const GROUND_DATABASE: &str = "cogway";

/// Raised when data directories are made in another way: older images are not used then.
const LAYOUT: u32 = 1;

/// In megabytes, the smallest size: a fresh directory has one segment, which is copied at every start.
const WAL_SEGMENT: &str = "1";

/// An image that is older than this is removed when a new one is made.
const OLD: Duration = Duration::from_secs(60 * 24 * 3600);

/// Where a data directory came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataSource {
    /// Written from the image in the cache.
    Cache,
    /// Made by initdb, and stored in the cache.
    Initdb,
    /// Made by initdb, and not stored: every start will take as long.
    Uncached {
        /// Why there is no cache.
        reason: String,
    },
}

/// The directory for Cogway's caches: `$XDG_CACHE_HOME/cogway`, or `~/.cache/cogway`. Libraries do not read the
/// environment: the caller hands in the values of `HOME` and `XDG_CACHE_HOME`.
pub fn default_cache_dir(home: Option<&OsStr>, xdg_cache_home: Option<&OsStr>) -> Option<PathBuf> {
    // The XDG specification says to ignore relative paths.
    let absolute = |value: Option<&OsStr>| value.map(PathBuf::from).filter(|path| path.is_absolute());
    absolute(xdg_cache_home)
        .or_else(|| absolute(home).map(|home| home.join(".cache")))
        .map(|cache| cache.join("cogway"))
}

/// What makes data directories.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DataMaker<'a> {
    pub(crate) binaries: &'a Binaries,
    pub(crate) account: &'a Account,
    /// The value of `PATH` for initdb.
    pub(crate) path: Option<&'a OsStr>,
    pub(crate) cache_dir: Option<&'a Path>,
}

impl DataMaker<'_> {
    /// Fills `data`, an empty directory of the caller, and gives it to the server.
    pub(crate) fn fill(&self, data: &Path) -> Result<DataSource, DataError> {
        let Some(cache_dir) = self.cache_dir else {
            self.initdb(data)?;
            return Ok(DataSource::Uncached {
                reason: "no cache directory is known".to_owned(),
            });
        };
        let image_path = cache_dir.join(self.image_name());
        if let Some(image) = Image::open(&image_path) {
            image.unpack(data, self.account)?;
            return Ok(DataSource::Cache);
        }
        // Of several processes one makes the image, the others wait for it.
        let lock = match lock(cache_dir, &image_path) {
            Ok(lock) => lock,
            Err(error) => {
                self.initdb(data)?;
                return Ok(DataSource::Uncached {
                    reason: reason(&error),
                });
            }
        };
        if let Some(image) = Image::open(&image_path) {
            image.unpack(data, self.account)?;
            return Ok(DataSource::Cache);
        }
        self.initdb(data)?;
        let stored = store(data, &image_path);
        drop(lock);
        match stored {
            Ok(()) => Ok(DataSource::Initdb),
            Err(error) => Ok(DataSource::Uncached {
                reason: reason(&error),
            }),
        }
    }

    /// The name of the image for these programs on this machine.
    fn image_name(&self) -> String {
        let mut key = blake3::Hasher::new();
        let mut add = |bytes: &[u8]| {
            key.update(bytes);
            key.update(b"\0");
        };
        add(&LAYOUT.to_le_bytes());
        add(WAL_SEGMENT.as_bytes());
        add(std::env::consts::ARCH.as_bytes());
        add(self.binaries.build().as_bytes());
        add(self.binaries.dir().as_os_str().as_encoded_bytes());
        // initdb makes a collation of every locale that is installed.
        for path in ["/usr/lib/locale", "/usr/lib/locale/locale-archive"] {
            let changed = std::fs::metadata(path).map_or(0, |meta| meta.mtime());
            add(&changed.to_le_bytes());
        }
        format!(
            "postgresql-{}-{}.image",
            self.binaries.version(),
            &key.finalize().to_hex()[..16]
        )
    }

    /// Makes a data directory with initdb, and the ground database in it.
    fn initdb(&self, data: &Path) -> Result<(), DataError> {
        self.account.give(data)?;
        let output = self.run_initdb(data, "C.UTF-8")?;
        if !output.status.success() {
            // A system without C.UTF-8 has C. initdb has emptied the directory.
            let output = self.run_initdb(data, "C")?;
            if !output.status.success() {
                return Err(failed(self.binaries.program(Program::Initdb), &output));
            }
        }
        self.make_ground_database(data)
    }

    fn run_initdb(&self, data: &Path, locale: &str) -> Result<Output, DataError> {
        let mut command = self.command(Program::Initdb);
        command.arg("-D").arg(data).args([
            "-U", SUPERUSER, "--auth", "trust", "-E", "UTF8", "--locale", locale,
        ]);
        command.args(["--no-sync", "--wal-segsize", WAL_SEGMENT]);
        if self.binaries.version().major >= 14 {
            command.arg("--no-instructions");
        }
        self.output(Program::Initdb, command, "")
    }

    /// The server in single-user mode reads SQL from standard input, and leaves a clean shutdown behind.
    fn make_ground_database(&self, data: &Path) -> Result<(), DataError> {
        let mut command = self.command(Program::Postgres);
        command.args(["--single", "-F", "-D"]).arg(data);
        // Used segments of the write-ahead log go, instead of waiting for reuse: fewer files to copy.
        command.args(["-c", "wal_recycle=off", "-c", "log_checkpoints=off", "template1"]);
        let sql = format!("CREATE DATABASE {GROUND_DATABASE} TEMPLATE template0\n");
        let output = self.output(Program::Postgres, command, &sql)?;
        // Single-user mode reports a failed statement, and ends with success.
        if !output.status.success() || String::from_utf8_lossy(&output.stderr).contains("ERROR:") {
            return Err(failed(self.binaries.program(Program::Postgres), &output));
        }
        Ok(())
    }

    fn command(&self, program: Program) -> Command {
        let mut command = self.account.command(&self.binaries.program(program), self.path);
        // The caller's own directory may be closed to the server's user.
        command.current_dir("/");
        command
    }

    fn output(&self, program: Program, mut command: Command, stdin: &str) -> Result<Output, DataError> {
        let mut run = || -> io::Result<Output> {
            let mut child = command
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()?;
            if let Some(mut pipe) = child.stdin.take() {
                pipe.write_all(stdin.as_bytes())?;
            }
            child.wait_with_output()
        };
        run().map_err(|source| DataError::NotRunnable {
            program: self.binaries.program(program),
            user: self.account.name(),
            source,
        })
    }
}

/// Takes the lock for making an image, and waits for it.
fn lock(cache_dir: &Path, image_path: &Path) -> Result<File, FileError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(cache_dir)
        .at("create directory", cache_dir)?;
    let path = image_path.with_extension("lock");
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path);
    let file = file.at("create", &path)?;
    file.lock().at("lock", &path)?;
    Ok(file)
}

/// Stores a data directory as an image, in one step, and removes old images. Only the holder of the lock does so.
fn store(data: &Path, image_path: &Path) -> Result<(), FileError> {
    let temporary = image_path.with_extension("new");
    match std::fs::remove_file(&temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).at("remove", &temporary)?,
        _ => (),
    }
    let stored = Image::pack(data, &temporary)
        .and_then(|()| std::fs::rename(&temporary, image_path).at("rename", &temporary));
    if stored.is_err() {
        let _ = std::fs::remove_file(&temporary);
    }
    let others = image_path
        .parent()
        .into_iter()
        .flat_map(std::fs::read_dir)
        .flatten()
        .flatten();
    for path in others.map(|entry| entry.path()).filter(|path| path != image_path) {
        if path.extension() == Some(OsStr::new("image")) && is_old(&path) {
            let _ = std::fs::remove_file(&path);
        }
    }
    stored
}

fn is_old(path: &Path) -> bool {
    let modified = std::fs::metadata(path).and_then(|meta| meta.modified());
    modified.is_ok_and(|time| SystemTime::now().duration_since(time).is_ok_and(|age| age > OLD))
}

fn reason(error: &FileError) -> String {
    format!("{error}: {}", error.source)
}

fn failed(program: PathBuf, output: &Output) -> DataError {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    DataError::Failed {
        program,
        output: if stderr.is_empty() { stdout } else { stderr },
    }
}

/// A data directory could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// A program cannot be started.
    #[error("cannot run {} as the user {}", program.display(), user.display())]
    NotRunnable {
        /// The program.
        program: PathBuf,
        /// The user it was to run as.
        user: std::ffi::OsString,
        /// The reason.
        source: io::Error,
    },
    /// A program failed.
    #[error("{} failed:\n{output}", program.display())]
    Failed {
        /// The program.
        program: PathBuf,
        /// What it said.
        output: String,
    },
    /// A file operation failed.
    #[error(transparent)]
    File(#[from] FileError),
}

impl DataError {
    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            DataError::NotRunnable { program, user, .. } => {
                format!("check that the user {} may read and run {}", user.display(), program.display())
            }
            DataError::Failed { .. } => {
                "the message names the reason; a full disk, or an incomplete installation of PostgreSQL, is the most \
                 frequent one"
                    .to_owned()
            }
            DataError::File(error) => error.hint(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cache_directories() {
        let check = |home: Option<&str>, xdg: Option<&str>, expect: Option<&str>| {
            let found = default_cache_dir(home.map(OsStr::new), xdg.map(OsStr::new));
            assert_eq!(found, expect.map(PathBuf::from), "{home:?} {xdg:?}");
        };
        check(Some("/home/ann"), None, Some("/home/ann/.cache/cogway"));
        check(Some("/home/ann"), Some("/cache"), Some("/cache/cogway"));
        check(Some("/home/ann"), Some("cache"), Some("/home/ann/.cache/cogway"));
        check(Some("/home/ann"), Some(""), Some("/home/ann/.cache/cogway"));
        check(None, Some("/cache"), Some("/cache/cogway"));
        check(Some(""), None, None);
        check(None, None, None);
    }
}
