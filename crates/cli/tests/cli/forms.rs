//! The forms of a report that machines read.

use serde_json::{Value, json};

use crate::support::{Site, cogway, finish, histories, redact, run_line};

/// The names of an object's fields, in their order in the text.
fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn json() {
    let ran = run_line("verify --dir golang-migrate --output json");
    let document: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let expect = [
        "cogway",
        "dir",
        "format",
        "history_format",
        "problems",
        "revisions",
        "server_version",
        "stopped_early",
        "summary",
        "unmodelled",
        "unused_allowances",
        "verb",
    ];
    assert_eq!(keys(&document), expect);
    assert!(
        ran.stdout.starts_with("{\n  \"cogway\": "),
        "the version comes first"
    );
    assert_eq!(document["format"], 1);
    assert_eq!(document["verb"], "verify");
    assert_eq!(document["history_format"], "golang-migrate");
    assert!(document["server_version"].as_u64().expect("a number") >= 130_000);
    let revision = &document["revisions"][3];
    assert_eq!(
        keys(revision),
        ["down", "findings", "id", "ms", "name", "up", "verdict"]
    );
    assert_eq!(revision["up"], "golang-migrate/000004_drop_shelf.up.sql");
    let finding = &revision["findings"][0];
    let expect = [
        "after",
        "allowed",
        "attribute",
        "before",
        "hint",
        "kind",
        "line",
        "message",
        "object",
        "path",
        "sqlstate",
    ];
    assert_eq!(keys(finding), expect);
    assert_eq!(finding["kind"], "column_order");
    assert_eq!(finding["object"], "table public.books");
    assert_eq!(
        keys(&document["summary"]),
        ["allowed", "finding", "ms", "pass", "revisions"]
    );
    assert_eq!(document["summary"]["finding"], 2);
}

/// The keys of every document of the verbs that move a database and look at it. They are a promise: see `docs/`.
#[test]
fn documents_of_runs() {
    let site = Site::of(&[
        ("1_a", "create table a ();", "drop table a;"),
        ("2_b", "create table b ();", "drop table b;"),
    ]);
    let header = |document: &Value, verb: &str| {
        assert_eq!(document["cogway"], env!("CARGO_PKG_VERSION"));
        assert_eq!(document["format"], 1);
        assert_eq!(document["verb"], verb);
    };
    let planned = site.json("up --dry-run");
    header(&planned, "up");
    assert_eq!(keys(&planned), ["cogway", "format", "planned", "verb"]);
    let step = &planned["planned"][0];
    assert_eq!(
        keys(step),
        ["beyond", "direction", "id", "name", "path", "transaction"]
    );
    assert_eq!(step["path"], "migrations/1_a.up.sql");

    let rehearsed = site.json("up --rehearse");
    assert_eq!(rehearsed["rehearsed"], true);
    let done = site.json("up");
    header(&done, "up");
    let expect = [
        "cogway",
        "fingerprint",
        "format",
        "ms",
        "rehearsed",
        "steps",
        "verb",
    ];
    assert_eq!(keys(&done), expect);
    assert_eq!(keys(&done["steps"][0]), ["direction", "id", "ms", "name"]);
    assert_eq!(done["steps"].as_array().map(Vec::len), Some(2));
    assert!(done["fingerprint"].is_string() && done["ms"].is_u64(), "{done}");
    // Nothing to do is a document too.
    assert_eq!(site.json("up")["steps"], json!([]));
    header(&site.json("down -1"), "down");
    let moved = site.json("to head");
    header(&moved, "to");
    assert_eq!(moved["steps"][0]["direction"], "up");
    assert_eq!(moved["fingerprint"], done["fingerprint"], "the same schema");
}

#[test]
fn documents_of_what_is_there() {
    let site = Site::of(&[
        ("1_a", "create table a ();", "drop table a;"),
        ("2_b", "create table b ();", "drop table b;"),
        ("3_c", "create table c ();", "drop table c;"),
    ]);
    site.done("up 2");
    site.database.psql("drop table a");
    site.remove("migrations/1_a.up.sql");
    site.remove("migrations/1_a.down.sql");
    site.write("migrations/2_b.down.sql", "drop table if exists b;");
    let status = site.json("status");
    let expect = [
        "applied",
        "at",
        "changed",
        "cogway",
        "drift",
        "drift_unknown",
        "fingerprint",
        "format",
        "heads",
        "invalid_indexes",
        "late",
        "other_tools",
        "pending",
        "problems",
        "unfinished",
        "unknown",
        "verb",
    ];
    assert_eq!(keys(&status), expect);
    assert_eq!(status["verb"], "status");
    assert_eq!(
        (&status["heads"], &status["at"]),
        (&json!(["3"]), &json!(["1", "2"]))
    );
    assert_eq!(
        (&status["pending"], &status["unknown"]),
        (&json!(["3"]), &json!(["1"]))
    );
    let changed = json!([{"id": "2", "up": false, "down": true, "parents": true}]);
    assert_eq!(status["changed"], changed);
    assert_eq!(
        (&status["late"], &status["unfinished"]),
        (&json!([]), &Value::Null)
    );
    assert_eq!(status["drift_unknown"], Value::Null);
    let drift =
        json!([{"object": "table public.a", "attribute": null, "message": "table public.a: missing"}]);
    assert_eq!(status["drift"], drift);
    let applied = &status["applied"][0];
    let expect = [
        "adopted_from",
        "applied_at",
        "cogway",
        "host",
        "id",
        "ms",
        "name",
        "parents",
        "user",
    ];
    assert_eq!(keys(applied), expect);
    let when = applied["applied_at"].as_str().expect("a moment");
    assert!(when.len() == 27 && when.ends_with('Z'), "{when}");

    let check = site.json("check");
    assert_eq!(
        keys(&check),
        ["cogway", "drift", "drift_unknown", "format", "verb"]
    );
    assert_eq!((&check["verb"], &check["drift"]), (&json!("check"), &drift));

    let history = site.json("history");
    assert_eq!(
        keys(&history),
        [
            "cogway",
            "format",
            "history_format",
            "problems",
            "revisions",
            "verb"
        ]
    );
    assert_eq!(history["history_format"], "golang-migrate");
    let revision = &history["revisions"][0];
    assert_eq!(
        keys(revision),
        ["applied_at", "down", "head", "id", "name", "parents", "up"]
    );
    assert_eq!((&revision["id"], &revision["head"]), (&json!("2"), &json!(false)));
    assert!(revision["applied_at"].is_string(), "{revision}");
    assert_eq!(
        history["revisions"][1]["parents"],
        json!(["2"]),
        "parents before children"
    );
    assert_eq!(history["revisions"][1]["applied_at"], Value::Null);

    let heads = site.json("heads");
    assert_eq!(
        keys(&heads),
        ["cogway", "format", "history_format", "revisions", "verb"]
    );
    assert_eq!(heads["revisions"].as_array().map(Vec::len), Some(1));
    let new = site.json("new next");
    assert_eq!(keys(&new), keys(&heads));
    assert_eq!(
        (&new["verb"], &new["revisions"][0]["name"]),
        (&json!("new"), &json!("next"))
    );
}

#[test]
fn documents_of_what_is_written() {
    let site = Site::new();
    let init = site.json("init");
    assert_eq!(keys(&init), ["cogway", "files", "format", "verb"]);
    assert_eq!(init["files"], json!(["cogway.toml", "migrations"]));
    site.revision("1_a", &[], "create table a ();", "drop table a;");
    let adopted = site.json("adopt --baseline 1 --dry-run");
    let expect = [
        "adopted", "cogway", "format", "from", "pending", "remarks", "table", "verb", "written",
    ];
    assert_eq!(keys(&adopted), expect);
    assert_eq!(
        (&adopted["from"], &adopted["written"]),
        (&json!("baseline"), &json!(false))
    );
    site.done("up");
    site.revision("1_a", &[], "create table a (id int);", "");
    site.remove("migrations/1_a/down.sql");
    let repaired = site.json("repair");
    let expect = [
        "changes",
        "cogway",
        "drift",
        "format",
        "revisions",
        "verb",
        "written",
    ];
    assert_eq!(keys(&repaired), expect);
    assert_eq!(repaired["written"], true);
    let up = json!({"id": "1", "what": "up", "path": "migrations/1_a/up.sql", "before": "create table a ();",
        "after": "create table a (id int);"});
    let down = json!({"id": "1", "what": "down", "path": null, "before": "drop table a;", "after": null});
    assert_eq!(repaired["changes"], json!([up, down]));
    assert_eq!(site.json("repair")["written"], false);
    site.database.psql("drop table a");
    let taken = site.json("repair --schema");
    assert_eq!(taken["drift"][0]["object"], "table public.a");
}

/// In each kind of failure: the exit code, the code, and where.
#[test]
fn documents_of_failures() {
    let site = Site::of(&[
        ("1_a", "create table a (id int);", "drop table a;"),
        ("2_b", "create table b (;", "drop table b;"),
    ]);
    let check = |line: &str, exit: i32, code: &str, place: Value, sqlstate: Value| {
        let ran = site.run(&format!("{line} --output json"));
        assert_eq!(ran.code, Some(exit), "{line}: {ran:?}");
        let document: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!(keys(&document), ["cogway", "error", "format", "verb"], "{line}");
        let error = &document["error"];
        for key in ["code", "message", "hint", "path", "line", "sqlstate"] {
            assert!(keys(error).contains(&key), "{line}: {error}");
        }
        assert!(
            error["message"].is_string() && error["hint"].is_string(),
            "{line}: {error}"
        );
        assert_eq!(error["code"], code, "{line}");
        let found = json!([error["path"], error["line"], error["column"]]);
        assert_eq!((&found, &error["sqlstate"]), (&place, &sqlstate), "{line}");
        assert!(
            ran.stderr.contains("error: ") && ran.stderr.contains("hint: "),
            "{line}: {ran:?}"
        );
    };
    let nowhere = || json!([null, null, null]);
    check(
        "up",
        4,
        "migration",
        json!(["migrations/2_b.up.sql", 1, 17]),
        json!("42601"),
    );
    check("up 9", 2, "usage", nowhere(), Value::Null);
    check("down 2", 2, "usage", nowhere(), Value::Null);
    check("new ''", 2, "usage", nowhere(), Value::Null);
    check("init", 2, "usage", nowhere(), Value::Null);
    check("adopt --baseline 1", 2, "usage", nowhere(), Value::Null);
    check("adopt --from golang-migrate", 2, "usage", nowhere(), Value::Null);
    site.database.psql("insert into a values (1)");
    check("down base", 1, "data_loss", nowhere(), Value::Null);
    site.write("migrations/1_a.up.sql", "create table a (id bigint);");
    check("up", 5, "conflict", nowhere(), Value::Null);
    site.write("migrations/1_a.up.sql", "\0");
    let place = json!(["migrations/1_a.up.sql", 1, null]);
    check("up", 2, "history", place, Value::Null);
    site.write("cogway.toml", "\n[run]\nstrict = 7\n");
    check("up", 2, "config", json!(["cogway.toml", 3, null]), Value::Null);
    site.write("cogway.toml", "");
    check(
        "status --dir nope",
        2,
        "history",
        json!(["nope", null, null]),
        Value::Null,
    );
    let url = site.database.url().replace(site.database.name(), "nowhere");
    let line = format!("status --database-url {url}");
    check(&line, 3, "server", nowhere(), json!("3D000"));
    check(
        "up --database-url postgresql://me@localhost:1/x",
        3,
        "server",
        nowhere(),
        Value::Null,
    );
}

#[test]
fn events_of_a_run() {
    let site = Site::of(&[
        (
            "1_a",
            "create table a (); drop table if exists nothing;",
            "drop table a;",
        ),
        ("2_b", "create table b ();", "drop table b;"),
        ("3_c", "nonsense;", ""),
    ]);
    let lines = |line: &str| -> Vec<Value> {
        let ran = site.run(&format!("{line} --output jsonl"));
        ran.stdout
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON on every line"))
            .collect()
    };
    let events = |lines: &[Value]| -> Vec<String> {
        let word = |line: &Value| line["event"].as_str().unwrap_or("none").to_owned();
        lines.iter().map(word).collect()
    };
    let up = lines("up 2");
    assert_eq!(
        events(&up),
        [
            "started", "step", "notice", "stepped", "step", "stepped", "finished"
        ]
    );
    assert_eq!(keys(&up[0]), ["cogway", "event", "format", "steps", "verb"]);
    assert_eq!(keys(&up[1]), ["direction", "event", "id", "name"]);
    assert_eq!(keys(&up[2]), ["event", "id", "message", "severity"]);
    assert_eq!(keys(&up[3]), ["direction", "event", "id", "ms", "name"]);
    let expect = [
        "cogway",
        "event",
        "fingerprint",
        "format",
        "ms",
        "rehearsed",
        "steps",
        "verb",
    ];
    assert_eq!(keys(&up[6]), expect);
    assert_eq!((&up[0]["steps"], &up[6]["steps"]), (&json!(2), &json!(2)));

    site.database.psql("create table by_hand ()");
    let failed = lines("up");
    assert_eq!(events(&failed), ["drifted", "started", "step", "none"]);
    assert_eq!(failed[0]["drift"][0]["object"], "table public.by_hand");
    assert_eq!(failed[3]["error"]["code"], "migration");
    assert_eq!(events(&lines("up 2")), ["finished"], "nothing to do");
    let planned = lines("down base --dry-run");
    assert_eq!(planned[0]["planned"].as_array().map(Vec::len), Some(2));
    // The event stands first, for people who look at it.
    let ran = site.run("down -1 --output jsonl");
    assert!(
        ran.stdout.lines().all(|line| line.starts_with("{\"event\":")),
        "{ran:?}"
    );
}

#[test]
fn one_json_object_a_line() {
    let ran = run_line("verify --dir golang-migrate --output jsonl --to 000002");
    let lines: Vec<Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON on every line"))
        .collect();
    let events: Vec<&str> = lines
        .iter()
        .map(|line| line["event"].as_str().expect("an event"))
        .collect();
    assert_eq!(
        events,
        ["started", "proving", "proved", "proving", "proved", "finished"]
    );
    assert_eq!(lines[0]["verb"], "verify");
    assert_eq!(lines[4]["revision"]["verdict"], "finding");
    assert_eq!(lines[5]["summary"]["revisions"], 2);
}

#[test]
fn junit() {
    let ran = run_line("verify --dir goose --output junit");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_well_formed(&ran.stdout);
    assert_eq!(ran.stdout.matches("<testcase ").count(), 5);
    insta::assert_snapshot!(redact(&ran.stdout));
}

#[test]
fn github() {
    let ran = run_line("verify --dir golang-migrate --output github");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(redact(&ran.stdout));
}

#[test]
fn paths_for_github_are_from_the_root_of_the_checkout() {
    let mut command = cogway(&histories());
    command.env("GITHUB_WORKSPACE", histories().join("../.."));
    let ran = finish(command.args(["verify", "--dir", "goose", "--output", "github"]));
    assert!(
        ran.stdout
            .starts_with("::error file=tests/histories/goose/00004_rename_qty.sql,"),
        "{ran:?}"
    );
}

/// Tags are closed in the order in which they were opened, and no `<` or `&` stands alone.
fn assert_well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    for part in xml.split('<').skip(1) {
        let (tag, text) = part
            .split_once('>')
            .unwrap_or_else(|| panic!("`<` alone: {part}"));
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap_or_default();
        match tag {
            _ if tag.starts_with('?') => {}
            _ if tag.starts_with('/') => assert_eq!(open.pop(), Some(name), "{xml}"),
            _ if tag.ends_with('/') => {}
            _ => open.push(name),
        }
        for after in tag.split('&').skip(1).chain(text.split('&').skip(1)) {
            let entity = ["amp;", "lt;", "gt;", "quot;", "#13;"]
                .iter()
                .any(|entity| after.starts_with(entity));
            assert!(entity, "`&` alone: {after}");
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
    }
    assert!(open.is_empty(), "never closed: {open:?}");
}
