//! Ends that are not the usual ones: a signal, a reader that has gone.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::support::{cogway, histories, project, write};

#[test]
fn a_signal_leaves_nothing() {
    for signal in ["INT", "TERM", "HUP"] {
        let dir = project();
        write(
            dir.path(),
            &[("migrations/1_slow.up.sql", "select pg_sleep(600);")],
        );
        let mut child = cogway(dir.path())
            .args(["verify", "--output", "jsonl"])
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let proving = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("\"proving\"")));
        assert!(proving.is_some(), "the proof begins");
        let (server, data) = server_of(child.id());

        let kill = Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status();
        assert!(kill.expect("kill runs").success());
        assert_eq!(wait(&mut child), Some(130), "{signal}");
        let mut stderr = String::new();
        child
            .stderr
            .take()
            .expect("a pipe")
            .read_to_string(&mut stderr)
            .expect("text");
        assert!(stderr.contains("error: interrupted"), "{stderr}");
        assert!(
            lines.any(|line| line.is_ok_and(|line| line.contains("\"interrupted\""))),
            "machines are told too"
        );
        assert!(
            !Path::new(&format!("/proc/{server}")).exists(),
            "{signal}: the server is gone"
        );
        assert!(!data.exists(), "{signal}: {} is gone", data.display());
    }
}

#[test]
fn a_signal_leaves_nothing_on_a_server_that_is_named() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let database = runtime.expect("a runtime").block_on(cogway_testkit::database());
    let dir = project();
    write(
        dir.path(),
        &[
            ("migrations/1_role.up.sql", "create role ending_guest;"),
            ("migrations/2_slow.up.sql", "select pg_sleep(600);"),
        ],
    );
    let mut child = cogway(dir.path())
        .args(["verify", "--output", "jsonl", "--database-url", &database.url()])
        .spawn()
        .expect("the program runs");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let proving = |line: &str| line.contains("\"proving\"") && line.contains("slow");
    assert!(
        lines.any(|line| line.is_ok_and(|line| proving(&line))),
        "the proof gets there"
    );
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.expect("kill runs").success());
    assert_eq!(wait(&mut child), Some(130));
    let left = database.psql(
        "select datname from pg_database where datname like 'cogway\\_proof\\_%'
         union all select rolname from pg_roles where rolname like 'ending%'",
    );
    assert_eq!(left.trim(), "", "nothing is left");
}

/// The server that a process started: its id and its data directory.
fn server_of(parent: u32) -> (u32, PathBuf) {
    let entries = std::fs::read_dir("/proc").expect("Linux").flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_child = |pid: &u32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let parent_of = stat
            .rsplit_once(") ")
            .and_then(|(_, rest)| rest.split(' ').nth(1)?.parse().ok());
        parent_of == Some(parent)
    };
    let with_data = |pid: u32| {
        let data = std::fs::read_link(format!("/proc/{pid}/cwd")).ok()?;
        data.join("PG_VERSION").is_file().then_some((pid, data))
    };
    pids.filter(is_child).find_map(with_data).expect("a server")
}

fn wait(child: &mut Child) -> Option<i32> {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            return status.code();
        }
        assert!(Instant::now() < deadline, "it does not end");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    for arguments in [
        &["verify", "--dir", "golang-migrate", "-v"][..],
        &["snapshot", "--dir", "cogway"],
    ] {
        let mut child = cogway(&histories())
            .args(arguments)
            .spawn()
            .expect("the program runs");
        drop(child.stdout.take());
        let mut stderr = String::new();
        child
            .stderr
            .take()
            .expect("a pipe")
            .read_to_string(&mut stderr)
            .expect("text");
        let code = wait(&mut child);
        assert!(code == Some(1) || code == Some(0), "{code:?}: {stderr}");
        assert!(
            !stderr.contains("panicked") && !stderr.contains("error"),
            "{stderr}"
        );
    }
}
