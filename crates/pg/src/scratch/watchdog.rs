//! The watchdog: a small shell process that outlives its parent and cleans up after it.
//!
//! Nothing that runs inside a process can clean up after `kill -9`. The watchdog is a process of its own: it waits for
//! the end of a pipe whose other end only this process holds, and the kernel closes that end however this process
//! ends. Every end of a scratch server goes this way, the orderly one too, so that the path is a used one.

use std::fs::File;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use std::os::unix::process::CommandExt;

use super::file_error::{At, FileError};

const SCRIPT: &str = include_str!("watchdog.sh");
const SHELL: &str = "/bin/sh";

/// A running watchdog.
#[derive(Debug)]
pub(crate) struct Watchdog {
    process: Child,
    /// Kept open, never written to. Rust opens pipes close-on-exec: no other child inherits it.
    leash: Option<ChildStdin>,
}

/// What a watchdog guards.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guarded<'a> {
    /// The directory to remove in the end.
    pub(crate) base: &'a Path,
    /// The data directory in it, where the server works.
    pub(crate) data: &'a Path,
    /// The path of the lock file, removed last.
    pub(crate) lock_path: &'a Path,
    /// The locked file. The watchdog holds the lock as well, so that nobody else cleans up at the same time.
    pub(crate) lock: &'a File,
}

impl Watchdog {
    /// Starts a watchdog that waits for the end of this process.
    pub(crate) fn start(guarded: Guarded<'_>) -> Result<Watchdog, FileError> {
        let mut process = spawn(guarded, Stdio::piped())?;
        let leash = process.stdin.take();
        Ok(Watchdog { process, leash })
    }

    /// Lets the watchdog do its work now, and waits until it has.
    pub(crate) fn release(&mut self) {
        drop(self.leash.take());
        // Somebody may have killed it: whether the work is done is seen from the directory.
        let _ = self.process.wait();
    }
}

/// Does the watchdog's work at once.
pub(crate) fn clean_up(guarded: Guarded<'_>) -> Result<(), FileError> {
    // Without standard input the script has nothing to wait for.
    spawn(guarded, Stdio::null())?
        .wait()
        .at("wait for", Path::new(SHELL))?;
    Ok(())
}

fn spawn(guarded: Guarded<'_>, stdin: Stdio) -> Result<Child, FileError> {
    let place = if guarded.data.is_dir() {
        guarded.data
    } else {
        Path::new("/")
    };
    let lock = guarded.lock.try_clone().at("share the lock", guarded.lock_path)?;
    Command::new(SHELL)
        // The text is in the environment, so that lists of processes show a short line.
        .args(["-c", "eval \"$COGWAY_WATCHDOG\"", "cogway-watchdog"])
        .env("COGWAY_WATCHDOG", SCRIPT)
        .arg(guarded.base)
        .arg(guarded.lock_path)
        .current_dir(place)
        .stdin(stdin)
        .stdout(lock)
        // An inherited stderr would keep a pipeline waiting that reads the output of this program.
        .stderr(Stdio::null())
        // Ctrl-C goes to a whole process group; it must not reach the watchdog.
        .process_group(0)
        .spawn()
        .at("run", Path::new(SHELL))
}
