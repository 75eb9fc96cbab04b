//! How long `cogway doc` takes for a large schema on a live server.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::arguments::Outcome;
use crate::bench::Settings;
use crate::bench::series::Series;
use crate::cluster::{Cluster, temporary_folder};
use crate::random::Random;

/// So many tables.
const TABLES: usize = 300;
const DATABASE: &str = "doc";
const SEED: u64 = 2026;
const TYPES: [&str; 5] = [
    "text",
    "integer not null",
    "timestamptz",
    "numeric(12,2) not null",
    "jsonb",
];
/// What is written, each in its turn.
const FORMS: [(&str, &str); 3] = [
    ("one page in HTML, with a picture for each table", "schema.html"),
    ("Markdown", "schema.md"),
    ("the diagram in SVG", "schema.svg"),
];

/// Measures the whole process in each form, and returns the rows of the table.
pub(crate) fn measure(settings: &Settings, cogway: &Path) -> Outcome<Vec<String>> {
    let folder = temporary_folder()?;
    // It runs in a folder of its own.
    let cogway = cogway.canonicalize()?;
    let mut cluster = Cluster::start()?;
    cluster.create(DATABASE)?;
    let (sql, relations) = schema();
    let script = folder.path().join("schema.sql");
    fs::write(&script, sql)?;
    let made = cluster.psql(DATABASE).arg("-f").arg(&script).output()?;
    if !made.status.success() {
        return Err(String::from_utf8_lossy(&made.stderr).into_owned().into());
    }
    let mut rows = Vec::new();
    for (what, file) in FORMS {
        let mut took = Series::default();
        // The first round is not counted.
        for round in 0..=settings.rounds {
            let started = Instant::now();
            let status = Command::new(&cogway)
                .args(["doc", "--quiet", "--out", file, "--database-url"])
                .arg(cluster.server().url(DATABASE))
                .current_dir(folder.path())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .status()?;
            if !status.success() {
                return Err(format!("cogway doc --out {file}: {status}").into());
            }
            if round > 0 {
                took.push(started.elapsed());
            }
        }
        let size = fs::metadata(folder.path().join(file))?.len();
        println!("{TABLES} tables as {file}: {took}, {:.1} MB", size as f64 / 1e6);
        rows.push(format!(
            "| {what} | {TABLES} tables, {relations} foreign keys | {took} | {:.1} MB | ≤ 1000 ms |",
            size as f64 / 1e6
        ));
    }
    Ok(rows)
}

/// Tables that refer to earlier ones: often to one of a few that all refer to, as real schemas have them, mostly within
/// their own area. With the number of foreign keys.
fn schema() -> (String, usize) {
    let mut random = Random::new(SEED);
    let mut sql = String::from("begin;\n");
    let mut relations = 0;
    for table in 0..TABLES {
        sql += &format!("create table t{table} (id bigint generated always as identity primary key");
        let area = table - table % 40;
        for number in 0..random.below(4) {
            if table == 0 {
                continue;
            }
            let to = match random.below(10) {
                0 => random.below(table),
                1..=4 => area + random.below((table - area).clamp(1, 4)),
                _ => area + random.below((table - area).max(1)),
            };
            let null = if random.below(3) == 0 { "" } else { " not null" };
            sql += &format!(", ref_{number}_id bigint{null} references t{to}");
            relations += 1;
        }
        for number in 0..3 + random.below(9) {
            sql += &format!(", field_{number} {}", random.of(&TYPES));
        }
        sql += &format!(");\ncomment on table t{table} is 'The table of number {table}.';\n");
    }
    sql += "commit;\n";
    (sql, relations)
}
