//! The proof of the shop's history, on every PostgreSQL that is there.

use cogway_testkit::servers;

use crate::shop::{Shop, can_hold_the_shop, folder};
use crate::support::{cogway, finish};

#[test]
fn every_revision_is_proved_with_its_rows() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    for binaries in servers() {
        let database = runtime.block_on(cogway_testkit::database_on(&binaries));
        if !can_hold_the_shop(&database) {
            continue;
        }
        let ran = finish(
            cogway(&folder())
                .arg("verify")
                .arg("--pg-bin")
                .arg(binaries.dir()),
        );
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(
            ran.stdout.contains("20 pass, 0 with findings, 0 allowed"),
            "{ran:?}"
        );
    }
}

/// Filled at each version, no revision fails on rows or loses any, and no table stays without.
#[test]
fn every_revision_is_proved_on_rows_of_the_seeder() {
    let Some(_shop) = Shop::nothing() else {
        return;
    };
    let ran = finish(cogway(&folder()).args(["verify", "--populated", "30", "--output", "json"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let summary = &document["summary"];
    assert_eq!(
        (&summary["pass"], &summary["finding"]),
        (&20.into(), &0.into()),
        "{summary}"
    );
}

/// The newest version, filled: every table has rows, and what must be true across tables is.
#[test]
fn every_table_of_the_shop_is_filled() {
    let Some(shop) = Shop::empty() else {
        return;
    };
    let url = shop.database.url();
    let ran = finish(cogway(&folder()).args(["seed", "--database-url", &url, "--output", "json"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let empty = shop.sql(
        "select string_agg(format('%I', relname), ', ') from pg_class c
          where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace
            and (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', relname), false, true, '')))[1]::text = '0'",
    );
    assert_eq!(empty.trim(), "", "without rows");
}
