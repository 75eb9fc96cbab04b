//! `cogway status`, `history`, `heads` and `check`: what they say, and how they end.

use crate::support::{Site, finish};

/// Three tables.
fn tables() -> Site {
    Site::of(&[
        ("1_a", "create table a (id int primary key);", "drop table a;"),
        ("2_b", "create table b (id int primary key);", "drop table b;"),
        ("3_c", "create table c (id int primary key);", "drop table c;"),
    ])
}

#[test]
fn every_section_of_the_status() {
    let site = tables();
    let before = site.talk(&["status"]);
    site.write("migrations/4_gone.up.sql", "create table gone ();");
    site.done("up");
    let all_is_well = site.talk(&["status"]);
    site.remove("migrations/4_gone.up.sql");
    site.write("migrations/2_b.up.sql", "create table b (id bigint primary key);");
    site.write("migrations/3_c.down.sql", "drop table c cascade;");
    site.write("migrations/0_late.up.sql", "create table late ();");
    site.write("migrations/5_next.up.sql", "create table next ();");
    site.write("migrations/7_only.down.sql", "drop table only;");
    site.database
        .psql("drop table a; create view v as select 1 as one");
    insta::assert_snapshot!(before + &all_is_well + &site.talk(&["status"]));
}

#[test]
fn exit_codes_of_the_status() {
    let site = tables();
    let check = |expect: i32, why: &str| {
        let ran = site.run("status --exit-code");
        assert_eq!(ran.code, Some(expect), "{why}: {ran:?}");
        assert_eq!(site.run("status").code, Some(0), "{why}");
    };
    check(1, "all is pending");
    site.done("up");
    check(0, "all is well");
    site.database.psql("create table by_hand ()");
    check(1, "drift");
    site.database.psql("drop table by_hand");
    site.write("migrations/1_a.down.sql", "drop table a cascade;");
    check(1, "changed");
    site.done("repair");
    check(0, "all is well again");
    site.remove("migrations/3_c.up.sql");
    site.remove("migrations/3_c.down.sql");
    check(1, "unknown");
}

#[test]
fn a_long_history_is_cut_short() {
    let site = Site::new();
    for number in 1..=45 {
        site.write(&format!("migrations/{number:02}_step.up.sql"), "select 1;");
    }
    let pending = site.done("status");
    assert!(
        pending.contains("\n  20 step\n  … 25 more; -v shows all\n"),
        "{pending}"
    );
    site.done("up");
    let applied = site.done("status");
    assert!(
        applied.contains("applied 45:\n  … 25 more; -v shows all\n  26 step ("),
        "{applied}"
    );
    assert!(site.done("status -v").contains("\n  01 step ("));
}

#[test]
fn histories() {
    let site = Site::new();
    let empty = {
        site.done("init");
        site.talk(&["history", "history --graph", "heads"])
    };
    for (name, parents) in [
        ("1_start", &[][..]),
        ("2_left", &["1"]),
        ("3_right", &["1"]),
        ("4_more", &["3"]),
    ] {
        site.revision(name, parents, "select 1;", "select 1;");
    }
    site.done("up 2");
    let branched = site.talk(&["history", "history --graph", "heads"]);
    site.revision("5_both", &["2", "4"], "-- nothing", "-- nothing");
    let merged = site.talk(&["history", "history --graph", "heads"]);
    insta::assert_snapshot!(empty + &branched + &merged);

    // Without a database it reads the files alone.
    let ran = finish(
        site.command()
            .env_remove("DATABASE_URL")
            .args(["history", "--graph"]),
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(
        ran.stdout,
        "* 5 both (head, merge)\n|\\\n| * 4 more\n| * 3 right\n* | 2 left\n|/\n* 1 start\n"
    );
    assert_eq!(ran.stderr, "");
}

#[test]
fn what_is_wrong_with_the_files_is_said() {
    let site = Site::new();
    site.revision("1_a", &[], "select 1;", "");
    site.revision("2_b", &["9"], "select 1;", "");
    site.revision("3_c", &["4"], "select 1;", "");
    site.revision("4_d", &["3"], "select 1;", "");
    site.write("migrations/5_e/revision.toml", "parents = [");
    site.write("migrations/5_e/up.sql", "select 1;");
    insta::assert_snapshot!(site.talk(&["history", "heads", "status", "up"]));
    assert_eq!(site.json("history")["problems"].as_array().map(Vec::len), Some(4));
    assert_eq!(site.json("status")["problems"].as_array().map(Vec::len), Some(4));
}

#[test]
fn drift_of_several_kinds() {
    let site = Site::of(&[(
        "1_all",
        "create table kept (id int primary key, name text not null, price numeric default 0);
         create index kept_name on kept (name);
         create view shown as select id from kept;
         create function f(int) returns int language sql as 'select $1';
         create type mood as enum ('glad');",
        "drop table kept cascade; drop function f; drop type mood;",
    )]);
    let never = site.talk(&["check"]);
    site.done("up");
    let none = site.talk(&["check"]);
    site.database.psql(
        "alter table kept alter name drop not null, alter price type numeric(10, 2), alter price set default 1;
         drop index kept_name;
         create index by_hand on kept (price);
         create or replace view shown as select id, name from kept;
         create or replace function f(int) returns int language sql as 'select $1 + 1';
         alter type mood add value 'sad';
         comment on table kept is 'by hand';
         grant select on kept to public;
         create extension if not exists plpgsql;
         create schema other;",
    );
    insta::assert_snapshot!(
        never
            + &none
            + &site.talk(&[
                "check",
                "check --exclude comments,privileges",
                "check --exclude all"
            ])
    );
    // What the configuration leaves out is no drift either.
    site.database.psql(
        "alter table kept alter name set not null, alter price type numeric, alter price set default 0;
         drop index by_hand;
         create index kept_name on kept (name);
         drop view shown;
         create view shown as select id from kept;
         create or replace function f(int) returns int language sql as 'select $1';
         drop schema other;
         drop type mood;
         create type mood as enum ('glad');",
    );
    assert_eq!(site.run("check").code, Some(1));
    site.write("cogway.toml", "[run]\nexclude = ['comments', 'privileges']\n");
    assert_eq!(site.run("check").code, Some(0), "{:?}", site.run("check"));
    let ran = site.run("up --strict");
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

#[test]
fn drift_stays_drift_until_somebody_decides() {
    let site = tables();
    site.done("up 2");
    site.database.psql("create table by_hand ()");
    assert_eq!(site.run("check").code, Some(1));
    // A run does not make it right.
    assert_eq!(site.run("up").code, Some(0));
    assert_eq!(site.run("check").code, Some(1));
    site.done("repair --schema");
    assert_eq!(site.run("check").code, Some(0));
}
