//! The server goes away in the midst of a run.

use crate::support::{Ran, finish};
use crate::world::{How, State, World, wait_until};

/// A revision that is stopped by a lock on the table `gate`, and a word of the statement that waits.
const CASES: [(&str, &str); 3] = [
    // In one transaction.
    ("create table first (n int); alter table gate add a text; create table last (n int);", "alter table gate"),
    // In none.
    (
        "create table first (n int); create index concurrently gate_n on gate (n); create table last (n int);",
        "create index",
    ),
    // In a transaction of the script's own, and others before and behind it.
    (
        "create table first (n int); vacuum gate; begin; insert into gate values (7); alter table gate add a text; commit;
         create table last (n int);",
        "alter table gate",
    ),
];

fn history(up: &str) -> World {
    let mut world = World::without_database();
    world.revision(
        "01",
        "create table gate (n int); insert into gate values (1);",
        "drop table gate;",
    );
    world.revision("02", up, "");
    world.revision("03", "comment on table gate is 'open';", "");
    world
}

fn must_be_clear(ran: &Ran, when: &str) {
    assert_eq!(ran.code, Some(3), "{when}: {}", ran.stderr);
    assert!(
        ran.stderr.contains("error: ")
            && ran.stderr.contains("hint: ")
            && ran.stderr.contains("server went away"),
        "{when}: {}",
        ran.stderr
    );
}

/// Runs `up` until it waits at the gate, does something to the server, opens the gate, and runs `up` again.
fn disturb(
    world: &World,
    words: &str,
    expected: &State,
    when: &str,
    disturb: impl FnOnce(),
    repair: impl FnOnce(),
) {
    world.expect(0, "up 01");
    let mut blocker = world.session();
    blocker.ask("begin; lock table gate in row exclusive mode");
    // However long it takes: it shall not give way and try again while it is looked for.
    let run = world.spawn("up --lock-timeout 0");
    world.wait_until_running(words, How::Waiting);
    disturb();
    let ran = run.finish();
    must_be_clear(&ran, when);
    assert!(
        ran.stderr.contains("02"),
        "the revision is named, {when}: {}",
        ran.stderr
    );
    drop(blocker);
    repair();
    world.expect(0, "up");
    world.state().must_be(expected, when);
    assert_eq!(world.invalid_indexes(), "", "{when}");
    world.expect(0, "check");
}

#[test]
fn the_backend_is_terminated() {
    for (up, words) in CASES {
        let world = World::new().with_history_of(&history(up));
        let undisturbed = world.again();
        undisturbed.expect(0, "up");
        let terminate = || {
            world.psql(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cogway'",
            );
        };
        disturb(&world, words, &undisturbed.state(), words, terminate, || {});
    }
}

/// A server of a test's own, which survives its kills.
struct OwnServer(World);

impl OwnServer {
    fn pg(&self, arguments: &str) -> Ran {
        finish(self.0.cogway(["pg"]).args(arguments.split_whitespace()))
    }

    fn start(&self) {
        // The children of one that was killed may have to come to their ends first.
        let mut ran = self.pg("start");
        assert!(
            wait_until(|| {
                if ran.code != Some(0) {
                    ran = self.pg("start");
                }
                ran.code == Some(0)
            }),
            "{}",
            ran.stderr
        );
    }

    fn process(&self) -> String {
        let ran = self.pg("status --output json");
        let document: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
        document["pid"].as_u64().expect("a process").to_string()
    }

    /// Ends it.
    fn signal(&self, name: &str) {
        let process = self.process();
        let kill = std::process::Command::new("kill")
            .args([&format!("-{name}"), &process])
            .status();
        assert!(kill.expect("kill runs").success());
        // Of one that has ended, and that nobody has asked about, the directory cannot be read.
        let place = format!("/proc/{process}/cwd");
        assert!(
            wait_until(|| std::fs::read_link(&place).is_err()),
            "{name} ends it"
        );
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        self.pg("stop");
    }
}

#[test]
fn the_server_is_killed_or_stopped() {
    let server = OwnServer(World::without_database());
    server.start();
    let ground = server.pg("url").stdout.trim_end().to_owned();
    let mut administrator = World::without_database();
    administrator.set_url(&ground);
    let url_of = |name: &str| {
        administrator.psql(&format!("create database {name}"));
        ground.replace("///cogway?", &format!("///{name}?"))
    };
    // kill -9, immediate stop, fast stop.
    for signal in ["KILL", "QUIT", "INT"] {
        for (number, (up, words)) in CASES.into_iter().enumerate() {
            let undisturbed = World::new().with_history_of(&history(up));
            undisturbed.expect(0, "up");
            let mut world = history(up);
            world.set_url(&url_of(&format!("{}_{number}", signal.to_lowercase())));
            let when = format!("{signal}: {words}");
            disturb(
                &world,
                words,
                &undisturbed.state(),
                &when,
                || server.signal(signal),
                || {
                    server.start();
                },
            );
        }
    }
}
