//! How a proof on rows goes through a history.

use std::num::NonZeroUsize;

use cogway_migrate::history::{self, Format};
use cogway_migrate::verify::{Event, Options, Reading, Site, Stop, Verdict, verify};
use cogway_pg::scratch::{GROUND_DATABASE, ScratchServer};

use crate::case::{Case, options, private};
use crate::filler::Filler;

const HISTORY: Case<'_> = Case {
    revisions: &[
        ("create table t (id int primary key, a text)", "drop table t"),
        // Fails without any rows too.
        ("alter table t add column b nosuch", "alter table t drop column b"),
        ("alter table t add column c int", "alter table t drop column c"),
        // Fails on rows; what follows needs it.
        (
            "alter table t add column d int not null",
            "alter table t drop column d",
        ),
        (
            "alter table t rename column d to e",
            "alter table t rename column e to d",
        ),
        // Outside of a transaction, and back differently: the ground is built anew.
        (
            "create index concurrently i on t (a)",
            "drop index i; update t set a = a || '!'",
        ),
        (
            "alter table t alter column e type bigint",
            "alter table t alter column e type int",
        ),
        (
            "alter table t add constraint one unique (a)",
            "alter table t drop constraint one",
        ),
    ],
    fill: &[
        ("t", "insert into t (id, a, e) select n, 'x', n from {n}"),
        ("t", "insert into t (id, a, d) select n, 'x', n from {n}"),
        ("t", "insert into t (id, a) select n, 'x' from {n}"),
        ("nosuch", "insert into nosuch values (1)"),
    ],
};

/// What is found in it, revision by revision.
const EXPECT: [&str; 8] = [
    "",
    "up_fails",
    "",
    "up_fails_on_rows",
    "",
    "data_lost",
    "",
    "up_fails_on_rows",
];

/// What is found, revision by revision.
async fn found(options: Options) -> (Vec<String>, bool) {
    let report = HISTORY.report(options).await;
    let revisions = report.revisions.iter().map(|revision| {
        let codes: Vec<&str> = revision
            .findings
            .iter()
            .map(|finding| finding.kind.code())
            .collect();
        codes.join(" ")
    });
    (revisions.collect(), report.stopped_early)
}

#[tokio::test]
async fn the_proof_goes_on_behind_a_revision_that_fails() {
    for jobs in [1, 2, 4] {
        for reading in [Reading::Changes, Reading::Whole] {
            let options = Options {
                jobs: NonZeroUsize::new(jobs),
                reading,
                ..options(Filler::of(HISTORY.fill))
            };
            assert_eq!(found(options).await.0, EXPECT, "{jobs} {reading:?}");
        }
    }
}

#[tokio::test]
async fn on_a_server_of_somebody_nothing_stays() {
    let server = ScratchServer::start(&private()).expect("a server");
    let options = Options {
        site: Site::Server(Box::new(server.config(GROUND_DATABASE))),
        ..options(Filler::of(HISTORY.fill))
    };
    assert_eq!(found(options).await.0, EXPECT);
    let (client, connection) = server
        .config(GROUND_DATABASE)
        .connect(tokio_postgres::NoTls)
        .await
        .expect("a connection");
    tokio::spawn(connection);
    let left = client
        .query(
            "select datname from pg_database where datname like 'cogway\\_%'",
            &[],
        )
        .await
        .expect("an answer");
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn it_ends_where_it_is_told_to() {
    let first = options(Filler::of(HISTORY.fill));
    let stopped = found(Options {
        stop: Stop::AtFirstFinding,
        ..first.clone()
    });
    assert_eq!(stopped.await, (vec![String::new(), "up_fails".to_owned()], true));
    let case = Case {
        revisions: &[
            HISTORY.revisions[0],
            HISTORY.revisions[3],
            ("alter table nosuch add a int", "select 1"),
        ],
        ..HISTORY
    };
    let report = case
        .report(Options {
            stop: Stop::AtFirstFinding,
            ..first
        })
        .await;
    let verdicts: Vec<Verdict> = report.revisions.iter().map(|revision| revision.verdict).collect();
    assert_eq!(verdicts, [Verdict::Pass, Verdict::Finding]);
    assert!(report.stopped_early);
}

#[tokio::test]
async fn a_part_of_a_history_is_filled_before_it() {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("1_a.up.sql", "create table t (id int primary key, a text)"),
        ("1_a.down.sql", "drop table t"),
        ("2_b.up.sql", "alter table t add column d int not null"),
        ("2_b.down.sql", "alter table t drop column d"),
    ] {
        std::fs::write(dir.path().join(name), text).expect("a file");
    }
    let history = history::read(dir.path(), Some(Format::GolangMigrate)).expect("a history");
    let options = Options {
        from: history.revisions.last().map(|revision| revision.id.clone()),
        ..options(Filler::of(HISTORY.fill))
    };
    let mut events = Vec::new();
    let report = verify(&history, &options, &mut |event| {
        events.push(match event {
            Event::Proved(report) => format!("proved {} {}", report.id, report.on_rows.is_some()),
            Event::ProvingOnRows { id, .. } => format!("on rows {id}"),
            Event::Proving { id, .. } => format!("proving {id}"),
            Event::Started { .. } | Event::Rebuilding { .. } | Event::ReadingAgain => String::new(),
        });
    })
    .await
    .expect("a report");
    let codes: Vec<&str> = report.revisions[0]
        .findings
        .iter()
        .map(|finding| finding.kind.code())
        .collect();
    assert_eq!(codes, ["up_fails_on_rows"]);
    events.retain(|event| !event.is_empty());
    assert_eq!(
        events.last().map(String::as_str),
        Some("proved 2 true"),
        "{events:?}"
    );
    assert!(events.contains(&"on rows 2".to_owned()), "{events:?}");
    assert!(events.contains(&"proving 2".to_owned()), "{events:?}");
}

#[tokio::test]
async fn tables_that_stay_short_are_told() {
    let case = Case {
        revisions: &[(
            "create table t (id int primary key check (id < 0))",
            "drop table t",
        )],
        fill: &[("t", "insert into t select n from {n}")],
    };
    let report = case.report(options(Filler::of(case.fill))).await;
    assert!(report.is_clean(), "{report:?}");
    let short = &report.revisions[0]
        .on_rows
        .as_ref()
        .expect("something on rows")
        .short;
    assert_eq!(short.len(), 1);
    assert_eq!(short[0].table.to_string(), "public.t");
    assert!(short[0].reason.contains("t_id_check"), "{short:?}");
}

#[tokio::test]
async fn a_key_that_the_revision_writes_out_is_nobodys_fault() {
    let case = Case {
        revisions: &[
            ("create table t (id int primary key, a text)", "drop table t"),
            (
                "insert into t values (1, 'ours'), (3, 'too')",
                "delete from t where id in (1, 3)",
            ),
            (
                "alter table t add check (id < 9)",
                "alter table t drop constraint t_id_check",
            ),
        ],
        fill: &[(
            "t",
            "insert into t (id, a) select n, 'x' from {n} on conflict do nothing",
        )],
    };
    case.check(&["3 up_fails_on_rows 23514 table public.t, 2 rows: {a:x,id:9}"])
        .await;
    // Keys that are computed may collide in production as well.
    let case = Case {
        revisions: &[
            case.revisions[0],
            ("insert into t select 1, 'ours'", "delete from t where id = 1"),
        ],
        ..case
    };
    case.check(&["2 up_fails_on_rows 23505 table public.t, 1 rows: {a:x,id:1}"])
        .await;
}
