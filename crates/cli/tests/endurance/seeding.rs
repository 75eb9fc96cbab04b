//! `kill -9` in the midst of a seeding. The schema is what it was, no table is half filled, and the next seeding makes up
//! for what is missing.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::chance::{Chance, times};
use crate::world::{How, World};

/// Enough for keys and indexes to be taken off and built after the rows, in the largest tables.
const SEED: &str = "seed --rows 20000 --jobs 2";

/// A bit of everything that is taken off, lifted or moved for the time of a seeding: foreign keys, indexes, policies, a
/// circle of keys that cannot be NULL, sequences, partitions, and a constraint that nobody has validated.
const SCHEMA: &str = "
    create table country (code char(2) primary key, name text not null unique);
    create table customer (
        id bigint generated always as identity primary key,
        country char(2) not null references country,
        email text not null,
        manager_id bigint,
        created_at timestamptz not null,
        updated_at timestamptz not null check (updated_at >= created_at));
    create unique index customer_email on customer (lower(email));
    create table manager (id bigint primary key, customer_id bigint not null references customer, name text not null);
    alter table customer alter manager_id set not null,
        add constraint customer_manager foreign key (manager_id) references manager;
    create table purchase (
        id bigserial primary key,
        customer_id bigint not null references customer on delete cascade,
        total numeric(10,2) not null check (total > 0),
        note text,
        constraint purchase_note check (length(note) < 500) not valid);
    create index purchase_customer on purchase (customer_id) include (total) where total > 1;
    comment on index purchase_customer is 'Of some worth';
    alter table purchase cluster on purchase_pkey;
    create table purchase_line (
        purchase_id bigint not null references purchase deferrable initially deferred,
        line smallint not null check (line > 0),
        article text not null,
        price numeric(10,2) not null,
        primary key (purchase_id, line));
    alter table purchase_line enable row level security;
    alter table purchase_line force row level security;
    create policy nobody on purchase_line using (false);
    create statistics purchase_line_both on article, price from purchase_line;
    create table visit (
        customer_id bigint not null references customer,
        at timestamptz not null,
        page text not null) partition by range (at);
    create table visit_before partition of visit for values from (minvalue) to ('2024-07-01 00:00+00');
    create table visit_after partition of visit for values from ('2024-07-01 00:00+00') to (maxvalue);
    create index visit_at on visit (at);
    create table log (line text not null, at timestamptz not null);";

/// What a seeding may do to a database, and what not.
struct Before {
    schema: String,
    /// How many rows a seeding leaves that nobody disturbed.
    rows: BTreeMap<String, u64>,
    took: Duration,
}

fn world(schema: &str) -> World {
    let world = World::new();
    world.psql(schema);
    world
}

fn rows(world: &World) -> BTreeMap<String, u64> {
    let tables = world.psql(
        "select oid::regclass from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace",
    );
    let count = |table: &str| {
        let count = world.psql(&format!("select count(*) from {table}"));
        count.parse().expect("a number")
    };
    tables
        .lines()
        .map(|table| (table.to_owned(), count(table)))
        .collect()
}

impl Before {
    fn of(schema: &str, arguments: &str) -> Before {
        let world = world(schema);
        let schema = world.schema();
        let started = Instant::now();
        world.expect(0, arguments);
        let took = started.elapsed();
        assert_eq!(world.schema(), schema, "undisturbed");
        Before {
            schema,
            rows: rows(&world),
            took,
        }
    }

    /// After a kill, when the server has noticed.
    #[track_caller]
    fn must_hold(&self, world: &World, when: &str) {
        world.wait_until_gone();
        assert_eq!(world.schema(), self.schema, "{when}");
        assert_eq!(world.invalid_indexes(), "", "{when}");
        assert_eq!(
            world.psql(IDLE_KEYS),
            "",
            "{when}: foreign keys that nobody enforces"
        );
        for (table, rows) in rows(world) {
            let all = self.rows.get(&table).copied().unwrap_or_default();
            assert!(
                rows == 0 || rows == all,
                "{table} has {rows} of {all} rows, {when}"
            );
        }
    }

    /// The next seeding makes up for it. Which parents its rows have may be others than without a kill: those that are there
    /// are read from the table, in the order in which they lie, and a sequence does not go back.
    #[track_caller]
    fn must_be_reached(&self, world: &World, arguments: &str, when: &str) {
        world.expect(0, arguments);
        assert_eq!(rows(world), self.rows, "{when}");
    }
}

/// Foreign keys whose triggers are disabled: pg_dump does not show that.
const IDLE_KEYS: &str =
    "select distinct conname from pg_trigger t join pg_constraint c on c.oid = t.tgconstraint
    where t.tgisinternal and t.tgenabled <> 'O'";

#[test]
fn at_any_moment() {
    let mut chance = Chance::new("seeding::at_any_moment");
    // The first one starts the cache of the server.
    World::new().expect(0, SEED);
    let before = Before::of(SCHEMA, SEED);
    for kill in 1..=times(6) {
        let world = world(SCHEMA);
        // Some are killed twice.
        for _ in 0..=kill % 2 {
            let moment = chance.before(before.took);
            let run = world.spawn(SEED);
            std::thread::sleep(moment);
            run.kill();
            before.must_hold(
                &world,
                &format!("{kill}: killed after {moment:?} of {:?}", before.took),
            );
        }
        before.must_be_reached(&world, SEED, &format!("{kill}"));
    }
}

/// After each table that was committed, and so in the midst of the next.
#[test]
fn between_the_tables() {
    let before = Before::of(SCHEMA, SEED);
    for table in ["country", "customer", "purchase", "purchase_line", "visit", "log"] {
        let world = world(SCHEMA);
        let mut run = world.spawn(SEED);
        let filled = format!("select exists (select from {table})");
        // It may be the last one, and the program at its end.
        while !run.has_ended() && world.psql(&filled) == "f" {
            std::thread::sleep(Duration::from_millis(2));
        }
        run.kill();
        before.must_hold(&world, table);
        before.must_be_reached(&world, SEED, table);
    }
}

/// While it waits: for the lock that taking a key off needs, for that of COPY, within the build of an index, and for that
/// of ANALYZE.
#[test]
fn while_a_statement_waits() {
    // An index that is built as slowly as somebody wants.
    const SLOW: &str = "
        create function slow(n bigint) returns bigint language plpgsql immutable as $$
        begin
            perform pg_advisory_xact_lock_shared(4711);
            return n;
        end $$;
        create index purchase_line_slow on purchase_line (slow(purchase_id));";
    let slow = format!("{SCHEMA}{SLOW}");
    // The schema, how many rows, what a blocker does, and the words with which the waiting statement begins.
    let cases = [
        (
            SCHEMA,
            SEED,
            "lock table purchase in access share mode",
            "alter table",
        ),
        (SCHEMA, "seed --rows 200", "lock table log in share mode", "copy"),
        (
            slow.as_str(),
            SEED,
            "select pg_advisory_lock(4711)",
            "create index",
        ),
        (
            slow.as_str(),
            "seed --rows 200",
            "select pg_advisory_lock(4711)",
            "copy",
        ),
        (
            SCHEMA,
            "seed --rows 200",
            "lock table log in share update exclusive mode",
            "analyze",
        ),
    ];
    for (schema, arguments, block, words) in cases {
        let before = Before::of(schema, arguments);
        let world = world(schema);
        let mut blocker = world.session();
        blocker.ask(&format!("begin; {block}"));
        let run = world.spawn(arguments);
        world.wait_until_running(words, How::Waiting);
        run.kill();
        blocker.ask("rollback; select pg_advisory_unlock_all()");
        before.must_hold(&world, &format!("{block}: {words}"));
        before.must_be_reached(&world, arguments, &format!("{block}: {words}"));
    }
}
