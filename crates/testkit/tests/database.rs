//! The testkit itself, on a real server.

use std::time::Instant;

use cogway_testkit::{database, database_on, servers};

#[tokio::test]
async fn a_database_is_fresh_and_of_the_test_alone() {
    let (one, two) = (database().await, database().await);
    one.client()
        .await
        .batch_execute("CREATE TABLE t (id int PRIMARY KEY)")
        .await
        .expect("a new table");
    two.client()
        .await
        .batch_execute("CREATE TABLE t (name text)")
        .await
        .expect("a new table");
    let dump = one.pg_dump(&["--schema-only"]);
    assert!(
        dump.contains("CREATE TABLE public.t (\n    id integer NOT NULL\n)"),
        "{dump}"
    );
    assert!(!dump.contains("restrict"), "{dump}");
    assert_eq!(dump, one.pg_dump(&["--schema-only"]), "the same dump each time");
}

#[tokio::test]
async fn every_version_has_psql_and_pg_dump() {
    for binaries in servers() {
        let database = database_on(&binaries).await;
        assert_eq!(database.version(), binaries.version());
        assert_eq!(
            database.psql("SELECT 1, NULL, 'grün'; \\echo done"),
            "1||grün\ndone\n"
        );
        assert!(
            database
                .pg_dump(&[])
                .contains("PostgreSQL database dump complete")
        );
    }
}

#[tokio::test]
#[should_panic(expected = "no_such_table")]
async fn psql_stops_at_the_first_error() {
    let database = database().await;
    database.psql("SELECT * FROM no_such_table; SELECT 1");
}

#[tokio::test]
async fn a_dropped_database_goes() {
    let (gone, other) = (database().await, database().await);
    let (name, _client) = (gone.name().to_owned(), gone.client().await);
    drop(gone);
    let count = format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'");
    let deadline = Instant::now() + std::time::Duration::from_secs(10);
    while other.psql(&count) != "0\n" {
        assert!(Instant::now() < deadline, "{name} is still there");
    }
}

/// Not a proof, a measurement: `cargo test -p cogway-testkit -- --nocapture cost`.
#[tokio::test]
#[expect(clippy::print_stdout, reason = "prints what it measured")]
async fn cost() {
    let start = Instant::now();
    let first = database().await;
    let server = start.elapsed();
    let start = Instant::now();
    for _ in 0..10 {
        database().await;
    }
    println!(
        "first database {server:?}, each further one {:?}",
        start.elapsed() / 10
    );
    drop(first);
}
