//! The accounts of other tools, in tables as the tools make them, against small histories.

use std::fs;
use std::path::{Path, PathBuf};

use cogway_catalog::QualifiedName;
use cogway_migrate::account::{self, Account, AccountError, Found, Tool};
use cogway_migrate::history::{self, Format, History};
use cogway_pg::execute::Executor;
use cogway_testkit::TestDatabase;

/// Files of a history: path and text.
type Files<'a> = &'a [(&'a str, &'a str)];

const ONE: &str = "create table one (id int);\n";
const TWO: &str = "create table two (\n  id int\n);\n";
const THREE: &str = "create table three (id int);\n";

/// `sqlalchemy/alembic`, `alembic/ddl/impl.py`, `version_table_impl`.
const ALEMBIC: &str = "create table alembic_version (
    version_num varchar(32) not null, constraint alembic_version_pkc primary key (version_num))";

/// `sqitchers/sqitch`, `lib/App/Sqitch/Engine/pg.sql`: what concerns changes.
const SQITCH: &str = "create schema sqitch;
    create table sqitch.projects (
        project text primary key, uri text null unique, created_at timestamptz not null default clock_timestamp(),
        creator_name text not null, creator_email text not null);
    create table sqitch.changes (
        change_id text primary key, script_hash text null, change text not null,
        project text not null references sqitch.projects(project) on update cascade, note text not null default '',
        committed_at timestamptz not null default clock_timestamp(), committer_name text not null,
        committer_email text not null, planned_at timestamptz not null, planner_name text not null,
        planner_email text not null, unique (project, script_hash))";

fn table_of(tool: Tool) -> &'static str {
    match tool {
        Tool::Alembic => ALEMBIC,
        Tool::Sqitch => SQITCH,
        tool => history::runner_table(tool.format()).expect("the tool has a table"),
    }
}

fn write(dir: &Path, files: Files<'_>) {
    for (path, text) in files {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

async fn database(sql: &str) -> (TestDatabase, Executor) {
    let database = cogway_testkit::database().await;
    let executor = Executor::connect(&database.config()).await.expect("a connection");
    executor.command(sql).await.expect("valid SQL");
    (database, executor)
}

/// A history in a folder that lives as long as the first value.
fn history_of(format: Format, files: Files<'_>) -> (tempfile::TempDir, History) {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), files);
    let history = history::read(dir.path(), Some(format)).expect("a history");
    (dir, history)
}

/// What Cogway makes of the tool's table with some rows, and the folder of the history; the session has a time zone of
/// its own.
async fn attempt(tool: Tool, files: Files<'_>, rows: &str) -> (Result<Account, AccountError>, PathBuf) {
    let sql = format!("set time zone 'Asia/Tokyo'; {}; {rows}", table_of(tool));
    let (_database, executor) = database(&sql).await;
    let (dir, history) = history_of(tool.format(), files);
    let account = account::read(&executor, tool, None, &history).await;
    (account, dir.path().to_owned())
}

fn ids(account: &Account) -> String {
    let ids: Vec<&str> = account.applied.iter().map(|entry| entry.id.as_str()).collect();
    ids.join(" ")
}

async fn check(tool: Tool, files: Files<'_>, rows: &str, expect: &str, remarks: &[&str]) -> Account {
    let (account, _) = attempt(tool, files, rows).await;
    let account = account.unwrap_or_else(|error| panic!("{rows}: {error} ({})", error.hint()));
    assert_eq!(ids(&account), expect, "{rows}");
    assert_eq!(account.remarks, remarks, "{rows}");
    account
}

/// The error must say this, with `DIR` for the folder of the history, and its hint must hold that.
async fn check_error(tool: Tool, files: Files<'_>, rows: &str, message: &str, hint: &str) {
    let (account, dir) = attempt(tool, files, rows).await;
    let error = account.expect_err(rows);
    let dir = dir.to_str().expect("a path in UTF-8");
    assert_eq!(error.to_string().replace(dir, "DIR"), message, "{rows}");
    assert!(error.hint().contains(hint), "{rows}: {}", error.hint());
}

fn times(account: &Account) -> Vec<Option<&str>> {
    account
        .applied
        .iter()
        .map(|entry| entry.applied_at.as_deref())
        .collect()
}

#[tokio::test]
async fn golang_migrate_has_applied_everything_up_to_its_version() {
    let tool = Tool::GolangMigrate;
    let files = [
        ("0001_one.up.sql", ONE),
        ("0001_one.down.sql", "drop table one"),
        ("0002_two.up.sql", TWO),
        ("10_three.up.sql", THREE),
    ];
    let row =
        |version: i64, dirty: bool| format!("insert into schema_migrations values ({version}, {dirty})");
    for (rows, expect) in [
        (String::new(), ""),
        (row(-1, false), ""),
        (row(1, false), "0001"),
        (row(2, false), "0001 0002"),
        (row(10, false), "0001 0002 10"),
    ] {
        let account = check(tool, &files, &rows, expect, &[]).await;
        assert!(times(&account).iter().all(Option::is_none));
    }
    check_error(
        tool,
        &files,
        &row(3, false),
        "golang-migrate has applied what DIR has no revision for: 3",
        "bring the files back",
    )
    .await;
    check_error(
        tool,
        &files,
        &row(2, true),
        "golang-migrate has left version 2 unfinished, says public.schema_migrations",
        "`migrate force VERSION`",
    )
    .await;
    let authelia = [("V0001.One.up.sql", ONE), ("V0002.Two.up.sql", TWO)];
    check(tool, &authelia, &row(1, false), "V0001", &[]).await;
}

#[tokio::test]
async fn what_may_be_among_unreadable_files_is_told() {
    let files = [("1_one.up.sql", ONE), ("2_two.up.go", "package main")];
    check_error(
        Tool::GolangMigrate,
        &files,
        "insert into schema_migrations values (2, false)",
        "golang-migrate has applied what DIR has no revision for: 2",
        "1 files of the folder could not be read",
    )
    .await;
}

#[tokio::test]
async fn dbmate_names_each_version() {
    let tool = Tool::Dbmate;
    let up = "-- migrate:up\ncreate table t (id int);\n-- migrate:down\ndrop table t;\n";
    let files = [
        ("20240101000000_one.sql", up),
        ("20240102000000_two.sql", up),
        ("20240103000000_three.sql", up),
    ];
    let row = |version: &str| format!("insert into schema_migrations values ('{version}'); ");
    let first_two = row("20240102000000") + &row("20240101000000");
    check(tool, &files, "", "", &[]).await;
    check(tool, &files, &first_two, "20240101000000 20240102000000", &[]).await;
    check(
        tool,
        &files,
        &row("20240103000000"),
        "20240103000000",
        &["dbmate has not applied 20240101000000, 20240102000000, though it has applied revisions that come after."],
    )
    .await;
    check_error(
        tool,
        &files,
        &(row("20230101000000") + &row("20240101000000") + &row("2023")),
        "dbmate has applied what DIR has no revision for: 2023, 20230101000000",
        "--dir PATH",
    )
    .await;
}

#[tokio::test]
async fn the_last_row_of_goose_counts() {
    let tool = Tool::Goose;
    let up = "-- +goose Up\ncreate table t (id int);\n-- +goose Down\ndrop table t;\n";
    let files = [
        ("00001_one.sql", up),
        ("00002_two.sql", up),
        ("00003_three.sql", up),
    ];
    let row = |version: i64, applied: bool| {
        format!(
            "insert into goose_db_version (version_id, is_applied, tstamp)
             values ({version}, {applied}, '2024-05-06 07:08:09.5'); "
        )
    };
    check(tool, &files, "", "", &[]).await;
    let rows = row(1, true) + &row(2, true) + &row(3, true) + &row(3, false) + &row(2, false) + &row(2, true);
    let account = check(tool, &files, &rows, "00001 00002", &[]).await;
    // The session is nine hours ahead.
    assert_eq!(times(&account), [Some("2024-05-05T22:08:09.500000Z"); 2]);
    check_error(
        tool,
        &files,
        &(row(1, true) + &row(7, true)),
        "goose has applied what DIR has no revision for: 7",
        "bring the files back",
    )
    .await;
}

#[tokio::test]
async fn diesel_leaves_out_dashes() {
    let tool = Tool::Diesel;
    let files = [
        ("00000000000000_diesel_initial_setup/up.sql", ONE),
        ("2024-01-02-030405_two/up.sql", TWO),
        ("2024-01-02-030406_three/up.sql", THREE),
    ];
    let row = |version: &str| {
        format!("insert into __diesel_schema_migrations values ('{version}', '2024-05-06 07:08:09.5'); ")
    };
    let rows = row("00000000000000") + &row("20240102030405");
    let account = check(tool, &files, &rows, "00000000000000 2024-01-02-030405", &[]).await;
    assert_eq!(times(&account), [Some("2024-05-05T22:08:09.500000Z"); 2]);
    check_error(
        tool,
        &files,
        &row("2024-01-02-030405"),
        "diesel has applied what DIR has no revision for: 2024-01-02-030405",
        "bring the files back",
    )
    .await;
}

/// Python's `hashlib.sha384(script).hexdigest()` of [`ONE`] and [`TWO`], of `TWO` with `\r\n`, of `TWO` without spaces
/// and line breaks, and of `ONE` with a byte order mark.
const SHA_ONE: &str =
    "b1e4bcb769ae0b02bbb112466b769aa67e10c6a7fe8687a8c6e810574180bd52cfbe8b0abec911e21b05d5c006683a34";
const SHA_TWO: &str =
    "968883abfc27389a86c397f57b469133f287923d523152ab4da2f79c86cbfe63206c60fd134abb5a2c64ea75b2c22d71";
const SHA_TWO_WINDOWS: &str =
    "7be398d62e30655e7dc5ce6e25773688c380c0b69d196c5a6ce7ef6e512850f92959f3fdf92b9237518edf8ea6b35a9e";
const SHA_TWO_BARE: &str =
    "7b5d541ac2453128cfe0050ff96759561915e460e18ef51a14a052307ab6619ec19675517ff601147eec4069094b0e0c";
const SHA_ONE_MARKED: &str =
    "742ca3e3968111127692c60170f92bdde4e03824505a53875beddcc7185bc1894e913ae9dd18055eadc364f49f4a1449";

fn sqlx_row(version: i64, checksum: &str, success: bool) -> String {
    format!(
        "insert into _sqlx_migrations
         values ({version}, 'x', '2024-05-06 07:08:09.5+00', {success}, '\\x{checksum}', 1); "
    )
}

#[tokio::test]
async fn sqlx_has_checksums_of_whole_files() {
    let tool = Tool::Sqlx;
    let row = |version, checksum| sqlx_row(version, checksum, true);
    let files = [
        ("0001_one.sql", ONE),
        ("2_two.up.sql", TWO),
        ("2_two.down.sql", ONE),
        ("3_x.sql", ONE),
    ];
    let rows = row(1, SHA_ONE) + &row(2, SHA_TWO);
    let account = check(tool, &files, &rows, "0001 2", &[]).await;
    assert_eq!(times(&account), [Some("2024-05-06T07:08:09.500000Z"); 2]);
    check_error(
        tool,
        &files,
        &(row(1, SHA_TWO) + &row(2, SHA_ONE) + &row(3, SHA_ONE)),
        "scripts were changed after sqlx applied them: 0001 (DIR/0001_one.sql), 2 (DIR/2_two.up.sql)",
        "bring the scripts back",
    )
    .await;
    check_error(
        tool,
        &files,
        &(row(1, SHA_TWO) + &row(4, SHA_ONE) + &row(5, SHA_ONE)),
        "sqlx has applied what DIR has no revision for: 4, 5",
        "bring the files back",
    )
    .await;
    check_error(
        tool,
        &files,
        &(row(1, SHA_ONE) + &sqlx_row(2, SHA_TWO, false)),
        "sqlx has left version 2 unfinished, says public._sqlx_migrations",
        "delete its row in public._sqlx_migrations",
    )
    .await;
}

#[tokio::test]
async fn checksums_of_other_line_breaks_are_known() {
    let tool = Tool::Sqlx;
    let row = |version, checksum| sqlx_row(version, checksum, true);
    let marked = format!("\u{feff}{ONE}");
    let windows = TWO.replace('\n', "\r\n");
    let line_breaks = "The checksums of 2 are those of files with other line breaks than these have here.";
    let files = [("1_one.sql", marked.as_str()), ("2_two.sql", TWO)];
    let rows = row(1, SHA_ONE_MARKED) + &row(2, SHA_TWO_WINDOWS);
    check(tool, &files, &rows, "1 2", &[line_breaks]).await;
    let files = [("1_one.sql", ONE), ("2_two.sql", windows.as_str())];
    let rows = row(1, SHA_ONE_MARKED) + &row(2, SHA_TWO_WINDOWS);
    check(tool, &files, &rows, "1 2", &[]).await;
    let rows = row(1, SHA_ONE) + &row(2, SHA_TWO);
    check(tool, &files, &rows, "1 2", &[line_breaks]).await;
    let rows = row(1, SHA_ONE) + &row(2, SHA_TWO_BARE);
    let white_space = "The checksums of 2 leave out white space (ignored-chars in sqlx.toml), so that a change of it \
                       is not seen.";
    check(tool, &files, &rows, "1 2", &[white_space]).await;
}

/// The files and checksums of refinery's own tests, `rust-db/refinery`, `refinery/tests/migrations_broken` and
/// `refinery/tests/postgres.rs`: as `i32` and with the feature `int8-versions`.
const PERSONS: &str =
    "CREATE TABLE persons (\n    id int,\n    name varchar(255),\n    city varchar(255)\n);\n";
const CARS: &str = "CREATE TABLE cars (\n    id int,\n    name varchar(255)\n);\n";

#[tokio::test]
async fn refinery_has_checksums_of_names_and_scripts() {
    let tool = Tool::Refinery;
    let row = |version: i64, name: &str, checksum: &str| {
        format!(
            "insert into refinery_schema_history
             values ({version}, '{name}', '2024-05-06T07:08:09.123456789Z', '{checksum}'); "
        )
    };
    let files = [
        ("V1__initial.sql", PERSONS),
        ("U2__add_cars_table.sql", CARS),
        ("V3__three.sql", THREE),
    ];
    let rows = row(1, "initial", "2959965718684201605") + &row(2, "add_cars_table", "8238603820526370208");
    let account = check(tool, &files, &rows, "V1 U2", &[]).await;
    assert_eq!(times(&account), [Some("2024-05-06T07:08:09.123456789Z"); 2]);
    let rows = "alter table refinery_schema_history alter version type int8; ".to_owned()
        + &row(1, "initial", "13938959368620441626")
        + &row(2, "add_cars_table", "5394706226941044339");
    check(tool, &files, &rows, "V1 U2", &[]).await;
    let windows = PERSONS.replace('\n', "\r\n");
    check(
        tool,
        &[("V1__initial.sql", windows.as_str())],
        &row(1, "initial", "2959965718684201605"),
        "V1",
        &["The checksums of V1 are those of files with other line breaks than these have here."],
    )
    .await;
    // Another name gives another checksum too.
    check_error(
        tool,
        &[("V1__first.sql", PERSONS)],
        &row(1, "initial", "2959965718684201605"),
        "scripts were changed after refinery applied them: V1 (DIR/V1__first.sql)",
        "bring the scripts back",
    )
    .await;
    check_error(
        tool,
        &files,
        &row(4, "four", "1"),
        "refinery has applied what DIR has no revision for: 4 (four)",
        "bring the files back",
    )
    .await;
}

/// Python's `zlib.crc32(script)` of [`ONE`], [`TWO`], [`THREE`], [`VIEW`] and [`VIEW`] with a 2, after every `\r` and
/// `\n` was taken out, as a signed number of 32 bits. That this is what Flyway does is tested in `account/flyway.rs`.
const CRC_ONE: &str = "-955116569";
const CRC_TWO: &str = "801853277";
const CRC_THREE: &str = "-503171213";
const CRC_VIEW: &str = "579771852";
const CRC_VIEW_BEFORE: &str = "161730063";

const VIEW: &str = "create or replace view v as select 1;\n";

/// Rows of Flyway: version, type, script, checksum, and whether it succeeded. Descriptions are made of the scripts.
fn flyway(rows: &[(&str, &str, &str, &str, bool)]) -> String {
    let rows = rows.iter().enumerate().map(|(at, (version, kind, script, checksum, success))| {
        let rank = at + 1;
        let description = script
            .trim_end_matches(".sql")
            .split_once("__")
            .map_or(*script, |(_, name)| name)
            .replace('_', " ");
        format!(
            "insert into flyway_schema_history values ({rank}, nullif('{version}', ''), '{description}', '{kind}', \
             '{script}', nullif('{checksum}', '')::integer, 'me', '2024-05-06 07:08:09.5', 1, {success}); "
        )
    });
    rows.collect()
}

const FLYWAY: Files<'_> = &[
    ("V1__one.sql", ONE),
    ("V1_2__two.sql", TWO),
    ("V3__three.sql", THREE),
    ("R__all_views.sql", VIEW),
];

#[tokio::test]
async fn flyway_has_versions_and_repeatable_scripts() {
    let tool = Tool::Flyway;
    let one = ("1", "SQL", "V1__one.sql", CRC_ONE, true);
    let two = ("1.2", "SQL", "V1_2__two.sql", CRC_TWO, true);
    let view = ("", "SQL", "R__all_views.sql", CRC_VIEW, true);
    let before = ("", "SQL", "R__all_views.sql", CRC_VIEW_BEFORE, true);
    let schema = ("", "SCHEMA", "\"public\"", "", true);
    check(tool, FLYWAY, "", "", &[]).await;
    let rows = flyway(&[schema, one, two, view]);
    let account = check(tool, FLYWAY, &rows, "V1 V1_2 R__all_views", &[]).await;
    assert_eq!(times(&account), [Some("2024-05-05T22:08:09.500000Z"); 3]);
    check(
        tool,
        FLYWAY,
        &flyway(&[one, before, two, view]),
        "V1 V1_2 R__all_views",
        &[],
    )
    .await;
    let changed = "R__all_views changed since Flyway ran them last, and count as not applied: repeatable scripts are \
                   run again.";
    check(tool, FLYWAY, &flyway(&[one, view, before]), "V1", &[changed]).await;
    let unchecked = ("1.0", "SQL", "V1__one.sql", "", true);
    let remark = "Flyway has no checksums of V1, so that a change of them is not seen.";
    check(tool, FLYWAY, &flyway(&[unchecked]), "V1", &[remark]).await;
    // Line breaks are no part of the checksum.
    let windows = TWO.replace('\n', "\r\n");
    let files = [("V1__one.sql", ONE), ("V1_2__two.sql", windows.as_str())];
    check(tool, &files, &flyway(&[one, two]), "V1 V1_2", &[]).await;
    let placeholder = [("R__all_views.sql", "create view v as select ${x};")];
    let remark = "R__all_views hold placeholders that Flyway filled in, so that nothing tells whether they changed; \
                  they count as not applied.";
    check(tool, &placeholder, &flyway(&[view]), "", &[remark]).await;
}

#[tokio::test]
async fn flyway_takes_versions_off_again() {
    let tool = Tool::Flyway;
    let one = ("1", "SQL", "V1__one.sql", CRC_ONE, true);
    let two = ("1.2", "SQL", "V1_2__two.sql", CRC_TWO, true);
    let undone = ("1.2", "UNDO_SQL", "U1_2__two.sql", "17", true);
    let deleted = ("1.2", "DELETE", "V1_2__two.sql", CRC_TWO, true);
    let view = ("", "SQL", "R__all_views.sql", CRC_VIEW, true);
    let view_deleted = ("", "DELETE", "R__all_views.sql", CRC_VIEW, true);
    check(tool, FLYWAY, &flyway(&[one, two, undone]), "V1", &[]).await;
    check(tool, FLYWAY, &flyway(&[one, two, undone, two]), "V1 V1_2", &[]).await;
    check(tool, FLYWAY, &flyway(&[one, two, deleted]), "V1", &[]).await;
    check(tool, FLYWAY, &flyway(&[one, view, view, view_deleted]), "V1", &[]).await;
    let gone = ("2", "SQL", "V2__gone.sql", "1", true);
    let gone_deleted = ("2", "DELETE", "V2__gone.sql", "1", true);
    check(tool, FLYWAY, &flyway(&[one, gone, gone_deleted]), "V1", &[]).await;
}

#[tokio::test]
async fn flyway_begins_at_a_baseline() {
    let tool = Tool::Flyway;
    let baseline = ("1.2", "BASELINE", "<< Flyway Baseline >>", "", true);
    let three = ("3", "SQL", "V3__three.sql", CRC_THREE, true);
    let presumed = "Flyway began at a baseline and takes V1, V1_2 for applied, without having run them.";
    let account = check(
        tool,
        FLYWAY,
        &flyway(&[baseline, three]),
        "V1 V1_2 V3",
        &[presumed],
    )
    .await;
    assert_eq!(times(&account), [None, None, Some("2024-05-05T22:08:09.500000Z")]);
    // A script that stands for the versions before: run, or not run since these were there.
    let files = [("B3__all.sql", TWO), ("V4__four.sql", THREE)];
    let all = ("3", "SQL_BASELINE", "B3__all.sql", CRC_TWO, true);
    let four = ("4", "SQL", "V4__four.sql", CRC_THREE, true);
    let old = [
        ("1", "SQL", "V1__a.sql", "1", true),
        ("3", "SQL", "V3__b.sql", "2", true),
    ];
    check(tool, &files, &flyway(&[all, four]), "B3 V4", &[]).await;
    check(tool, &files, &flyway(&[old[0], old[1]]), "B3", &[]).await;
    check(tool, &files, &flyway(&[old[0], old[1], four]), "B3 V4", &[]).await;
    check(
        tool,
        FLYWAY,
        &flyway(&[all]),
        "V1 V1_2 V3",
        &["Flyway began at a baseline and takes V1, V1_2, V3 for applied, without having run them."],
    )
    .await;
    check_error(
        tool,
        &files,
        &flyway(&[old[0]]),
        "flyway has applied what DIR has no revision for: 1",
        "`flyway repair`",
    )
    .await;
}

#[tokio::test]
async fn flyway_runs_programs_that_cogway_cannot() {
    let one = ("1", "SQL", "V1__one.sql", CRC_ONE, true);
    let two = ("1.2", "JDBC", "db.migration.V1_2__two", "", true);
    let java = ("2", "JDBC", "db.migration.V2__java", "", true);
    let remark = "Flyway has run programs that Cogway cannot run, as versions 2: what they did is missing in the \
                  history.";
    check(
        Tool::Flyway,
        FLYWAY,
        &flyway(&[one, two, java]),
        "V1 V1_2",
        &[remark],
    )
    .await;
}

#[tokio::test]
async fn flyway_contradicts_its_files() {
    let tool = Tool::Flyway;
    let one = ("1", "SQL", "V1__one.sql", CRC_TWO, true);
    let two = ("1.2", "SQL", "V1_2__two.sql", CRC_ONE, true);
    check_error(
        tool,
        FLYWAY,
        &flyway(&[one, two]),
        "scripts were changed after flyway applied them: V1 (DIR/V1__one.sql), V1_2 (DIR/V1_2__two.sql)",
        "`flyway repair` takes the new checksums over",
    )
    .await;
    let gone = ("2.1", "SQL", "V2_1__gone.sql", "1", true);
    let gone_view = ("", "SQL", "views/R__gone.sql", "1", true);
    check_error(
        tool,
        FLYWAY,
        &flyway(&[gone, gone_view]),
        "flyway has applied what DIR has no revision for: 2.1, views/R__gone.sql",
        "`flyway repair` takes migrations off",
    )
    .await;
    let failed = ("3", "SQL", "V3__three.sql", CRC_THREE, false);
    check_error(
        tool,
        FLYWAY,
        &flyway(&[failed]),
        "flyway has left version 3 unfinished, says public.flyway_schema_history",
        "`flyway repair`",
    )
    .await;
}

#[tokio::test]
async fn heads_of_alembic_stand_for_all_before_them() {
    let tool = Tool::Alembic;
    let files = [
        ("1975ea83b712_one/up.sql", ONE),
        ("1975ea83b712_one/revision.toml", "parents = []"),
        ("ae1027a6acf_left/up.sql", TWO),
        ("ae1027a6acf_left/revision.toml", "parents = [\"1975ea83b712\"]"),
        ("27c6a30d7c24_right/up.sql", THREE),
        ("27c6a30d7c24_right/revision.toml", "parents = [\"1975ea83b712\"]"),
        ("53fffde5ad5_merge/up.sql", ""),
        (
            "53fffde5ad5_merge/revision.toml",
            "parents = [\"ae1027a6acf\", \"27c6a30d7c24\"]",
        ),
    ];
    let row = |head: &str| format!("insert into alembic_version values ('{head}'); ");
    check(tool, &files, "", "", &[]).await;
    check(tool, &files, &row("ae1027a6acf"), "1975ea83b712 ae1027a6acf", &[]).await;
    let both = row("27c6a30d7c24") + &row("ae1027a6acf");
    check(tool, &files, &both, "1975ea83b712 27c6a30d7c24 ae1027a6acf", &[]).await;
    let all = "1975ea83b712 27c6a30d7c24 ae1027a6acf 53fffde5ad5";
    check(tool, &files, &row("53fffde5ad5"), all, &[]).await;
    check_error(
        tool,
        &files,
        &row("d1b2c3"),
        "alembic has applied what DIR has no revision for: d1b2c3",
        "alembic upgrade <down_revision>:<revision> --sql",
    )
    .await;
}

#[tokio::test]
async fn changes_of_sqitch_are_known_by_name_and_order() {
    let tool = Tool::Sqitch;
    let by = "2024-01-31T12:00:00Z Ann <ann@example.org>";
    let plan = format!(
        "%syntax-version=1.0.0\n%project=shop\n\nbase {by}\na {by}\n@v1 {by}\nmid/b {by}\n\
         a [a@v1] {by} # better\nc {by}\n"
    );
    let files = [
        ("sqitch.plan", plan.as_str()),
        ("deploy/base.sql", ONE),
        ("deploy/a@v1.sql", TWO),
        ("deploy/mid/b.sql", THREE),
        ("deploy/a.sql", TWO),
        ("deploy/c.sql", ONE),
    ];
    let row = |at: i32, change: &str, project: &str| {
        format!(
            "insert into sqitch.projects values ('{project}', null, now(), 'a', 'b') on conflict do nothing;
             insert into sqitch.changes values ('id{at}', 'hash{at}', '{change}', '{project}', '',
                 '2024-05-06 07:08:0{at}+00', 'a', 'b', now(), 'a', 'b'); "
        )
    };
    // Rows need not lie in order.
    let three = row(3, "mid/b", "shop") + &row(1, "base", "shop") + &row(2, "a", "shop");
    let account = check(tool, &files, &three, "base a@v1 mid/b", &[]).await;
    assert_eq!(account.table, QualifiedName::new("sqitch", "changes"));
    assert_eq!(times(&account)[2], Some("2024-05-06T07:08:03.000000Z"));
    let four = three.clone() + &row(4, "a", "shop");
    let account = check(tool, &files, &four, "base a@v1 mid/b a", &[]).await;
    assert_eq!(times(&account)[3], Some("2024-05-06T07:08:04.000000Z"));
    let other = three.clone() + &row(5, "a", "auth") + &row(6, "x", "auth");
    let remark =
        "sqitch.changes also keeps account of other projects, which are not part of this history: auth.";
    check(tool, &files, &other, "base a@v1 mid/b", &[remark]).await;
    check_error(
        tool,
        &files,
        &(four + &row(5, "a", "shop") + &row(6, "z", "shop")),
        "sqitch has applied what DIR has no revision for: a, z",
        "bring the files back",
    )
    .await;
    // Without one of the scripts nobody knows which of the two `a` a row is of.
    check_error(
        tool,
        &files[..2],
        &three,
        "the plan in DIR names changes that cannot be read: the script of a is missing: DIR/deploy/a@v1.sql; the \
         script of mid/b is missing: DIR/deploy/mid/b.sql; the script of a is missing: DIR/deploy/a.sql; the script of c \
         is missing: DIR/deploy/c.sql",
        "put these right first",
    )
    .await;
}

#[tokio::test]
async fn a_plan_elsewhere_must_be_of_the_only_project() {
    let by = "2024-01-31T12:00:00Z Ann <ann@example.org>";
    let plan = format!("%syntax-version=1.0.0\n%project=shop\n\na {by}\n");
    let files = [
        ("sqitch.conf", "[core]\n\tengine = pg\n\tplan_file = our.plan\n"),
        ("our.plan", plan.as_str()),
        ("deploy/a.sql", ONE),
    ];
    let row = |project: &str| {
        format!(
            "insert into sqitch.projects values ('{project}', null, now(), 'a', 'b');
             insert into sqitch.changes
             values ('{project}', null, 'a', '{project}', '', now(), 'a', 'b', now(), 'a', 'b'); "
        )
    };
    check(Tool::Sqitch, &files, &row("shop"), "a", &[]).await;
    check_error(
        Tool::Sqitch,
        &files,
        &(row("shop") + &row("auth")),
        "sqitch.changes has changes of several projects, and no plan says which is ours: auth, shop",
        "%project=<name>",
    )
    .await;
}

#[tokio::test]
async fn all_tables_are_found() {
    let (_database, executor) = database("create table t (id int)").await;
    assert_eq!(account::find(&executor).await.expect("an answer"), []);
    let mut expected = Vec::new();
    for tool in Tool::ALL {
        let schema = format!("\"of {tool}\"");
        // Sqitch brings its own schema; golang-migrate and dbmate have the same name for their tables.
        let sql = format!(
            "create schema {schema}; set search_path = {schema}; {}",
            table_of(tool)
        );
        executor.command(&sql).await.expect("valid SQL");
        let (schema, name, rows) = match tool {
            Tool::GolangMigrate => (schema, "schema_migrations", "values (7, false)"),
            Tool::Dbmate => (schema, "schema_migrations", "values ('1'), ('2')"),
            Tool::Goose => (
                schema,
                "goose_db_version",
                "(version_id, is_applied) values (1, true), (2, true), (3, false)",
            ),
            Tool::Sqlx => (
                schema,
                "_sqlx_migrations",
                "values (1, '', now(), true, '', 1), (2, '', now(), true, '', 1), (3, '', now(), false, '', 1)",
            ),
            Tool::Diesel => (schema, "__diesel_schema_migrations", "values ('1'), ('2')"),
            Tool::Flyway => (
                schema,
                "flyway_schema_history",
                "values (0, null, '', 'SCHEMA', '', null, '', now(), 1, true),
                        (1, '1', '', 'SQL', '', null, '', now(), 1, true),
                        (2, '2', '''', 'SQL', '', null, '', now(), 1, true),
                        (3, '3', '', 'SQL', '', null, '', now(), 1, false)",
            ),
            Tool::Refinery => (
                schema,
                "refinery_schema_history",
                "values (1, '', '', ''), (2, '', '', '')",
            ),
            Tool::Alembic => (schema, "alembic_version", "values ('a'), ('b')"),
            Tool::Sqitch => (
                "sqitch".to_owned(),
                "changes",
                "select i::text, null, i::text, 'p', '', now(), '', '', now(), '', '' from generate_series(1, 2) i",
            ),
        };
        if tool == Tool::Sqitch {
            let sql = "insert into sqitch.projects values ('p', null, now(), '', '')";
            executor.command(sql).await.expect("valid SQL");
        }
        executor
            .command(&format!("insert into {schema}.{name} {rows}"))
            .await
            .expect("valid SQL");
        expected.push(Found {
            tool,
            table: QualifiedName::new(schema.trim_matches('"'), name),
            entries: if tool == Tool::GolangMigrate { 1 } else { 2 },
        });
    }
    expected.sort_by(|a, b| a.table.cmp(&b.table));
    assert_eq!(account::find(&executor).await.expect("an answer"), expected);
}

#[tokio::test]
async fn tables_that_only_look_alike_are_not_taken() {
    let sql = "create table schema_migrations (version varchar not null primary key);
               create table ar_internal_metadata (key varchar not null primary key, value varchar);
               create schema ecto;
               create table ecto.schema_migrations (version bigint primary key, inserted_at timestamp);
               create schema mine; create table mine.changes (id int, change text);
               create schema view; create view view.alembic_version as select 'a'::text as version_num;
               create temp table alembic_version (version_num varchar(32))";
    let (_database, executor) = database(sql).await;
    assert_eq!(account::find(&executor).await.expect("an answer"), []);
}

#[tokio::test]
async fn tables_that_may_not_be_read_are_passed_over() {
    let sql = "create schema hidden; create table hidden.alembic_version (version_num varchar(32));
               create table alembic_version (version_num varchar(32));
               drop role if exists account_reader; create role account_reader; set role account_reader";
    let (_database, executor) = database(sql).await;
    assert_eq!(account::find(&executor).await.expect("an answer"), []);
    executor
        .command("reset role; grant select on alembic_version to account_reader; set role account_reader")
        .await
        .expect("valid SQL");
    let found = account::find(&executor).await.expect("an answer");
    assert_eq!(found.len(), 1);
    executor
        .command("reset role; revoke all on alembic_version from account_reader; drop role account_reader")
        .await
        .expect("valid SQL");
}

#[tokio::test]
async fn a_table_can_be_named() {
    let rows = "create schema a; create schema \"B c\";
                create table a.alembic_version (version_num varchar(32)); insert into a.alembic_version values ('one');
                create table \"B c\".alembic_version (version_num text);
                create table a.versions (version_num text);
                create table a.other (version text)";
    let (_database, executor) = database(rows).await;
    let files = [("one_x/up.sql", ONE), ("one_x/revision.toml", "parents = []")];
    let (_dir, history) = history_of(Format::Cogway, &files);
    let read = async |tool, table: Option<QualifiedName>| {
        account::read(&executor, tool, table.as_ref(), &history).await
    };
    let named = |schema: &str, name: &str| Some(QualifiedName::new(schema, name));
    let applied = async |table| ids(&read(Tool::Alembic, table).await.expect("an account"));
    assert_eq!(applied(named("a", "alembic_version")).await, "one");
    assert_eq!(applied(named("B c", "alembic_version")).await, "");
    assert_eq!(applied(named("a", "versions")).await, "");

    let told = |error: AccountError| format!("{error} ({})", error.hint());
    let error = async |table| told(read(Tool::Alembic, table).await.expect_err("no account"));
    assert_eq!(
        error(None).await,
        "alembic keeps account in several tables of this database: \"B c\".alembic_version, a.alembic_version (name \
         the one that belongs to this history: --table \"B c\".alembic_version)"
    );
    assert_eq!(
        error(named("a", "other")).await,
        "a.other is no table of alembic: it lacks the columns version_num (name the table in which alembic keeps \
         account, or the tool whose table this is)"
    );
    assert_eq!(
        error(named("public", "versions")).await,
        "there is no table public.versions, or you may not read it; there is \"B c\".alembic_version of alembic (0 \
         entries), a.alembic_version of alembic (1 entry) (if that is the tool, say --from alembic)"
    );
}

#[tokio::test]
async fn other_tools_and_formats_are_told() {
    let (_database, executor) = database(table_of(Tool::Goose)).await;
    let (_dir, history) = history_of(Format::Dbmate, &[("1_a.sql", "-- migrate:up\nselect 1;\n")]);
    let error = async |tool| {
        let error = account::read(&executor, tool, None, &history)
            .await
            .expect_err("no account");
        format!("{error} ({})", error.hint())
    };
    assert_eq!(
        error(Tool::Dbmate).await,
        "dbmate keeps no account in this database; there is public.goose_db_version of goose (0 entries) (if that is \
         the tool, say --from goose)"
    );
    assert_eq!(
        error(Tool::Goose).await,
        "the account of goose cannot be compared with a history in the format dbmate (read the folder as goose does: \
         --format goose; or name the tool that the history is of)"
    );
    let alembic = error(Tool::Alembic).await;
    assert!(
        alembic.starts_with(
            "the account of alembic cannot be compared with a history in the format dbmate (write"
        ),
        "{alembic}"
    );
    let (_database, executor) = database("create table t (id int)").await;
    let error = account::read(&executor, Tool::Dbmate, None, &history)
        .await
        .expect_err("no account");
    assert_eq!(error.to_string(), "dbmate keeps no account in this database");
}
