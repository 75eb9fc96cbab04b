//! The processes of a lasting server, which may have been started by another process of ours long ago.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitOptions};

use super::POLL;

/// Whether the process is a server of this data directory. Its number alone does not say: numbers are used again.
pub(super) fn runs_in(pid: u32, data: &Path) -> bool {
    if cfg!(target_os = "linux") {
        let place = std::fs::metadata(format!("/proc/{pid}/cwd"));
        place.is_ok_and(|place| std::fs::metadata(data).is_ok_and(|data| same(&place, &data)))
    } else {
        exists(pid)
    }
}

/// Whether there is a process of this number, whoever it is.
pub(super) fn exists(pid: u32) -> bool {
    parse(pid).is_some_and(|pid| rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH))
}

/// Whether any process works in this directory. Where that cannot be known, one may.
pub(super) fn anyone_in(data: &Path) -> bool {
    let (Ok(processes), Ok(data)) = (std::fs::read_dir("/proc"), std::fs::metadata(data)) else {
        return true;
    };
    // Entries that are no processes have no `cwd`.
    let places = processes
        .flatten()
        .filter_map(|entry| std::fs::metadata(entry.path().join("cwd")).ok());
    !cfg!(target_os = "linux") || places.into_iter().any(|place| same(&place, &data))
}

fn same(one: &Metadata, other: &Metadata) -> bool {
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Sends a signal to a process that may have ended by itself.
pub(super) fn signal(pid: u32, signal: Signal) {
    if let Some(pid) = parse(pid) {
        let _ = rustix::process::kill_process(pid, signal);
    }
}

/// Lets the number of a process go, if it was started by this very process and has ended. Only for a process that is
/// known to be a server: for others, their owner waits.
pub(super) fn reap(pid: u32) {
    let _ = rustix::process::waitpid(parse(pid), WaitOptions::NOHANG);
}

fn parse(pid: u32) -> Option<Pid> {
    i32::try_from(pid).ok().and_then(Pid::from_raw)
}

/// Ends a server that did not become ready.
pub(super) fn give_up(mut process: Child) {
    signal(process.id(), Signal::QUIT);
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(6) {
        if !matches!(process.try_wait(), Ok(None)) {
            return;
        }
        std::thread::sleep(POLL);
    }
    let _ = process.kill();
    let _ = process.wait();
}
