//! Revisions that run in parts: failing at one of them, mending, going on.

use crate::world::{How, World};

/// A table with two rows that are the same.
const TABLE: &str = "create table t (n int); insert into t values (1), (1);";

fn world() -> World {
    let mut world = World::new();
    world.revision("01", TABLE, "drop table t;");
    world
}

#[test]
fn what_failed_goes_on_where_it_failed() {
    const UP: &str = "create table first (n int); insert into first values (1);
         create unique index concurrently t_n on t (n);
         create table last (n int);";
    let mut world = world();
    world.revision_in_parts(
        "02",
        UP,
        "drop table last; drop index concurrently t_n; drop table first;",
    );
    let ran = world.expect(4, "up");
    for part in [
        "could not create unique index",
        "2 of 4 parts",
        "public.t_n",
        "INVALID",
        "up.sql:2:",
    ] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    assert_eq!(world.invalid_indexes(), "t_n");
    assert_eq!(world.journal("failed").lines().count(), 1);
    // Nobody else's: it stays.
    world.psql("create table other (n int); insert into other values (1), (1)");
    let mut other = world.session();
    assert_eq!(
        other.try_ask("create unique index concurrently other_n on other (n)"),
        None
    );

    // The same again fails again, and leaves no more.
    world.expect(4, "up");
    assert_eq!(world.invalid_indexes(), "other_n\nt_n");

    // What is done must not change, and what is not done may.
    world.mend(
        "02",
        &UP.replace("insert into first values (1)", "insert into first values (2)"),
    );
    let ran = world.expect(5, "up");
    assert!(ran.stderr.contains("changed"), "{}", ran.stderr);
    world.mend("02", UP);

    world.psql("delete from t where ctid = (select min(ctid) from t)");
    let mut run = world.spawn("up --output jsonl");
    let resumed = run.read_until("resumed");
    assert!(resumed["done"] == 2 && resumed["parts"] == 4, "{resumed}");
    assert_eq!(run.read_until("dropped_invalid_index")["index"], "public.t_n");
    run.expect(0);
    assert_eq!(world.psql("select count(*) from first"), "1");
    assert_eq!(world.invalid_indexes(), "other_n");
    world.psql("drop table other");
    // The journal has each attempt.
    assert_eq!(
        world.psql("select string_agg(event, ' ' order by id) from cogway.journal where revision = '02'"),
        "started failed started failed started applied"
    );
    world.expect(0, "down base --allow-data-loss");
}

/// The rest of the script may become another one altogether.
#[test]
fn the_rest_can_be_mended() {
    const DONE: &str = "create table first (n int);";
    const REST: &str = "create unique index concurrently t_n on t (n); create table last (n int);";
    // In place of what failed, and what must be there afterwards.
    let cases = [
        // A statement before it.
        format!("delete from t where ctid = (select min(ctid) from t); {REST}"),
        // Another index.
        "create index concurrently t_n_2 on t (n); create table last (n int);".to_owned(),
        // Nothing that cannot run in a transaction any more: it is gone on with in parts nevertheless.
        "create index t_n on t (n); create table last (n int);".to_owned(),
        "create table last (n int);".to_owned() + " comment on table t is 'x';",
    ];
    for rest in cases {
        let mut world = world();
        // Not `none` in revision.toml, but for what stands in it.
        world.revision("02", &format!("{DONE} {REST}"), "");
        world.revision("03", "create table next (n int);", "");
        world.expect(4, "up");
        world.mend("02", &format!("{DONE} {rest}"));
        let ran = world.expect(2, "up --rehearse");
        assert!(ran.stderr.contains("02"), "{}", ran.stderr);
        world.expect(2, "up --single-transaction");
        world.expect(0, "up");
        assert_eq!(world.invalid_indexes(), "", "{rest}");
        assert_eq!(world.applied(), "01 02 03");
        assert_eq!(
            world.psql("select count(*) from pg_class where relname in ('first', 'last', 'next')"),
            "3",
            "{rest}"
        );
        assert_eq!(world.psql("select count(*) from cogway.unfinished"), "0");
    }
}

/// A session that goes on finds the settings that the parts before have made, and none of them is run again.
#[test]
fn settings_are_made_again_and_nothing_else() {
    let mut world = world();
    world.psql("create role worker; grant all on schema public to worker; create schema inner_room authorization worker");
    const UP: &str = "begin; set search_path = inner_room, public; set role worker; create table log (n int);
         insert into log values (1); commit;
         vacuum log;
         create unique index concurrently log_n on log (n);
         insert into log values (1);
         select set_config('cogway_test.x', '1', false);
         create table last (n int)";
    world.revision_in_parts("02", UP, "");
    let ran = world.expect(4, "up");
    assert!(ran.stderr.contains("duplicate key"), "{}", ran.stderr);
    world.psql("drop index inner_room.log_n");
    world.expect(0, "up");
    assert_eq!(
        world.psql("select count(*) from inner_room.log"),
        "2",
        "once each, in the place that was set"
    );
    assert_eq!(
        world.psql("select schemaname, tableowner from pg_tables where tablename = 'last'"),
        "inner_room|worker"
    );
}

/// A procedure that commits looks like any other call.
#[test]
fn what_hides_its_transactions() {
    let mut world = World::new();
    world.revision(
        "01",
        "create table t (n int);
         create procedure fill() language plpgsql as $$ begin
             for i in 1..3 loop insert into t values (i); commit; end loop;
         end $$;",
        "drop procedure fill; drop table t;",
    );
    world.revision_in_parts(
        "02",
        "call fill(); do $$ begin insert into t values (4); commit; insert into t values (5); end $$; create table last (n int);",
        "drop table last; do $$ begin delete from t where n > 2; commit; delete from t; end $$;",
    );
    // One statement alone, too.
    world.revision_in_parts(
        "03",
        "call fill();",
        "do $$ begin delete from t where n < 2; commit; end $$",
    );
    world.revision("04", "select 1;", "select 1");
    world.expect(0, "up");
    assert_eq!(world.psql("select sum(n) from t"), "21");
    assert_eq!(world.journal("applied").lines().count(), 4);
    let up = world.state();
    world.expect(0, "down 01 --allow-data-loss");
    assert_eq!(world.psql("select count(*) from t"), "0");
    world.expect(0, "up");
    world.state().must_be(&up, "up again");
    // Where nobody has said so it is refused, and nothing of the script stays.
    world.revision("05", "create table u (n int); call fill();", "drop table u");
    let ran = world.expect(4, "up");
    assert!(
        ran.stderr.contains("invalid transaction termination"),
        "{}",
        ran.stderr
    );
    assert_eq!(world.psql("select to_regclass('u') is null"), "t");
}

#[test]
fn what_hides_its_transactions_and_is_cut_off() {
    const UP: &str = "create table first (n int);
         do $$ begin insert into t values (1); commit; lock table gate; insert into t values (2); end $$;
         create table last (n int);";
    // Where to go on, and what is then there.
    for (part, sum) in [(2, "4"), (3, "1")] {
        let mut world = World::new();
        world.revision(
            "01",
            "create table t (n int); create table gate (n int);",
            "drop table t; drop table gate;",
        );
        world.revision_in_parts("02", UP, "");
        world.expect(0, "up 01");
        let mut blocker = world.session();
        blocker.ask("begin; lock table gate");
        let run = world.spawn("up");
        world.wait_until_running("lock table gate", How::Waiting);
        run.kill();
        world
            .psql("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cogway'");
        blocker.ask("commit");
        world.wait_until_gone();

        let ran = world.expect(5, "up");
        for part in ["--resume-at 3", "--resume-at 2", "up.sql:2"] {
            assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
        }
        // Asked once more, it says the same.
        world.expect(5, "up");
        world.expect(2, "repair --resume-at 9");
        world.expect(0, &format!("repair --resume-at {part}"));
        world.expect(0, "up");
        assert_eq!(world.psql("select sum(n) from t"), sum, "--resume-at {part}");
        assert_eq!(world.applied(), "01 02");
        assert_eq!(world.psql("select to_regclass('last') is not null"), "t");
        world.expect(0, "check");
    }
}

#[test]
fn an_invalid_index_is_not_passed_over() {
    let mut world = world();
    world.expect(0, "up");
    let mut session = world.session();
    assert_eq!(
        session.try_ask("create unique index concurrently t_n on t (n)"),
        None
    );
    world.revision("02", "create index concurrently if not exists t_n on t (n);", "");
    for _ in 0..2 {
        let ran = world.expect(4, "up");
        assert!(
            ran.stderr.contains("index public.t_n is there and INVALID")
                && ran.stderr.contains("DROP INDEX CONCURRENTLY public.t_n")
                && !ran
                    .stderr
                    .contains("When the revision is gone on with, it is dropped"),
            "{}",
            ran.stderr
        );
    }
    world.psql("drop index t_n");
    world.expect(0, "up");
    assert_eq!(world.invalid_indexes(), "");
    // One that is there and valid may be passed over.
    world.revision("03", "create index concurrently if not exists t_n on t (n);", "");
    world.expect(0, "up");
}

/// `repair --resume-at` does not forget what the part has left that failed.
#[test]
fn a_part_that_is_named_again_is_cleared_away() {
    let mut world = world();
    world.revision_in_parts(
        "02",
        "create table first (n int); create unique index concurrently t_n on t (n);",
        "",
    );
    world.expect(4, "up");
    world.psql("delete from t");
    world.mend(
        "02",
        "create table second (n int); create unique index concurrently t_n on t (n);",
    );
    world.expect(5, "up");
    world.expect(0, "repair --resume-at 2");
    world.expect(0, "up");
    assert_eq!(world.invalid_indexes(), "");
}

/// What is half done is no drift, neither before nor after.
#[test]
fn what_is_half_done_is_no_drift() {
    let mut world = world();
    world.expect(0, "up");
    world.revision_in_parts("02", "create table first (n int); select 1 / (select 0);", "");
    world.expect(4, "up");
    let ran = world.expect(1, "check");
    assert!(ran.stdout.contains("not known"), "{}", ran.stdout);
    world.mend("02", "create table first (n int); select 1;");
    let ran = world.expect(0, "up --strict");
    assert!(
        !ran.stderr.contains("not what the last run left"),
        "{}",
        ran.stderr
    );
    world.expect(0, "check");
}

#[test]
fn a_script_that_unlocks_everything_is_locked_again() {
    let mut world = World::new();
    world.revision_in_parts(
        "01",
        "discard all; select pg_advisory_unlock_all(); create table gate (n int);
         create index concurrently gate_n on gate (n);",
        "",
    );
    world.revision(
        "02",
        "select pg_advisory_unlock_all(); create table t (n int);",
        "",
    );
    world.revision("03", "lock table gate;", "");
    let held = "select count(*) from pg_locks where locktype = 'advisory'";
    let mut blocker = world.session();
    // It waits for everything that is older, a snapshot too.
    blocker.ask("begin isolation level repeatable read; select 1");
    let run = world.spawn("up --lock-timeout 0");
    world.wait_until_running("create index concurrently gate_n", How::Waiting);
    assert_eq!(world.psql(held), "1", "behind the first parts");
    let mut gate = world.session();
    gate.ask("begin; lock table gate in access share mode");
    blocker.ask("commit");
    world.wait_until_running("lock table gate", How::Waiting);
    assert_eq!(world.psql(held), "1", "behind a revision");
    gate.ask("commit");
    run.expect(0);
}
