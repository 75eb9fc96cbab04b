//! The shop of the examples with a million rows in one of its tables, and the tables of `pgbench` with as many.

use std::ffi::OsString;
use std::path::Path;

use cogway_pg::scratch::Program;

use crate::arguments::Outcome;
use crate::bench::{Settings, process};
use crate::cluster::Cluster;
use crate::workspace;

use super::{Figures, row, seed};

/// So many rows has the one table, and `pgbench_accounts`.
const ROWS: u64 = 1_000_000;
/// The size of all other tables follows from this.
const OTHERS: u64 = 1000;
const TABLE: &str = "public.stock_movement";
/// That of `pgbench`, which has 100,000 accounts for each.
const SCALE: u64 = ROWS / 100_000;

/// The shop's schema, without rows but those of its history.
const SHOP: &str = "shop";
const DATABASE: &str = "filled";

/// Measures both alternating, each in a fresh database, and returns the rows of the table.
pub(super) fn measure(settings: &Settings, cogway: &Path) -> Outcome<Vec<String>> {
    let mut cluster = Cluster::start()?;
    let dir = workspace::root().join("examples/shop");
    cluster.create(SHOP)?;
    let url = cluster.server().url(SHOP);
    let up = [cogway.as_os_str(), "up".as_ref(), "--quiet".as_ref()].map(OsString::from);
    process::run(&up, &dir, &url)?;
    let sizes = [
        "--rows".to_owned(),
        OTHERS.to_string(),
        "--table".to_owned(),
        format!("{TABLE}={ROWS}"),
    ];
    let (mut shop, mut pgbench) = (Figures::default(), Figures::default());
    let (mut rows, mut accounts) = (0, 0);
    // The first round of each is not counted.
    for round in 0..=settings.rounds {
        cluster.copy(SHOP, DATABASE)?;
        let url = cluster.server().url(DATABASE);
        let ran = seed(cogway, &dir, &url, &sizes)?;
        let report: serde_json::Value = serde_json::from_str(&ran.output)?;
        rows = report["summary"]["rows"].as_u64().unwrap_or_default();
        expect(&cluster, TABLE, ROWS)?;
        cluster.drop(DATABASE)?;
        cluster.create(DATABASE)?;
        let initialised = initialise(&cluster)?;
        accounts = expect(&cluster, "pgbench_accounts", ROWS)?;
        cluster.drop(DATABASE)?;
        if round > 0 {
            shop.took.push(ran.took);
            shop.peak = shop.peak.max(ran.peak_kib);
            pgbench.took.push(initialised.took);
            pgbench.peak = pgbench.peak.max(initialised.peak_kib);
        }
    }
    Ok(vec![
        row(
            "`cogway seed` of the shop, a million of them in `stock_movement`",
            rows,
            &shop,
            None,
            "≤ 200 MB",
        ),
        row(
            &format!("`pgbench -i -s {SCALE}`"),
            accounts,
            &pgbench,
            Some(&shop),
            "for scale",
        ),
    ])
}

/// The whole process of `pgbench -i`: its own tables, filled, vacuumed, with primary keys.
fn initialise(cluster: &Cluster) -> Outcome<process::Ran> {
    let pgbench = cluster.server().binaries().program(Program::Pgbench);
    let url = cluster.server().url(DATABASE);
    let words = [
        pgbench.into(),
        "--initialize".into(),
        "--quiet".into(),
        format!("--scale={SCALE}").into(),
        OsString::from(&url),
    ];
    process::run(&words, Path::new("/"), &url)
}

/// Has the table so many rows?
fn expect(cluster: &Cluster, table: &str, rows: u64) -> Outcome<u64> {
    let count = cluster.ask(DATABASE, &format!("select count(*) from {table}"))?;
    if count.trim() == rows.to_string() {
        Ok(rows)
    } else {
        Err(format!("{table} has {} rows instead of {rows}", count.trim()).into())
    }
}
