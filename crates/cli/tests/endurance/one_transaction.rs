//! Everything or nothing, and only trying.

use crate::world::{How, World};

fn history() -> World {
    let mut world = World::new();
    world.revision(
        "01",
        "create table a (n int); insert into a values (1);",
        "drop table a;",
    );
    world.revision(
        "02",
        "create table b (n int); alter table a add t text;",
        "drop table b; alter table a drop t;",
    );
    world.revision(
        "03",
        "create table c (n int); insert into a values ('x');",
        "drop table c;",
    );
    world
}

#[test]
fn a_failure_in_the_third_leaves_nothing_of_the_first() {
    let world = history();
    let before = world.dump();
    let ran = world.expect(4, "up --single-transaction");
    assert!(
        ran.stderr.contains("up of 03 step failed") && ran.stderr.contains("03_step/up.sql:1:"),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains("applied in this run"), "{}", ran.stderr);
    assert_eq!(world.dump(), before);
    assert_eq!(world.applied(), "");
    let failed = world.journal("failed");
    assert!(failed.starts_with("03|up|2|22P02|"), "{failed}");
    assert_eq!(world.journal("applied"), "");

    world.mend("03", "create table c (n int); insert into a values (2);");
    world.expect(0, "up --single-transaction");
    assert_eq!(world.applied(), "01 02 03");
    let one = world.state();
    world.expect(0, "check");
    // The same as one by one.
    let other = world.again();
    other.expect(0, "up");
    other.state().must_be(&one, "one by one");
    // And back.
    world.expect(1, "down base --single-transaction");
    one.must_be(&world.state(), "refused");
    world.expect(0, "down base --single-transaction --allow-data-loss");
    assert_eq!(world.dump(), before);
}

#[test]
fn a_kill_in_the_third_leaves_nothing_of_the_first() {
    let world = history();
    world.psql("create table gate (n int)");
    let before = world.dump();
    world.mend("03", "create table c (n int); lock table gate;");
    let mut blocker = world.session();
    blocker.ask("begin; lock table gate");
    let run = world.spawn("up --single-transaction --lock-timeout 0");
    world.wait_until_running("lock table gate", How::Waiting);
    run.kill();
    blocker.ask("commit");
    // What was sent goes on to its end, which is the commit of nothing but what is complete.
    world.wait_until_gone();
    match world.applied().as_str() {
        "" => assert_eq!(world.dump(), before),
        all => assert_eq!(all, "01 02 03"),
    }
    world.expect(0, "up --single-transaction");
    assert_eq!(world.applied(), "01 02 03");
    world.expect(0, "check");
}

#[test]
fn a_failure_leaves_what_came_before() {
    let world = history();
    let ran = world.expect(4, "up");
    assert!(
        ran.stderr.contains("applied in this run: 01, 02") && ran.stderr.contains("not done: 03"),
        "{}",
        ran.stderr
    );
    assert_eq!(world.applied(), "01 02");
    assert_eq!(world.psql("select to_regclass('c') is null"), "t");
    assert!(world.journal("failed").starts_with("03|up|2|22P02|"));
}

#[test]
fn a_rehearsal_changes_nothing() {
    let mut world = World::new();
    world.psql("create table mine (n int); insert into mine values (1)");
    world.revision(
        "01",
        "create table a (n int); insert into a select n from mine;",
        "drop table a;",
    );
    let before = world.whole_dump();
    // Without a ledger, which is not made either.
    let ran = world.expect(0, "up --rehearse");
    assert!(ran.stdout.contains("rolled back"), "{}", ran.stdout);
    assert_eq!(world.whole_dump(), before);
    world.revision(
        "02",
        "alter table a add t text not null;",
        "alter table a drop t;",
    );
    let ran = world.expect(4, "up --rehearse");
    assert!(ran.stderr.contains("nothing is changed"), "{}", ran.stderr);
    assert_eq!(world.whole_dump(), before);
    assert_eq!(world.psql("select to_regnamespace('cogway') is null"), "t");

    // With one.
    world.mend("02", "alter table a add t text;");
    world.expect(0, "up");
    world.revision(
        "03",
        "drop table mine; create view v as select * from a;",
        "drop view v;",
    );
    let before = world.whole_dump();
    for arguments in [
        "up --rehearse",
        "down 01 --rehearse",
        "to base --rehearse --allow-data-loss",
    ] {
        world.expect(0, arguments);
        assert_eq!(world.whole_dump(), before, "{arguments}");
    }
    // What is refused changes nothing either.
    world.expect(1, "down base");
    assert_eq!(world.whole_dump(), before);
    world.expect(0, "up --dry-run");
    world.expect(0, "up --sql");
    assert_eq!(world.whole_dump(), before);
    world.expect(0, "check");
}

#[test]
fn the_journal_only_grows() {
    let world = history();
    world.expect(4, "up");
    for sql in [
        "update cogway.journal set message = ''",
        "delete from cogway.journal",
        "truncate cogway.journal",
    ] {
        assert_eq!(world.session().try_ask(sql), None, "{sql}");
    }
    assert_eq!(
        world.psql("select string_agg(event, ' ' order by id) from cogway.journal"),
        "begun applied applied failed"
    );
}
