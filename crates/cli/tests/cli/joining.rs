//! `cogway merge` and `rebase`: what they say, what they write, and what they refuse.

use crate::support::Site;

/// One revision, and two on it: the ups of those.
fn forked(left: &str, right: &str) -> Site {
    let site = Site::new();
    site.revision(
        "1_users",
        &[],
        "create table users (id int primary key, name text);",
        "drop table users;",
    );
    site.revision("2_left", &["1"], left, "select 1;");
    site.revision("3_right", &["1"], right, "select 1;");
    site
}

#[test]
fn branches_that_go_together() {
    let site = forked(
        "alter table users add surname text;",
        "create table teams (id int primary key);",
    );
    insta::assert_snapshot!(site.talk(&[
        "heads",
        "history --graph",
        "up",
        "merge 'left and right'",
        "heads",
        "up",
        "merge again",
        "history --graph",
    ]));
    let merged = site.json("history");
    let last = merged["revisions"]
        .as_array()
        .expect("a list")
        .last()
        .expect("a revision")
        .clone();
    assert_eq!(last["parents"], serde_json::json!(["2", "3"]), "{last}");
}

#[test]
fn only_the_order_of_columns_depends_on_the_order() {
    let site = forked(
        "alter table users add surname text;",
        "alter table users add patronymic text;",
    );
    insta::assert_snapshot!(site.talk(&["merge names", "up"]));
}

#[test]
fn branches_that_conflict() {
    let site = forked(
        "alter table users add email text;\n",
        "-- needed by the newsletter\nalter table users add email varchar(200) not null;\n",
    );
    insta::assert_snapshot!(site.talk(&["merge both", "rebase 3 --onto 2"]));
    let site = forked(
        "alter table users drop name;",
        "create view names as select name from users;",
    );
    insta::assert_snapshot!("one_needs_what_the_other_drops", site.talk(&["merge both"]));
    let site = forked(
        "create or replace function one() returns int language sql as 'select 1';",
        "create or replace function one() returns int language sql as 'select 2';",
    );
    insta::assert_snapshot!("both_make_the_same", site.talk(&["merge both"]));
    let site = forked("create table t (a int", "select 1;");
    insta::assert_snapshot!("broken_by_itself", site.talk(&["merge both"]));
}

#[test]
fn the_order_can_be_let_pass() {
    let site = Site::new();
    site.revision(
        "1_moods",
        &[],
        "create type mood as enum ('ok');",
        "drop type mood;",
    );
    site.revision("2_sad", &["1"], "alter type mood add value 'sad';", "select 1;");
    site.revision(
        "3_happy",
        &["1"],
        "alter type mood add value 'happy';",
        "select 1;",
    );
    insta::assert_snapshot!(site.talk(&["merge moods", "merge moods --accept-order", "heads"]));
}

#[test]
fn what_cannot_build_on_what() {
    let site = forked("create table a ();", "create table b ();");
    site.revision("4_more", &["3"], "create table c ();", "drop table c;");
    insta::assert_snapshot!(site.talk(&[
        "rebase 1 --onto 2",
        "rebase 2 --onto 2",
        "rebase 2 --onto 1",
        "rebase 9 --onto 1",
        "rebase 3 --onto 2",
        "history --graph",
    ]));
    let moved = site.json("rebase 4 --onto 2");
    assert_eq!(
        moved["revisions"][0]["parents"],
        serde_json::json!(["2"]),
        "{moved}"
    );
}

#[test]
fn formats_without_branches() {
    let site = Site::of(&[
        ("1_a", "create table a ();", ""),
        ("2_b", "create table b ();", ""),
    ]);
    insta::assert_snapshot!(site.talk(&["merge x", "rebase 2 --onto 1"]));
}
