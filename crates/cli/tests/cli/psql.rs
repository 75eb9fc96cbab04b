//! `--sql`: the script that it prints, run by `psql`, comes to the same as the run itself.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::{Site, database};
use cogway_pg::scratch::Program;
use cogway_testkit::TestDatabase;

/// A history of Cogway's own in which every script is difficult in its own way.
fn difficult() -> Site {
    let site = Site::new();
    site.revision(
        "1_plain",
        &[],
        "create table users (id int primary key, name text);\ninsert into users values (1, 'Ada')",
        "drop table users",
    );
    site.revision(
        "2_comments",
        &["1"],
        "create table notes (id int); /* a /* nested */ one */\ninsert into notes values (1);\n-- the end, without a line break",
        "drop table notes -- gone",
    );
    site.revision(
        "3_concurrently",
        &["2"],
        "create index concurrently notes_id on notes (id);\ncreate table after_it (id int);\nvacuum notes;\n-- end",
        "drop table after_it;\ndrop index concurrently notes_id",
    );
    site.revision(
        "4_settings",
        &["3"],
        "create schema other;\nset search_path = other;\ncreate table here (id int);\nset role pg_monitor;\nselect 1;\n",
        "set search_path = other;\ndrop table here;\ndrop schema other;\n",
    );
    site.revision(
        "5_quotes",
        &["4"],
        "create function f() returns text language sql as $f$ select 'it''s; \\n -- no comment' || $$:user \\d$$ $f$;\n\
         create table \"a;b\" (\"c\"\"d\" text default E'tab\\tquote\\'', \"e:f\" int[] default '{1}');\n\
         insert into \"a;b\" (\"c\"\"d\") values ('back\\slash'), (E'two\\\\'), ('a:b ::c :''d''');\n\
         select (array[1,2,3])[1:2], '1'::int;\n\
         comment on table \"a;b\" is 'line one\nline two \\gset :HOST';\n",
        "drop table \"a;b\";\ndrop function f()\n/* the end */",
    );
    site.revision(
        "6_own_transaction",
        &["5"],
        "begin;\ncreate table own (id int);\ncommit;\n",
        "begin; drop table own; commit",
    );
    site.revision(
        "7_deferred",
        &["6"],
        "create table parent (id int primary key);\n\
         create table child (id int references parent deferrable initially deferred);\n\
         insert into child values (1);\ninsert into parent values (1);\n",
        "drop table child, parent;",
    );
    site.revision("8_nothing", &["7"], "-- nothing at all", "-- nothing at all");
    site
}

/// What `psql` says of a script, and whether it came to its end.
fn psql(database: &TestDatabase, script: &str) -> (bool, String) {
    let mut child = Command::new(database.binaries().program(Program::Psql))
        .args(["-X", "-q", "-d", &database.url()])
        .env_remove("PGPASSWORD")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("psql runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let text = script.to_owned();
    let writer = std::thread::spawn(move || drop(stdin.write_all(text.as_bytes())));
    let output = child.wait_with_output().expect("an end");
    writer.join().expect("written");
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// The schema and the rows of the application, and what the ledger says, without what differs from run to run.
fn state(database: &TestDatabase) -> String {
    let schema = database.pg_dump(&["--schema-only"]);
    let rows = database.pg_dump(&["--data-only", "--inserts", "--exclude-schema=cogway"]);
    let ledger = database.psql(
        "select position, id, parents, name, format, up_checksum, up_script, down_checksum, down_script, down_transaction,
                repeatable, cogway, adopted_from, took is null from cogway.revision order by position;
         select event, revision, direction, statement, sqlstate, message, db_user = current_user
           from cogway.journal order by id;
         select * from cogway.unfinished;",
    );
    format!("{schema}\n{rows}\n{ledger}")
}

/// The same, without the journal: a script that runs in parts is told of there in other words.
fn assert_same(by_run: &TestDatabase, by_psql: &TestDatabase, what: &str) {
    let without_journal = |text: String| -> Vec<String> {
        let words = ["begun|", "started|", "ended|"];
        text.lines()
            .filter(|line| !words.iter().any(|word| line.starts_with(word)))
            .map(str::to_owned)
            .collect()
    };
    let (left, right) = (without_journal(state(by_run)), without_journal(state(by_psql)));
    for (place, (left, right)) in left.iter().zip(&right).enumerate() {
        assert_eq!(left, right, "{what}: line {place}");
    }
    assert_eq!(left.len(), right.len(), "{what}");
}

/// Runs the same by itself and as a script, on a database each, and compares.
fn check(site: &mut Site, other: TestDatabase, lines: &[&str]) -> TestDatabase {
    let mut by_psql = other;
    for line in lines {
        site.done(line);
        std::mem::swap(&mut site.database, &mut by_psql);
        let script = site.done(&format!("{line} --sql"));
        std::mem::swap(&mut site.database, &mut by_psql);
        let (done, stderr) = psql(&by_psql, &script);
        assert!(done, "{line}: {stderr}\n{script}");
        assert_same(&site.database, &by_psql, line);
        // A second time it stops, and changes nothing.
        let before = state(&by_psql);
        let (done, stderr) = psql(&by_psql, &script);
        assert!(
            !done && stderr.contains("the ledger is not what it was"),
            "{line}: {stderr}"
        );
        assert_eq!(state(&by_psql), before, "{line}");
    }
    by_psql
}

/// Nothing is left to do, nothing is drift, and the lock is free.
fn assert_well(site: &Site) {
    assert!(site.done("up").starts_with("nothing to do"));
    assert!(site.done("check").starts_with("no drift"));
    assert!(site.done("up --wait 0").starts_with("nothing to do"));
}

#[test]
fn everything_in_one_go() {
    let mut site = difficult();
    site.database = check(&mut site, database(), &["up"]);
    assert_well(&site);
}

#[test]
fn step_by_step_and_back() {
    let mut site = difficult();
    let lines = [
        "up 1",
        "up 3",
        "up +1",
        "down -1 --allow-data-loss",
        "up 6",
        "to 4 --allow-data-loss",
        "up",
        "down 7 --allow-data-loss",
        "down 5 --allow-data-loss",
        "down 2 --allow-data-loss",
        "down base --allow-data-loss",
    ];
    site.database = check(&mut site, database(), &lines);
    site.done("up");
    assert_well(&site);
}

#[test]
fn in_a_single_transaction() {
    let mut site = difficult();
    site.write(
        "migrations/3_concurrently/up.sql",
        "create table after_it (id int);",
    );
    site.write("migrations/3_concurrently/down.sql", "drop table after_it;");
    // What becomes of deferred constraints is a test of its own.
    site.write(
        "migrations/7_deferred/up.sql",
        "create table parent (); create table child ();",
    );
    let lines = [
        "up --single-transaction",
        "down base --single-transaction --allow-data-loss",
        "up --single-transaction",
    ];
    site.database = check(&mut site, database(), &lines);
    assert_well(&site);
    // If anything fails, nothing is there.
    let site = difficult();
    site.write("migrations/3_concurrently/up.sql", "select 1;");
    site.write("migrations/5_quotes/up.sql", "select 1/0;");
    let script = site.done("up --single-transaction --sql");
    let (done, stderr) = psql(&site.database, &script);
    assert!(!done && stderr.contains("division by zero"), "{stderr}");
    assert_eq!(site.applied(), "");
    assert_eq!(
        site.database
            .psql("select count(*) from pg_tables where schemaname = 'public'")
            .trim(),
        "0"
    );
}

/// The checks at the end of one script must not make the next one's deferred constraints immediate.
#[test]
fn deferred_constraints_in_a_single_transaction() {
    let mut site = difficult();
    site.write(
        "migrations/3_concurrently/up.sql",
        "create table after_it (id int);",
    );
    site.done("up --rehearse");
    site.database = check(&mut site, database(), &["up --single-transaction"]);
}

#[test]
fn a_script_that_fails_stops_where_it_fails() {
    let site = difficult();
    site.write(
        "migrations/4_settings/up.sql",
        "create table half (id int);\nselect 1/0;\n",
    );
    let script = site.done("up --sql");
    let (done, stderr) = psql(&site.database, &script);
    assert!(!done && stderr.contains("division by zero"), "{stderr}");
    assert_eq!(site.applied(), "1 2 3");
    assert_eq!(
        site.database.psql("select to_regclass('half') is null").trim(),
        "t"
    );
    // From there Cogway goes on.
    site.write("migrations/4_settings/up.sql", "select 1;\n");
    site.done("up");
    assert_well(&site);
}

#[test]
fn scripts_that_are_never_closed_are_not_committed() {
    for (open, name) in [
        ("create table t (id int);\n/* never closed", "comment"),
        ("create table t (id int);\nselect 'never closed", "quote"),
        ("create table t (id int);\nselect $$never closed", "dollar"),
        ("create table t (id int);\nselect \"never closed", "identifier"),
        ("create table t (id int);\nselect (1", "parenthesis"),
    ] {
        let site = Site::new();
        site.revision("1_open", &[], open, "");
        site.revision("2_next", &["1"], "create table next (id int);", "");
        let ran = site.run("up --sql");
        if ran.code == Some(0) {
            let (_, stderr) = psql(&site.database, &ran.stdout);
            let there =
                "select coalesce(string_agg(tablename, ' '), '') from pg_tables where schemaname = 'public'";
            assert_eq!(site.database.psql(there).trim(), "", "{name}: {stderr}");
            assert_eq!(site.applied(), "", "{name}: {stderr}");
        }
    }
}

#[test]
fn names_cannot_get_out_of_a_comment() {
    let site = Site::new();
    site.write("migrations/1_a\ndrop table users;\n.up.sql", "create table a ();");
    site.write(
        "migrations/2_b'); drop table users; --.up.sql",
        "create table b ();",
    );
    site.write("migrations/3_c\rdrop table users;.up.sql", "create table c ();");
    site.write("migrations/4_d\\! touch oops.up.sql", "create table d ();");
    site.write("cogway.toml", "format = 'golang-migrate'");
    site.database.psql("create table users ()");
    let script = site.done("up --sql");
    let (done, stderr) = psql(&site.database, &script);
    assert!(done, "{stderr}\n{script}");
    assert_eq!(
        site.database.psql("select to_regclass('users') is null").trim(),
        "f",
        "{script}"
    );
    assert_eq!(site.applied(), "1 2 3 4");
    assert_well(&site);
}

#[test]
fn nothing_to_do_is_a_script_too() {
    let site = difficult();
    site.done("up");
    let script = site.done("up --sql");
    assert!(
        script.starts_with("-- up head: there is nothing to do."),
        "{script}"
    );
    let before = state(&site.database);
    assert!(psql(&site.database, &script).0);
    assert_eq!(state(&site.database), before);
}

#[test]
fn somebody_else_holds_the_lock() {
    let site = difficult();
    let script = site.done("up --sql");
    let lock = "select pg_advisory_lock(x'0000636f67776179'::bit(64)::bigint);\n";
    let mut holder = Command::new(site.database.binaries().program(Program::Psql))
        .args(["-X", "-q", "-d", &site.database.url()])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("psql runs");
    let mut stdin = holder.stdin.take().expect("a pipe");
    stdin.write_all(lock.as_bytes()).expect("written");
    let held = "select count(*) from pg_locks where locktype = 'advisory' and granted";
    while site.database.psql(held).trim() != "1" {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let (done, stderr) = psql(&site.database, &script);
    assert!(
        !done && stderr.contains("another run of Cogway holds the lock"),
        "{stderr}"
    );
    assert_eq!(
        site.database
            .psql("select to_regnamespace('cogway') is null")
            .trim(),
        "t"
    );
    drop(stdin);
    holder.wait().expect("an end");
    assert!(psql(&site.database, &script).0);
    assert_well(&site);
}
