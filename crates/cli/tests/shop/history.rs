//! The proof of the shop's history, on every PostgreSQL that is there.

use cogway_testkit::servers;

use crate::shop::{can_hold_the_shop, folder};
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
