//! `cogway verify`: what it finds, what is allowed, what it is told.

use serde_json::Value;

use crate::support::{Ran, Site, cogway, finish, histories, project, redact, run_line, write};

/// The findings of a run with `--output json`, as `revision: kind`.
fn findings(ran: &Ran) -> Vec<String> {
    let document: Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let revisions = document["revisions"].as_array().expect("revisions");
    let of = |revision: &Value| -> Vec<String> {
        let id = revision["id"].as_str().expect("an id").to_owned();
        let findings = revision["findings"].as_array().expect("findings");
        findings
            .iter()
            .map(|finding| format!("{id}: {}", finding["kind"].as_str().expect("a kind")))
            .collect()
    };
    revisions.iter().flat_map(of).collect()
}

/// Every finding that `crates/migrate/tests/histories/README.md` announces, and no other.
#[test]
fn the_faults_of_the_histories() {
    let check = |history: &str, expect: &[&str]| {
        let ran = run_line(&format!("verify --dir {history} --data all --output json"));
        assert_eq!(
            ran.code,
            Some(i32::from(!expect.is_empty())),
            "{history}: {}",
            ran.stderr
        );
        assert_eq!(findings(&ran), expect, "{history}");
    };
    check(
        "golang-migrate",
        &[
            "000002: down_differs",
            "000002: up_again_fails",
            "000004: column_order",
        ],
    );
    check(
        "dbmate",
        &[
            "20240112103000: down_differs",
            "20240112103000: up_again_fails",
            "20240126080000: down_empty",
        ],
    );
    check("goose", &["00004: down_missing", "00005: down_fails"]);
    check(
        "diesel",
        &["2023-06-10-120000: down_empty", "2023-08-20-110000: up_fails"],
    );
    check(
        "refinery",
        &[
            "V1: down_missing",
            "V2: down_missing",
            "U3: down_missing",
            "V10: down_missing",
        ],
    );
    check("sqitch", &["recent: up_again_differs"]);
    check(
        "cogway",
        &["20240210120000: down_differs", "20240210120000: up_again_fails"],
    );
}

#[test]
fn the_report_for_people() {
    let ran = run_line("verify --dir golang-migrate -v");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.starts_with("format: golang-migrate ("), "{ran:?}");
    insta::assert_snapshot!(redact(&ran.stdout));
}

#[test]
fn quiet_is_quiet() {
    let ran = run_line("verify --dir golang-migrate -q --to 000001");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{ran:?}");
    assert_eq!(ran.stdout.lines().count(), 1, "{ran:?}");
}

#[test]
fn colours_when_they_are_asked_for() {
    let plain = run_line("verify --dir golang-migrate --to 000002");
    assert!(!plain.stdout.contains('\x1b'), "{plain:?}");
    let coloured = run_line("verify --dir golang-migrate --to 000002 --color always");
    assert!(coloured.stdout.contains("\x1b["), "{coloured:?}");
}

#[test]
fn a_part_of_a_history() {
    let check = |arguments: &str, expect: &[&str]| {
        let ran = run_line(&format!("verify --dir golang-migrate --output json {arguments}"));
        assert_eq!(findings(&ran), expect, "{arguments}: {}", ran.stderr);
    };
    check("--from 000003", &["000004: column_order"]);
    check("--to 000003", &["000002: down_differs", "000002: up_again_fails"]);
    check("--from 000003 --to 000003", &[]);
    check("--fail-fast", &["000002: down_differs", "000002: up_again_fails"]);
    check("--from 000003 --exclude column-order", &[]);
}

/// A history of two revisions, the first without a way back.
fn small_project(config: &str) -> tempfile::TempDir {
    let dir = project();
    write(
        dir.path(),
        &[
            ("cogway.toml", config),
            ("db/0001_a.up.sql", "create table a ();"),
            (
                "db/0002_b.up.sql",
                "create table b (); comment on table b is 'x';",
            ),
            ("db/0002_b.down.sql", "drop table b;"),
        ],
    );
    dir
}

#[test]
fn what_is_allowed_and_what_nothing_needs() {
    let config = "dir = 'db'\nformat = 'golang-migrate'\n\n[[verify.allow]]\nrevision = '0001'\nkind = 'down_missing'\n\
                  reason = 'the first one stays'\n\n[[verify.allow]]\nrevision = '0002'\nkind = 'down_fails'\nreason = 'old'\n";
    let dir = small_project(config);
    let ran = finish(cogway(dir.path()).args(["verify", "-v"]));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.stderr
            .contains("format: golang-migrate (cogway.toml says so)"),
        "{ran:?}"
    );
    assert!(ran.stdout.contains("allowed: the first one stays"), "{ran:?}");
    let unused = "cogway.toml:9: nothing needs this allowance: down_fails in revision 0002";
    assert!(ran.stdout.contains(unused), "{ran:?}");
    assert!(
        ran.stdout
            .contains("1 pass, 0 with findings, 1 allowed, 1 unused allowance"),
        "{ran:?}"
    );

    let ran = finish(cogway(dir.path()).args(["verify", "--output", "json"]));
    let document: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(document["unused_allowances"][0]["line"], 9);
    assert_eq!(document["revisions"][0]["verdict"], "allowed");
    assert_eq!(
        document["revisions"][0]["findings"][0]["allowed"],
        "the first one stays"
    );

    let without_the_unused = config
        .split("\n\n[[verify.allow]]\nrevision = '0002'")
        .next()
        .expect("a part");
    write(dir.path(), &[("cogway.toml", without_the_unused)]);
    let ran = finish(cogway(dir.path()).args(["verify"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let ran = finish(cogway(dir.path()).args(["verify", "--output", "junit"]));
    assert!(
        ran.stdout
            .contains("<skipped message=\"allowed: the first one stays\"/>"),
        "{ran:?}"
    );
}

#[test]
fn the_configuration_of_a_directory_above() {
    let dir =
        small_project("dir = 'db'\n[[verify.allow]]\nrevision = '*'\nkind = 'down_missing'\nreason = 'x'\n");
    write(dir.path(), &[("src/deep/file", "")]);
    let ran = finish(cogway(&dir.path().join("src/deep")).args(["verify", "--output", "json"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let document: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(document["dir"], "../../db");
}

#[test]
fn problems_with_the_files() {
    let dir =
        small_project("dir = 'db'\n[[verify.allow]]\nrevision = '*'\nkind = 'down_missing'\nreason = 'x'\n");
    write(dir.path(), &[("db/0003_c.down.sql", "select 1;")]);
    let ran = finish(cogway(dir.path()).args(["verify"]));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stdout.contains("db/0003_c.down.sql: problem: "), "{ran:?}");
    assert!(ran.stdout.contains("1 problem with the files"), "{ran:?}");
    let ran = finish(cogway(dir.path()).args(["verify", "--output", "json"]));
    let document: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(document["problems"][0]["kind"], "down_without_up");
}

#[test]
fn many_differences_of_one_script_are_cut_short() {
    let dir = project();
    let many: String = (1..=30).map(|n| format!("create table t{n} ();\n")).collect();
    write(
        dir.path(),
        &[
            ("migrations/1_many.up.sql", &many),
            ("migrations/1_many.down.sql", "select 1;"),
        ],
    );
    let ran = finish(cogway(dir.path()).args(["verify"]));
    assert!(ran.stdout.contains("… and 20 more; -v shows all"), "{ran:?}");
    let ran = finish(cogway(dir.path()).args(["verify", "-v"]));
    assert!(
        ran.stdout.contains("table public.t30: left behind by down"),
        "{ran:?}"
    );
}

#[test]
fn on_a_server_that_is_named() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let database = runtime.block_on(cogway_testkit::database());
    let before = database.psql("select datname from pg_database order by 1");
    let url = database.url();
    let mut command = cogway(&histories());
    command.args([
        "verify",
        "--dir",
        "golang-migrate",
        "--output",
        "json",
        "--database-url",
        &url,
    ]);
    let ran = finish(&mut command);
    assert_eq!(findings(&ran).len(), 3, "{ran:?}");
    assert_eq!(
        database.psql("select datname from pg_database order by 1"),
        before,
        "nothing is left"
    );
}

#[test]
fn the_environment_does_not_choose_where_to_prove() {
    let mut command = cogway(&histories());
    command
        .env("DATABASE_URL", "postgresql://nobody@localhost:1/nothing")
        .env("PGHOST", "/nonexistent");
    let ran = finish(command.args(["verify", "--dir", "golang-migrate", "--to", "000001"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

/// The seeder fills each version; a change that only fails on rows is found, and the careful form of it is not.
#[test]
fn a_change_that_fails_on_rows() {
    let make = (
        "1_make",
        "create table customer (id bigint generated always as identity primary key, name text not null, email text);",
        "drop table customer;",
    );
    let back = "alter table customer drop column city;";
    let site = Site::of(&[
        make,
        (
            "2_city",
            "alter table customer add column city text not null;",
            back,
        ),
    ]);
    let plain = site.run("verify");
    assert_eq!(plain.code, Some(0), "an empty table does not mind: {plain:?}");
    let ran = site.run("verify --populated 20");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stdout.contains("fails on rows"), "{ran:?}");
    let careful = "alter table customer add column city text not null default 'unknown';";
    let site = Site::of(&[make, ("2_city", careful, back)]);
    let ran = site.run("verify --populated 20");
    assert_eq!(ran.code, Some(0), "{ran:?}");
}
