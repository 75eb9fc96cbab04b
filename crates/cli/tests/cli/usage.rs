//! Wrong use and wrong configuration: exit code 2, and what to do.

use serde_json::Value;

use crate::support::{Ran, cogway, finish, project, run_line, write};

/// A run ends with that code, and says on stderr what is wrong and what to do.
fn check(ran: &Ran, code: i32, error: &str, hint: &str) {
    assert_eq!(ran.code, Some(code), "{ran:?}");
    assert!(ran.stderr.contains(&format!("error: {error}")), "{ran:?}");
    assert!(
        ran.stderr.contains("hint: ") && ran.stderr.contains(hint),
        "{ran:?}"
    );
}

#[test]
fn nothing_to_prove() {
    let dir = project();
    let ran = finish(cogway(dir.path()).arg("verify"));
    check(&ran, 2, "no migrations are named", "--dir PATH");
    check(
        &run_line("verify --dir nope"),
        2,
        "nope is not a folder",
        "--dir PATH",
    );
    check(
        &run_line("snapshot --dir nope"),
        2,
        "nope is not a folder",
        "--dir PATH",
    );
    let ran = finish(cogway(dir.path()).arg("snapshot"));
    check(&ran, 2, "there is nothing to read", "--database-url URL");
}

#[test]
fn a_folder_that_is_no_history() {
    let dir = project();
    write(dir.path(), &[("migrations/main.c", ""), ("migrations/a.sql", "")]);
    check(
        &finish(cogway(dir.path()).arg("verify")),
        2,
        "migrations holds no migrations",
        "--dir",
    );
}

#[test]
fn arguments() {
    check(
        &run_line("verify --dir goose --format alembic"),
        2,
        "no format is called \"alembic\"",
        "auto",
    );
    check(
        &run_line("verify --dir goose --from 9"),
        2,
        "there is no revision 9 in goose",
        "from 00001 to 00005",
    );
    check(
        &run_line("verify --dir goose --to 0000"),
        2,
        "5 revisions begin with 0000: 00001, 00002, …",
        "more of it",
    );
    check(
        &run_line("verify --dir goose --from 00003 --to 00002"),
        2,
        "revision 00003 comes after 00002",
        "exchange",
    );
    check(
        &run_line("verify --dir goose --data a.b.c"),
        2,
        "`a.b.c` is no name of a table",
        "shop.country",
    );
    let ran = run_line("verify --dir goose --exclude colours");
    assert!(
        ran.code == Some(2) && ran.stderr.contains("there are column-order, comments"),
        "{ran:?}"
    );
    let ran = run_line("verify --formt goose");
    assert!(
        ran.code == Some(2) && ran.stderr.contains("'--format'"),
        "{ran:?}"
    );
}

#[test]
fn servers() {
    check(
        &run_line("verify --dir goose --pg-bin /nonexistent"),
        3,
        "no PostgreSQL server in /nonexistent",
        "initdb",
    );
    let ran = run_line("verify --dir goose --database-url postgresql://me:hunter2@localhost:1/x");
    check(&ran, 3, "cannot connect to PostgreSQL", "the server runs");
    // The operating system takes connections for it, and nobody ever looks at them.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    for verb in ["status --dir goose", "snapshot"] {
        let url = format!("postgresql://me@127.0.0.1:{port}/x?connect_timeout=1");
        let ran = run_line(&format!("{verb} --database-url {url}"));
        check(&ran, 3, "cannot connect to ", "PostgreSQL listens there");
        assert!(ran.stderr.contains("has not answered within 1 s"), "{ran:?}");
    }
    let tls = run_line("verify --dir goose --database-url postgresql://me:hunter2@h/x?sslmode=require");
    check(&tls, 2, "--database-url asks for an encrypted connection", "SSH");
    let wrong = run_line("snapshot --database-url postgresql://me:hunter2@h:nope/x");
    check(
        &wrong,
        2,
        "--database-url cannot be understood",
        "postgresql://user@host",
    );
    for ran in [ran, tls, wrong] {
        assert!(!format!("{ran:?}").contains("hunter2"), "{ran:?}");
    }
}

#[test]
fn configurations() {
    let dir = project();
    let check_config = |text: &str, error: &str, hint: &str| {
        write(dir.path(), &[("cogway.toml", text)]);
        check(&finish(cogway(dir.path()).arg("verify")), 2, error, hint);
    };
    check_config(
        "dir = 'x'\ncolour = 1\n",
        "cogway.toml:2: unknown field `colour`",
        "cogway help verify",
    );
    check_config(
        "format = 'alembic'\n",
        "cogway.toml:1: no format is called",
        "auto",
    );
    check_config(
        "[[verify.allow]]\nrevision = '1'\nkind = 'x'\nreason = 'y'\n",
        "cogway.toml:1: there is no kind",
        "reason",
    );
    let ran = finish(cogway(dir.path()).args(["verify", "--config", "other.toml"]));
    check(
        &ran,
        2,
        "other.toml: the configuration cannot be read",
        "--config",
    );
}

#[test]
fn failures_in_json() {
    let dir = project();
    write(dir.path(), &[("cogway.toml", "\ncolour = 1\n")]);
    let ran = finish(cogway(dir.path()).args(["verify", "--output", "json"]));
    let document: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(document["verb"], "verify");
    let error = &document["error"];
    assert_eq!(
        (
            error["code"].as_str(),
            error["path"].as_str(),
            error["line"].as_u64()
        ),
        (Some("config"), Some("cogway.toml"), Some(2))
    );
    assert!(
        error["message"].is_string() && error["hint"].is_string() && error["sqlstate"].is_null(),
        "{error}"
    );
    check(&ran, 2, "cogway.toml:2", "cogway help verify");

    let ran = run_line("verify --output=json --nope");
    let document: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(document["error"]["code"], "usage");
    assert_eq!(ran.code, Some(2));
}

#[test]
fn a_revision_before_the_first_that_does_not_apply() {
    let dir = project();
    write(
        dir.path(),
        &[
            ("migrations/1_a.up.sql", "select nonsense;"),
            ("migrations/2_b.up.sql", "select 1;"),
        ],
    );
    check(
        &finish(cogway(dir.path()).args(["verify", "--from", "2"])),
        4,
        "revision 1 does not apply",
        "without --from",
    );
    check(
        &finish(cogway(dir.path()).arg("snapshot")),
        4,
        "revision 1 does not apply",
        "cogway verify",
    );
}
