//! One run at a time: the lock of the others.

use std::time::{Duration, Instant};

use crate::world::{How, LOCK, World};

#[test]
fn whoever_holds_the_lock_is_named() {
    let mut world = World::new();
    world.revision("01", "create table t (n int);", "drop table t;");
    world.psql("create role deployer superuser");
    let mut holder = world.session();
    holder.ask("set session authorization deployer");
    holder.ask("set application_name = 'deploy of Friday'");
    holder.ask(&format!("select pg_advisory_lock({LOCK})"));
    let pid = holder.ask("select pg_backend_pid()");
    let since = holder.ask(
        "select to_char(backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') from pg_stat_activity
          where pid = pg_backend_pid()",
    );

    let started = Instant::now();
    let ran = world.expect(4, "up --wait 1s");
    assert!(started.elapsed() >= Duration::from_secs(1) && started.elapsed() < Duration::from_secs(4));
    for part in [
        &format!("process {pid} (deploy of Friday)"),
        &format!("connected since {since}"),
        "--wait",
    ] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    // Whoever has nothing to do waits for nobody.
    world.expect(0, "down base --wait 0s");
}

#[test]
fn the_next_comes_in_when_the_holder_goes() {
    let mut world = World::new();
    world.revision("01", "create table t (n int);", "drop table t;");
    let mut holder = world.session();
    holder.ask(&format!("select pg_advisory_lock({LOCK})"));
    let mut run = world.spawn("up --output jsonl");
    let waiting = run.read_until("waiting");
    assert_eq!(waiting["holder"]["application"], "psql");
    // It has not said goodbye.
    drop(holder);
    run.expect(0);
    assert_eq!(world.applied(), "01");
}

/// What others see of a database in the midst of a revision is no conflict: they wait until it is done.
#[test]
fn a_revision_that_is_on_its_way_is_no_conflict() {
    let mut world = World::new();
    world.revision("01", "create table t (n int);", "drop table t;");
    world.revision(
        "02",
        "create index concurrently i on t (n);",
        "drop index concurrently i;",
    );
    world.expect(0, "up 01");
    let mut blocker = world.session();
    blocker.ask("begin; lock table t in row exclusive mode");
    let up = world.spawn("up");
    world.wait_until_running("create index", How::Waiting);
    let mut down = world.spawn("down 01 --output jsonl");
    down.read_until("waiting");
    blocker.ask("commit");
    up.expect(0);
    down.expect(0);
    assert_eq!(world.applied(), "01");
    assert_eq!(world.psql("select to_regclass('i') is null"), "t");
}
