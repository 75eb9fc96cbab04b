//! Scratch servers, real ones: how they start, and that nothing is left however they end.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use cogway_pg::scratch::{
    Binaries, DataSource, GROUND_DATABASE, PostmasterError, Program, ScratchError, ScratchOptions,
    ScratchServer, Search,
};
use rustix::process::{Pid, Signal, kill_process};

mod support;
use support::{open_dir, processes, query, wait_until};

fn options() -> ScratchOptions {
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

#[test]
fn every_version_starts_and_answers_and_goes() {
    for binaries in cogway_testkit::servers() {
        let server = ScratchServer::start(&of(&binaries)).expect("it starts");
        let base = base(&server);
        let config = server.config(GROUND_DATABASE);
        let version = query(&config, "SHOW server_version");
        assert_eq!(
            version.split_whitespace().next(),
            Some(&*binaries.version().to_string())
        );
        assert_eq!(
            query(&config, "SELECT count(*) FROM pg_class WHERE relnamespace = 2200"),
            "0"
        );
        assert_eq!(query(&config, "SHOW listen_addresses"), "");
        assert_eq!(query(&config, "SHOW fsync"), "off");
        assert_eq!(query(&config, "SHOW server_encoding"), "UTF8");
        assert_eq!(
            query(&server.config("postgres"), "SELECT current_user"),
            "postgres"
        );
        let psql = Command::new(server.binaries().program(Program::Psql))
            .args([
                "-X",
                "-A",
                "-t",
                "-c",
                "SELECT current_database()",
                &server.url(GROUND_DATABASE),
            ])
            .output()
            .expect("psql runs");
        assert_eq!(String::from_utf8_lossy(&psql.stdout), "cogway\n");
        assert!(!processes(&base).is_empty());
        server.stop().expect("it stops");
        assert!(gone(&base));
    }
}

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

#[test]
fn two_servers_are_strangers() {
    let (one, two) = (ScratchServer::start(&options()), ScratchServer::start(&options()));
    let (one, two) = (one.expect("it starts"), two.expect("it starts"));
    query(&one.config(GROUND_DATABASE), "CREATE TABLE t (id int)");
    query(&two.config(GROUND_DATABASE), "CREATE TABLE t (id int)");
    drop(one);
    assert_eq!(query(&two.config(GROUND_DATABASE), "SELECT count(*) FROM t"), "0");
}

#[test]
fn of_many_starts_with_an_empty_cache_one_fills_it() {
    let cache = tempfile::tempdir().expect("a directory");
    let options = ScratchOptions {
        cache_dir: Some(cache.path().join("new")),
        ..options()
    };
    let sources: Vec<_> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| ScratchServer::start(&options)))
            .collect();
        let servers = starts
            .into_iter()
            .map(|start| start.join().expect("no panic").expect("it starts"));
        servers.map(|server| server.start_report().data.clone()).collect()
    });
    assert_eq!(
        sources
            .iter()
            .filter(|source| **source == DataSource::Initdb)
            .count(),
        1,
        "{sources:?}"
    );
    assert_eq!(
        sources
            .iter()
            .filter(|source| **source == DataSource::Cache)
            .count(),
        3,
        "{sources:?}"
    );

    // A cut image is made again.
    let images = std::fs::read_dir(cache.path().join("new"))
        .expect("a directory")
        .flatten();
    let image = images
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|e| e == "image"));
    let image = std::fs::OpenOptions::new()
        .write(true)
        .open(image.expect("an image"))
        .expect("a file");
    image.set_len(1_000_000).expect("cut");
    let server = ScratchServer::start(&options).expect("it starts");
    assert_eq!(server.start_report().data, DataSource::Initdb);
}

#[test]
fn a_cache_that_cannot_be_written_only_costs_time() {
    let options = ScratchOptions {
        cache_dir: Some("/proc/no/cache".into()),
        ..options()
    };
    let server = ScratchServer::start(&options).expect("it starts");
    let DataSource::Uncached { reason } = &server.start_report().data else {
        panic!("no cache was possible")
    };
    assert!(reason.contains("/proc/no/cache"), "{reason}");
}

#[test]
fn a_failed_start_quotes_the_server_and_leaves_nothing() {
    let parent = open_dir();
    let settings = vec![("wal_level".to_owned(), "no such level".to_owned())];
    let options = ScratchOptions {
        parent_dir: Some(parent.path().to_path_buf()),
        settings,
        ..options()
    };
    let error = ScratchServer::start(&options).expect_err("a bad setting");
    assert!(
        matches!(error, ScratchError::Postmaster(PostmasterError::Ended { .. })),
        "{error:?}"
    );
    assert!(
        error
            .to_string()
            .contains("invalid value for parameter \"wal_level\""),
        "{error}"
    );
    assert!(is_empty(parent.path()));
}

#[test]
fn settings_of_the_caller_go_before() {
    let settings = vec![
        ("work_mem".to_owned(), "7MB".to_owned()),
        ("fsync".to_owned(), "on".to_owned()),
    ];
    let server = ScratchServer::start(&ScratchOptions {
        settings,
        ..options()
    })
    .expect("it starts");
    assert_eq!(query(&server.config(GROUND_DATABASE), "SHOW work_mem"), "7MB");
    assert_eq!(query(&server.config(GROUND_DATABASE), "SHOW fsync"), "on");
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

fn is_empty(parent: &Path) -> bool {
    let uid = rustix::process::geteuid().as_raw();
    let root = parent.join(format!("cogway-{uid}"));
    std::fs::read_dir(&root).expect("the root").next().is_none()
}

/// Another process that holds a server, and ends in its own way.
struct Holder {
    process: Child,
    base: PathBuf,
    /// A child of that process, which lives on.
    bystander: u32,
}

impl Holder {
    fn start(end: &str, parent_dir: &Path) -> Holder {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        Holder::run(
            command.env("COGWAY_TEST_CACHE", cogway_testkit::cache_dir().expect("a home")),
            end,
            parent_dir,
        )
    }

    fn run(command: &mut Command, end: &str, parent_dir: &Path) -> Holder {
        let mut process = command
            .args([
                "--ignored",
                "--exact",
                "--nocapture",
                "holds_a_server_for_another_test",
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

    fn watchdog(&self) -> u32 {
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

    fn wait(&mut self) {
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

/// As root the server runs as another user; this is the way of everybody else.
#[test]
fn a_user_without_rights_can_do_the_same() {
    if !rustix::process::geteuid().is_root() {
        return; // All other tests have proved it.
    }
    let dir = open_dir();
    for sub in ["run", "cache"] {
        let path = dir.path().join(sub);
        std::fs::create_dir(&path).expect("a directory");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o777)).expect("chmod");
    }
    // The program is copied: the user may not be allowed to enter the directory of the build. `cp` does it, because a
    // file that a process of many threads has written cannot be run while a child holds it open.
    let program = dir.path().join("program");
    let copied = Command::new("cp")
        .arg(std::env::current_exe().expect("this program"))
        .arg(&program)
        .status();
    assert!(copied.expect("cp runs").success());
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid", "65534", "--regid", "65534", "--clear-groups"])
        .arg(&program);
    command
        .env("COGWAY_TEST_CACHE", dir.path().join("cache"))
        .current_dir("/");
    let mut holder = Holder::run(&mut command, "wait", &dir.path().join("run"));
    assert!(
        holder.base.starts_with(dir.path().join("run/cogway-65534")),
        "{}",
        holder.base.display()
    );
    kill(holder.process.id(), Signal::KILL);
    holder.wait();
    wait_until("its server ends", || gone(&holder.base));
}

/// A umask that leaves nothing to others must not lock the server's user out.
#[test]
fn a_strict_umask_does_no_harm() {
    let parent = open_dir();
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", "umask 077; exec \"$@\"", "sh"])
        .arg(std::env::current_exe().expect("this program"));
    command.env("COGWAY_TEST_CACHE", cogway_testkit::cache_dir().expect("a home"));
    let mut holder = Holder::run(&mut command, "return", parent.path());
    holder.wait();
    wait_until("its server ends", || gone(&holder.base));
}

/// Not a proof, a measurement: `cargo test -p cogway-pg --test scratch -- --nocapture cost`.
#[test]
#[expect(clippy::print_stdout, reason = "prints what it measured")]
fn cost_of_a_start_with_a_warm_cache() {
    for binaries in cogway_testkit::servers() {
        let mut times: Vec<_> = (0..9)
            .map(|_| {
                ScratchServer::start(&of(&binaries))
                    .expect("it starts")
                    .start_report()
                    .elapsed
            })
            .collect();
        times.sort();
        println!(
            "PostgreSQL {}: median {:?}, least {:?}",
            binaries.version(),
            times[4],
            times[0]
        );
    }
}
