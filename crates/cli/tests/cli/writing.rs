//! `cogway init` and `new`: what is written, and what is not.

use std::path::Path;

use crate::support::{Ran, Site, cogway, finish, project, redact, write};

/// All files below a directory, with their text.
fn files(dir: &Path) -> String {
    let mut found = Vec::new();
    let mut waiting = vec![dir.to_owned()];
    while let Some(at) = waiting.pop() {
        for entry in std::fs::read_dir(&at).expect("a folder").flatten() {
            if entry.path().is_dir() {
                waiting.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    let text = |path: &Path| std::fs::read_to_string(path).expect("text");
    let name = |path: &Path| path.strip_prefix(dir).expect("below").display().to_string();
    found
        .iter()
        .map(|path| format!("-- {} --\n{}", name(path), text(path)))
        .collect()
}

fn run(dir: &Path, arguments: &[&str]) -> Ran {
    let ran = finish(cogway(dir).args(arguments));
    assert!(!ran.stderr.contains("panicked"), "{ran:?}");
    ran
}

#[test]
fn begin() {
    let site = Site::new();
    let talk = site.talk(&["init", "init", "new 'create users'", "history", "up", "status"]);
    // Ids are times; the files are named by them.
    insta::assert_snapshot!(talk + &redact(&files(site.dir.path())));
    site.write("cogway.toml", &site_config(&site).replace('#', ""));
    let ran = site.run("status");
    assert_eq!(ran.code, Some(2), "the comments are no settings: {ran:?}");
}

fn site_config(site: &Site) -> String {
    std::fs::read_to_string(site.dir.path().join("cogway.toml")).expect("a file")
}

#[test]
fn every_setting_that_init_proposes_is_one() {
    let site = Site::new();
    site.done("init");
    let is_proposed = |line: &&str| line.starts_with('#') && !line.starts_with("# ");
    let text = site_config(&site);
    assert_eq!(text.lines().filter(is_proposed).count(), 7, "{text}");
    let uncommented: String = text
        .lines()
        .map(|line| match is_proposed(&line) {
            true => format!("{}\n", &line[1..]),
            false => format!("{line}\n"),
        })
        .collect();
    site.write("cogway.toml", &uncommented);
    site.done("status");
}

#[test]
fn init_where_something_is_already() {
    let dir = project();
    write(
        dir.path(),
        &[
            (
                "db/00001_a.sql",
                "-- +goose Up\nselect 1;\n-- +goose Down\nselect 1;\n",
            ),
            ("file", ""),
        ],
    );
    let path = dir.path();
    let mut text = String::new();
    let mut check = |arguments: &[&str], code: i32| {
        let ran = run(path, arguments);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        text += &format!("$ cogway {}\n{}{}\n", arguments.join(" "), ran.stdout, ran.stderr);
    };
    check(&["init", "--dir", "file"], 2);
    check(&["init", "--dir", "file/below"], 2);
    check(&["init", "--format", "alembic"], 2);
    check(&["init", "--config", "other.toml"], 2);
    assert!(!path.join("cogway.toml").exists(), "nothing was written");
    check(&["init", "--dir", "db", "--format", "goose"], 0);
    check(&["history"], 0);
    check(&["init"], 2);
    insta::assert_snapshot!(text);
    // A project within a project, and a folder with a name that TOML must quote.
    std::fs::create_dir(path.join("inner")).expect("a folder");
    assert_eq!(
        run(&path.join("inner"), &["init", "--dir", "a \"b\"\\c"]).code,
        Some(0)
    );
    assert_eq!(run(&path.join("inner"), &["new", "x"]).code, Some(0));
}

#[test]
fn a_revision_in_every_format() {
    for format in [
        "cogway",
        "golang-migrate",
        "dbmate",
        "goose",
        "sqlx",
        "diesel",
        "flyway",
        "refinery",
    ] {
        let site = Site::new();
        site.done(&format!("init --format {format}"));
        let first = site.json("new 'create Users!'");
        let second = site.json("new 'add surname'");
        let (first, second) = (&first["revisions"][0], &second["revisions"][0]);
        assert_eq!(first["name"], "create_users", "{format}");
        assert_eq!(second["parents"][0], first["id"], "{format}");
        assert_eq!(
            (&first["head"], &second["head"]),
            (&true.into(), &true.into()),
            "{format}"
        );
        assert_eq!(first["down"].is_null(), format == "refinery", "{format}");
        let ran = site.run("up");
        assert_eq!(ran.code, Some(0), "{format}: {ran:?}");
        let warnings = ran
            .stderr
            .matches("changes nothing: its up holds no statement")
            .count();
        assert_eq!(warnings, 2, "{format}: {ran:?}");
        assert_eq!(site.done("history").lines().count(), 2, "{format}");
    }
    let site = Site::new();
    site.done("init --format sqitch");
    let ran = site.run("new x");
    assert_eq!(ran.code, Some(2), "{ran:?}");
}

#[test]
fn parents() {
    let site = Site::new();
    site.revision("1_start", &[], "select 1;", "");
    site.revision("2_left", &["1"], "select 1;", "");
    site.revision("3_right", &["1"], "select 1;", "");
    insta::assert_snapshot!(site.talk(&[
        "new hotfix",
        "new hotfix --parent 9",
        "new hotfix --parent ''",
        "new hotfix --parent 1 --output json",
        "new both --parent 2 --parent 3 --output json",
        "new apart --parent base --output json",
    ]));
    let linear = Site::of(&[("1_a", "select 1;", ""), ("2_b", "select 1;", "")]);
    let ran = linear.run("new x --parent 1");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("golang-migrate has no branches"), "{ran:?}");
    linear.done("new x --parent 2");
}

#[test]
fn names_that_are_hostile() {
    let site = Site::new();
    site.done("init");
    let check = |name: &str, expect: Option<&str>| {
        let ran = finish(site.command().args(["new", "--output", "json", "--", name]));
        assert!(!ran.stderr.contains("panicked"), "{name:?}: {ran:?}");
        assert!(!ran.stderr.contains('\x1b'), "{name:?}: {ran:?}");
        let Some(expect) = expect else {
            assert_eq!(ran.code, Some(2), "{name:?}: {ran:?}");
            return;
        };
        assert_eq!(ran.code, Some(0), "{name:?}: {ran:?}");
        let document: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!(document["revisions"][0]["name"], expect, "{name:?}");
    };
    check("'; drop table users; --", Some("drop_table_users"));
    check("../../etc/passwd", Some("etc_passwd"));
    check("/absolute", Some("absolute"));
    check("a\nb\tc", Some("a_b_c"));
    check("\x1b[31mred", Some("31mred"));
    check("--parent", Some("parent"));
    check("con.sql", Some("con_sql"));
    check("Ünïcode Größe", Some("ünïcode_größe"));
    check("name\"with'quotes\\and`all", Some("name_with_quotes_and_all"));
    check(&"long ".repeat(1000), Some(&"long_".repeat(12)[..59]));
    check("", None);
    check("...", None);
    check("💥", None);
    // Everything that was written is read back, and runs.
    let ran = site.run("up");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    // Here it is for people.
    let ran = finish(site.command().args(["new", "a\nb\x1b[31m"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("what \"a\\nb\\u{1b}[31m\" does"), "{ran:?}");
}

#[test]
fn where_nothing_can_be_written() {
    let site = Site::new();
    site.done("init");
    site.done("new one");
    let taken = site.json("history")["revisions"][0]["up"].clone();
    let taken = site.dir.path().join(taken.as_str().expect("a path"));
    let before = files(site.dir.path());
    // The next id is free, but a folder is in the way of the one after it.
    let id = taken
        .parent()
        .and_then(Path::file_name)
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let digits = id.split('_').next().expect("an id").to_owned();
    for ahead in 0..30u64 {
        let id = digits.parse::<u64>().expect("a number") + ahead;
        std::fs::create_dir_all(site.dir.path().join(format!("migrations/{id}_two"))).expect("a folder");
    }
    let ran = site.run("new two");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("is there already"), "{ran:?}");
    assert_eq!(files(site.dir.path()), before);
}
