//! Lasting servers, real ones.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use cogway_pg::dev_server::{DevOptions, DevServer, DevServerError, DevStatus, RunningServer, Stopped};
use cogway_pg::scratch::{GROUND_DATABASE, SUPERUSER};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

mod support;
use support::{open_dir, processes, query, wait_until};

fn options() -> DevOptions {
    DevOptions {
        search: cogway_testkit::search(),
        cache_dir: cogway_testkit::cache_dir(),
        settings: Vec::new(),
    }
}

/// A server in a directory for one test, which is stopped however the test ends.
struct Guard {
    server: DevServer,
    dir: PathBuf,
    _parent: tempfile::TempDir,
}

impl Guard {
    fn new(path: &str) -> Guard {
        let parent = open_dir();
        let dir = parent.path().join(path);
        let server = DevServer::with_elsewhere(&dir, &parent.path().join("elsewhere")).expect("a place");
        Guard {
            server,
            dir,
            _parent: parent,
        }
    }

    fn start(&self) -> RunningServer {
        self.server.start(&options()).expect("it starts")
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.server.stop();
    }
}

fn ask(server: &RunningServer, sql: &str) -> String {
    let mut config = tokio_postgres::Config::new();
    config
        .host_path(&server.socket_dir)
        .user(SUPERUSER)
        .dbname(GROUND_DATABASE);
    query(&config, sql)
}

fn kill(pid: u32, signal: Signal) {
    kill_process(Pid::from_raw(pid.cast_signed()).expect("a process id"), signal)
        .expect("the process is there");
}

#[test]
fn the_life_of_a_server() {
    let guard = Guard::new("project/.cogway/pg");
    let server = &guard.server;
    assert_eq!(server.status().expect("a status"), DevStatus::Absent);
    assert_eq!(server.stop().expect("nothing to do"), Stopped::Before);
    assert!(matches!(server.running(), Err(DevServerError::NotRunning { .. })));
    assert!(!guard.dir.exists(), "asking makes nothing");

    let first = guard.start();
    assert_eq!(first.home, guard.dir);
    assert_eq!(
        server.status().expect("a status"),
        DevStatus::Running(first.clone())
    );
    assert_eq!(guard.start(), first, "a second start changes nothing");
    assert_eq!(ask(&first, "SHOW fsync"), "on");
    assert_eq!(ask(&first, "SHOW listen_addresses"), "");
    assert!(ask(&first, "SHOW server_version").starts_with(&first.version.to_string()));
    let expect = format!(
        "postgresql:///shop?host={}/socket&user=postgres",
        guard.dir.display()
    );
    assert_eq!(first.url("shop"), expect);
    ask(&first, "CREATE TABLE t AS SELECT 42 AS answer");

    assert_eq!(server.stop().expect("it stops"), Stopped::Now);
    assert!(processes(&guard.dir).is_empty());
    let DevStatus::Stopped { home, major } = server.status().expect("a status") else {
        panic!("it stopped")
    };
    assert_eq!((home, major), (guard.dir.clone(), first.version.major));
    assert_eq!(server.stop().expect("nothing to do"), Stopped::Before);

    let second = guard.start();
    assert_eq!(ask(&second, "SELECT answer FROM t"), "42", "the data last");
    assert_eq!(second.socket_dir, first.socket_dir, "the URL stays the same");
}

#[test]
fn it_recovers_from_a_kill() {
    let guard = Guard::new("pg");
    let first = guard.start();
    ask(&first, "CREATE TABLE t AS SELECT 42 AS answer");
    kill(first.pid, Signal::KILL);
    wait_until("all its processes end", || processes(&guard.dir).len() <= 1);
    let status = guard.server.status().expect("a status");
    assert!(
        matches!(status, DevStatus::Stale { pid, .. } if pid == first.pid),
        "{status:?}"
    );
    assert_eq!(guard.server.stop().expect("nothing to do"), Stopped::Before);
    let second = guard.start();
    assert_eq!(ask(&second, "SELECT answer FROM t"), "42");
}

/// After a restart of the machine, the number in the file is often that of another process.
#[test]
fn the_number_of_another_process_does_not_confuse_it() {
    let guard = Guard::new("pg");
    guard.start();
    guard.server.stop().expect("it stops");
    let file = guard.dir.join("data/postmaster.pid");
    let other = std::process::id();
    let (data, socket) = (guard.dir.join("data"), guard.dir.join("socket"));
    let text = format!(
        "{other}\n{}\n1\n5432\n{}\n\n 1 1\nready\n",
        data.display(),
        socket.display()
    );
    std::fs::write(&file, &text).expect("written");
    std::fs::write(socket.join(".s.PGSQL.5432.lock"), &text).expect("written");
    let status = guard.server.status().expect("a status");
    assert!(
        matches!(status, DevStatus::Stale { pid, .. } if pid == other),
        "{status:?}"
    );
    guard.start();
}

#[test]
fn of_several_starts_at_once_one_starts_it() {
    let guard = Guard::new("pg");
    let servers: Vec<_> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..3).map(|_| scope.spawn(|| guard.start())).collect();
        starts
            .into_iter()
            .map(|start| start.join().expect("no panic"))
            .collect()
    });
    assert!(servers.iter().all(|server| *server == servers[0]), "{servers:?}");
}

#[test]
fn a_long_path_has_its_socket_elsewhere() {
    let guard = Guard::new(&"long-name/".repeat(12));
    let running = guard.start();
    assert!(
        !running.socket_dir.starts_with(&guard.dir),
        "{}",
        running.socket_dir.display()
    );
    assert_eq!(ask(&running, "SELECT 1"), "1");
    guard.server.stop().expect("it stops");
    std::fs::remove_dir_all(&running.socket_dir).expect("removed");
}

/// Root's server runs as another user, for whom the home directory of root is closed.
#[test]
fn a_project_that_the_server_may_not_enter_has_its_data_elsewhere() {
    use std::os::unix::fs::PermissionsExt;
    let guard = Guard::new("closed/.cogway/pg");
    let closed = guard.dir.ancestors().nth(2).expect("a directory");
    std::fs::create_dir(closed).expect("a directory");
    std::fs::set_permissions(closed, std::fs::Permissions::from_mode(0o700)).expect("chmod");
    let elsewhere = closed.with_file_name("elsewhere");
    let again = || DevServer::with_elsewhere(&guard.dir, &elsewhere).expect("a place");
    let running = again().start(&options()).expect("it starts");
    assert_eq!(
        running.home.starts_with(&elsewhere),
        rustix::process::geteuid().is_root()
    );
    ask(&running, "CREATE TABLE t AS SELECT 42 AS answer");
    again().stop().expect("it stops");

    // The data are found again, even when the project has been opened meanwhile.
    std::fs::set_permissions(closed, std::fs::Permissions::from_mode(0o755)).expect("chmod");
    let running = again().start(&options()).expect("it starts");
    assert_eq!(ask(&running, "SELECT answer FROM t"), "42");
    again().stop().expect("it stops");
    assert!(processes(&running.home).is_empty());
}

#[test]
fn the_data_decide_on_the_version() {
    let servers = cogway_testkit::servers();
    let Some(older) = servers
        .iter()
        .find(|server| server.version().major < servers[0].version().major)
    else {
        return; // There is only one major version here.
    };
    let guard = Guard::new("pg");
    let mut options = options();
    options.search.bin_dir = Some(older.dir().to_path_buf());
    let running = guard.server.start(&options).expect("it starts");
    assert_eq!(running.version, older.version());
    guard.server.stop().expect("it stops");

    options.search.bin_dir = None;
    options.search.major = Some(servers[0].version().major);
    let error = guard.server.start(&options).expect_err("another version");
    assert!(matches!(error, DevServerError::OtherMajor { .. }), "{error:?}");
    options.search.major = None;
    options.search.bin_dir = Some(servers[0].dir().to_path_buf());
    let error = guard.server.start(&options).expect_err("another version");
    let expect = format!(
        "holds PostgreSQL {}, not {}",
        servers[0].version(),
        older.version().major
    );
    assert!(error.to_string().contains(&expect), "{error}");
}

#[test]
fn a_failed_start_leaves_no_process() {
    let guard = Guard::new("pg");
    let settings = vec![(
        "shared_preload_libraries".to_owned(),
        "no_such_library".to_owned(),
    )];
    let error = guard
        .server
        .start(&DevOptions {
            settings,
            ..options()
        })
        .expect_err("a bad setting");
    assert!(error.to_string().contains("no_such_library"), "{error}");
    assert!(processes(&guard.dir).is_empty());
    guard.start();
}

#[test]
#[ignore = "another test runs it in a process of its own"]
#[expect(clippy::print_stdout, reason = "talks to its parent")]
fn starts_a_server_for_another_test() {
    let dir = PathBuf::from(std::env::var_os("COGWAY_TEST_DIR").expect("a directory"));
    let server = DevServer::with_elsewhere(&dir, &dir.with_file_name("elsewhere")).expect("a place");
    server.start(&options()).expect("it starts");
    println!("STARTED");
    loop {
        std::thread::park();
    }
}

/// Ctrl-C reaches all processes of the terminal's group.
#[test]
fn it_survives_the_one_who_started_it() {
    let guard = Guard::new("pg");
    let mut starter = Command::new(std::env::current_exe().expect("this program"))
        .args([
            "--ignored",
            "--exact",
            "--nocapture",
            "starts_a_server_for_another_test",
        ])
        .env("COGWAY_TEST_DIR", &guard.dir)
        .process_group(0)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this program runs");
    let output = BufReader::new(starter.stdout.take().expect("a pipe"));
    assert!(
        output
            .lines()
            .map_while(Result::ok)
            .any(|line| line.contains("STARTED"))
    );
    let group = Pid::from_raw(starter.id().cast_signed()).expect("a process id");
    kill_process_group(group, Signal::INT).expect("the group is there");
    starter.wait().expect("it ends");
    let running = guard.server.running().expect("the server runs on");
    assert_eq!(ask(&running, "SELECT 1"), "1");
}
