//! How scratch servers start.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use cogway_pg::scratch::{
    DataSource, GROUND_DATABASE, PostmasterError, Program, ScratchError, ScratchOptions, ScratchServer,
};
use rustix::process::Signal;

use crate::holder::Holder;
use crate::support::{open_dir, processes, query, wait_until};
use crate::{base, gone, is_empty, kill, of, options};

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
