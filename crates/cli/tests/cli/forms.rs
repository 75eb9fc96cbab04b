//! The forms of a report that machines read.

use serde_json::Value;

use crate::support::{cogway, finish, histories, redact, run_line};

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
