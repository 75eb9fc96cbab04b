//! A process that holds a scratch server, to be killed.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use cogway_pg::scratch::{ScratchOptions, ScratchServer};
use rustix::process::Signal;

use crate::support::processes;
use crate::{base, kill, options};

/// Another process that holds a server, and ends in its own way.
pub(crate) struct Holder {
    pub(crate) process: Child,
    pub(crate) base: PathBuf,
    /// A child of that process, which lives on.
    bystander: u32,
}

impl Holder {
    pub(crate) fn start(end: &str, parent_dir: &Path) -> Holder {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        Holder::run(
            command.env("COGWAY_TEST_CACHE", cogway_testkit::cache_dir().expect("a home")),
            end,
            parent_dir,
        )
    }

    pub(crate) fn run(command: &mut Command, end: &str, parent_dir: &Path) -> Holder {
        let mut process = command
            .args([
                "--ignored",
                "--exact",
                "--nocapture",
                "holder::holds_a_server_for_another_test",
            ])
            .env("COGWAY_TEST_END", end)
            .env("COGWAY_TEST_PARENT_DIR", parent_dir)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("this program runs");
        let mut lines = BufReader::new(process.stdout.take().expect("a pipe"))
            .lines()
            .map_while(Result::ok);
        let line = lines
            .find(|line| line.contains("HOLDING "))
            .expect("it holds a server");
        let fields: Vec<_> = line
            .split_whitespace()
            .skip_while(|word| *word != "HOLDING")
            .collect();
        Holder {
            process,
            base: fields[1].into(),
            bystander: fields[2].parse().expect("a number"),
        }
    }

    pub(crate) fn watchdog(&self) -> u32 {
        let is_watchdog = |pid: &u32| {
            let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            line.split(|byte| *byte == 0)
                .any(|word| word == b"cogway-watchdog")
        };
        processes(&self.base)
            .into_iter()
            .find(is_watchdog)
            .expect("a watchdog")
    }

    pub(crate) fn wait(&mut self) {
        self.process.wait().expect("it ends");
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        kill(self.bystander, Signal::KILL);
    }
}

#[test]
#[ignore = "other tests run it in a process of its own"]
#[expect(
    clippy::print_stdout,
    clippy::exit,
    clippy::zombie_processes,
    reason = "talks to its parent, and ends in all ways there are"
)]
fn holds_a_server_for_another_test() {
    let options = ScratchOptions {
        parent_dir: std::env::var_os("COGWAY_TEST_PARENT_DIR").map(Into::into),
        cache_dir: std::env::var_os("COGWAY_TEST_CACHE").map(Into::into),
        ..options()
    };
    let server = ScratchServer::start(&options).expect("it starts");
    // A child that outlives this process must not keep the watchdog waiting.
    let bystander = Command::new("sleep")
        .arg("60")
        .stdout(Stdio::null())
        .spawn()
        .expect("sleep runs");
    println!("HOLDING {} {}", base(&server).display(), bystander.id());
    match std::env::var("COGWAY_TEST_END").as_deref() {
        Ok("exit") => std::process::exit(0),
        Ok("abort") => std::process::abort(),
        Ok("panic") => panic!("on purpose"),
        Ok("return") => (),
        _ => loop {
            std::thread::park();
        },
    }
}
