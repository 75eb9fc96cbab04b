//! Where scratch servers live: one directory for each, below a root directory per user.
//!
//! ```text
//! /dev/shm/cogway-1000/            the root: ours, and writable for nobody else
//!     k3v09x1q.lock                locked while the owner or its watchdog lives
//!     k3v09x1q/                    the base directory of one server
//!         data/                    the data directory, the server's own
//!         socket/                  the Unix socket, the server's own
//!         postgresql.conf  log
//! ```
//!
//! The lock is made before the directory and removed after it. Who gets the lock of a directory may be sure that its
//! owner is dead, and removes it: that is the sweep.

use std::fs::{File, OpenOptions, TryLockError};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::account::Account;
use super::directory::{self, Owned};
use super::file_error::{At, FileError};
use super::watchdog::{self, Guarded, Watchdog};

/// Free memory that a file system in memory must offer to be used. Docker gives /dev/shm 64 MB, which a migration
/// with some data fills.
const ROOM: u64 = 512 << 20;

/// The longest path of a Unix socket, in bytes.
const LONGEST_SOCKET: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// The file name of PostgreSQL's socket, with the slash before it.
const SOCKET_NAME: &str = "/.s.PGSQL.5432";

/// The directory that holds all scratch servers of a user.
#[derive(Debug)]
pub(crate) struct Root {
    path: PathBuf,
}

/// The directory of one server. The server is stopped and everything removed when it is dropped.
#[derive(Debug)]
pub(crate) struct BaseDir {
    claim: Claim,
    watchdog: Watchdog,
}

/// The right to use, or to remove, the directory of one name.
#[derive(Debug)]
struct Claim {
    lock: File,
    lock_path: PathBuf,
    base: PathBuf,
    data: PathBuf,
}

/// The directories in which a root may be, the best first.
pub(crate) fn parents() -> Vec<PathBuf> {
    let shm = PathBuf::from("/dev/shm");
    let room = |path: &Path| rustix::fs::statvfs(path).is_ok_and(|fs| fs.f_bavail * fs.f_frsize >= ROOM);
    let memory = room(&shm).then_some(shm);
    memory.into_iter().chain([std::env::temp_dir()]).collect()
}

impl Root {
    /// The root in `parent`, made if necessary.
    pub(crate) fn open(parent: &Path, account: &Account) -> Result<Root, BaseError> {
        let parent = parent.canonicalize().at("find", parent)?;
        if let Some(barrier) = account.barrier(&parent) {
            return Err(BaseError::Barred {
                user: account.name(),
                barrier,
            });
        }
        let path = parent.join(root_name());
        match directory::make_own(&path, account.passage_mode())? {
            Owned::Ours => Ok(Root { path }),
            Owned::Foreign => Err(BaseError::NotOurs { path }),
        }
    }

    /// The root in `parent`, if there is one.
    pub(crate) fn existing(parent: &Path) -> Option<Root> {
        let path = parent.canonicalize().ok()?.join(root_name());
        std::fs::symlink_metadata(&path)
            .is_ok_and(|meta| directory::is_ours(&meta))
            .then_some(Root { path })
    }

    /// Removes what dead owners have left, with its processes; says how many. What cannot be removed stays for the
    /// next time: it must not keep anybody from working.
    pub(crate) fn sweep(&self) -> usize {
        let Ok(entries) = std::fs::read_dir(&self.path) else {
            return 0;
        };
        let mut names: Vec<_> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .map(|name| name.strip_suffix(".lock").unwrap_or(&name).to_owned())
            .collect();
        names.sort();
        names.dedup();
        names
            .iter()
            .filter_map(|name| self.claim(name).ok().flatten())
            .filter(|claim| claim.remove().is_ok())
            .count()
    }

    /// Takes the lock of a name; `None` when its owner lives.
    fn claim(&self, name: &str) -> Result<Option<Claim>, FileError> {
        let lock_path = self.path.join(format!("{name}.lock"));
        loop {
            let lock = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                .open(&lock_path)
                .at("create", &lock_path)?;
            match lock.try_lock() {
                Ok(()) => (),
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error).at("lock", &lock_path),
            }
            // Between opening and locking, a sweep may have removed the file: then this is the lock of nothing.
            let locked = lock.metadata().at("look at", &lock_path)?;
            let named = std::fs::symlink_metadata(&lock_path);
            if named.is_ok_and(|named| (named.dev(), named.ino()) == (locked.dev(), locked.ino())) {
                let base = self.path.join(name);
                let data = base.join("data");
                return Ok(Some(Claim {
                    lock,
                    lock_path,
                    base,
                    data,
                }));
            }
        }
    }
}

impl Claim {
    fn guarded(&self) -> Guarded<'_> {
        Guarded {
            base: &self.base,
            data: &self.data,
            lock_path: &self.lock_path,
            lock: &self.lock,
        }
    }

    /// Stops the server that works here, and removes the directory and the lock.
    fn remove(&self) -> Result<(), BaseError> {
        if self.base.exists() {
            watchdog::clean_up(self.guarded())?;
        }
        match self.base.try_exists() {
            Ok(false) => {
                // Usually the watchdog has done it.
                let _ = std::fs::remove_file(&self.lock_path);
                Ok(())
            }
            _ => Err(BaseError::NotRemoved {
                path: self.base.clone(),
            }),
        }
    }
}

impl BaseDir {
    /// Makes a directory for a server that runs as `account`, guarded by a watchdog.
    pub(crate) fn create(root: &Root, account: &Account) -> Result<BaseDir, BaseError> {
        let claim = loop {
            if let Some(claim) = root.claim(&random_name())?
                && !claim.base.exists()
            {
                break claim;
            }
        };
        match BaseDir::furnish(&claim, account) {
            Ok(watchdog) => Ok(BaseDir { claim, watchdog }),
            Err(error) => {
                // No server has run yet: the files are all there is to remove.
                let _ = std::fs::remove_dir_all(&claim.base);
                let _ = std::fs::remove_file(&claim.lock_path);
                Err(error)
            }
        }
    }

    fn furnish(claim: &Claim, account: &Account) -> Result<Watchdog, BaseError> {
        let socket = claim.base.join("socket");
        if !fits_socket(&socket) {
            return Err(BaseError::SocketPath { path: socket });
        }
        let modes = [
            (&claim.base, account.passage_mode()),
            (&claim.data, 0o700),
            (&socket, 0o700),
        ];
        for (path, mode) in modes {
            directory::make(path, mode)?;
        }
        account.give(&socket)?;
        Ok(Watchdog::start(claim.guarded())?)
    }

    /// The data directory; empty, and the caller's, at first.
    pub(crate) fn data(&self) -> &Path {
        &self.claim.data
    }

    /// The directory of the socket.
    pub(crate) fn socket(&self) -> PathBuf {
        self.claim.base.join("socket")
    }

    /// The file of the settings.
    pub(crate) fn config(&self) -> PathBuf {
        self.claim.base.join("postgresql.conf")
    }

    /// The server's log.
    pub(crate) fn log(&self) -> PathBuf {
        self.claim.base.join("log")
    }

    /// Stops the server and removes everything. Nothing happens the second time.
    pub(crate) fn remove(&mut self) -> Result<(), BaseError> {
        self.watchdog.release();
        self.claim.remove()
    }
}

impl Drop for BaseDir {
    fn drop(&mut self) {
        // What cannot be removed now is left to the next sweep.
        let _ = self.remove();
    }
}

fn root_name() -> String {
    format!("cogway-{}", rustix::process::geteuid().as_raw())
}

/// Whether PostgreSQL can make its socket in a directory, and libpq can be told so: a comma would separate two hosts.
pub(crate) fn fits_socket(dir: &Path) -> bool {
    let name = dir.as_os_str().as_encoded_bytes();
    name.len() + SOCKET_NAME.len() <= LONGEST_SOCKET && !name.contains(&b',') && dir.to_str().is_some()
}

/// Eight letters and digits that nobody can foresee. The standard library's hash tables are seeded by the system.
fn random_name() -> String {
    let mut number = RandomState::new().build_hasher().finish();
    let mut digit = || {
        let digit = char::from_digit((number % 36) as u32, 36);
        number /= 36;
        digit.unwrap_or('0')
    };
    (0..8).map(|_| digit()).collect()
}

/// There is no place for a scratch server, or it cannot be removed.
#[derive(Debug, thiserror::Error)]
pub enum BaseError {
    /// Another user made the directory first, or may write to it.
    #[error("{} is not a directory that belongs to you alone", path.display())]
    NotOurs {
        /// The directory.
        path: PathBuf,
    },
    /// The server's user cannot reach the directory.
    #[error("the server's user {} may not pass {}", user.display(), barrier.display())]
    Barred {
        /// The user the server runs as.
        user: std::ffi::OsString,
        /// The first directory that stops it.
        barrier: PathBuf,
    },
    /// The directory cannot hold a socket.
    #[error(
        "{} cannot hold a Unix socket: with the socket's name it has more than {LONGEST_SOCKET} bytes, or it has \
         a comma or is not UTF-8",
        path.display()
    )]
    SocketPath {
        /// The directory of the socket.
        path: PathBuf,
    },
    /// The cleaning failed.
    #[error("a server or its files are left in {}", path.display())]
    NotRemoved {
        /// What is left.
        path: PathBuf,
    },
    /// A file operation failed.
    #[error(transparent)]
    File(#[from] FileError),
}

impl BaseError {
    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            BaseError::NotOurs { path } => {
                format!(
                    "see who made it with `ls -ld {0}`, and remove it or choose another directory",
                    path.display()
                )
            }
            BaseError::Barred { barrier, .. } => {
                format!(
                    "choose a directory outside {0}, or allow passing with `chmod o+x {0}`",
                    barrier.display()
                )
            }
            BaseError::SocketPath { .. } => "choose a directory with a shorter path, such as /tmp".to_owned(),
            BaseError::NotRemoved { path } => {
                format!(
                    "it will be tried again at the next start; or stop what runs in {}",
                    path.display()
                )
            }
            BaseError::File(error) => error.hint(),
        }
    }
}

#[cfg(test)]
mod tests;
