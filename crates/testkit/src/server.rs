//! The servers of a test process: one for each version of PostgreSQL that its tests ask for.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use cogway_pg::scratch::{Binaries, ScratchError, ScratchOptions, ScratchServer, Search, default_cache_dir};

/// All versions of PostgreSQL that are there to be tested, newest first: the installed ones, and those that
/// `COGWAY_TEST_PG_BINS` names.
pub fn servers() -> Vec<Binaries> {
    let path = std::env::var_os("PATH");
    let mut servers = Binaries::installed(path.as_deref());
    let named = std::env::var_os("COGWAY_TEST_PG_BINS").unwrap_or_default();
    for dir in std::env::split_paths(&named).filter(|dir| !dir.as_os_str().is_empty()) {
        // One that is named must be there: otherwise a version would silently not be tested.
        let binaries = Binaries::open(&dir)
            .unwrap_or_else(|error| panic!("COGWAY_TEST_PG_BINS: {error}\n{}", error.hint()));
        if !servers.iter().any(|known| known.dir() == binaries.dir()) {
            servers.push(binaries);
        }
    }
    servers.sort_by_key(|binaries| std::cmp::Reverse(binaries.version()));
    servers
}

/// Which PostgreSQL a test uses that does not care: the one of `COGWAY_PG_BIN`, or the newest installed one.
pub fn search() -> Search {
    let bin_dir = std::env::var_os("COGWAY_PG_BIN")
        .filter(|dir| !dir.is_empty())
        .map(PathBuf::from);
    Search {
        bin_dir,
        path: std::env::var_os("PATH"),
        ..Search::default()
    }
}

/// The cache of data directories, shared with the program `cogway`.
pub fn cache_dir() -> Option<PathBuf> {
    default_cache_dir(
        std::env::var_os("HOME").as_deref(),
        std::env::var_os("XDG_CACHE_HOME").as_deref(),
    )
}

/// The server of this process for tests that do not care about the version.
pub(crate) fn usual() -> Arc<ScratchServer> {
    static USUAL: OnceLock<Binaries> = OnceLock::new();
    let find = || Binaries::find(&search()).unwrap_or_else(|error| panic!("{error}\n{}", error.hint()));
    of(USUAL.get_or_init(find))
}

/// The server of this process for one installation of PostgreSQL.
pub(crate) fn of(binaries: &Binaries) -> Arc<ScratchServer> {
    /// Statics are never dropped: the watchdog stops these servers when the process ends.
    static SERVERS: Mutex<BTreeMap<PathBuf, Arc<ScratchServer>>> = Mutex::new(BTreeMap::new());
    // A test that panicked while a server started has left the map as it was.
    let mut servers = SERVERS.lock().unwrap_or_else(PoisonError::into_inner);
    let server = servers.entry(binaries.dir().to_path_buf()).or_insert_with(|| {
        let server = start(binaries).unwrap_or_else(|error| {
            let source = std::error::Error::source(&error).map(|source| format!(": {source}"));
            panic!("{error}{}\n{}", source.unwrap_or_default(), error.hint())
        });
        Arc::new(server)
    });
    Arc::clone(server)
}

fn start(binaries: &Binaries) -> Result<ScratchServer, ScratchError> {
    let search = Search {
        bin_dir: Some(binaries.dir().to_path_buf()),
        ..search()
    };
    ScratchServer::start(&ScratchOptions {
        search,
        cache_dir: cache_dir(),
        ..ScratchOptions::default()
    })
}
