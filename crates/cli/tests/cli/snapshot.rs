//! `cogway snapshot`.

use serde_json::Value;

use crate::support::{Ran, cogway, finish, histories, redact, run_line};

fn fingerprint(ran: &Ran) -> String {
    let document: Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    assert_eq!(
        (&document["format"], &document["verb"]),
        (&Value::from(1), &Value::from("snapshot"))
    );
    assert!(document["catalog"]["objects"].is_array() && document["catalog"]["unmodelled"].is_array());
    document["fingerprint"]
        .as_str()
        .expect("a fingerprint")
        .to_owned()
}

#[test]
fn the_same_history_has_the_same_fingerprint() {
    let first = run_line("snapshot --dir cogway");
    let second = run_line("snapshot --dir cogway");
    assert_eq!(first.stdout, second.stdout, "the same bytes");
    assert_eq!(fingerprint(&first).len(), 64);
    let earlier = run_line("snapshot --dir cogway --at 20240101");
    assert_ne!(fingerprint(&earlier), fingerprint(&first));
    let without = run_line("snapshot --dir cogway --exclude column-order,owners privileges");
    assert_ne!(fingerprint(&without), fingerprint(&first));
}

#[test]
fn for_people() {
    let ran = run_line("snapshot --dir cogway --output human");
    let (first, rest) = ran.stdout.split_once('\n').expect("lines");
    assert!(first.starts_with("fingerprint ") && first.len() == 76, "{ran:?}");
    insta::assert_snapshot!(redact(rest));
}

/// The history's scripts, run by psql on another server, make the same catalog.
#[test]
fn a_history_and_a_database_that_came_from_it() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let database = runtime.block_on(cogway_testkit::database());
    let order = [
        "20240101090000_base",
        "20240210120000_order_status",
        "20240211083000_addresses",
    ];
    for revision in order {
        let script = histories().join("cogway").join(revision).join("up.sql");
        database.psql(&std::fs::read_to_string(script).expect("a script"));
    }
    let expect = fingerprint(&run_line("snapshot --dir cogway --at 20240211083000"));

    let named = run_line(&format!("snapshot --database-url {}", database.url()));
    assert_eq!(fingerprint(&named), expect, "{}", named.stderr);
    let mut command = cogway(&histories());
    let by_url = finish(command.env("DATABASE_URL", database.url()).arg("snapshot"));
    assert_eq!(fingerprint(&by_url), expect);
    let config = database.config();
    let host = format!("{:?}", config.get_hosts()[0])
        .split('"')
        .nth(1)
        .expect("a socket")
        .to_owned();
    let mut command = cogway(&histories());
    command
        .env("PGHOST", host)
        .env("PGUSER", "postgres")
        .env("PGDATABASE", database.name());
    assert_eq!(fingerprint(&finish(command.arg("snapshot"))), expect);
}
