//! A lasting PostgreSQL server for development, one per project.
//!
//! It is made like a [scratch server](crate::scratch), from the same cache, and like it has a Unix socket and no TCP
//! port; but its data are on disk, are written safely, and stay, and it runs until it is stopped.
//!
//! ```no_run
//! use std::path::Path;
//! use cogway_pg::dev_server::{DevOptions, DevServer};
//! use cogway_pg::scratch::GROUND_DATABASE;
//!
//! # fn main() -> Result<(), cogway_pg::dev_server::DevServerError> {
//! let server = DevServer::at(Path::new(".cogway/pg"))?;
//! let running = server.start(&DevOptions::default())?;
//! let url = running.url(GROUND_DATABASE);
//! server.stop()?;
//! # Ok(())
//! # }
//! ```
//!
//! In its directory are `data`, `socket`, `postgresql.conf`, `log` and the log of the run before, `log.1`. For root,
//! the server runs as another user, who often may not enter the project (`/root` is closed): then these are in a
//! directory of `/var/lib/cogway` instead, which [`DevStatus`] names.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::scratch::account::Account;
use crate::scratch::base::fits_socket;
use crate::scratch::cache::DataMaker;
use crate::scratch::directory::{self, Owned};
use crate::scratch::file_error::{At, FileError};
use crate::scratch::postmaster::{Launch, PidFile};
use crate::scratch::{BaseError, Binaries, GROUND_DATABASE, Search, Version, settings, url};

mod error;
mod home;
mod process;

pub use error::DevServerError;

use process::{anyone_in, exists, give_up, reap, runs_in, signal};

/// How long a start may take: after a crash, the server first reads what it wrote last.
const START_LIMIT: Duration = Duration::from_secs(60);

/// How long a stop may take: the server writes everything to disk.
const STOP_LIMIT: Duration = Duration::from_secs(60);

/// How long the children of a killed server are waited for.
const ORPHAN_LIMIT: Duration = Duration::from_secs(5);

/// How often a stopping server is looked at.
const POLL: Duration = Duration::from_millis(5);

/// Where the server is if its user may not enter the project's directory.
const ELSEWHERE: &str = "/var/lib/cogway";

/// The lasting server of one directory, whether it runs or not.
#[derive(Debug)]
pub struct DevServer {
    account: Account,
    home: PathBuf,
}

/// What a server is to be like when it is started.
#[derive(Debug, Clone, Default)]
pub struct DevOptions {
    /// Which PostgreSQL. Existing data need the major version that made them.
    pub search: Search,
    /// Where the results of initdb are kept; see [`crate::scratch::default_cache_dir`].
    pub cache_dir: Option<PathBuf>,
    /// Settings of PostgreSQL, which go before Cogway's.
    pub settings: Vec<(String, String)>,
}

/// What there is in the server's directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DevStatus {
    /// No server has been started here yet.
    Absent,
    /// There are data, and no server runs on them.
    Stopped {
        /// The directory of the server.
        home: PathBuf,
        /// The major version of its data.
        major: u32,
    },
    /// As `Stopped`, but the last server was killed, or the machine went down. The next start repairs that.
    Stale {
        /// The directory of the server.
        home: PathBuf,
        /// The major version of its data.
        major: u32,
        /// The process id that the server had.
        pid: u32,
    },
    /// A server runs.
    Running(RunningServer),
}

/// A lasting server that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningServer {
    /// The directory of the server.
    pub home: PathBuf,
    /// The directory of its socket.
    pub socket_dir: PathBuf,
    /// Its process id.
    pub pid: u32,
    /// Its version; without the minor number if its programs were removed meanwhile.
    pub version: Version,
}

/// What a stop did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// The server ran, and was stopped.
    Now,
    /// It did not run.
    Before,
}

impl RunningServer {
    /// The URL of one of its databases, for the superuser.
    pub fn url(&self, database: &str) -> String {
        url::socket_url(&self.socket_dir, database)
    }
}

impl DevServer {
    /// The server of a directory, which need not exist yet. Nothing is started or changed.
    pub fn at(dir: &Path) -> Result<DevServer, DevServerError> {
        DevServer::with_elsewhere(dir, Path::new(ELSEWHERE))
    }

    /// The same, with another directory than `/var/lib/cogway` for projects that the server's user may not enter.
    pub fn with_elsewhere(dir: &Path, elsewhere: &Path) -> Result<DevServer, DevServerError> {
        let account = Account::choose()?;
        let home = home::choose(dir, elsewhere, &account)?;
        Ok(DevServer { account, home })
    }

    /// What there is, and whether it runs.
    pub fn status(&self) -> Result<DevStatus, DevServerError> {
        let data = self.data();
        let home = self.home.clone();
        let path = data.join("PG_VERSION");
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(DevStatus::Absent),
            text => text.at("read", &path)?,
        };
        let major = text
            .trim()
            .parse()
            .map_err(|_| DevServerError::NoData { data: data.clone() })?;
        Ok(match PidFile::read(&data) {
            None => DevStatus::Stopped { home, major },
            Some(file) if runs_in(file.pid, &data) => DevStatus::Running(RunningServer {
                home,
                socket_dir: file.socket_dir,
                pid: file.pid,
                version: running_version(&data).unwrap_or(Version { major, minor: 0 }),
            }),
            Some(file) => DevStatus::Stale {
                home,
                major,
                pid: file.pid,
            },
        })
    }

    /// The running server; an error if it does not run.
    pub fn running(&self) -> Result<RunningServer, DevServerError> {
        match self.status()? {
            DevStatus::Running(server) => Ok(server),
            _ => Err(DevServerError::NotRunning {
                home: self.home.clone(),
            }),
        }
    }

    /// Starts the server, unless it runs already, and returns when it answers. The first start makes the data.
    pub fn start(&self, options: &DevOptions) -> Result<RunningServer, DevServerError> {
        self.make_home()?;
        let _lock = self.lock()?;
        let mut search = options.search.clone();
        match self.status()? {
            DevStatus::Running(server) => return Ok(server),
            DevStatus::Absent => self.make_data(options)?,
            DevStatus::Stopped { major, .. } => self.require(major, &mut search)?,
            DevStatus::Stale { major, pid, .. } => {
                self.require(major, &mut search)?;
                self.forget(pid)?;
            }
        }
        let binaries = Binaries::find(&search)?;
        let socket_dir = self.make_socket_dir()?;
        let config = settings::render(
            settings::LASTING,
            &socket_dir.to_string_lossy(),
            &options.settings,
        )?;
        settings::write(&self.config(), &config, &self.account)?;
        // No log of an earlier run is no error.
        let _ = std::fs::rename(self.log(), self.home.join("log.1"));

        let (data, config, log) = (self.data(), self.config(), self.log());
        let launch = Launch {
            binaries: &binaries,
            account: &self.account,
            path: search.path.as_deref(),
            data: &data,
            config: &config,
            log: &log,
            database: GROUND_DATABASE,
            limit: START_LIMIT,
        };
        let mut process = launch.spawn()?;
        if let Err(error) = launch.wait_until_ready(&mut process) {
            give_up(process);
            return Err(error.into());
        }
        self.running()
    }

    /// Stops the server, if it runs: it breaks off the connections and writes everything to disk.
    pub fn stop(&self) -> Result<Stopped, DevServerError> {
        if !self.home.is_dir() {
            return Ok(Stopped::Before);
        }
        let _lock = self.lock()?;
        let DevStatus::Running(server) = self.status()? else {
            return Ok(Stopped::Before);
        };
        let data = self.data();
        let started = Instant::now();
        signal(server.pid, Signal::INT);
        while runs_in(server.pid, &data) {
            if started.elapsed() > STOP_LIMIT {
                return Err(DevServerError::NotStopped {
                    pid: server.pid,
                    home: self.home.clone(),
                });
            }
            std::thread::sleep(POLL);
            reap(server.pid);
        }
        Ok(Stopped::Now)
    }

    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    fn config(&self) -> PathBuf {
        self.home.join("postgresql.conf")
    }

    fn log(&self) -> PathBuf {
        self.home.join("log")
    }

    fn make_home(&self) -> Result<(), DevServerError> {
        if let Some(parent) = self.home.parent() {
            directory::make_parents(parent, &self.account)?;
        }
        self.make_own(&self.home)?;
        match self.account.barrier(&self.home) {
            Some(barrier) => Err(BaseError::Barred {
                user: self.account.name(),
                barrier,
            }
            .into()),
            None => Ok(()),
        }
    }

    fn make_own(&self, path: &Path) -> Result<(), BaseError> {
        match directory::make_own(path, self.account.passage_mode())? {
            Owned::Ours => Ok(()),
            Owned::Foreign => Err(BaseError::NotOurs {
                path: path.to_path_buf(),
            }),
        }
    }

    /// Keeps two starts or stops apart.
    fn lock(&self) -> Result<File, DevServerError> {
        let path = self.home.join("lock");
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

    /// Makes the data directory. It gets its name when it is complete.
    fn make_data(&self, options: &DevOptions) -> Result<(), DevServerError> {
        let binaries = Binaries::find(&options.search)?;
        let new = self.home.join("data.new");
        if new.exists() {
            std::fs::remove_dir_all(&new).at("remove", &new)?;
        }
        DirBuilder::new()
            .mode(0o700)
            .create(&new)
            .at("create directory", &new)?;
        let maker = DataMaker {
            binaries: &binaries,
            account: &self.account,
            path: options.search.path.as_deref(),
            cache_dir: options.cache_dir.as_deref(),
        };
        maker.fill(&new)?;
        std::fs::rename(&new, self.data()).at("rename", &new)?;
        Ok(())
    }

    /// Existing data decide on the major version, and on who may run the server.
    fn require(&self, major: u32, search: &mut Search) -> Result<(), DevServerError> {
        let data = self.data();
        if let Some(wanted) = search.major.replace(major).filter(|wanted| *wanted != major) {
            return Err(DevServerError::OtherMajor { data, major, wanted });
        }
        let owner = std::fs::metadata(&data).at("look at", &data)?.uid();
        let server = self
            .account
            .owner()
            .0
            .unwrap_or(rustix::process::geteuid().as_raw());
        if owner != server {
            return Err(DevServerError::OtherOwner { data, owner, server });
        }
        Ok(())
    }

    /// PostgreSQL recognises what a killed server left, unless its number belongs to another process by now: then it
    /// believes that the server runs. If nobody works on the data, the number may be forgotten.
    fn forget(&self, pid: u32) -> Result<(), FileError> {
        let data = self.data();
        let started = Instant::now();
        // The children of a killed server end soon, unless they are busy.
        while anyone_in(&data) && started.elapsed() < ORPHAN_LIMIT {
            std::thread::sleep(POLL);
        }
        if exists(pid) && !anyone_in(&data) {
            let socket_lock = PidFile::read(&data).map(|file| file.socket_dir.join(".s.PGSQL.5432.lock"));
            for file in socket_lock.into_iter().chain([data.join("postmaster.pid")]) {
                match std::fs::remove_file(&file) {
                    Err(error) if error.kind() != ErrorKind::NotFound => {
                        return Err(error).at("remove", &file);
                    }
                    _ => (),
                }
            }
        }
        Ok(())
    }

    /// The directory for the socket: with the data, or in the directory for temporary files if that path is too long.
    fn make_socket_dir(&self) -> Result<PathBuf, DevServerError> {
        let mut dir = self.home.join("socket");
        if !fits_socket(&dir) {
            let uid = rustix::process::geteuid().as_raw();
            let parent = std::env::temp_dir().join(format!("cogway-dev-{uid}"));
            self.make_own(&parent)?;
            dir = parent.join(home::short_name(&self.home));
            if !fits_socket(&dir) {
                return Err(BaseError::SocketPath { path: dir }.into());
            }
        }
        if !dir.is_dir() {
            DirBuilder::new()
                .mode(0o700)
                .create(&dir)
                .at("create directory", &dir)?;
        }
        self.account.give(&dir)?;
        Ok(dir)
    }
}

/// The version of the server that runs on `data`: it has written its command line there.
fn running_version(data: &Path) -> Option<Version> {
    let line = std::fs::read_to_string(data.join("postmaster.opts")).ok()?;
    let (program, _) = line.split_once(" \"")?;
    Some(Binaries::open(Path::new(program).parent()?).ok()?.version())
}
