//! Changes that fail on rows, one a line, and which rows they do not get past.

use crate::case::Case;

/// A table `t` with ten rows, changed.
async fn check(table: &str, fill: &[(&str, &str)], change: (&str, &str), expect: &[&str]) {
    let case = Case {
        // What the first one leaves behind is no matter here.
        revisions: &[(table, ""), change],
        fill,
    };
    let mut all = vec!["1 down_empty"];
    all.extend(expect);
    case.check(&all).await;
}

const T: &str = "create table t (id int primary key, code text, amount numeric, note varchar(40))";
const FILL: (&str, &str) = (
    "t",
    "insert into t select n, 'Code ' || n, n * 1000, case when n % 3 <> 0 then 'note number ' || n end from {n}",
);

#[tokio::test]
async fn not_null_without_a_default() {
    check(
        T,
        &[FILL],
        (
            "alter table t add column b int not null",
            "alter table t drop column b",
        ),
        &["2 up_fails_on_rows 23502 column public.t.b, 5 rows: {id:1}"],
    )
    .await;
}

#[tokio::test]
async fn not_null_on_rows_that_have_none() {
    check(
        T,
        &[FILL],
        (
            "alter table t alter column note set not null",
            "alter table t alter column note drop not null",
        ),
        &["2 up_fails_on_rows 23502 column public.t.note, 3 rows: {id:3,note:null}"],
    )
    .await;
}

#[tokio::test]
async fn not_null_after_a_wrong_backfill() {
    check(
        T,
        &[FILL],
        (
            "update t set note = 'none' where note = ''; alter table t alter column note set not null",
            "alter table t alter column note drop not null",
        ),
        &["2 up_fails_on_rows 23502 column public.t.note, 3 rows: {id:3,note:null}"],
    )
    .await;
}

#[tokio::test]
async fn unique_on_duplicates() {
    check(
        "create table t (id int primary key, code text)",
        &[("t", "insert into t select n, 'c' || n % 4 from {n}")],
        (
            "alter table t add unique (code)",
            "alter table t drop constraint t_code_key",
        ),
        &["2 up_fails_on_rows 23505 table public.t, 3 rows: {code:c2,id:2}"],
    )
    .await;
}

#[tokio::test]
async fn unique_index_on_an_expression() {
    check(
        "create table t (id int primary key, code text unique)",
        &[(
            "t",
            "insert into t select n, case n % 2 when 0 then 'A' else 'a' end || n / 2 from {n}",
        )],
        (
            "create unique index t_lower on t (lower(code))",
            "drop index t_lower",
        ),
        &["2 up_fails_on_rows 23505 table public.t, 2 rows: {code:A1,id:2}"],
    )
    .await;
}

#[tokio::test]
async fn unique_index_beside_the_traffic() {
    check(
        "create table t (id int primary key, code text)",
        &[("t", "insert into t select n, 'c' || n % 4 from {n}")],
        (
            "create unique index concurrently t_code on t (code)",
            "drop index concurrently t_code",
        ),
        &["2 up_fails_on_rows 23505 table public.t, 3 rows: {code:c2,id:2}"],
    )
    .await;
}

#[tokio::test]
async fn a_check_that_rows_do_not_meet() {
    check(
        T,
        &[FILL],
        (
            "alter table t add constraint small check (amount < 7500)",
            "alter table t drop constraint small",
        ),
        &["2 up_fails_on_rows 23514 table public.t, 3 rows: {amount:8000,id:8}"],
    )
    .await;
}

#[tokio::test]
async fn a_check_that_is_validated() {
    check(
        T,
        &[FILL],
        (
            "alter table t add constraint small check (amount < 7500) not valid; alter table t validate constraint small",
            "alter table t drop constraint small",
        ),
        &["2 up_fails_on_rows 23514 table public.t, 3 rows: {amount:8000,code:Code 8,id:8,note:note number 8}"],
    )
    .await;
}

#[tokio::test]
async fn a_domain_that_is_tightened() {
    check(
        "create domain d as text; create table t (id int primary key, code d)",
        &[("t", "insert into t select n, 'code ' || n from {n}")],
        (
            "alter domain d add constraint short check (length(value) < 7)",
            "alter domain d drop constraint short",
        ),
        &["2 up_fails_on_rows 23514 column public.t.code, 1 rows: {code:code 10,id:10}"],
    )
    .await;
}

#[tokio::test]
async fn a_varchar_that_is_shortened() {
    check(
        T,
        &[FILL],
        (
            "alter table t alter column note type varchar(13)",
            "alter table t alter column note type varchar(40)",
        ),
        &["2 up_fails_on_rows 22001 table public.t, 1 rows: {id:10,note:note number 10}"],
    )
    .await;
}

#[tokio::test]
async fn an_integer_that_overflows() {
    check(
        "create table t (id int primary key, n int)",
        &[("t", "insert into t select n, n * 4000 from {n}")],
        (
            "alter table t alter column n type smallint",
            "alter table t alter column n type int",
        ),
        &["2 up_fails_on_rows 22003 table public.t, 2 rows: {id:9,n:36000}"],
    )
    .await;
}

#[tokio::test]
async fn a_number_with_fewer_digits() {
    check(
        T,
        &[FILL],
        (
            "alter table t alter column amount type numeric(4, 0)",
            "alter table t alter column amount type numeric",
        ),
        &["2 up_fails_on_rows 22003 table public.t, 1 rows: {amount:10000,id:10}"],
    )
    .await;
}

#[tokio::test]
async fn texts_that_are_no_numbers_days_or_documents() {
    let check = async |into: &str, sqlstate: &str| {
        let up = format!("alter table t alter column code type {into} using code::{into}");
        check(
            T,
            &[FILL],
            (&up, "alter table t alter column code type text"),
            &[&format!(
                "2 up_fails_on_rows {sqlstate} table public.t, 5 rows: {{code:Code 1,id:1}}"
            )],
        )
        .await;
    };
    check("integer", "22P02").await;
    check("date", "22007").await;
    check("jsonb", "22P02").await;
    check("uuid", "22P02").await;
}

#[tokio::test]
async fn a_cast_in_an_update() {
    check(
        T,
        &[FILL],
        (
            "alter table t add column days int; update t set days = note::int",
            "alter table t drop column days",
        ),
        &["2 up_fails_on_rows 22P02 table public.t, 5 rows: {days:null,id:1,note:note number 1}"],
    )
    .await;
}

#[tokio::test]
async fn a_foreign_key_on_orphans() {
    check(
        "create table p (id int primary key); create table t (id int primary key, p int)",
        &[
            ("p", "insert into p select n from {n}"),
            ("t", "insert into t select n, n * 2 from {n}"),
        ],
        (
            "alter table t add foreign key (p) references p",
            "alter table t drop constraint t_p_fkey",
        ),
        &["2 up_fails_on_rows 23503 table public.t, 5 rows: {id:6,p:12}"],
    )
    .await;
}

#[tokio::test]
async fn an_enum_without_a_label_in_use() {
    check(
        "create type mood as enum ('sad', 'ok', 'happy'); create table t (id int primary key, m mood)",
        &[(
            "t",
            "insert into t select n, (array['sad', 'ok', 'happy']::mood[])[n % 3 + 1] from {n}",
        )],
        (
            "alter type mood rename to old_mood; create type mood as enum ('sad', 'happy');
             alter table t alter m type mood using m::text::mood; drop type old_mood",
            "alter type mood rename to old_mood; create type mood as enum ('sad', 'ok', 'happy');
             alter table t alter m type mood using m::text::mood; drop type old_mood",
        ),
        &["2 up_fails_on_rows 22P02 table public.t, 4 rows: {id:1,m:ok}"],
    )
    .await;
}

#[tokio::test]
async fn an_exclusion_on_overlapping_rows() {
    check(
        "create table t (id int primary key, during int4range)",
        &[(
            "t",
            "insert into t select n, int4range(n * 10, n * 10 + case n when 4 then 12 else 10 end) from {n}",
        )],
        (
            "alter table t add constraint apart exclude using gist (during with &&)",
            "alter table t drop constraint apart",
        ),
        &["2 up_fails_on_rows 23P01 table public.t, 2 rows: {during:[40,52),id:4}"],
    )
    .await;
}

#[tokio::test]
async fn a_partition_with_rows_out_of_its_bounds() {
    check(
        "create table t (id int not null, a text) partition by range (id); create table part (id int not null, a text)",
        &[("part", "insert into part select n, 'x' from {n}")],
        (
            "alter table t attach partition part for values from (3) to (100)",
            "alter table t detach partition part",
        ),
        &["2 up_fails_on_rows 23514 table public.part, 2 rows: {a:x,id:1}"],
    )
    .await;
}

#[tokio::test]
async fn a_primary_key_on_rows_without_one() {
    check(
        "create table t (id int, a text)",
        &[("t", "insert into t select nullif(n, 4), 'x' from {n}")],
        (
            "alter table t add primary key (id)",
            "alter table t drop constraint t_pkey, alter id drop not null",
        ),
        &["2 up_fails_on_rows 23502 column public.t.id, 1 rows: {id:null}"],
    )
    .await;
}

#[tokio::test]
async fn a_down_that_rows_are_in_the_way_of() {
    // The label is used by rows that were written since.
    check(
        "create type mood as enum ('sad', 'happy'); create table t (id int primary key, m mood)",
        &[
            (
                "t",
                "insert into t select n, case when n > 10 then 'ok' else 'sad' end::mood from {n}",
            ),
            ("t", "insert into t select n, 'sad' from {n}"),
        ],
        (
            "alter type mood add value 'ok'",
            "alter type mood rename to old_mood; create type mood as enum ('sad', 'happy');
             alter table t alter m type mood using m::text::mood; drop type old_mood",
        ),
        &["2 down_fails_on_rows 22P02 table public.t, 4 rows: {id:11,m:ok}"],
    )
    .await;
    check(
        "create table t (id int primary key, a int not null)",
        &[
            ("t", "insert into t select n, nullif(n, 12) from {n}"),
            ("t", "insert into t select n, n from {n}"),
        ],
        (
            "alter table t alter column a drop not null",
            "alter table t alter column a set not null",
        ),
        &["2 down_fails_on_rows 23502 column public.t.a, 1 rows: {a:null,id:12}"],
    )
    .await;
}
