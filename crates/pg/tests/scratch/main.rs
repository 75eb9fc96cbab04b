//! Scratch servers, real ones: how they start, and that nothing is left however they end.

use std::path::{Path, PathBuf};

use cogway_pg::scratch::{Binaries, ScratchOptions, ScratchServer, Search};
use rustix::process::{Pid, Signal, kill_process};

mod end;
mod holder;
mod start;
#[path = "../support/mod.rs"]
mod support;

use support::processes;

pub(crate) fn options() -> ScratchOptions {
    ScratchOptions {
        search: cogway_testkit::search(),
        cache_dir: cogway_testkit::cache_dir(),
        ..ScratchOptions::default()
    }
}

fn of(binaries: &Binaries) -> ScratchOptions {
    let search = Search {
        bin_dir: Some(binaries.dir().to_path_buf()),
        ..Search::default()
    };
    ScratchOptions { search, ..options() }
}

fn base(server: &ScratchServer) -> PathBuf {
    server
        .socket_dir()
        .parent()
        .expect("it is in the base directory")
        .to_path_buf()
}

fn kill(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(pid.cast_signed()).expect("a process id");
    kill_process(pid, signal).expect("the process is there");
}

/// Whether neither processes nor files are left of a directory.
fn gone(dir: &Path) -> bool {
    !dir.exists() && processes(dir).is_empty()
}

fn is_empty(parent: &Path) -> bool {
    let uid = rustix::process::geteuid().as_raw();
    let root = parent.join(format!("cogway-{uid}"));
    std::fs::read_dir(&root).expect("the root").next().is_none()
}
