//! What a program that embeds the runner can rely on: the events in their order, what an error carries, and that a runner
//! whose run has failed can be used again.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use cogway_migrate::history::{self, Format, History, RevisionId};
use cogway_migrate::runner::{Event, Options, Request, RunError, Runner, Transactions};
use cogway_testkit::{TestDatabase, database};

/// A history of these ups and downs.
fn written(revisions: &[(&str, &str)]) -> (tempfile::TempDir, History) {
    let dir = tempfile::tempdir().expect("a folder");
    for (number, (up, down)) in revisions.iter().enumerate() {
        let stem = format!("{:04}_step", number + 1);
        fs::write(dir.path().join(format!("{stem}.up.sql")), up).expect("a file");
        fs::write(dir.path().join(format!("{stem}.down.sql")), down).expect("a file");
    }
    let history = read(dir.path());
    (dir, history)
}

fn read(dir: &Path) -> History {
    history::read(dir, Some(Format::GolangMigrate)).expect("a history")
}

async fn runner(database: &TestDatabase, options: &Options) -> Runner {
    Runner::connect(&database.config(), options.clone())
        .await
        .expect("a connection")
}

fn usual() -> Options {
    Options {
        lock_timeout: Duration::from_millis(50),
        lock_wait: Duration::ZERO,
        ..Options::default()
    }
}

fn ids<'i>(ids: impl IntoIterator<Item = &'i RevisionId>) -> String {
    ids.into_iter()
        .map(RevisionId::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

#[tokio::test]
async fn the_events_of_a_run_come_in_order() {
    let database = database().await;
    let (_dir, history) = written(&[
        ("create table t (n int)", "drop table t"),
        (
            "create index concurrently i on t (n)",
            "drop index concurrently i",
        ),
        ("do $$ begin raise notice 'three'; end $$", "select 1"),
    ]);
    let runner = runner(&database, &usual()).await;
    let mut told = Vec::new();
    let mut on_event = |event: Event<'_>| {
        told.push(match event {
            Event::Begun { steps } => format!("begun {steps}"),
            Event::Step { id, direction, .. } => format!("{direction} {id}"),
            Event::Notice { notice, .. } => notice.message.clone(),
            Event::Stepped(step) => format!("done {}", step.id),
            other => format!("{other:?}"),
        });
    };
    let done = runner
        .run(&history, &Request::up("head"), &mut on_event)
        .await
        .expect("a run");
    assert_eq!(done.steps.len(), 3);
    let fingerprint = done.fingerprint.expect("a fingerprint");
    runner
        .run(&history, &Request::down("2"), &mut on_event)
        .await
        .expect("a run");
    assert_eq!(
        told,
        [
            "begun 3",
            "up 0001",
            "done 0001",
            "up 0002",
            "done 0002",
            "up 0003",
            "three",
            "done 0003",
            "begun 1",
            "down 0003",
            "done 0003",
        ]
    );
    // There and back again, on the same connection.
    let done = runner
        .run(&history, &Request::to("head"), &mut |_| {})
        .await
        .expect("a run");
    assert_eq!(done.fingerprint, Some(fingerprint));
    let nothing = runner
        .run(&history, &Request::up("head"), &mut |_| {})
        .await
        .expect("a run");
    assert!(nothing.steps.is_empty() && nothing.fingerprint == done.fingerprint);
}

#[tokio::test]
async fn a_failure_says_what_was_done_and_gives_the_lock_back() {
    let database = database().await;
    let (dir, history) = written(&[
        ("create table t (n int)", "drop table t"),
        ("create table u (n int);\nselect 1 / 0;", "drop table u"),
        ("create table v (n int)", "drop table v"),
    ]);
    let first = runner(&database, &usual()).await;
    let second = runner(&database, &usual()).await;
    let error = first
        .run(&history, &Request::up("head"), &mut |_| {})
        .await
        .expect_err("a failure");
    let RunError::Step(failure) = error else {
        panic!("{error:?}");
    };
    assert_eq!(failure.revision.as_str(), "0002");
    assert_eq!(failure.error.sqlstate, "22012");
    assert_eq!(failure.statement.as_deref(), Some("select 1 / 0"));
    assert_eq!(failure.place.map(|place| place.line), Some(2));
    assert_eq!(ids(failure.done.iter().map(|step| &step.id)), "0001");
    assert_eq!(ids(&failure.left), "0003");
    assert!(failure.attempts == 1 && !failure.lost && failure.half.is_none());
    // The lock is free, though the first is still connected, and the first can go on as well.
    fs::write(dir.path().join("0002_step.up.sql"), "create table u (n int)").expect("a file");
    let history = read(dir.path());
    second
        .run(&history, &Request::up("2"), &mut |_| {})
        .await
        .expect("the other goes on");
    first
        .run(&history, &Request::up("head"), &mut |_| {})
        .await
        .expect("and the first");
    assert_eq!(first.ledger().await.expect("a ledger").applied.len(), 3);
}

#[tokio::test]
async fn whoever_never_lets_go_is_given_up_on() {
    let database = database().await;
    let (_dir, history) = written(&[
        ("create table t (n int)", "drop table t"),
        ("create table u (n int)", "drop table u"),
        ("alter table t add a int", "alter table t drop a"),
    ]);
    for transactions in [Transactions::Each, Transactions::One] {
        let options = Options {
            lock_retries: 1,
            transactions,
            ..usual()
        };
        let runner = runner(&database, &options).await;
        runner
            .run(&history, &Request::up("1"), &mut |_| {})
            .await
            .expect("a run");
        let holder = database.client().await;
        holder
            .batch_execute("begin; select * from t")
            .await
            .expect("a lock");
        let error = runner
            .run(&history, &Request::up("head"), &mut |_| {})
            .await
            .expect_err("a failure");
        let RunError::Step(failure) = error else {
            panic!("{error:?}");
        };
        assert_eq!(failure.error.sqlstate, "55P03");
        assert_eq!((failure.attempts, failure.revision.as_str()), (2, "0003"));
        let expected = match transactions {
            Transactions::Each => "0002",
            Transactions::One => "",
        };
        assert_eq!(ids(failure.done.iter().map(|step| &step.id)), expected);
        // What is dropped cannot be looked at either: that is no reason to allow it.
        let error = runner
            .run(&history, &Request::down("base"), &mut |_| {})
            .await
            .expect_err("a failure");
        assert!(
            matches!(&error, RunError::Step(failure) if failure.error.sqlstate == "55P03"),
            "{error:?}"
        );
        holder.batch_execute("rollback").await.expect("an end");
        runner
            .run(&history, &Request::up("head"), &mut |_| {})
            .await
            .expect("a run");
        runner
            .run(&history, &Request::down("base"), &mut |_| {})
            .await
            .expect("a run");
    }
}

#[tokio::test]
async fn a_run_that_is_stopped_ends_between_two_steps() {
    let database = database().await;
    let (_dir, history) = written(&[
        ("create table t (n int)", "drop table t"),
        ("create table u (n int)", "drop table u"),
        ("create table v (n int)", "drop table v"),
    ]);
    let options = usual();
    let runner = runner(&database, &options).await;
    let stop = options.stop.clone();
    let mut on_event = |event: Event<'_>| {
        if matches!(event, Event::Stepped(step) if step.id.as_str() == "0002") {
            stop.set();
        }
    };
    let error = runner
        .run(&history, &Request::up("head"), &mut on_event)
        .await
        .expect_err("an end");
    let RunError::Interrupted { done, left, half } = error else {
        panic!("{error:?}");
    };
    assert_eq!(ids(done.iter().map(|step| &step.id)), "0001 0002");
    assert_eq!(ids(&left), "0003");
    assert!(half.is_none());
}

#[tokio::test]
async fn a_cancelled_statement_ends_a_run_that_is_stopped() {
    let database = database().await;
    let dir = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("1_one.sql", "-- +goose Up\ncreate table t (n int);\n"),
        (
            "2_two.sql",
            "-- +goose NO TRANSACTION\n-- +goose Up\ncreate table u (n int); vacuum t; select pg_sleep(600); vacuum u;\n",
        ),
    ] {
        fs::write(dir.path().join(name), text).expect("a file");
    }
    let history = history::read(dir.path(), Some(Format::Goose)).expect("a history");
    let options = usual();
    let runner = runner(&database, &options).await;
    let (stop, canceller) = (options.stop.clone(), runner.canceller());
    let watcher = database.client().await;
    let watch = async {
        let started = Instant::now();
        let asleep = "select exists (select from pg_stat_activity where wait_event = 'PgSleep')";
        while !watcher
            .query_one(asleep, &[])
            .await
            .expect("an answer")
            .get::<_, bool>(0)
        {
            assert!(started.elapsed() < Duration::from_secs(20), "it never sleeps");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        stop.set();
        canceller.cancel().await;
        Instant::now()
    };
    let mut ignore = |_: Event<'_>| {};
    let request = Request::up("head");
    let (outcome, cancelled) = tokio::join!(runner.run(&history, &request, &mut ignore), watch);
    assert!(cancelled.elapsed() < Duration::from_secs(2));
    let Err(RunError::Interrupted { done, left, half }) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(ids(done.iter().map(|step| &step.id)), "1");
    assert_eq!(ids(&left), "2");
    assert_eq!(half.map(|half| (half.done, half.parts)), Some((2, 4)));
}
