//! What scripts leave in their session does not reach the next, nor the ledger.

use crate::world::World;

/// Looks at everything that could be left. It fails where something is.
const NOTHING_IS_LEFT: &str = "
    do $$ begin
        if current_user <> 'postgres' or session_user <> 'postgres' then
            raise exception 'role: % %', current_user, session_user;
        end if;
        if current_setting('search_path') <> '\"$user\", public' then
            raise exception 'search_path: %', current_setting('search_path');
        end if;
        if current_setting('standard_conforming_strings') <> 'on' or current_setting('client_encoding') <> 'UTF8' then
            raise exception 'strings: % %', current_setting('standard_conforming_strings'), current_setting('client_encoding');
        end if;
        -- This one is Cogway's, and of this transaction only.
        if current_setting('lock_timeout') <> '2s' or current_setting('statement_timeout') <> '0' then
            raise exception 'timeouts: % %', current_setting('lock_timeout'), current_setting('statement_timeout');
        end if;
        if current_setting('cogway_test.x', true) <> '' then
            raise exception 'x: %', current_setting('cogway_test.x', true);
        end if;
        if to_regclass('pg_temp.scratch') is not null then
            raise exception 'a temporary table';
        end if;
        if exists (select from pg_prepared_statements where from_sql) then
            raise exception 'a prepared statement';
        end if;
        if exists (select from pg_cursors where name not like '<%') then
            raise exception 'a cursor';
        end if;
        if exists (select from pg_listening_channels()) then
            raise exception 'a channel';
        end if;
        if not exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()
                          and (classid::bigint << 32 | objid::bigint) = x'0000636f67776179'::bigint) then
            raise exception 'the lock is gone';
        end if;
    end $$;";

/// What a script may leave.
const DISORDER: [&str; 14] = [
    "set search_path = nowhere;",
    "set role worker;",
    "set session authorization worker;",
    "set lock_timeout = '7s'; set statement_timeout = '9s';",
    "set cogway_test.x = '1';",
    "set standard_conforming_strings = off;",
    "set session characteristics as transaction isolation level serializable;",
    "create temp table scratch (n int);",
    "prepare p as select 1;",
    "declare c cursor with hold for select 1;",
    "listen channel;",
    "select pg_advisory_unlock_all();",
    "set constraints all deferred;",
    "discard all;",
];

/// A text that is mangled wherever strings are not read as they are written.
const TEXT: &str = "-- it's a \\ and a \\' and ä ö ü ß €";

/// How the scripts run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Runs {
    InTransactions,
    InParts,
}

fn check(disorder: &[&str], runs: Runs) {
    let mut world = World::new();
    world.psql("create role worker; grant all on schema public to worker");
    let mut write = |id: &str, up: &str, down: &str| match runs {
        Runs::InTransactions => world.revision(id, up, down),
        Runs::InParts => world.revision_in_parts(id, up, down),
    };
    for (number, disorder) in disorder.iter().enumerate() {
        let table = format!("t{number}");
        write(
            &format!("{:02}", 2 * number),
            &format!("create table {table} (n int); {disorder} select 'it is done';"),
            &format!("drop table {table}; {disorder} {TEXT}\nselect '{number}'"),
        );
        write(
            &format!("{:02}", 2 * number + 1),
            NOTHING_IS_LEFT,
            NOTHING_IS_LEFT,
        );
    }
    world.expect(0, "up");
    assert_eq!(
        world.psql("select count(*) from cogway.revision"),
        (2 * disorder.len()).to_string()
    );
    assert_eq!(world.psql("select count(*) from cogway.unfinished"), "0");
    assert_eq!(
        world.psql("select distinct db_user from cogway.journal"),
        "postgres"
    );
    // The scripts are kept as they are.
    assert_eq!(
        world.psql(&format!(
            "select count(*) from cogway.revision where position('{}' in down_script) > 0",
            TEXT.replace('\'', "''")
        )),
        disorder.len().to_string()
    );
    world.expect(0, "check");
    let up = world.state();
    world.expect(0, "down base");
    assert_eq!(world.ledger(), "");
    assert_eq!(
        world.psql("select count(*) from pg_tables where schemaname = 'public'"),
        "0"
    );
    // By what the ledger has kept, too.
    world.expect(0, "up");
    up.must_be(&world.state(), "up again");
    std::fs::remove_dir_all(world.dir().join("migrations")).expect("a folder");
    std::fs::create_dir(world.dir().join("migrations")).expect("a folder");
    world.expect(0, "down base");
    assert_eq!(
        world.psql("select count(*) from pg_tables where schemaname = 'public'"),
        "0"
    );
}

/// What would keep the next part of a script from its entry in the ledger, or mangle it: nothing does in a transaction.
const DISORDER_OF_A_TRANSACTION: [&str; 2] = [
    "set default_transaction_read_only = on;",
    "set client_encoding = 'LATIN1';",
];

#[test]
fn in_transactions() {
    check(&DISORDER, Runs::InTransactions);
}

#[test]
fn in_parts() {
    check(&DISORDER, Runs::InParts);
}

#[test]
fn what_would_mangle_the_entry() {
    check(&DISORDER_OF_A_TRANSACTION, Runs::InTransactions);
}

#[test]
fn constraints_that_are_checked_last_are_checked_before_the_entry() {
    let mut world = World::new();
    world.revision(
        "01",
        "create table a (n int primary key); create table b (n int references a deferrable initially deferred);",
        "drop table b; drop table a;",
    );
    world.revision("02", "insert into b values (7);", "delete from b;");
    for arguments in ["up", "up --single-transaction"] {
        let ran = world.expect(4, arguments);
        assert!(
            ran.stderr.contains("violates foreign key constraint")
                && ran.stderr.contains("up of 02 step failed"),
            "{}",
            ran.stderr
        );
        assert!(!ran.stderr.contains("the entry in the ledger"), "{}", ran.stderr);
    }
    assert_eq!(world.applied(), "01");
    assert!(world.journal("failed").contains("02|up||23503|"));
    world.mend("02", "insert into b values (7); insert into a values (7);");
    world.expect(0, "up");
}

/// A role that a script takes has no rights to the ledger, and needs none.
#[test]
fn parts_of_another_role() {
    let mut world = World::new();
    world.psql("create role worker; grant all on schema public to worker");
    world.revision_in_parts(
        "01",
        "set role worker; create table t (n int); create index concurrently t_n on t (n); vacuum t; insert into t values (1);
         set session authorization worker; reindex table concurrently t; create table u (n int);",
        "set session authorization worker; drop index concurrently t_n; drop table u; drop table t;",
    );
    world.revision("02", "create table v (n int);", "drop table v;");
    let owners =
        || world.psql("select tablename, tableowner from pg_tables where schemaname = 'public' order by 1");
    world.expect(0, "up");
    assert_eq!(owners(), "t|worker\nu|worker\nv|postgres");
    world.expect(0, "down base --allow-data-loss");
    assert_eq!((world.applied(), owners()), (String::new(), String::new()));
    // As a script for psql, too.
    for (arguments, expected) in [
        ("up --sql", "t|worker\nu|worker\nv|postgres"),
        ("down base --allow-data-loss --sql", ""),
    ] {
        let script = world.expect(0, arguments).stdout;
        world.session().ask(&script);
        assert_eq!(owners(), expected, "{arguments}");
    }
    assert_eq!(world.ledger(), "");
}
