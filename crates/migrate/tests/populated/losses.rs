//! What going there and back loses: what `up` destroys is a finding, what only the new version holds is told.

use cogway_migrate::verify::{Direction, Loss};

use crate::case::{Case, findings, options};
use crate::filler::Filler;

const T: &str = "create table t (id int primary key, code text, note text)";
const FILL: &[(&str, &str)] = &[
    (
        "t",
        "insert into t (id, code, note) select n, 'C' || n, case when n > 3 then 'n' || n end from {n}",
    ),
    ("t", "insert into t (id, code) select n, 'C' || n from {n}"),
    ("u", "insert into u select n, 'u' || n from {n}"),
];

/// The losses of the second revision, and the messages of its findings.
async fn check(change: (&str, &str), expect: &[&str]) {
    let case = Case {
        revisions: &[(T, "drop table t"), change],
        fill: FILL,
    };
    let report = case.report(options(Filler::of(FILL))).await;
    let words = |loss: &Loss| {
        let way = match loss.direction {
            Direction::UpDown => "down:",
            Direction::DownUp => "up again:",
        };
        let column = loss
            .column
            .as_ref()
            .map(|name| format!(".{name}"))
            .unwrap_or_default();
        format!(
            "{way} {}{column} {}/{} {}",
            loss.table, loss.lost, loss.of, loss.null
        )
    };
    let on_rows = report.revisions[1].on_rows.as_ref().expect("something on rows");
    let mut found: Vec<String> = on_rows.losses.iter().map(words).collect();
    found.extend(
        findings(&report)
            .filter(|(place, _)| *place == 2)
            .map(|(_, finding)| format!("{}: {}", finding.kind.code(), finding.message)),
    );
    assert_eq!(found, expect, "{change:?}");
}

#[tokio::test]
async fn what_up_destroys() {
    check(
        ("alter table t drop column note", "alter table t add column note text"),
        &[
            "down: public.t.note 7/7 7",
            "data_lost: column public.t.note: 7 of 7 values are NULL after down, such as 'n4' of the row id 4, now NULL",
        ],
    )
    .await;
    check(
        (
            "drop table t",
            "create table t (id int primary key, code text, note text)",
        ),
        &[
            "down: public.t 10/10 0",
            "data_lost: table public.t: 10 of 10 rows are gone after down, such as id 1",
        ],
    )
    .await;
    check(
        ("update t set code = lower(code) where id > 8", "update t set code = code"),
        &[
            "down: public.t.code 2/10 0",
            "data_lost: column public.t.code: 2 of 10 values are others after down, such as 'C9' of the row id 9, now 'c9'",
        ],
    )
    .await;
    check(
        ("delete from t where id % 2 = 0", "update t set code = code"),
        &[
            "down: public.t 5/10 0",
            "data_lost: table public.t: 5 of 10 rows are gone after down, such as id 2",
        ],
    )
    .await;
}

#[tokio::test]
async fn what_only_the_new_version_holds() {
    check(
        ("create table u (id int primary key, a text)", "drop table u"),
        &["up again: public.u 10/10 0"],
    )
    .await;
    // Of the new rows, which the old version cannot hold as they are.
    check(
        (
            "alter table t add column size int; update t set size = length(code)",
            "alter table t drop column size",
        ),
        &[],
    )
    .await;
    check(
        (
            "alter table t add column size int default 7",
            "alter table t drop column size",
        ),
        &[],
    )
    .await;
}

#[tokio::test]
async fn what_notes_and_counts_changes_loses_nothing() {
    let fill = [
        ("t", "insert into t (id) select n from {n}"),
        ("u", "insert into u select n, 1 + n % 10 from {n}"),
    ];
    let case = Case {
        revisions: &[
            (
                "create table t (id int primary key, size int not null default 0, changed_at timestamptz default '2020-01-01');
                 create table u (id int primary key, t int not null references t);
                 create function note() returns trigger language plpgsql as $$
                   begin new.changed_at := now(); return new; end $$;
                 create trigger note before update on t for each row execute function note();
                 create function measure() returns trigger language plpgsql as $$
                   begin update public.t set size = size + 1 where id = new.t; return null; end $$;
                 create trigger measure after insert on u for each row execute function measure()",
                "drop table u; drop table t; drop function note(); drop function measure()",
            ),
            // The rows that u gets afterwards are counted in t.
            ("alter table u alter column t type bigint", "alter table u alter column t type int"),
            // Every row is noted as changed.
            ("update t set id = id", "select 1"),
        ],
        fill: &fill,
    };
    case.check(&[]).await;
    let report = case.report(options(Filler::of(&fill))).await;
    let losses = &report.revisions[2]
        .on_rows
        .as_ref()
        .expect("something on rows")
        .losses;
    let down: Vec<&Loss> = losses
        .iter()
        .filter(|loss| loss.direction == Direction::UpDown)
        .collect();
    assert_eq!(down.len(), 1, "{losses:#?}");
    assert_eq!((down[0].lost, down[0].now, down[0].of), (10, 10, 10), "{down:?}");
}

#[tokio::test]
async fn a_loss_can_be_accepted() {
    use cogway_migrate::verify::{Allowance, Options, Verdict};
    let case = Case {
        revisions: &[
            (T, "drop table t"),
            (
                "alter table t drop column note",
                "alter table t add column note text",
            ),
        ],
        fill: FILL,
    };
    let report = case
        .report(Options {
            allow: vec![Allowance {
                revision: "0002".to_owned(),
                kind: "data_lost".to_owned(),
                object: Some("column public.t.note".to_owned()),
                reason: "nobody reads it".to_owned(),
            }],
            ..options(Filler::of(FILL))
        })
        .await;
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.revisions[1].verdict, Verdict::Allowed);
}
