//! Tests that take long or need luck: for now, killing `cogway verify` over and over.

mod processes;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::arguments::{Arguments, Outcome};
use crate::bench;
use crate::cluster::temporary_folder;
use crate::random::Random;
use processes::{Process, Signal};

/// How the chore is used.
pub(crate) const HELP: &str = "  soak [--times N] [--seed S] [--cogway PATH]
          kills `cogway verify` with -9 at random moments, every other time together with its watchdog, and looks
          after the next run for processes, sockets and directories of the killed one. Builds cogway for release
          unless --cogway names a binary
";

/// How many revisions the history has that is proved meanwhile.
const REVISIONS: usize = 60;

/// How long the watchdog of a killed run may still be at work after the end of the next: the machine may be busy.
const GRACE: Duration = Duration::from_secs(10);

/// Runs the chore: the exit code is 1 when something was left.
pub(crate) fn run(mut arguments: Arguments) -> Outcome<ExitCode> {
    let times: usize = arguments.value("--times")?.unwrap_or(10);
    let seed: u64 = arguments.value("--seed")?.unwrap_or_else(Random::fresh_seed);
    let cogway: Option<PathBuf> = arguments.value("--cogway")?;
    arguments.rest()?;
    let cogway = cogway.map_or_else(bench::build_cogway, Ok)?;
    println!("seed {seed} (--seed {seed} repeats it)");
    let mut random = Random::new(seed);
    let folder = temporary_folder()?;
    bench::history::write(folder.path(), REVISIONS, seed)?;

    // Two runs that nobody kills: the cache is then warm, and it is known how long one takes and what it says.
    verdicts(&cogway, folder.path())?;
    let started = Instant::now();
    let expected = verdicts(&cogway, folder.path())?;
    let whole = started.elapsed();
    let (mut kills, mut faults) = (0, 0);
    while kills < times {
        let moment = whole.mul_f64(random.below(1000) as f64 / 1000.0);
        let victims = if kills % 2 == 0 {
            Victims::Alone
        } else {
            Victims::WithWatchdog
        };
        let Some(killed) = kill(&cogway, folder.path(), moment, victims)? else {
            println!("-: it had ended after {:.0} ms", moment.as_secs_f64() * 1e3);
            continue;
        };
        kills += 1;
        let after = verdicts(&cogway, folder.path())?;
        let mut left = killed.left_after(GRACE);
        if after != expected {
            left.push("the next run says something else than those before".to_owned());
        }
        println!(
            "{kills}: killed {} after {:.0} ms of {:.0}: {} processes, {}; after the next run {}",
            victims.in_words(),
            moment.as_secs_f64() * 1e3,
            whole.as_secs_f64() * 1e3,
            killed.processes.len(),
            killed.directories_in_words(),
            if left.is_empty() {
                "nothing is left, and the verdicts are the same".to_owned()
            } else {
                left.join("; ")
            }
        );
        faults += usize::from(!left.is_empty());
    }
    println!("{kills} kills, {faults} left something");
    Ok(if faults == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Who is killed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Victims {
    /// Cogway: its watchdog cleans up.
    Alone,
    /// Cogway and its watchdog: the next start cleans up.
    WithWatchdog,
}

impl Victims {
    fn in_words(self) -> &'static str {
        match self {
            Victims::Alone => "cogway",
            Victims::WithWatchdog => "cogway and its watchdog",
        }
    }
}

/// What a killed run had.
struct Killed {
    /// All its descendants.
    processes: Vec<Process>,
    /// The directories of its servers, which hold the sockets, as far as there were any.
    directories: Vec<PathBuf>,
}

impl Killed {
    /// What of it is still there, and stays for so long.
    fn left_after(&self, grace: Duration) -> Vec<String> {
        let end = Instant::now() + grace;
        loop {
            let left = self.left();
            if left.is_empty() || Instant::now() >= end {
                return left;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn directories_in_words(&self) -> String {
        if self.directories.is_empty() {
            return "no directory yet".to_owned();
        }
        let shown = self
            .directories
            .iter()
            .map(|directory| directory.display().to_string());
        shown.collect::<Vec<_>>().join(" and ")
    }

    /// What of it is still there.
    fn left(&self) -> Vec<String> {
        let mut left: Vec<String> = self
            .processes
            .iter()
            .filter(|process| process.is_alive())
            .map(|process| format!("process {} ({})", process.id, process.command))
            .collect();
        for directory in &self.directories {
            let lock = directory.with_extension("lock");
            let paths = [directory.clone(), lock]
                .into_iter()
                .filter(|path| path.symlink_metadata().is_ok());
            left.extend(paths.map(|path| path.display().to_string()));
            left.extend(
                processes::within(directory)
                    .into_iter()
                    .map(|id| format!("process {id} in the directory")),
            );
        }
        left
    }
}

fn verify(cogway: &Path, dir: &Path) -> Command {
    let mut command = Command::new(cogway);
    command
        .args(["verify", "--output", "json", "--dir"])
        .arg(dir)
        .stdin(Stdio::null());
    command
}

/// Lets a run start, stops it at a moment, looks at what it has, and kills it; `None` when it has ended by then.
fn kill(cogway: &Path, dir: &Path, moment: Duration, victims: Victims) -> Outcome<Option<Killed>> {
    let mut child = verify(cogway, dir)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    std::thread::sleep(moment);
    let killed = freeze_and_look(&child);
    if child.try_wait()?.is_some() {
        return Ok(None);
    }
    if let (Victims::WithWatchdog, Ok(killed)) = (victims, &killed) {
        for watchdog in killed.processes.iter().filter(|process| process.is_watchdog()) {
            processes::send(watchdog.id, Signal::KILL)?;
        }
    }
    child.kill()?;
    child.wait()?;
    killed.map(Some)
}

/// Stops the process first, so that it starts nothing while somebody looks.
fn freeze_and_look(child: &Child) -> Outcome<Killed> {
    processes::send(child.id(), Signal::STOP)?;
    let processes = processes::descendants(child.id())?;
    let directories = processes.iter().filter_map(Process::watched_directory).collect();
    Ok(Killed {
        processes,
        directories,
    })
}

/// Runs undisturbed: what is found in each revision, without how long it took.
fn verdicts(cogway: &Path, dir: &Path) -> Outcome<Vec<(Value, Value)>> {
    let output = verify(cogway, dir).output()?;
    if !matches!(output.status.code(), Some(0 | 1)) {
        return Err(format!(
            "cogway verify: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )
        .into());
    }
    let report: Value = serde_json::from_slice(&output.stdout)?;
    let revisions = report["revisions"]
        .as_array()
        .ok_or("the report has no revisions")?;
    Ok(revisions
        .iter()
        .map(|revision| (revision["id"].clone(), revision["findings"].clone()))
        .collect())
}
