//! How scratch servers end.

use std::process::{Command, Stdio};

use cogway_pg::scratch::{GROUND_DATABASE, Program, ScratchOptions, ScratchServer};
use rustix::process::Signal;

use crate::holder::Holder;
use crate::support::{open_dir, processes, query, wait_until};
use crate::{base, gone, is_empty, kill, options};

#[test]
fn dropping_it_removes_everything_even_in_a_panic() {
    let server = ScratchServer::start(&options()).expect("it starts");
    let base = base(&server);
    // Somebody in the middle of a long statement must not hold the end up.
    let mut busy = Command::new(server.binaries().program(Program::Psql))
        .args(["-X", "-c", "SELECT pg_sleep(60)", &server.url(GROUND_DATABASE)])
        .stderr(Stdio::null())
        .spawn()
        .expect("psql runs");
    let config = server.config(GROUND_DATABASE);
    wait_until("the statement runs", || {
        query(
            &config,
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'",
        ) == "1"
    });
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _server = server;
        // Without the message that a panic prints.
        std::panic::resume_unwind(Box::new("on purpose"));
    }));
    assert!(result.is_err());
    assert!(gone(&base));
    busy.wait().expect("psql ends");
}

/// A killed postmaster cannot take its children and its shared memory along.
#[test]
fn a_killed_postmaster_leaves_nothing_either() {
    let server = ScratchServer::start(&options()).expect("it starts");
    let base = base(&server);
    let pid_file = std::fs::read_to_string(base.join("data/postmaster.pid")).expect("it runs");
    let lines: Vec<_> = pid_file.lines().collect();
    let (pid, segment) = (lines[0], lines[6].split_whitespace().nth(1).expect("a number"));
    let segments = || std::fs::read_to_string("/proc/sysvipc/shm").expect("Linux");
    let is_ours = |line: &str| {
        let fields: Vec<_> = line.split_whitespace().collect();
        fields[1] == segment && fields[4] == pid
    };
    assert!(segments().lines().any(is_ours));
    kill(pid.parse().expect("a number"), Signal::KILL);
    server.stop().expect("it stops");
    assert!(gone(&base));
    assert!(!segments().lines().any(is_ours));
}

#[test]
fn nothing_is_left_however_the_parent_ends() {
    let parent = open_dir();
    for end in ["return", "panic", "exit", "abort"] {
        let mut holder = Holder::start(end, parent.path());
        holder.wait();
        wait_until(end, || gone(&holder.base) && is_empty(parent.path()));
    }
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT, Signal::KILL] {
        let mut holder = Holder::start("wait", parent.path());
        assert!(processes(&holder.base).len() > 2);
        kill(holder.process.id(), signal);
        holder.wait();
        wait_until(&format!("after {signal:?}"), || {
            gone(&holder.base) && is_empty(parent.path())
        });
    }
}

#[test]
fn the_next_start_cleans_up_what_a_kill_of_all_has_left() {
    let parent = open_dir();
    let mut holder = Holder::start("wait", parent.path());
    let living = Holder::start("wait", parent.path());
    kill(holder.watchdog(), Signal::KILL);
    kill(holder.process.id(), Signal::KILL);
    holder.wait();
    assert!(holder.base.exists() && !processes(&holder.base).is_empty());

    let options = ScratchOptions {
        parent_dir: Some(parent.path().to_path_buf()),
        ..options()
    };
    let server = ScratchServer::start(&options).expect("it starts");
    assert_eq!(server.start_report().swept, 1);
    assert!(gone(&holder.base));
    assert!(living.base.exists(), "another's server is left alone");
    assert!(processes(&living.base).len() > 2);
    drop(server);
    kill(living.process.id(), Signal::KILL);
    let mut living = living;
    living.wait();
    wait_until("the last one", || gone(&living.base) && is_empty(parent.path()));
}

#[test]
fn a_parent_whose_watchdog_was_killed_cleans_up_itself() {
    let parent = open_dir();
    let options = ScratchOptions {
        parent_dir: Some(parent.path().to_path_buf()),
        ..options()
    };
    let server = ScratchServer::start(&options).expect("it starts");
    let base = base(&server);
    for pid in processes(&base) {
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        if line.starts_with(b"/bin/sh") {
            kill(pid, Signal::KILL);
        }
    }
    assert_eq!(query(&server.config(GROUND_DATABASE), "SELECT 1"), "1");
    server.stop().expect("it stops");
    assert!(gone(&base) && is_empty(parent.path()));
}
