//! What was measured on, and of what.

use std::fs;
use std::process::Command;

use cogway_pg::scratch::Binaries;

use crate::arguments::Outcome;
use crate::{cluster, workspace};

/// The machine, the versions and the moment, as lines of a list.
pub(crate) fn describe(rounds: usize) -> Outcome<String> {
    let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = field(&cpuinfo, "model name").unwrap_or("unknown processor");
    let cores = std::thread::available_parallelism()?;
    let meminfo = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib: u64 = field(&meminfo, "MemTotal")
        .and_then(|text| text.split_whitespace().next())
        .and_then(|text| text.parse().ok())
        .unwrap_or_default();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Vec<&str> = load.split_whitespace().take(3).collect();
    let postgres = Binaries::find(&cogway_testkit::search())?;
    let built = if cfg!(debug_assertions) {
        "; **built without optimisation: figures of reading do not count**"
    } else {
        ""
    };
    Ok(format!(
        "- {}, {rounds} rounds{built}\n\
         - {model}, {cores} cores, {:.0} GB of memory, Linux {}; data in {}\n\
         - load before the start: {}\n\
         - PostgreSQL {}, {}, commit {}\n",
        said_by("date", &["-u", "+%Y-%m-%d %H:%M UTC"]),
        kib as f64 / f64::from(1 << 20),
        said_by("uname", &["-r"]),
        cluster::memory().display(),
        load.join(", "),
        postgres.build(),
        said_by("rustc", &["--version"]),
        said_by("git", &["describe", "--always", "--dirty"]),
    ))
}

fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim())
}

fn said_by(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(workspace::root())
        .output();
    output.map_or_else(
        |_| "unknown".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}
