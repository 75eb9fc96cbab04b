//! How long reading a catalog takes, beside `pg_dump --schema-only`, and how much memory `cogway` needs for it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cogway_pg::introspect::{self, Reader};
use tokio_postgres::{Client, Config, NoTls};

use crate::arguments::Outcome;
use crate::bench::Settings;
use crate::bench::series::Series;
use crate::cluster::Cluster;

const DATABASE: &str = "read";
const SIZES: [usize; 2] = [200, 2000];
/// How often one table is altered for each round.
const ALTERATIONS: usize = 10;

/// What was measured at one size.
struct Figures {
    open: Series,
    fresh: Series,
    dump: Series,
    again: Series,
    peak: Option<u64>,
}

/// Measures at both sizes, and returns the rows of the table. Without a binary the memory is not measured.
pub(crate) fn measure(settings: &Settings, cogway: Option<&Path>) -> Outcome<Vec<String>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut rows = Vec::new();
    let mut smallest = None;
    for tables in SIZES {
        let figures = measure_size(settings, cogway, tables, &runtime)?;
        let open = figures.open.median();
        let times = smallest.map_or(String::new(), |smallest: f64| {
            format!(", {:.1} times", open / smallest)
        });
        smallest = smallest.or(Some(open));
        let peak = figures
            .peak
            .map_or("–".to_owned(), |bytes| format!("{:.0} MB", bytes as f64 / 1e6));
        rows.push(format!(
            "| {tables} | {} columns, {} indexes, {} constraints | {}{times} | {} | {} | {:.1} | {} | {peak} | {} |",
            tables * 10,
            tables * 2,
            tables * 3 / 2,
            figures.open,
            figures.fresh,
            figures.dump,
            figures.dump.ratio_to(&figures.open),
            figures.again,
            if tables == SIZES[0] { "≤ 30 ms, ≥ 5, ≤ 2 ms" } else { "≤ 12 times, ≤ 100 MB" },
        ));
        println!(
            "{tables} tables: read {}{times}; connect and snapshot {}; pg_dump {}; again after one statement {}; peak {peak}",
            figures.open, figures.fresh, figures.dump, figures.again
        );
    }
    Ok(rows)
}

fn measure_size(
    settings: &Settings,
    cogway: Option<&Path>,
    tables: usize,
    runtime: &tokio::runtime::Runtime,
) -> Outcome<Figures> {
    let mut cluster = Cluster::start()?;
    cluster.create(DATABASE)?;
    runtime.block_on(async {
        let client = connect(&cluster.server().config(DATABASE)).await?;
        client.batch_execute(&schema(tables)).await
    })?;
    let config = cluster.server().config(DATABASE);
    let client = runtime.block_on(connect(&config))?;
    let mut reader = runtime.block_on(Reader::new(&client))?;
    let mut figures = Figures {
        open: Series::default(),
        fresh: Series::default(),
        dump: Series::default(),
        again: Series::default(),
        peak: None,
    };
    for round in 0..=settings.rounds {
        let started = Instant::now();
        cluster.dump(DATABASE)?;
        let dump = started.elapsed();
        let open = runtime.block_on(read(&client, &mut reader))?;
        let started = Instant::now();
        runtime.block_on(async {
            let client = connect(&config).await?;
            introspect::snapshot(&client)
                .await
                .map_err(Box::<dyn std::error::Error>::from)
        })?;
        let fresh = started.elapsed();
        let again = runtime.block_on(read_again(&client, &mut reader, tables))?;
        // The first round is not counted.
        if round > 0 {
            figures.dump.push(dump);
            figures.open.push(open);
            figures.fresh.push(fresh);
            again.into_iter().for_each(|took| figures.again.push(took));
        }
    }
    if let Some(cogway) = cogway {
        figures.peak = peak_memory(cogway, &cluster.server().url(DATABASE))?;
    }
    Ok(figures)
}

async fn connect(config: &Config) -> Result<Client, tokio_postgres::Error> {
    let mut config = config.clone();
    // As cogway's own sessions do.
    config.options("-c plan_cache_mode=force_generic_plan");
    let (client, connection) = config.connect(NoTls).await?;
    tokio::spawn(async move {
        // Whoever uses the client is told of a broken connection.
        let _ = connection.await;
    });
    Ok(client)
}

async fn read(client: &Client, reader: &mut Reader) -> Outcome<Duration> {
    // To free what was read before is no part of reading.
    let _before = reader.mark();
    let started = Instant::now();
    client
        .batch_execute("begin isolation level repeatable read, read only")
        .await?;
    reader.read(client).await?;
    client.batch_execute("rollback").await?;
    Ok(started.elapsed())
}

/// Reads again after statements that each touch one table.
async fn read_again(client: &Client, reader: &mut Reader, tables: usize) -> Outcome<Vec<Duration>> {
    // As the proofs go on: one transaction begins with the end of the other.
    client.batch_execute("begin").await?;
    reader.begin(client).await?;
    let mark = reader.mark();
    let mut list = Vec::new();
    for number in 0..ALTERATIONS {
        let table = number * tables / ALTERATIONS;
        client
            .batch_execute(&format!("alter table t{table} add column extra integer"))
            .await?;
        let started = Instant::now();
        reader.refresh(client, "").await?;
        list.push(started.elapsed());
        client.batch_execute("rollback; begin").await?;
        reader.begun();
        reader.rewind(&mark);
    }
    client.batch_execute("rollback").await?;
    Ok(list)
}

/// A schema with ten columns, two indexes and one and a half constraints for each table.
fn schema(tables: usize) -> String {
    let mut sql = String::from("begin;\n");
    for number in 0..tables {
        let reference = if number % 2 == 1 {
            format!(" references t{} on delete cascade", number - 1)
        } else {
            String::new()
        };
        sql.push_str(&format!(
            "create table t{number} (id bigint generated by default as identity primary key, other_id bigint{reference},
                name text not null, note text default 'none', price numeric(12,2), amount integer default 0 not null,
                created_at timestamptz default now() not null, state varchar(20), data jsonb, is_open boolean);
            create index t{number}_other_idx on t{number} (other_id, name);\n"
        ));
    }
    sql.push_str("commit; analyze;");
    sql
}

/// The peak of the resident set of `cogway snapshot`, in bytes.
fn peak_memory(cogway: &Path, url: &str) -> Outcome<Option<u64>> {
    let arguments = ["snapshot", "--database-url", url];
    let time = Path::new("/usr/bin/time");
    if time.exists() {
        let output = Command::new(time)
            .args(["-f", "%M"])
            .arg(cogway)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .output()?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            return Err(format!("cogway snapshot: {text}").into());
        }
        let kib: u64 = text.trim().lines().last().unwrap_or_default().trim().parse()?;
        return Ok(Some(kib * 1024));
    }
    let mut child = Command::new(cogway)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()?;
    let mut peak = None;
    while child.try_wait()?.is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib: Option<u64> = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = peak.max(kib.map(|kib| kib * 1024));
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(peak)
}
