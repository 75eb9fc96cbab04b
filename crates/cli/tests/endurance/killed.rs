//! `kill -9` in the midst of a run. The next one ends where an undisturbed one does.

use std::time::{Duration, Instant};

use crate::chance::{Chance, times};
use crate::world::{How, State, World};

/// A history with everything that runs in one transaction, in several, and in none. No sequence is used: those keep what a
/// transaction took from them that was rolled back.
fn history() -> World {
    let mut world = World::new();
    world.revision(
        "01",
        "create schema shop;
         create table shop.coffee (id int primary key, title text not null, origin text);
         insert into shop.coffee select n, md5(n::text), 'x' from generate_series(1, 20000) n;",
        "drop schema shop cascade;",
    );
    world.revision(
        "02",
        "create index concurrently coffee_title on shop.coffee (title);",
        "drop index concurrently shop.coffee_title;",
    );
    world.revision_in_parts(
        "03",
        "set search_path = shop;
         set role postgres;
         create table stock (coffee int references coffee, n int);
         insert into stock select id, id % 7 from coffee;
         create index concurrently on stock (n);
         create unique index concurrently stock_coffee on stock (coffee);
         alter table stock add constraint one_each unique using index stock_coffee;
         vacuum stock;
         insert into stock values (null, 0);",
        "set search_path = shop;
         delete from stock where coffee is null;
         drop index concurrently stock_n_idx;
         reindex table concurrently stock;
         drop table stock;",
    );
    world.revision_in_parts(
        "04",
        "begin;
         set search_path = shop;
         create table price (coffee int not null, cents int) partition by range (coffee);
         create table price_low partition of price for values from (0) to (10000);
         create table price_high partition of price for values from (10000) to (30000);
         insert into price select id, id * 3 from coffee;
         commit;
         reindex table concurrently coffee;
         alter table price detach partition price_low concurrently;
         drop index concurrently coffee_title;
         begin;
         insert into price values (20001, 1);
         commit;
         reindex index concurrently coffee_pkey;",
        "select set_config('search_path', 'shop', false);
         create index concurrently coffee_title on coffee (title);
         drop table price_low;
         begin;
         drop table price;
         commit;",
    );
    world.revision(
        "05",
        "alter table shop.coffee add constraint origin_known check (origin is not null);
         update shop.coffee set origin = 'Kenya' where id < 1000;",
        "update shop.coffee set origin = 'x' where id < 1000;
         alter table shop.coffee drop constraint origin_known;",
    );
    world
}

/// What an undisturbed run leaves, and how long it takes.
struct Undisturbed {
    state: State,
    took: Duration,
}

impl Undisturbed {
    fn of(world: &World, arguments: &str) -> Undisturbed {
        let started = Instant::now();
        world.expect(0, arguments);
        Undisturbed {
            took: started.elapsed(),
            state: world.state(),
        }
    }
}

fn must_be_whole(world: &World, expected: &State, when: &str) {
    world.state().must_be(expected, when);
    assert_eq!(world.invalid_indexes(), "", "{when}");
    let ran = world.expect(0, "check");
    assert!(ran.stdout.contains("no drift"), "{when}: {}", ran.stdout);
}

/// Kills a run at some moment, often before that of the first one again, and lets the last one come to its end.
fn kill_and_go_on(world: &World, arguments: &str, moments: &[Duration]) {
    for moment in moments {
        let run = world.spawn(arguments);
        std::thread::sleep(*moment);
        run.kill();
    }
    world.expect(0, arguments);
}

#[test]
fn at_any_moment_of_up_and_of_down() {
    const DOWN: &str = "down base --allow-data-loss";
    let mut chance = Chance::new("killed::at_any_moment_of_up_and_of_down");
    let world = history();
    // The first run starts the cache of the server, so that the second is the one to measure.
    world.expect(0, "up");
    world.expect(0, DOWN);
    let up = Undisturbed::of(&world, "up");
    let down = Undisturbed::of(&world, DOWN);
    for kill in 1..=times(6) {
        // Some runs are killed twice.
        let count = 1 + kill % 2;
        for (arguments, undisturbed) in [("up", &up), (DOWN, &down)] {
            let moments: Vec<Duration> = (0..count).map(|_| chance.before(undisturbed.took)).collect();
            kill_and_go_on(&world, arguments, &moments);
            must_be_whole(
                &world,
                &undisturbed.state,
                &format!(
                    "{kill}: {arguments} of {:?}, killed after {moments:?}",
                    undisturbed.took
                ),
            );
        }
    }
    assert_eq!(world.journal("failed"), "");
}

/// What a statement leaves on the server goes on when its client is killed, and keeps the lock. The next run waits for it,
/// and finds what it has done.
#[test]
fn while_a_statement_waits_that_no_transaction_can_hold() {
    // A statement, the words with which it is found at work, and what the blocker does.
    const TABLE: &str = "create table t (n int); insert into t values (1);";
    let cases: [(&str, &str, &str, &str); 6] = [
        (
            "",
            "create index concurrently i on t (n)",
            "create index",
            "insert into t values (2)",
        ),
        (
            "",
            "create unique index concurrently on t (n)",
            "create unique",
            "insert into t values (2)",
        ),
        (
            "create index i on t (n);",
            "drop index concurrently i",
            "drop index",
            "insert into t values (2)",
        ),
        (
            "create index i on t (n);",
            "reindex index concurrently i",
            "reindex",
            "insert into t values (2)",
        ),
        (
            "create index i on t (n);",
            "vacuum full t",
            "vacuum",
            "select * from t",
        ),
        (
            "create table p (n int) partition by range (n); create table p1 partition of p for values from (0) to (9);",
            "alter table p detach partition p1 concurrently",
            "alter table p detach",
            "select * from p",
        ),
    ];
    let check = |(before, statement, words, block): (&str, &str, &str, &str)| {
        let mut world = World::new();
        world.revision("01", &format!("{TABLE} {before}"), "");
        world.revision(
            "02",
            &format!("set search_path = public; {statement}; create table last (n int);"),
            "",
        );
        world.expect(0, "up");
        let expected = world.state();

        let world = world.again();
        world.expect(0, "up 01");
        let mut blocker = world.session();
        blocker.ask(&format!("begin; {block}"));
        let run = world.spawn("up");
        world.wait_until_running(words, How::Waiting);
        run.kill();
        let mut next = world.spawn("up --output jsonl");
        let waiting = next.read_until("waiting");
        assert_eq!(waiting["holder"]["application"], "cogway", "{statement}");
        blocker.ask("rollback");
        next.expect(0);
        must_be_whole(&world, &expected, statement);
        assert_eq!(
            world.psql("select count(*) from cogway.journal where event = 'applied' and revision = '02'"),
            "1",
            "{statement}"
        );
    };
    // They wait more than they work.
    std::thread::scope(|scope| {
        for case in cases {
            scope.spawn(move || check(case));
        }
    });
}

/// As above, but the server has lost its statement too: what it left is cleared away, and it is done once more.
#[test]
fn with_its_statement_too() {
    let cases = [
        ("", "create index concurrently i on t (n)", "create index"),
        (
            "create index i on t (n);",
            "drop index concurrently i",
            "drop index",
        ),
        (
            "create index i on t (n);",
            "reindex table concurrently t",
            "reindex",
        ),
        (
            "create table p (n int) partition by range (n); create table p1 partition of p for values from (0) to (9);",
            "alter table p detach partition p1 concurrently",
            "alter table p detach",
        ),
    ];
    for (before, statement, words) in cases {
        let mut world = World::new();
        world.revision(
            "01",
            &format!("create table t (n int, long text); insert into t values (1); {before}"),
            "",
        );
        world.revision(
            "02",
            &format!("create table first (n int); {statement}; create table last (n int);"),
            "",
        );
        world.expect(0, "up");
        let expected = world.state();

        let world = world.again();
        world.expect(0, "up 01");
        let mut blocker = world.session();
        blocker.ask("begin; insert into t values (2); select * from pg_inherits");
        if statement.contains("detach") {
            blocker.ask("select * from p");
        }
        let run = world.spawn("up");
        world.wait_until_running(words, How::Waiting);
        run.kill();
        world
            .psql("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cogway'");
        world.wait_until_gone();
        blocker.ask("rollback");
        // Somebody makes and drops indexes meanwhile: they are not those of the statement.
        world.psql("create table u (n int); create index u_n on u (n); drop table u; create table v (n int)");
        world.psql("create index v_n on v (n)");
        world.expect(0, "up");
        world.psql("drop table v");
        world.state().must_be(&expected, statement);
        assert_eq!(world.invalid_indexes(), "", "{statement}");
    }
}

/// What is half taken back and dropped is not tried again to see what it would lose.
#[test]
fn between_the_parts_of_a_down() {
    let mut world = World::new();
    world.revision_in_parts(
        "01",
        "create schema shop; set search_path = shop; create table a (n int); create table b (n int);
         create table c (n int); create index concurrently a_n on a (n)",
        "set search_path = shop; drop table c; create index concurrently b_n on b (n); drop index concurrently a_n;
         drop table a; drop table b; drop schema shop;",
    );
    world.expect(0, "up");
    let up = world.state();
    let mut blocker = world.session();
    // It holds no lock that would be in the way of what is tried before.
    blocker.ask("begin isolation level repeatable read; select 1");
    let run = world.spawn("down base");
    world.wait_until_running("create index concurrently", How::Waiting);
    run.kill();
    blocker.ask("rollback");
    world.expect(0, "down base");
    assert_eq!(world.ledger(), "");
    assert_eq!(world.psql("select to_regnamespace('shop') is null"), "t");
    world.expect(0, "up");
    up.must_be(&world.state(), "up again");
}
