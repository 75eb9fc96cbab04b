//! What a proof finds, on small histories of our own: a name, an up and a down each.

use std::fs;
use std::path::Path;

use cogway_catalog::QualifiedName;
use cogway_migrate::history::{self, Format};
use cogway_migrate::verify::{DataScope, Options, Reading, Site, VerifyError, verify};
use cogway_pg::scratch::{GROUND_DATABASE, ScratchOptions, ScratchServer};
use cogway_testkit::{cache_dir, search};

fn write(dir: &Path, revisions: &[(&str, &str)]) {
    for (number, (up, down)) in revisions.iter().enumerate() {
        let stem = format!("{:04}_step", number + 1);
        fs::write(dir.join(format!("{stem}.up.sql")), up).expect("a file");
        fs::write(dir.join(format!("{stem}.down.sql")), down).expect("a file");
    }
}

fn private() -> ScratchOptions {
    ScratchOptions {
        search: search(),
        cache_dir: cache_dir(),
        ..ScratchOptions::default()
    }
}

/// Proves a history, and returns for each revision the codes of its findings.
async fn prove(revisions: &[(&str, &str)], options: Options) -> Result<Vec<String>, VerifyError> {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), revisions);
    let history = history::read(dir.path(), Some(Format::GolangMigrate)).expect("a history");
    let report = verify(&history, &options, &mut |_| {}).await?;
    let codes = report.revisions.iter().map(|revision| {
        let mut codes: Vec<&str> = revision
            .findings
            .iter()
            .map(|finding| finding.kind.code())
            .collect();
        codes.dedup();
        codes.join(" ")
    });
    Ok(codes.collect())
}

async fn check(revisions: &[(&str, &str)], expect: &[&str]) {
    for reading in [Reading::Changes, Reading::Whole] {
        let options = Options {
            site: Site::Private(Box::new(private())),
            reading,
            ..Options::default()
        };
        let found = prove(revisions, options).await.expect("a report");
        assert_eq!(found, expect, "{reading:?}: {revisions:?}");
    }
}

#[tokio::test]
async fn privileges_on_what_is_built_in_are_seen() {
    check(
        &[(
            "create table t (a int)",
            "drop table t; grant execute on function pg_catalog.pg_read_file(text) to public",
        )],
        &["down_differs"],
    )
    .await;
    check(
        &[(
            "create table t (a int)",
            "drop table t; grant select (rolpassword) on pg_catalog.pg_authid to public",
        )],
        &["down_differs"],
    )
    .await;
}

#[tokio::test]
async fn a_proof_does_not_move_the_ground() {
    // The key of the second row would be another one if the proof of the first revision had drawn from the sequence.
    check(
        &[
            ("create table t (id serial primary key, a text)", "drop table t"),
            ("insert into t (a) values ('x')", "delete from t"),
            (
                "create table u (t int references t); insert into u values (1)",
                "drop table u",
            ),
            // Outside a transaction: run for good, and the ground built anew.
            (
                "create index concurrently i on t (a)",
                "drop index concurrently i",
            ),
            (
                "insert into t (a) values ('y')",
                "delete from t where a = 'y'; vacuum t",
            ),
            ("insert into u values (2)", "delete from u where t = 2"),
        ],
        &["", "", "", "", "down_fails", ""],
    )
    .await;
}

#[tokio::test]
async fn a_label_can_be_used_after_the_commit() {
    check(
        &[
            ("create type mood as enum ('sad'); create table t (m mood)", "drop table t; drop type mood"),
            (
                "alter type mood add value 'ok'",
                "alter table t alter m type text; drop type mood; create type mood as enum ('sad'); alter table t alter m type mood using m::mood",
            ),
        ],
        &["", ""],
    )
    .await;
}

#[tokio::test]
async fn deferred_checks_count() {
    check(
        &[
            ("create table t (a int primary key); create table u (a int references t deferrable initially deferred)", "drop table u; drop table t"),
            ("insert into u values (1)", "delete from u"),
            ("create table v ()", "drop table v"),
        ],
        &["", "up_fails", ""],
    )
    .await;
}

#[tokio::test]
async fn an_empty_down_of_rows_is_run_up_again() {
    check(
        &[
            ("create table t (a int primary key)", "drop table t"),
            ("insert into t values (1)", "-- nothing"),
            ("comment on table t is 'x'", ""),
        ],
        &["", "up_again_fails", "down_empty"],
    )
    .await;
}

#[tokio::test]
async fn roles_belong_to_the_proof() {
    let revisions = [
        (
            "create role proof_writer; create table t (a int); grant select on t to proof_writer",
            "drop table t; drop role proof_writer",
        ),
        // Here the ground is lost, when the role is there.
        (
            "create index concurrently i on t (a)",
            "drop index i; drop table t; create table t (a int)",
        ),
        ("create table u ()", "drop table u"),
    ];
    let expect = ["", "down_differs", ""];
    check(&revisions, &expect).await;
    // On somebody's server, where the ground is built anew and nothing may stay.
    let server = ScratchServer::start(&private()).expect("a server");
    let options = Options {
        site: Site::Server(Box::new(server.config(GROUND_DATABASE))),
        roles: vec!["proof_reader".to_owned(), "postgres".to_owned()],
        ..Options::default()
    };
    assert_eq!(prove(&revisions, options).await.expect("a report"), expect);
    let (client, connection) = server
        .config(GROUND_DATABASE)
        .connect(tokio_postgres::NoTls)
        .await
        .expect("a connection");
    tokio::spawn(connection);
    let left = client
        .query("select datname::text from pg_database where datname like 'cogway\\_%' union all select rolname::text from pg_roles where rolname like 'proof%writer'", &[])
        .await
        .expect("an answer");
    assert!(
        left.is_empty(),
        "{:?}",
        left.iter().map(|row| row.get::<_, String>(0)).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn a_table_that_is_never_there_is_told() {
    let options = Options {
        site: Site::Private(Box::new(private())),
        data: DataScope::Tables(vec![QualifiedName::new("public", "nosuch")]),
        ..Options::default()
    };
    let result = prove(&[("create table t (a int)", "drop table t")], options).await;
    assert!(
        matches!(result, Err(VerifyError::NothingToWatch(_))),
        "{result:?}"
    );
}
