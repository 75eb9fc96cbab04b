//! Ctrl-C: the run ends at once, in good order, and nothing of it goes on.

use std::os::unix::net::UnixListener;
use std::time::{Duration, Instant};

use crate::support::{Ran, project};
use crate::world::{How, LOCK, Running, World};

/// At once, on a busy machine.
const AT_ONCE: Duration = Duration::from_secs(2);

/// Presses Ctrl-C, and looks at how the run ends.
#[track_caller]
fn interrupt(world: &World, run: Running) -> Ran {
    let ran = end(run, "INT");
    // The server learns that the connection has ended a moment later.
    world.wait_until_gone();
    ran
}

/// Sends a signal, and looks at how the run ends.
#[track_caller]
fn end(run: Running, signal: &str) -> Ran {
    let sent = Instant::now();
    run.signal(signal);
    let ran = run.expect(130);
    let took = sent.elapsed();
    assert!(took < AT_ONCE, "it took {took:?}: {}", ran.stderr);
    assert!(ran.stderr.contains("error: interrupted"), "{}", ran.stderr);
    ran
}

fn history() -> World {
    let mut world = World::new();
    world.revision("01", "create table gate (n int);", "drop table gate;");
    world.revision("02", "create table t (n int);", "drop table t;");
    world.expect(0, "up 01");
    world
}

#[test]
fn in_a_statement_of_a_transaction() {
    let mut world = history();
    world.revision("03", "create table u (n int); select pg_sleep(600);", "");
    world.revision("04", "create table v (n int);", "");
    let run = world.spawn("up");
    world.wait_until_running("pg_sleep", How::Working);
    let ran = interrupt(&world, run);
    assert!(ran.stderr.contains("applied in this run: 02"), "{}", ran.stderr);
    assert!(ran.stderr.contains("not done: 03, 04"), "{}", ran.stderr);
    assert_eq!(world.applied(), "01 02");
    assert_eq!(world.psql("select to_regclass('u') is null"), "t");
    world.mend("03", "create table u (n int);");
    world.expect(0, "up");
    assert_eq!(world.applied(), "01 02 03 04");
}

#[test]
fn in_an_index_that_is_made_concurrently() {
    let mut world = history();
    world.revision(
        "03",
        "insert into gate values (1); create index concurrently gate_n on gate (n); insert into gate values (2);",
        "",
    );
    let mut blocker = world.session();
    blocker.ask("begin; lock table gate in row exclusive mode");
    let run = world.spawn("up");
    world.wait_until_running("create index", How::Waiting);
    let ran = interrupt(&world, run);
    for part in [
        "applied in this run: 02",
        "not done: 03",
        "1 of 3 parts",
        "public.gate_n",
        "INVALID",
    ] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    assert_eq!(world.invalid_indexes(), "gate_n");
    blocker.ask("commit");
    let ran = world.expect(0, "up --output jsonl");
    assert!(ran.stdout.contains("dropped_invalid_index"), "{}", ran.stdout);
    assert_eq!(world.invalid_indexes(), "");
    assert_eq!(
        world.psql("select count(*), to_regclass('gate_n') is not null from gate"),
        "2|t"
    );
    world.expect(0, "check");
}

#[test]
fn in_the_pause_before_another_attempt() {
    let mut world = history();
    world.revision("03", "alter table gate add a text;", "");
    let mut holder = world.session();
    holder.ask("begin; select * from gate");
    let mut run = world.spawn("up --lock-timeout 50ms --output jsonl");
    run.read_until("retrying");
    // Now it could go on, but it shall not.
    holder.ask("commit");
    let ran = interrupt(&world, run);
    assert!(ran.stderr.contains("applied in this run: 02"), "{}", ran.stderr);
    assert!(ran.stderr.contains("not done: 03"), "{}", ran.stderr);
    assert_eq!(world.applied(), "01 02");
    world.expect(0, "up");
}

#[test]
fn while_it_waits_for_the_lock() {
    let world = history();
    let mut holder = world.session();
    holder.ask(&format!("select pg_advisory_lock({LOCK})"));
    let mut runs = ["INT", "TERM"].map(|signal| (world.spawn("up --output jsonl"), signal));
    for (run, _) in &mut runs {
        run.read_until("waiting");
    }
    for (run, signal) in runs {
        end(run, signal);
    }
    world.wait_until_gone();
    assert_eq!(world.applied(), "01");
    drop(holder);
    world.expect(0, "up");
}

#[test]
fn while_it_connects() {
    let world = history();
    let dir = project();
    // It takes the connection, and says nothing.
    let listener = UnixListener::bind(dir.path().join(".s.PGSQL.5432")).expect("a socket");
    let run = world.spawn_at(&world.url_through(dir.path()), "up");
    let connection = listener.accept().expect("a connection");
    interrupt(&world, run);
    drop(connection);
    world.expect(0, "up");
}

#[test]
fn in_all_at_once_and_in_a_rehearsal() {
    let mut world = history();
    world.revision("03", "create table u (n int); select pg_sleep(600);", "");
    for arguments in ["up --single-transaction", "up --rehearse"] {
        let run = world.spawn(arguments);
        world.wait_until_running("pg_sleep", How::Working);
        let ran = interrupt(&world, run);
        assert!(!ran.stderr.contains("applied in this run"), "{}", ran.stderr);
        assert_eq!(world.applied(), "01", "{arguments}");
    }
}

/// What a down would drop is found out in a transaction: Ctrl-C there is no loss of rows.
#[test]
fn while_it_looks_for_what_would_be_lost() {
    let mut world = World::new();
    world.revision(
        "01",
        "create table t (n int);",
        "drop table t; select pg_sleep(600);",
    );
    world.expect(0, "up");
    let run = world.spawn("down base");
    world.wait_until_running("pg_sleep", How::Working);
    interrupt(&world, run);
    assert_eq!(world.applied(), "01");
}
