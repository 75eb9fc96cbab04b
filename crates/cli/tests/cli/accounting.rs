//! `cogway adopt` and `repair`: what is written into the ledger without being run.

use cogway_migrate::history::{Format, runner_table};
use serde_json::json;

use crate::support::Site;

/// Three tables, of which a tool has made two.
fn moved_by_golang_migrate() -> Site {
    let site = Site::of(&[
        ("1_a", "create table a ();", "drop table a;"),
        ("2_b", "create table b ();", "drop table b;"),
        ("3_c", "create table c ();", "drop table c;"),
    ]);
    site.database.psql(
        "create table a (); create table b ();
         create table schema_migrations (version bigint primary key, dirty boolean not null);
         insert into schema_migrations values (2, false)",
    );
    site
}

#[test]
fn taking_over() {
    let site = moved_by_golang_migrate();
    insta::assert_snapshot!(site.talk(&[
        "up",
        "adopt --from golang-migrate --dry-run",
        "adopt --from golang-migrate",
        "adopt --from golang-migrate",
        "status",
        "check",
        "up",
        "down base",
    ]));
    assert_eq!(
        site.database.psql("select version from schema_migrations").trim(),
        "2",
        "it stays"
    );
}

#[test]
fn what_cannot_be_taken_over() {
    let site = moved_by_golang_migrate();
    let first = site.talk(&[
        "adopt",
        "adopt --from rails",
        "adopt --from goose",
        "adopt --from alembic",
        "adopt --from golang-migrate --table nope",
        "adopt --from golang-migrate --table a",
        "adopt --from golang-migrate --table a.b.c",
        "adopt --from golang-migrate --baseline 2",
    ]);
    site.database.psql("update schema_migrations set dirty = true");
    let dirty = site.talk(&["adopt --from golang-migrate"]);
    site.database
        .psql("update schema_migrations set dirty = false, version = 17");
    let unknown = site.talk(&["adopt --from golang-migrate"]);
    site.database.psql("drop table schema_migrations");
    insta::assert_snapshot!(first + &dirty + &unknown + &site.talk(&["adopt --from golang-migrate"]));
    let there = "select to_regnamespace('cogway') is null";
    assert_eq!(site.database.psql(there).trim(), "t", "nothing was written");
}

#[test]
fn baselines() {
    let site = moved_by_golang_migrate();
    insta::assert_snapshot!(site.talk(&[
        "adopt --baseline 9",
        "adopt --baseline base",
        "adopt --baseline +1",
        "adopt --baseline ''",
        "adopt --baseline 2 --dry-run",
        "adopt --baseline 2",
        "status",
        "up",
    ]));
    let site = moved_by_golang_migrate();
    assert_eq!(site.json("adopt --baseline head")["pending"], json!([]));
    assert_eq!(site.applied(), "1 2 3");
}

/// Every tool, with its table as it makes it.
#[test]
fn every_tool() {
    let check = |tool: &str, files: &[(&str, &str)], table: &str, expect: &[&str]| {
        let site = Site::with(files);
        site.database.psql(table);
        let ran = site.run("up");
        assert_eq!(ran.code, Some(5), "{tool}: {ran:?}");
        let format = if tool == "alembic" { "cogway" } else { tool };
        let dry = site.json(&format!("adopt --from {tool} --format {format} --dry-run"));
        assert_eq!(
            (&dry["adopted"], &dry["written"]),
            (&json!(expect), &json!(false)),
            "{tool}"
        );
        let adopted = site.json(&format!("adopt --from {tool} --format {format}"));
        assert_eq!(
            (&adopted["adopted"], &adopted["written"]),
            (&json!(expect), &json!(true)),
            "{tool}"
        );
        assert_eq!(adopted["from"], tool);
        assert_eq!(site.applied(), expect.join(" "), "{tool}");
        let ran = site.run(&format!("up --format {format}"));
        assert_eq!(ran.code, Some(0), "{tool}: {ran:?}");
        assert_eq!(
            ran.stdout.lines().count(),
            2,
            "{tool}: only the last one is run: {ran:?}"
        );
        assert_eq!(site.run("check").code, Some(0), "{tool}");
    };
    let two = |up: &str, down: &str| [up.replace("{}", "one") + down, up.replace("{}", "two") + down];
    let dbmate = two("-- migrate:up\nselect '{}';\n", "-- migrate:down\nselect 1;\n");
    check(
        "dbmate",
        &[
            ("migrations/1_one.sql", &dbmate[0]),
            ("migrations/2_two.sql", &dbmate[1]),
        ],
        "create table schema_migrations (version varchar(128) primary key);
         insert into schema_migrations values ('1')",
        &["1"],
    );
    let goose = two("-- +goose Up\nselect '{}';\n", "-- +goose Down\nselect 1;\n");
    check(
        "goose",
        &[("migrations/00001_one.sql", &goose[0]), ("migrations/00002_two.sql", &goose[1])],
        "create table goose_db_version (id serial primary key, version_id bigint not null, is_applied boolean not null,
           tstamp timestamp default now());
         insert into goose_db_version (version_id, is_applied) values (0, true), (1, true)",
        &["00001"],
    );
    check(
        "diesel",
        &[
            ("migrations/2024-01-01-000000_one/up.sql", "select 1;"),
            ("migrations/2024-01-01-000000_one/down.sql", "select 1;"),
            ("migrations/2024-01-02-000000_two/up.sql", "select 1;"),
            ("migrations/2024-01-02-000000_two/down.sql", "select 1;"),
        ],
        "create table __diesel_schema_migrations (version varchar(50) primary key, run_on timestamp not null default now());
         insert into __diesel_schema_migrations (version) values ('20240101000000')",
        &["2024-01-01-000000"],
    );
    let table_of = |format: Format, rows: &str| {
        format!("{};\n{rows}", runner_table(format).expect("the tool has a table"))
    };
    // The checksums are those that the tools themselves have for these scripts; see crates/migrate/tests/account.rs.
    let one = "create table one (id int);\n";
    let sha =
        "b1e4bcb769ae0b02bbb112466b769aa67e10c6a7fe8687a8c6e810574180bd52cfbe8b0abec911e21b05d5c006683a34";
    check(
        "sqlx",
        &[
            ("migrations/1_one.sql", one),
            ("migrations/2_two.sql", "select 2;"),
        ],
        &table_of(
            Format::Sqlx,
            &format!("insert into _sqlx_migrations values (1, 'one', now(), true, '\\x{sha}', 1)"),
        ),
        &["1"],
    );
    check(
        "flyway",
        &[
            ("migrations/V1__one.sql", one),
            ("migrations/V2__two.sql", "select 2;"),
        ],
        &table_of(
            Format::Flyway,
            "insert into flyway_schema_history
             values (1, '1', 'one', 'SQL', 'V1__one.sql', -955116569, 'me', now(), 1, true)",
        ),
        &["V1"],
    );
    let persons = "CREATE TABLE persons (\n    id int,\n    name varchar(255),\n    city varchar(255)\n);\n";
    check(
        "refinery",
        &[
            ("migrations/V1__initial.sql", persons),
            ("migrations/V2__two.sql", "select 2;"),
        ],
        &table_of(
            Format::Refinery,
            "insert into refinery_schema_history values (1, 'initial', '2024-05-06T07:08:09Z', '2959965718684201605')",
        ),
        &["V1"],
    );
    let by = "2024-01-31T12:00:00Z Ann <ann@example.org>";
    check(
        "sqitch",
        &[
            (
                "migrations/sqitch.plan",
                &format!("%syntax-version=1.0.0\n%project=shop\n\nbase {by}\nmore {by}\n"),
            ),
            ("migrations/deploy/base.sql", one),
            ("migrations/deploy/more.sql", "select 2;"),
        ],
        "create schema sqitch;
         create table sqitch.changes (
           change_id text primary key, script_hash text, change text not null, project text not null,
           note text not null default '', committed_at timestamptz not null default clock_timestamp(),
           committer_name text not null, committer_email text not null, planned_at timestamptz not null,
           planner_name text not null, planner_email text not null);
         insert into sqitch.changes (change_id, change, project, committer_name, committer_email, planned_at,
           planner_name, planner_email) values ('1', 'base', 'shop', 'a', 'b', now(), 'a', 'b')",
        &["base"],
    );
    check(
        "alembic",
        &[
            ("migrations/1975ea83b712_one/up.sql", "select 1;"),
            ("migrations/1975ea83b712_one/revision.toml", "parents = []"),
            ("migrations/27c6a30d7c24_two/up.sql", "select 1;"),
            (
                "migrations/27c6a30d7c24_two/revision.toml",
                "parents = ['1975ea83b712']",
            ),
        ],
        "create table alembic_version (version_num varchar(32) not null primary key);
         insert into alembic_version values ('1975ea83b712')",
        &["1975ea83b712"],
    );
}

/// Two revisions of Cogway's own, applied.
fn applied() -> Site {
    let site = Site::new();
    site.revision(
        "1_users",
        &[],
        "create table users (\n  id int primary key,\n  a int,\n  b int,\n  c int,\n  d int,\n  e int,\n  f int,\n  g int,\n  name text\n);\n",
        "drop table users;\n",
    );
    site.revision("2_more", &["1"], "create table more ();\n", "drop table more;\n");
    site.done("up");
    site
}

#[test]
fn changed_files_are_shown_and_recorded() {
    let site = applied();
    let nothing = site.talk(&["repair"]);
    site.revision(
        "1_users",
        &[],
        "create table users (\n  id bigint primary key,\n  a int,\n  b int,\n  c int,\n  d int,\n  e int,\n  f int,\n  g int,\n  name text not null\n);\n",
        "",
    );
    site.remove("migrations/1_users/down.sql");
    site.revision(
        "2_more",
        &[],
        "create table more ();\n",
        "drop table if exists more;\n",
    );
    insta::assert_snapshot!(
        nothing
            + &site.talk(&[
                "repair --dry-run",
                "repair 2 --dry-run",
                "repair 1",
                "repair 7",
                "repair base",
                "repair",
                "repair",
                "status",
            ])
    );
}

#[test]
fn what_became_of_a_revision() {
    let site = applied();
    site.database.psql("drop table more");
    insta::assert_snapshot!(site.talk(&[
        "repair --reverted 2 --dry-run",
        "repair --reverted 2",
        "status",
        "up",
        "repair --reverted 9",
        "repair --applied 9",
        "repair --applied 1 2",
        "repair --reverted 2",
        "repair --applied 2 --dry-run",
        "repair --applied 2",
        "repair --resume-at 1",
        "status",
    ]));
}

#[test]
fn a_revision_that_is_half_done() {
    let site = Site::new();
    site.revision("1_users", &[], "create table users ();", "drop table users;");
    site.revision("2_more", &["1"], "create table more ();", "drop table more;");
    site.revision(
        "3_half",
        &["2"],
        "create table half ();\ncreate index concurrently half_index on half (nothing);\ncreate table other ();\n",
        "drop table other;\ndrop table half;\n",
    );
    let failed = site.run("up");
    assert_eq!(failed.code, Some(4), "{failed:?}");
    insta::assert_snapshot!(site.talk(&[
        "status",
        "repair --resume-at 0",
        "repair --resume-at 9",
        "repair --resume-at 3 --dry-run",
        "repair --resume-at 3",
        "up",
        "status",
        "down -1",
    ]));
    // Half of it is undone by hand.
    let site = applied();
    site.revision("3_half", &["2"], "create table half ();\nvacuum nothing;\n", "");
    assert_eq!(site.run("up").code, Some(4));
    site.database.psql("drop table half");
    site.done("repair --reverted 3");
    assert_eq!(site.json("status")["unfinished"], json!(null));
    // It is finished by hand.
    assert_eq!(site.run("up").code, Some(4));
    site.done("repair --applied 3");
    assert_eq!(site.json("status")["unfinished"], json!(null));
    assert_eq!(site.applied(), "1 2 3");
    assert!(site.done("up").starts_with("nothing to do"));
}

#[test]
fn a_schema_that_is_right_as_it_is() {
    let site = applied();
    site.database
        .psql("create index by_hand on users (a); drop table more");
    insta::assert_snapshot!(site.talk(&[
        "check",
        "repair --schema --dry-run",
        "check",
        "repair --schema",
        "check",
        "repair --schema",
    ]));
}
