//! Processes, as `/proc` shows them.

use std::fs;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, kill_process};

use crate::arguments::Outcome;

pub(super) use rustix::process::Signal;

/// The name under which the shell of a watchdog runs, before its directory and its lock.
const WATCHDOG: &str = "cogway-watchdog";

/// A process that once was there.
#[derive(Debug)]
pub(super) struct Process {
    pub(super) id: u32,
    /// When it started, in ticks since the machine did: another process of the same number started later.
    started: u64,
    parent: u32,
    words: Vec<String>,
    /// Its words with blanks between.
    pub(super) command: String,
}

impl Process {
    /// Reads one of `/proc`; `None` when it has just ended.
    fn read(id: u32) -> Option<Process> {
        let (parent, started) = stat(id)?;
        let words = fs::read(format!("/proc/{id}/cmdline")).ok()?;
        let words: Vec<String> = words
            .split(|byte| *byte == 0)
            .map(|word| String::from_utf8_lossy(word).into_owned())
            .collect();
        let command = words.join(" ").chars().take(60).collect();
        Some(Process {
            id,
            started,
            parent,
            words,
            command,
        })
    }

    /// Whether it still runs.
    pub(super) fn is_alive(&self) -> bool {
        stat(self.id).is_some_and(|(_, started)| started == self.started)
    }

    /// Whether it is the watchdog of a scratch server.
    pub(super) fn is_watchdog(&self) -> bool {
        self.words.iter().any(|word| word == WATCHDOG)
    }

    /// The directory that it will remove, if it is a watchdog.
    pub(super) fn watched_directory(&self) -> Option<PathBuf> {
        let at = self.words.iter().position(|word| word == WATCHDOG)?;
        self.words.get(at + 1).map(PathBuf::from)
    }
}

/// The parent of a process, and when it started; `None` for one that has ended, even if nobody has waited for it.
fn stat(id: u32) -> Option<(u32, u64)> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The second field is the name in parentheses, which may hold anything; the third is the state.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ended = matches!(*fields.first()?, "Z" | "X");
    let numbers = (fields.get(1)?.parse().ok()?, fields.get(19)?.parse().ok()?);
    (!ended).then_some(numbers)
}

fn all() -> Outcome<Vec<Process>> {
    let ids = fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    Ok(ids.filter_map(Process::read).collect())
}

/// All processes that this one started, or that those started.
pub(super) fn descendants(ancestor: u32) -> Outcome<Vec<Process>> {
    let mut others = all()?;
    let mut known = vec![ancestor];
    let mut found = Vec::new();
    loop {
        let (children, rest): (Vec<Process>, Vec<Process>) = others
            .into_iter()
            .partition(|process| known.contains(&process.parent));
        if children.is_empty() {
            return Ok(found);
        }
        known = children.iter().map(|process| process.id).collect();
        found.extend(children);
        others = rest;
    }
}

/// Processes that work in a directory, or below it, and live.
pub(super) fn within(directory: &Path) -> Vec<u32> {
    let all = all().unwrap_or_default();
    let place = |process: &Process| fs::read_link(format!("/proc/{}/cwd", process.id)).ok();
    // A directory that was removed is shown with " (deleted)" behind it.
    let inside = |process: &&Process| {
        place(process).is_some_and(|place| place.to_string_lossy().starts_with(&*directory.to_string_lossy()))
    };
    all.iter().filter(inside).map(|process| process.id).collect()
}

/// Sends a signal; to a process that has ended there is nothing to send.
pub(super) fn send(id: u32, signal: Signal) -> Outcome<()> {
    let pid = i32::try_from(id)
        .ok()
        .and_then(Pid::from_raw)
        .ok_or("no process has this number")?;
    match kill_process(pid, signal) {
        Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn a_child_is_seen_and_its_end_too() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let found = descendants(std::process::id()).unwrap();
        let process = found.iter().find(|process| process.id == child.id()).unwrap();
        assert!(process.is_alive() && !process.is_watchdog());
        send(child.id(), Signal::KILL).unwrap();
        child.wait().unwrap();
        assert!(!process.is_alive());
    }
}
