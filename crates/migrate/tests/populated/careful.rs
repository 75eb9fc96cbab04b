//! The careful form of the same changes: nothing is found.

use crate::case::Case;

async fn check(table: &str, fill: &[(&str, &str)], change: (&str, &str)) {
    let case = Case {
        revisions: &[(table, ""), change],
        fill,
    };
    case.check(&["1 down_empty"]).await;
}

const T: &str = "create table t (id int primary key, code text, amount numeric, note varchar(40))";
const FILL: (&str, &str) = (
    "t",
    "insert into t (id, code, amount, note)
     select n, 'Code ' || n, n * 1000, case when n % 3 <> 0 then 'note number ' || n end from {n}",
);

#[tokio::test]
async fn not_null_with_a_default_or_a_backfill() {
    check(
        T,
        &[FILL],
        (
            "alter table t add column b int not null default 0",
            "alter table t drop column b",
        ),
    )
    .await;
    let filled = ("t", "insert into t select n, 'Code ' || n, n, 'x' from {n}");
    check(
        T,
        &[FILL, filled],
        (
            "update t set note = '' where note is null; alter table t alter column note set not null",
            "alter table t alter column note drop not null",
        ),
    )
    .await;
}

#[tokio::test]
async fn constraints_that_hold_for_new_rows() {
    check(
        T,
        &[("t", "insert into t select n, 'x', 1, '' from {n}"), FILL],
        (
            "alter table t add constraint small check (amount < 7500) not valid",
            "alter table t drop constraint small",
        ),
    )
    .await;
    check(
        "create table p (id int primary key); create table t (id int primary key, p int)",
        &[
            ("p", "insert into p select n from {n}"),
            (
                "t",
                "insert into t select n, case when n > 10 then 1 else n * 2 end from {n}",
            ),
        ],
        (
            "alter table t add foreign key (p) references p not valid",
            "alter table t drop constraint t_p_fkey",
        ),
    )
    .await;
}

#[tokio::test]
async fn duplicates_that_are_set_aside() {
    check(
        "create table t (id int primary key, code text)",
        &[
            ("t", "insert into t select n, 'c' || n % 4 from {n}"),
            // The numbers of rows that are set aside are not free.
            ("t", "insert into t select 100 + n, 'd' || n from {n}"),
        ],
        (
            "create table t_duplicate as select * from t where exists (select from t o where o.code = t.code and o.id < t.id);
             delete from t where id in (select id from t_duplicate);
             alter table t add unique (code)",
            "alter table t drop constraint t_code_key; insert into t select * from t_duplicate; drop table t_duplicate",
        ),
    )
    .await;
}

#[tokio::test]
async fn types_that_hold_everything() {
    for (there, back) in [
        (
            "alter column note type text",
            "alter column note type varchar(40)",
        ),
        (
            "alter column amount type numeric(12, 0)",
            "alter column amount type numeric",
        ),
        (
            "alter column code type jsonb using to_jsonb(code)",
            "alter column code type text using code #>> '{}'",
        ),
        ("alter column id type bigint", "alter column id type int"),
    ] {
        let change = (format!("alter table t {there}"), format!("alter table t {back}"));
        let json = ("t", "insert into t select n, '\"x\"', 1, '' from {n}");
        check(T, &[FILL, json], (&change.0, &change.1)).await;
    }
}

#[tokio::test]
async fn an_enum_whose_label_is_mapped() {
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
             alter table t alter m type mood using (case m when 'ok' then 'happy' else m::text end)::mood;
             drop type old_mood",
        ),
    )
    .await;
    // A label that is renamed is no loss, though rows show another text in between.
    check(
        "create type mood as enum ('sad', 'happy'); create table t (id int primary key, m mood)",
        &[
            ("t", "insert into t select n, 'sad' from {n}"),
            ("t", "insert into t select n, 'blue' from {n}"),
        ],
        (
            "alter type mood rename value 'sad' to 'blue'",
            "alter type mood rename value 'blue' to 'sad'",
        ),
    )
    .await;
}

#[tokio::test]
async fn a_column_that_is_split_and_joined() {
    check(
        "create table t (id int primary key, name text not null)",
        &[
            (
                "t",
                "insert into t (id, name) select n, 'given' || n || ' family' from {n}",
            ),
            (
                "t",
                "insert into t (id, given, family) select n, 'g' || n, 'f' from {n}",
            ),
        ],
        (
            "alter table t add given text, add family text;
             update t set given = split_part(name, ' ', 1), family = split_part(name, ' ', 2);
             alter table t drop column name, alter given set not null",
            "alter table t add name text; update t set name = given || ' ' || family;
             alter table t alter name set not null, drop column given, drop column family",
        ),
    )
    .await;
}

#[tokio::test]
async fn tables_that_become_partitions_and_back() {
    check(
        "create table t (id int not null, a text) partition by range (id); create table part (id int not null, a text)",
        &[("part", "insert into part select n, 'x' from {n}")],
        (
            "alter table t attach partition part for values from (1) to (100)",
            "alter table t detach partition part",
        ),
    )
    .await;
}
