//! `cogway up`, `down` and `to`: what somebody at a terminal sees, also when something is in the way.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::support::{Site, finish, histories, redact};

/// Two tables, and a column.
fn users() -> Site {
    Site::of(&[
        (
            "1_users",
            "create table users (id int primary key, name text);",
            "drop table users;",
        ),
        (
            "2_orders",
            "create table orders (id int primary key);",
            "drop table orders;",
        ),
        (
            "3_note",
            "alter table orders add note text;",
            "alter table orders drop note;",
        ),
    ])
}

/// A table, and two branches on it.
fn branches() -> Site {
    let site = Site::new();
    site.revision(
        "1_users",
        &[],
        "create table users (id int);",
        "drop table users;",
    );
    site.revision(
        "2_surname",
        &["1"],
        "alter table users add surname text;",
        "alter table users drop surname;",
    );
    site.revision(
        "3_email",
        &["1"],
        "alter table users add email text;",
        "alter table users drop email;",
    );
    site
}

#[test]
fn there_and_back() {
    let site = users();
    insta::assert_snapshot!(site.talk(&[
        "up --dry-run",
        "up +1",
        "up --rehearse",
        "up",
        "up",
        "down -1 --dry-run",
        "down -1",
        "down 1 --rehearse",
        "down base",
        "down base",
        "to 2",
        "to 1 --dry-run",
        "to head --single-transaction",
        "to base",
    ]));
    assert_eq!(site.applied(), "");
}

#[test]
fn quiet_is_quiet() {
    let site = users();
    let ran = site.run("up -q");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:?}");
    assert_eq!(ran.stdout.lines().count(), 4, "{ran:?}");
    site.write("migrations/4_x.up.sql", "nonsense;");
    let ran = site.run("up -q");
    assert!(
        ran.stderr.starts_with("error: migrations/4_x.up.sql:1:1: "),
        "{ran:?}"
    );
}

#[test]
fn scripts_that_fail() {
    let site = Site::of(&[
        (
            "1_users",
            "create table users (id int primary key, name text); insert into users values (1, 'Ada');",
            "drop table users;",
        ),
        ("2_next", "select 1;", ""),
        ("3_more", "create table more ();", "drop table more;"),
    ]);
    let mut text = String::new();
    let mut check = |what: &str, line: &str, script: &str| {
        site.write("migrations/2_next.up.sql", script);
        text += &format!("{what}\n\n{}", site.talk(&[line]));
        assert_eq!(site.applied(), "1", "{what}");
    };
    check(
        "A key that is there twice",
        "up",
        "create table orders (id int primary key);\n\n-- two of them\ninsert into orders values (1), (1);\n",
    );
    check(
        "NOT NULL on a filled table",
        "up",
        "alter table users\n  add surname text not null;\n",
    );
    check(
        "Likewise, rehearsed",
        "up --rehearse",
        "alter table users add surname text not null;\n",
    );
    check(
        "A syntax error",
        "up",
        "create table t ();\ncreate tabel u (id int);\n",
    );
    check(
        "A quote that is never closed",
        "up",
        &format!("select 1;\nselect 'it goes on\n{}", "and on and on\n".repeat(100)),
    );
    check(
        "A function that fails",
        "up",
        "create function f() returns int language plpgsql as $$ begin return g(); end $$;\nselect f();\n",
    );
    check(
        "What a script raises itself",
        "up",
        "do $$ begin raise exception E'one\\ntwo' using detail = 'more', hint = 'try this'; end $$;\n",
    );
    check("A command to psql", "up", "\\d users\n");
    check("Rows for psql", "up", "copy users from stdin;\n2\tBob\n\\.\n");
    check("A table that is there", "up", "create table users ();\n");
    check(
        "Somebody else's rights",
        "up",
        "set role pg_monitor;\ndelete from users;\n",
    );
    check(
        "A time that is over",
        "up",
        "set local statement_timeout = 50;\nselect pg_sleep(10);\n",
    );
    check(
        "A long statement",
        "up",
        &format!("select\n{}  nothing;\n", "  1,\n".repeat(20)),
    );
    check(
        "An end of its own",
        "up",
        "create table own ();\ncommit;\nselect 1/0;\n",
    );
    insta::assert_snapshot!(text);
}

#[test]
fn everything_or_nothing() {
    let site = users();
    site.write(
        "migrations/2_orders.up.sql",
        "create table orders ();\nselect 1/0;\n",
    );
    insta::assert_snapshot!(site.talk(&["up --single-transaction", "status"]));
    assert_eq!(
        site.database.psql("select to_regclass('users') is null").trim(),
        "t"
    );
}

#[test]
fn a_table_that_was_there_before_cogway() {
    let site = users();
    site.database.psql("create table users ()");
    insta::assert_snapshot!(site.talk(&["up"]));
}

#[test]
fn a_script_that_nobody_has_written() {
    let site = users();
    site.write(
        "migrations/2_orders.up.sql",
        "-- Write here what takes the database a step forward.\n",
    );
    insta::assert_snapshot!(site.talk(&["up 2 --dry-run", "up 2"]));
}

#[test]
fn what_cannot_run_in_a_transaction() {
    let site = Site::of(&[
        (
            "1_users",
            "create table users (id int, name text); insert into users values (1, 'a'), (2, 'a');",
            "drop table users;",
        ),
        (
            "2_index",
            "create index concurrently users_id on users (id);\n\
             create unique index concurrently users_name on users (name);\n",
            "drop index concurrently users_name;\ndrop index concurrently users_id;\n",
        ),
    ]);
    // golang-migrate would not cut the script up; Cogway's own format does.
    site.write("cogway.toml", "format = \"cogway\"\n");
    for (name, parents) in [("1_users", ""), ("2_index", "\"1\"")] {
        let dir = format!("migrations/{name}");
        site.write(
            &format!("{dir}/revision.toml"),
            &format!("parents = [{parents}]\n"),
        );
        for way in ["up", "down"] {
            let from = site.dir.path().join(format!("migrations/{name}.{way}.sql"));
            std::fs::rename(&from, site.dir.path().join(format!("{dir}/{way}.sql"))).expect("a script");
        }
    }
    insta::assert_snapshot!(site.talk(&[
        "up --dry-run",
        "up --rehearse",
        "up --single-transaction",
        "up",
        "status",
        "up --sql",
        "down -1",
        "repair --resume-at 7",
    ]));
    site.database.psql("update users set name = 'b' where id = 2");
    insta::assert_snapshot!(
        "what_cannot_run_in_a_transaction_goes_on",
        site.talk(&["up", "down -1"])
    );
    assert_eq!(site.applied(), "1");
}

#[test]
fn two_heads() {
    let site = branches();
    insta::assert_snapshot!(site.talk(&["up", "up +1", "to head", "up 2", "up 3", "up"]));
    let site = branches();
    assert_eq!(site.done("up heads").lines().count(), 4);
    assert_eq!(site.applied(), "1 2 3");
    site.revision("5_phone", &["3"], "alter table users add phone text;", "");
    site.revision("6_mobile", &["5"], "alter table users add mobile text;", "");
    let ran = site.run("up");
    assert!(
        ran.stderr
            .contains("  6 mobile: branched from 1, by way of 3, 5\n"),
        "{ran:?}"
    );
}

#[test]
fn a_merged_history_and_back() {
    let site = branches();
    site.revision("4_merge", &["2", "3"], "-- nothing", "-- nothing");
    insta::assert_snapshot!(site.talk(&[
        "up",
        "down 2",
        "down 2 --dry-run",
        "down 2 --allow-data-loss",
        "up",
        "down 1",
    ]));
    site.done("up");
    let planned = site.json("to 2 --dry-run");
    let beyond = |step: &Value| (step["id"].clone(), step["beyond"].clone());
    let planned: Vec<_> = planned["planned"]
        .as_array()
        .expect("steps")
        .iter()
        .map(beyond)
        .collect();
    assert_eq!(planned, [("4".into(), false.into()), ("3".into(), true.into())]);
}

#[test]
fn revisions_that_come_late() {
    let site = users();
    site.remove("migrations/2_orders.up.sql");
    site.remove("migrations/2_orders.down.sql");
    site.write("migrations/3_note.up.sql", "create table note ();");
    site.write("migrations/3_note.down.sql", "drop table note;");
    site.done("up");
    site.write("migrations/2_orders.up.sql", "create table orders ();");
    site.write("migrations/0_first.up.sql", "create table first ();");
    insta::assert_snapshot!(site.talk(&["up", "up 1", "up 0 --order allow", "up"]));
    site.write("cogway.toml", "[run]\norder = 'allow'\n");
    assert_eq!(site.run("up --order strict").code, Some(5));
    site.done("up");
    assert_eq!(site.applied(), "1 3 0 2");
}

#[test]
fn revisions_that_were_changed() {
    let site = users();
    site.done("up 2");
    site.write(
        "migrations/1_users.up.sql",
        "create table users (id bigint primary key);",
    );
    let one = site.talk(&["up", "to head"]);
    site.write(
        "migrations/2_orders.up.sql",
        "create table orders (id bigint primary key);",
    );
    let two = site.talk(&["up"]);
    insta::assert_snapshot!(one + &two);
    // Comments and blanks are no change, and a changed down is none that is in the way.
    let site = users();
    site.done("up 2");
    site.write(
        "migrations/1_users.up.sql",
        "-- A comment.\ncreate  table users\n(id int primary key, name text);\n",
    );
    site.write("migrations/2_orders.down.sql", "drop table orders cascade;");
    site.done("up");
    // The down that the ledger has kept is the one that runs.
    assert!(
        site.done("down 1 --dry-run")
            .contains("down 2 orders (from the ledger)")
    );
}

#[test]
fn the_files_of_an_older_version() {
    let site = users();
    site.done("up");
    for file in ["2_orders.up", "2_orders.down", "3_note.up", "3_note.down"] {
        site.remove(&format!("migrations/{file}.sql"));
    }
    insta::assert_snapshot!(site.talk(&["up", "status", "to head --dry-run", "to head"]));
    assert_eq!(site.applied(), "1");
}

#[test]
fn back_without_any_files() {
    let site = users();
    site.done("up");
    site.remove("migrations");
    site.remove("cogway.toml");
    insta::assert_snapshot!(site.talk(&[
        "status",
        "up",
        "down 2 --dry-run",
        "down 2",
        "to head",
        "down base",
        "status",
    ]));
    assert_eq!(
        site.database
            .psql("select count(*) from pg_tables where schemaname = 'public'")
            .trim(),
        "0"
    );
}

#[test]
fn no_way_back() {
    let site = users();
    site.remove("migrations/2_orders.down.sql");
    site.done("up");
    let refused = site.talk(&["down base", "down 1 --dry-run"]);
    site.write("migrations/2_orders.down.sql", "drop table orders;");
    insta::assert_snapshot!(refused + &site.talk(&["down base", "repair 2", "down base"]));
}

#[test]
fn rows_that_would_be_lost() {
    let site = users();
    site.done("up");
    site.database
        .psql("insert into users values (1, 'Ada'), (2, 'Grace')");
    site.database.psql("insert into orders values (7, 'fragile')");
    insta::assert_snapshot!(site.talk(&["down -1", "down base", "to base", "down base --allow-data-loss",]));
    // What would be lost with what is on another branch.
    let site = branches();
    site.done("up heads");
    site.database.psql("insert into users values (1, 'x', 'y')");
    let ran = site.run("down 2");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    for words in [
        "this would drop what holds rows and take back more than was named",
        "  column public.users.email: a value in 1 row\n",
        "  3: on another branch than what was named\n",
    ] {
        assert!(ran.stderr.contains(words), "{ran:?}");
    }
}

#[test]
fn a_down_that_fails() {
    let site = users();
    site.write("migrations/2_orders.down.sql", "drop table nothing;");
    site.done("up 2");
    let failed = site.talk(&["down -1", "down -1 --allow-data-loss"]);
    site.write("migrations/2_orders.down.sql", "drop table orders;");
    insta::assert_snapshot!(failed + &site.talk(&["down -1 --allow-data-loss", "repair 2", "down -1"]));
}

#[test]
fn targets() {
    let site = Site::of(&[
        ("20240101_a", "create table a ();", "drop table a;"),
        ("20240102_b", "create table b ();", "drop table b;"),
        ("20250101_c", "create table c ();", "drop table c;"),
    ]);
    insta::assert_snapshot!(site.talk(&[
        "up 7",
        "up 2024",
        "up +x",
        "up +9",
        "up ''",
        "up -1",
        "up base",
        "down head",
        "down +1",
        "down 20240101",
        "down -1",
        "up 2025",
        "down 7",
        "down -9",
        "down -x",
        "down",
        "up one two",
        "to 20240102",
        "up 'postgresql://me:hunter2@localhost/shop'",
    ]));
    // Numbers count the revisions, unless they are the beginning of one.
    for (target, applied) in [("1", "20240101"), ("2", "20240101 20240102"), ("0", "")] {
        site.done(&format!("to {target}"));
        assert_eq!(site.applied(), applied, "{target}");
    }
    let site = Site::new();
    site.revision("2b_one", &[], "select 1;", "");
    site.revision("1c_two", &["2b"], "select 1;", "");
    let ran = site.run("up 1");
    assert!(
        ran.stderr
            .contains("error: 1 is the beginning of 1c, and the number of 2b"),
        "{ran:?}"
    );
}

#[test]
fn no_password_of_an_argument_is_repeated() {
    let site = users();
    for line in [
        "up postgresql://me:hunter2@localhost/shop",
        "up head postgresql://me:hunter2@localhost/shop",
        "up --database postgresql://me:hunter2@localhost/shop",
        "up --lock-timeout postgresql://me:hunter2@localhost/shop",
        "up head postgresql://me:hunter2@localhost/shop --output json",
    ] {
        let ran = site.run(line);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(!format!("{ran:?}").contains("hunter2"), "{ran:?}");
    }
}

/// Holds something in a database until it is dropped.
struct Session<'a> {
    site: &'a Site,
    child: Child,
}

impl<'a> Session<'a> {
    /// Runs SQL in a session that stays.
    fn holding(site: &'a Site, sql: &str) -> Session<'a> {
        let psql = site
            .database
            .binaries()
            .program(cogway_pg::scratch::Program::Psql);
        let mut child = Command::new(psql)
            .args(["-X", "-q", "-A", "-t", "-d", &site.database.url()])
            .args(["-c", sql, "-c", "select 'held'", "-c", "select pg_sleep(60)"])
            .env("PGAPPNAME", "somebody")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("psql runs");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        assert!(
            lines.any(|line| line.is_ok_and(|line| line == "held")),
            "it holds"
        );
        Session { site, child }
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        let end =
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'somebody'";
        self.site.database.psql(end);
        let _ = self.child.wait();
    }
}

#[test]
fn another_run_holds_the_lock() {
    let site = users();
    let session = Session::holding(
        &site,
        "select pg_advisory_lock(x'0000636f67776179'::bit(64)::bigint)",
    );
    insta::assert_snapshot!(site.talk(&["up --wait 2s", "up --wait 0", "repair --wait"]));
    let document = site.json("up --wait 0");
    assert_eq!(document["error"]["code"], "locked");
    // Looking needs no lock, and whoever has nothing to do waits for nobody.
    site.done("status");
    site.done("down base");
    drop(session);
    site.done("up");
}

#[test]
fn somebody_uses_the_table() {
    let site = users();
    site.done("up 2");
    let session = Session::holding(&site, "begin; lock orders");
    let child = site
        .command()
        .args(["up", "--lock-timeout", "100ms"])
        .spawn()
        .expect("the program runs");
    std::thread::sleep(std::time::Duration::from_millis(400));
    drop(session);
    let output = child.wait_with_output().expect("an end");
    let stderr = redact(&String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{stderr}");
    assert!(
        stderr.contains("3: canceling statement due to lock timeout; others go first, attempt 2 in [time]"),
        "{stderr}"
    );
}

#[test]
fn databases() {
    let site = users();
    let here = |line: &str| {
        let mut command = site.command();
        command.env_remove("DATABASE_URL").args(line.split_whitespace());
        crate::support::finish(&mut command)
    };
    let url = site.database.url();
    let nowhere = url.replace(site.database.name(), "nowhere");
    let nobody = url
        .replace("postgres@", "nobody@")
        .replace("user=postgres", "user=nobody");
    assert_ne!(url, nobody);
    let mut text = String::new();
    for (line, code) in [
        ("up".to_owned(), 2),
        ("status".to_owned(), 2),
        ("up --database-url=".to_owned(), 2),
        ("up --database-url nonsense".to_owned(), 2),
        ("up --database-url mysql://localhost/shop".to_owned(), 2),
        (
            "up --database-url postgresql://me:hunter2@localhost:99999/shop".to_owned(),
            2,
        ),
        (
            "up --database-url postgresql://me:hunter2@h/x?sslmode=require".to_owned(),
            2,
        ),
        (
            "up --database-url postgresql://me:hunter2@localhost:1/shop".to_owned(),
            3,
        ),
        (
            "up --database-url postgresql://me:hunter2@nothing.invalid/shop".to_owned(),
            3,
        ),
        (format!("up --database-url {nowhere}"), 3),
        (format!("up --database-url {nobody}"), 3),
    ] {
        let ran = here(&line);
        assert_eq!(ran.code, Some(code), "{line}: {ran:?}");
        assert!(!format!("{ran:?}").contains("hunter2"), "{line}: {ran:?}");
        text += &format!("$ cogway {line}\n{}\n", ran.stderr);
    }
    let socket = url
        .split("host=")
        .nth(1)
        .and_then(|rest| rest.split('&').next())
        .expect("a socket");
    let text = text
        .replace(socket, "[socket]")
        .replace(site.database.name(), "[database]");
    insta::assert_snapshot!(redact(&text));
}

#[test]
fn another_tool_has_moved_this_database() {
    let site = users();
    site.database.psql(
        "create table schema_migrations (version bigint primary key, dirty boolean not null);
         insert into schema_migrations values (2, false)",
    );
    insta::assert_snapshot!(site.talk(&["up", "to head", "up --sql", "status"]));
}

#[test]
fn a_schema_that_was_changed_by_hand() {
    let site = users();
    site.done("up 2");
    site.database
        .psql("alter table users add age int; create index on orders (id)");
    insta::assert_snapshot!(site.talk(&["up --strict", "up", "check"]));
    let document = site.json("up --strict");
    assert_eq!(document["error"]["code"], "drift");
    site.write("cogway.toml", "[run]\nstrict = true\n");
    assert_eq!(site.run("up").code, Some(1));
}

#[test]
fn a_ledger_that_is_not_ours() {
    let site = users();
    site.database.psql(
        "create schema cogway; create table cogway.ledger (version int, only_one boolean);
         insert into cogway.ledger values (99)",
    );
    let newer = site.talk(&["up", "status"]);
    site.database
        .psql("drop table cogway.ledger; create table cogway.ledger (what text)");
    insta::assert_snapshot!(newer + &site.talk(&["up", "status"]));
}

#[test]
fn a_role_that_may_not() {
    let site = users();
    let role = format!("moving_{}", site.database.name());
    site.database.psql(&format!("create role {role} login"));
    let url = site
        .database
        .url()
        .replace("user=postgres", &format!("user={role}"));
    let mut command = site.command();
    let ran = crate::support::finish(command.env("DATABASE_URL", url).arg("up"));
    assert_eq!(ran.code, Some(3), "{ran:?}");
    for words in [
        "error: the ledger cannot be written: ",
        "hint: the role needs CREATE on the database",
    ] {
        assert!(ran.stderr.contains(words), "{ran:?}");
    }
    site.database.psql(&format!("drop role {role}"));
}

#[test]
fn times_and_choices() {
    let site = users();
    insta::assert_snapshot!(site.talk(&[
        "up --lock-timeout 2",
        "up --lock-timeout 99999999999s",
        "up --wait soon",
        "up --order whatever",
        "up --output xml",
        "up --sql --rehearse",
        "down -1 --order allow",
    ]));
}

/// The first Ctrl-C lets it end in good order, and says what is done and what is not.
#[test]
fn interrupted() {
    let site = Site::of(&[
        ("1_a", "create table a ();", "drop table a;"),
        (
            "2_slow",
            "create table b (); select pg_sleep(600);",
            "drop table b;",
        ),
        ("3_c", "create table c ();", "drop table c;"),
    ]);
    let mut child = site.command().arg("up").spawn().expect("the program runs");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let first = lines.next().expect("a line").expect("text");
    assert!(first.starts_with("up   1 a "), "{first}");
    let running = "select count(*) from pg_stat_activity where query like '%pg_sleep(600)%' and pid <> pg_backend_pid()";
    while site.database.psql(running).trim() == "0" {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.expect("kill runs").success());
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(130));
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    insta::assert_snapshot!(redact(&stderr));
    assert_eq!(site.applied(), "1");
    assert_eq!(site.database.psql("select to_regclass('b') is null").trim(), "t");
    // It goes on where it ended.
    site.write("migrations/2_slow.up.sql", "create table b ();");
    site.done("up");
    assert_eq!(site.applied(), "1 2 3");
}

#[test]
fn what_must_succeed_before() {
    let site = Site::of(&[("1_a", "create table a ();", "drop table a;")]);
    let config = |command: &str| {
        site.write(
            "cogway.toml",
            &format!("format = \"golang-migrate\"\n[run]\nbefore = {command:?}\n"),
        );
    };
    config("echo no room for a backup >&2; exit 3");
    insta::assert_snapshot!(site.talk(&["up", "status"]));
    config("psql -X -A -t -c 'select current_database()' > before.txt && pg_dump -f before.sql");
    site.done("up --rehearse");
    assert!(!site.dir.path().join("before.txt").exists(), "nothing is changed");
    site.done("up");
    let said = std::fs::read_to_string(site.dir.path().join("before.txt")).expect("the command ran");
    assert_eq!(said.trim(), site.database.name());
    let dump = std::fs::read_to_string(site.dir.path().join("before.sql")).expect("a backup");
    assert!(!dump.contains("CREATE TABLE"), "it was made before: {dump}");
    config("echo called >> calls.txt");
    site.done("up");
    assert!(
        !site.dir.path().join("calls.txt").exists(),
        "there was nothing to do"
    );
}

/// Some of these histories hold a fault on purpose, which stops here as it does with their own tool.
#[test]
fn every_format_moves_in_place() {
    for (format, up, applied, down) in [
        ("cogway", 0, 5, 0),
        ("golang-migrate", 0, 5, 0),
        ("dbmate", 0, 4, 0),
        // The last down fails.
        ("goose", 0, 5, 4),
        ("sqlx", 0, 5, 0),
        // The last up fails.
        ("diesel", 4, 5, 0),
        ("flyway", 0, 6, 0),
        // It has no way back.
        ("refinery", 0, 4, 5),
        ("sqitch", 0, 5, 0),
    ] {
        let site = Site::new();
        let dir = histories().join(format);
        let run = |verb: &[&str]| {
            let mut command = site.command();
            command
                .args(verb)
                .arg("--dir")
                .arg(&dir)
                .args(["--format", format]);
            let ran = finish(&mut command);
            assert!(!ran.stderr.contains("panicked"), "{format}: {ran:?}");
            ran
        };
        let ran = run(&["up"]);
        assert_eq!(ran.code, Some(up), "{format}: {ran:?}");
        let count = || site.applied().split_whitespace().count();
        assert_eq!(count(), applied, "{format}: {ran:?}");
        let ran = run(&["down", "-1", "--allow-data-loss"]);
        assert_eq!(ran.code, Some(down), "{format}: {ran:?}");
        assert_eq!(count(), applied - usize::from(down == 0), "{format}: {ran:?}");
    }
}
