//! A dump gives the catalog back, for a schema that holds every kind of object.

use std::path::Path;

use cogway_catalog::{Catalog, Kind, compare};
use cogway_pg::introspect::snapshot;
use cogway_testkit::{TestDatabase, database_on, servers};

async fn catalog(database: &TestDatabase) -> Catalog {
    snapshot(&database.client().await).await.expect("a catalog")
}

#[tokio::test]
async fn a_dump_gives_the_catalog_back() {
    let fixture = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/every_kind.sql"
    ));
    let sql = std::fs::read_to_string(fixture).expect("the fixture");
    for server in servers() {
        let original = database_on(&server).await;
        original.psql(&sql);
        let before = catalog(&original).await;
        for kind in Kind::ALL {
            assert!(
                before.of_kind(kind).next().is_some(),
                "the fixture has no {kind} on {}",
                server.version()
            );
        }
        let copy = database_on(&server).await;
        copy.psql(&original.pg_dump(&["--schema-only"]));
        let after = catalog(&copy).await;
        let differences: Vec<String> = compare(&before, &after).iter().map(ToString::to_string).collect();
        assert!(
            differences.is_empty(),
            "{}:\n{}",
            server.version(),
            differences.join("\n")
        );
        assert_eq!(before.fingerprint(), after.fingerprint());
    }
}

#[tokio::test]
async fn the_canonical_json_can_be_read_back() {
    let fixture = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/every_kind.sql"
    ));
    let sql = std::fs::read_to_string(fixture).expect("the fixture");
    let database = database_on(&servers()[0]).await;
    database.psql(&sql);
    let catalog = catalog(&database).await;
    let read: Catalog = serde_json::from_str(&catalog.to_json()).expect("its own JSON");
    assert!(compare(&catalog, &read).is_empty());
    assert_eq!(read, catalog);
    assert_eq!(read.to_json(), catalog.to_json());
}
