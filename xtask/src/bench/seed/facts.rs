//! A table of facts with two parents: made and loaded by `cogway seed`, and loaded by `psql` from files that hold its rows.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::arguments::Outcome;
use crate::bench::Settings;
use crate::cluster::{Cluster, temporary_folder};

use super::{Figures, Large, row, seed};

/// So many rows.
const ROWS: u64 = 1_000_000;
/// How many times as many are seeded for the memory that it takes.
const LARGE: u64 = 10;
const CUSTOMERS: u64 = 250_000;
const PRODUCTS: u64 = 50_000;

/// Parents are filled in it, the facts are empty.
const KEYED: &str = "keyed";
/// The same without the keys of the facts.
const BARE: &str = "bare";
const DATABASE: &str = "facts";

const TABLES: &str = "
create table customer (id bigint generated always as identity primary key, full_name varchar(80) not null);
create table product (id bigint generated always as identity primary key, title varchar(80) not null);
create table sale (
    id bigint generated always as identity,
    customer_id bigint not null,
    product_id bigint not null,
    title varchar(120) not null,
    price numeric(10, 2) not null,
    sold_at timestamptz not null,
    is_gift boolean not null,
    comment text,
    quantity integer not null,
    delivered_on date
);
";

const KEYS: &str = "
alter table sale add primary key (id);
alter table sale add foreign key (customer_id) references customer;
alter table sale add foreign key (product_id) references product;
";

/// Who fills the table.
enum Side {
    Cogway,
    /// `psql`, with this script, in a copy of this database.
    Psql {
        from: &'static str,
        script: PathBuf,
    },
}

/// Measures all sides alternating, each in a fresh database, and returns the rows of the table.
pub(super) fn measure(settings: &Settings, cogway: &Path, large: Large) -> Outcome<Vec<String>> {
    let folder = temporary_folder()?;
    let mut cluster = Cluster::start()?;
    prepare(&mut cluster, cogway, folder.path())?;
    let files = write_files(&mut cluster, cogway, folder.path())?;
    let sides = [
        ("`cogway seed`: 10 columns, 3 keys", Side::Cogway, "≤ 200 MB"),
        (
            "the same rows: binary `COPY` without keys, then the keys",
            script(folder.path(), BARE, "binary", "bare.sql", KEYS)?,
            "≥ 0.8",
        ),
        (
            "the same rows: binary `COPY` with keys",
            script(folder.path(), KEYED, "binary", "keyed.sql", "")?,
            "≥ 3",
        ),
        (
            "the same rows: text `COPY` with keys",
            script(folder.path(), KEYED, "text", "text.sql", "")?,
            "≥ 3",
        ),
    ];
    let mut figures = vec![Figures::default(); sides.len()];
    // The first round of each is not counted.
    for round in 0..=settings.rounds {
        for ((name, side, _), figures) in sides.iter().zip(&mut figures) {
            let (took, peak) = side.run(&mut cluster, cogway, folder.path())?;
            let found = state(&cluster)?;
            if found != files.state {
                return Err(format!("{name}: {found} instead of {}", files.state).into());
            }
            cluster.drop(DATABASE)?;
            if round > 0 {
                figures.took.push(took);
                figures.peak = figures.peak.max(peak);
            }
        }
    }
    println!(
        "files: {} MB binary, {} MB text",
        files.binary >> 20,
        files.text >> 20
    );
    let own = figures[0].clone();
    let mut rows: Vec<String> = Vec::new();
    for (at, ((name, _, wanted), figures)) in sides.iter().zip(&figures).enumerate() {
        rows.push(row(name, ROWS, figures, (at > 0).then_some(&own), wanted));
    }
    if large == Large::Asked {
        cluster.copy(KEYED, DATABASE)?;
        let mut figures = Figures::default();
        let url = cluster.server().url(DATABASE);
        let ran = seed(cogway, folder.path(), &url, &sizes(ROWS * LARGE))?;
        figures.took.push(ran.took);
        figures.peak = ran.peak_kib;
        let count = cluster.ask(DATABASE, "select count(*) from sale")?;
        if count.trim() != (ROWS * LARGE).to_string() {
            return Err(format!("{} rows instead of {}", count.trim(), ROWS * LARGE).into());
        }
        rows.push(row(
            "`cogway seed`, once",
            ROWS * LARGE,
            &figures,
            None,
            "≤ 200 MB",
        ));
    }
    Ok(rows)
}

impl Side {
    /// Fills the table in a fresh database, and says how long that took, and how much memory in KiB.
    fn run(&self, cluster: &mut Cluster, cogway: &Path, dir: &Path) -> Outcome<(Duration, Option<u64>)> {
        match self {
            Side::Cogway => {
                cluster.copy(KEYED, DATABASE)?;
                let url = cluster.server().url(DATABASE);
                let ran = seed(cogway, dir, &url, &sizes(ROWS))?;
                Ok((ran.took, ran.peak_kib))
            }
            Side::Psql { from, script } => {
                cluster.copy(from, DATABASE)?;
                let started = Instant::now();
                let output = cluster.psql(DATABASE).arg("-f").arg(script).output()?;
                let took = started.elapsed();
                if output.status.success() {
                    Ok((took, None))
                } else {
                    Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
                }
            }
        }
    }
}

/// Makes the two databases that are copied.
fn prepare(cluster: &mut Cluster, cogway: &Path, dir: &Path) -> Outcome<()> {
    cluster.create(BARE)?;
    cluster.ask(BARE, TABLES)?;
    let url = cluster.server().url(BARE);
    seed(cogway, dir, &url, &sizes(0))?;
    cluster.copy(BARE, KEYED)?;
    cluster.ask(KEYED, KEYS)?;
    Ok(())
}

/// The arguments that say how many rows each table is to have.
fn sizes(facts: u64) -> Vec<String> {
    [
        ("public.customer", CUSTOMERS),
        ("public.product", PRODUCTS),
        ("public.sale", facts),
    ]
    .iter()
    .flat_map(|(table, rows)| ["--table".to_owned(), format!("{table}={rows}")])
    .collect()
}

/// What was written.
struct Files {
    /// What the table is when it is filled.
    state: String,
    /// In bytes.
    binary: u64,
    text: u64,
}

/// Writes the rows that `cogway seed` makes into files.
fn write_files(cluster: &mut Cluster, cogway: &Path, dir: &Path) -> Outcome<Files> {
    Side::Cogway.run(cluster, cogway, dir)?;
    let mut sizes = [0, 0];
    for (format, size) in ["binary", "text"].iter().zip(&mut sizes) {
        let file = dir.join(format);
        cluster.ask(
            DATABASE,
            &format!("\\copy sale to '{}' (format {format})", file.display()),
        )?;
        *size = fs::metadata(file)?.len();
    }
    let state = state(cluster)?;
    cluster.drop(DATABASE)?;
    Ok(Files {
        state,
        binary: sizes[0],
        text: sizes[1],
    })
}

/// A script for `psql` that loads the rows, in one transaction as `cogway seed` does it.
fn script(dir: &Path, from: &'static str, format: &str, name: &str, keys: &str) -> Outcome<Side> {
    let script = dir.join(name);
    let file = dir.join(format);
    fs::write(
        &script,
        format!(
            "begin;\n\\copy sale from '{}' (format {format})\n{keys}commit;\n",
            file.display()
        ),
    )?;
    Ok(Side::Psql { from, script })
}

/// The rows, and the keys with whether they are validated: the same on all sides.
fn state(cluster: &Cluster) -> Outcome<String> {
    let state = cluster.ask(
        DATABASE,
        "select count(*), sum(customer_id), sum(price), min(sold_at), max(id) from sale;
         select string_agg(pg_get_constraintdef(oid) || convalidated, '; ' order by conname) from pg_constraint
          where conrelid = 'sale'::regclass",
    )?;
    Ok(state.trim().to_owned())
}
