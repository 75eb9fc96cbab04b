//! Private PostgreSQL servers.
//!
//! A scratch server is one that nobody else can reach and that leaves nothing behind: it has a Unix socket in a
//! directory of its own and no TCP port, its data are in memory where there is room, and it ends together with the
//! process which started it, however that ends. It starts in some 50 ms, because the result of initdb is kept in a cache.
//!
//! ```no_run
//! use cogway_pg::scratch::{GROUND_DATABASE, ScratchOptions, ScratchServer};
//!
//! # fn main() -> Result<(), cogway_pg::scratch::ScratchError> {
//! let server = ScratchServer::start(&ScratchOptions::default())?;
//! let url = server.url(GROUND_DATABASE);
//! assert!(url.starts_with("postgresql:///cogway?host=/"));
//! server.stop()?;
//! # Ok(())
//! # }
//! ```
//!
//! How it ends: a small shell process, the watchdog, waits for the end of its parent, stops the server and removes
//! its directory. Should the watchdog be killed as well, the next start of a scratch server finds the directory of a
//! dead owner (a lock tells) and removes it, with all its processes. `kill -9` of both is therefore a matter of time
//! only.
//!
//! Everything here blocks the calling thread, for tens of milliseconds; it needs no async runtime.

use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant};

pub(crate) mod account;
pub(crate) mod base;
mod binaries;
pub(crate) mod cache;
pub(crate) mod directory;
pub(crate) mod file_error;
mod image;
pub(crate) mod postmaster;
pub(crate) mod settings;
pub(crate) mod url;
mod watchdog;

pub use account::AccountError;
pub use base::BaseError;
pub use binaries::{Binaries, BinariesError, OLDEST_MAJOR, Program, Search, Version};
pub use cache::{DataError, DataSource, GROUND_DATABASE, default_cache_dir};
pub use file_error::FileError;
pub use postmaster::{PostmasterError, SUPERUSER};
pub use settings::SettingError;

use account::Account;
use base::{BaseDir, Root};

/// How long a scratch server may take to become ready.
const LIMIT: Duration = Duration::from_secs(10);

/// A running scratch server. Dropping it stops the server and removes all its files.
#[derive(Debug)]
pub struct ScratchServer {
    base: BaseDir,
    process: Child,
    socket_dir: PathBuf,
    binaries: Binaries,
    report: StartReport,
}

/// What a scratch server is to be like. The default is the newest PostgreSQL in the usual places, without a cache.
#[derive(Debug, Clone, Default)]
pub struct ScratchOptions {
    /// Which PostgreSQL.
    pub search: Search,
    /// Where the results of initdb are kept; see [`default_cache_dir`]. Without it every start takes half a second
    /// longer.
    pub cache_dir: Option<PathBuf>,
    /// The directory to make the server's directory in. The default is /dev/shm, or the directory for temporary files
    /// where /dev/shm has less than 512 MB.
    pub parent_dir: Option<PathBuf>,
    /// Settings of PostgreSQL, which go before those of the scratch server.
    pub settings: Vec<(String, String)>,
}

/// How a start went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartReport {
    /// Where the data directory came from.
    pub data: DataSource,
    /// How many servers of dead owners were cleaned up first.
    pub swept: usize,
    /// How long it took in all.
    pub elapsed: Duration,
}

impl ScratchServer {
    /// Starts a server, and returns when it answers. Before that, it cleans up what dead owners of scratch servers
    /// have left.
    pub fn start(options: &ScratchOptions) -> Result<ScratchServer, ScratchError> {
        let started = Instant::now();
        let binaries = Binaries::find(&options.search)?;
        let account = Account::choose()?;
        let (root, swept) = open_root(options.parent_dir.as_deref(), &account)?;
        let base = BaseDir::create(&root, &account)?;
        let socket_dir = base.socket();
        let config = settings::render(
            settings::SCRATCH,
            &socket_dir.to_string_lossy(),
            &options.settings,
        )?;
        settings::write(&base.config(), &config, &account)?;

        let path = options.search.path.as_deref();
        let maker = cache::DataMaker {
            binaries: &binaries,
            account: &account,
            path,
            cache_dir: options.cache_dir.as_deref(),
        };
        let data = maker.fill(base.data())?;
        let (data_dir, config, log) = (base.data().to_path_buf(), base.config(), base.log());
        let launch = postmaster::Launch {
            binaries: &binaries,
            account: &account,
            path,
            data: &data_dir,
            config: &config,
            log: &log,
            database: GROUND_DATABASE,
            limit: LIMIT,
        };
        let process = launch.spawn()?;
        let report = StartReport {
            data,
            swept,
            elapsed: Duration::ZERO,
        };
        // From here on dropping it ends the process.
        let mut server = ScratchServer {
            base,
            process,
            socket_dir,
            binaries: binaries.clone(),
            report,
        };
        launch.wait_until_ready(&mut server.process)?;
        server.report.elapsed = started.elapsed();
        Ok(server)
    }

    /// The directory of the server's socket: the `host` of a connection.
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// How to connect to one of its databases, as superuser.
    pub fn config(&self, database: &str) -> tokio_postgres::Config {
        let mut config = tokio_postgres::Config::new();
        config
            .host_path(&self.socket_dir)
            .user(SUPERUSER)
            .dbname(database);
        config
    }

    /// The same as a URL, as psql and the drivers of all languages take it:
    /// `postgresql:///database?host=/socket/dir&user=postgres`.
    pub fn url(&self, database: &str) -> String {
        url::socket_url(&self.socket_dir, database)
    }

    /// The version of the server.
    pub fn version(&self) -> Version {
        self.binaries.version()
    }

    /// The programs of the same installation, such as the pg_dump that suits this server.
    pub fn binaries(&self) -> &Binaries {
        &self.binaries
    }

    /// How the start went.
    pub fn start_report(&self) -> &StartReport {
        &self.report
    }

    /// The last lines of the server's log, to explain a lost connection.
    pub fn log_tail(&self) -> String {
        postmaster::tail(&self.base.log())
    }

    /// Stops the server and removes all its files, as dropping it does, and says whether that succeeded.
    pub fn stop(mut self) -> Result<(), ScratchError> {
        Ok(self.end()?)
    }

    fn end(&mut self) -> Result<(), BaseError> {
        let removed = self.base.remove();
        // The process has ended, unless the cleaning failed: then it must not be waited for.
        let _ = self.process.try_wait();
        removed
    }
}

impl Drop for ScratchServer {
    fn drop(&mut self) {
        // What cannot be removed now is left to the next start's sweep.
        let _ = self.end();
    }
}

/// Opens the first root that can be used, and sweeps all of them: in the past the choice may have been another one.
fn open_root(parent: Option<&Path>, account: &Account) -> Result<(Root, usize), BaseError> {
    let parents = parent.map_or_else(base::parents, |parent| vec![parent.to_path_buf()]);
    let mut roots = parents.iter().map(|parent| Root::open(parent, account));
    // There is always one parent. Of several errors the last is told, of the directory for temporary files.
    let root = loop {
        match roots.next() {
            Some(Ok(root)) => break root,
            Some(Err(error)) if roots.len() == 0 => return Err(error),
            Some(Err(_)) => (),
            None => break Root::open(&std::env::temp_dir(), account)?,
        }
    };
    let swept = parents
        .iter()
        .filter_map(|parent| Root::existing(parent))
        .map(|root| root.sweep())
        .sum();
    Ok((root, swept))
}

/// A scratch server cannot be started, or not be stopped.
#[derive(Debug, thiserror::Error)]
pub enum ScratchError {
    /// There is no usable PostgreSQL.
    #[error(transparent)]
    Binaries(#[from] BinariesError),
    /// There is nobody to run it as.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// There is no place for it, or it cannot be removed.
    #[error(transparent)]
    Base(#[from] BaseError),
    /// Its data directory could not be made.
    #[error(transparent)]
    Data(#[from] DataError),
    /// A setting cannot be written down.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// It did not start.
    #[error(transparent)]
    Postmaster(#[from] PostmasterError),
    /// A file operation failed.
    #[error(transparent)]
    File(#[from] FileError),
}

impl ScratchError {
    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            ScratchError::Binaries(error) => error.hint(),
            ScratchError::Account(error) => error.hint(),
            ScratchError::Base(error) => error.hint(),
            ScratchError::Data(error) => error.hint(),
            ScratchError::Setting(error) => error.hint(),
            ScratchError::Postmaster(error) => error.hint(),
            ScratchError::File(error) => error.hint(),
        }
    }
}
