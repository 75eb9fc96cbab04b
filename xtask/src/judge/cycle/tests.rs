use std::fs;

use cogway_migrate::history::{self, Format};

use super::*;
use crate::cluster::temporary_folder;

#[test]
fn scripts_about_roles_are_told_from_others() {
    let check = |script: &str, expect: bool| assert_eq!(speaks_of_roles(script), expect, "{script}");
    check("DROP ROLE IF EXISTS a;", true);
    check("do $$ begin execute 'create  user x'; end $$", true);
    check("reassign owned by a to b", true);
    check("alter table users add role text; create user_group", false);
}

/// One history with every kind of finding; what is wrong with one revision must not disturb the next.
#[test]
fn every_fault_is_found_and_nothing_else() {
    const CREATE: &str = "create table t (a int, b int); insert into t values (1, 2);";
    check(&[
        (CREATE, Some("drop table t;"), &[]),
        ("create table broken (;", Some("drop table broken;"), &[Kind::UpFails]),
        ("alter table t add c int;", None, &[Kind::DownMissing]),
        ("alter table t add d int;", Some("-- later"), &[Kind::DownEmpty, Kind::UpAgainFails]),
        ("-- nothing", Some("-- nothing"), &[]),
        ("create index i on t (a);", Some("drop index no_such;"), &[Kind::DownFails]),
        ("drop index i;", Some("create index i on t (b);"), &[Kind::DownDiffers]),
        ("alter table t drop a;", Some("alter table t add a int;"), &[Kind::ColumnOrder]),
        (
            "create table u (a int); insert into u values (1); create type e as enum ('x');",
            Some("drop table u;"),
            &[Kind::DownDiffers, Kind::UpAgainFails],
        ),
        (
            "do $$ begin execute format('create table u%s ()', (select count(*) + 2 from t)); update t set b = 3;
               insert into t select 7 from u where a = 1; end $$",
            Some("drop table u3;"),
            &[Kind::UpAgainDiffers],
        ),
        // With a plain up there are two rows by now; the second up of the revision before would have left three.
        ("create role keeper; grant select on u to keeper; alter table u3 owner to keeper;",
         Some("alter table u3 owner to postgres; revoke all on u from keeper; drop role keeper;"), &[]),
        ("revoke all on u from keeper; drop owned by keeper; drop role keeper;", Some("create role keeper;"), &[
            Kind::DownDiffers]),
        ("create index concurrently j on u (a);", Some("drop index concurrently j;"), &[]),
        ("do $$ begin assert (select count(*) from t) = 2; end $$; create table last ();", Some("drop table last;"), &[]),
    ]);
}

#[track_caller]
fn check(revisions: &[(&str, Option<&str>, &[Kind])]) {
    let folder = temporary_folder().unwrap();
    for (number, (up, down, _)) in revisions.iter().enumerate() {
        let path = |direction: &str| folder.path().join(format!("{:03}_r.{direction}.sql", number + 1));
        fs::write(path("up"), up).unwrap();
        if let Some(down) = down {
            fs::write(path("down"), down).unwrap();
        }
    }
    let history = history::read(folder.path(), Some(Format::GolangMigrate)).unwrap();
    assert_eq!(history.revisions.len(), revisions.len());
    let mut judge = Judge::new(&history, &[]).unwrap();
    for (number, (up, _, expect)) in revisions.iter().enumerate() {
        let judgement = judge.revision(number).unwrap();
        let kinds: Vec<Kind> = judgement.findings.iter().map(|finding| finding.kind).collect();
        assert_eq!(kinds, *expect, "{up}\n{:#?}", judgement.findings);
    }
}
