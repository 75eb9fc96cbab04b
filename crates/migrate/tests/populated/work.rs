//! What an `up` does to the tables that are there.

use crate::case::{Case, options};
use crate::filler::Filler;

/// The work of the second revision in short.
async fn check(up: &str, down: &str, expect: &[&str]) {
    let fill = [
        ("t", "insert into t (id, a) select n, n::text from {n}"),
        ("u", "insert into u select n from {n}"),
    ];
    let case = Case {
        revisions: &[
            (
                "create table t (id int primary key, a varchar(10) not null); create table u (id int primary key)",
                "drop table t; drop table u",
            ),
            (up, down),
        ],
        fill: &fill,
    };
    let report = case.report(options(Filler::of(&fill))).await;
    assert!(report.is_clean(), "{up}: {report:#?}");
    let on_rows = report.revisions[1].on_rows.as_ref().expect("something on rows");
    assert!(on_rows.up_took.is_some(), "{up}");
    let found: Vec<String> = on_rows
        .work
        .iter()
        .map(|work| {
            let rewritten = if work.rewritten { " rewritten" } else { "" };
            format!(
                "{}{rewritten} scanned {} indexes {}",
                work.table, work.scanned_rows, work.indexes_built
            )
        })
        .collect();
    assert_eq!(found, expect, "{up}");
}

#[tokio::test]
async fn rewrites_scans_and_builds() {
    check(
        "alter table t alter column a type text",
        "alter table t alter column a type varchar(10)",
        &[],
    )
    .await;
    check(
        "alter table t alter column id type bigint",
        "alter table t alter column id type int",
        &["public.t rewritten scanned 20 indexes 1"],
    )
    .await;
    check(
        "alter table t add constraint c check (id > 0)",
        "alter table t drop constraint c",
        &["public.t scanned 10 indexes 0"],
    )
    .await;
    check(
        "alter table t add constraint c check (id > 0) not valid",
        "alter table t drop constraint c",
        &[],
    )
    .await;
    check(
        "create index i on t (a)",
        "drop index i",
        &["public.t scanned 10 indexes 1"],
    )
    .await;
    check(
        "alter table t add column b int default 3",
        "alter table t drop column b",
        &[],
    )
    .await;
    check(
        "alter table t add column b uuid default gen_random_uuid()",
        "alter table t drop column b",
        &["public.t rewritten scanned 20 indexes 1"],
    )
    .await;
    // Outside of a transaction.
    check(
        "create index concurrently i on t (a)",
        "drop index concurrently i",
        &["public.t scanned 20 indexes 1"],
    )
    .await;
}
