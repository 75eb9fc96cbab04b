//! How long a proof takes, beside the bare scripts and the way people do it today.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cogway_catalog::sql;
use cogway_migrate::history::{self, History, Script, TransactionMode, runner_table};

use crate::arguments::Outcome;
use crate::bench::Settings;
use crate::bench::series::Series;
use crate::cluster::{Cluster, needs_no_transaction, temporary_folder};
use crate::judge::cycle::Judge;

const DATABASE: &str = "bare";

/// Measures one history, and returns its row of the table.
pub(crate) fn measure(settings: &Settings, cogway: &Path, dir: &Path, name: &str) -> Outcome<String> {
    let history = history::read(dir, None).map_err(|error| format!("{error}; {}", error.hint()))?;
    let scripts = BareScripts::write(&history)?;
    let (mut bare, mut proof, mut errors) = (Series::default(), Series::default(), 0);
    // The first round of each is not counted.
    for round in 0..=settings.rounds {
        let (took, failed) = scripts.run()?;
        let proved = prove(cogway, dir)?;
        if round > 0 {
            bare.push(took);
            proof.push(proved);
            errors = failed;
        }
    }
    let ratio = proof.ratio_to(&bare);
    println!(
        "{name}: {} revisions, {}; bare scripts {bare} ({errors} statements fail), cogway verify {proof}, ratio {ratio:.2}",
        history.revisions.len(),
        history.format
    );
    let (naive, times) = if settings.naive {
        by_pg_dump(&history, proof.median())?
    } else {
        ("–".to_owned(), "–".to_owned())
    };
    Ok(format!(
        "| {name} ({}) | {} | {bare} | {proof} | {ratio:.2} | {naive} | {times} | ≤ 2.5, ≥ 10 |",
        history.format,
        history.revisions.len()
    ))
}

/// The judge's loop, once: the time of psql and pg_dump alone, and how many times as long that is as the proof.
fn by_pg_dump(history: &History, proof: f64) -> Outcome<(String, String)> {
    let mut judge = Judge::new(history, &[])?;
    for index in 0..history.revisions.len() {
        judge.revision(index)?;
    }
    let times = judge.times();
    let naive = times.scripts + times.dumps;
    let ratio = naive.as_secs_f64() * 1e3 / proof;
    println!(
        "  with pg_dump {:.1} s (scripts {:.1} s, pg_dump {:.1} s in {} calls; {:.1} s of copying databases left out), {ratio:.1} times cogway",
        naive.as_secs_f64(),
        times.scripts.as_secs_f64(),
        times.dumps.as_secs_f64(),
        times.dump_calls,
        times.copies.as_secs_f64()
    );
    Ok((format!("{:.1} s", naive.as_secs_f64()), format!("{ratio:.1}")))
}

/// The whole process of `cogway verify`, server and all.
fn prove(cogway: &Path, dir: &Path) -> Outcome<Duration> {
    let started = Instant::now();
    let output = Command::new(cogway)
        .args(["verify", "--output", "json", "--dir"])
        .arg(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()?;
    let took = started.elapsed();
    // 1 says that there are findings.
    match output.status.code() {
        Some(0 | 1) => Ok(took),
        _ => Err(format!(
            "cogway verify: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )
        .into()),
    }
}

/// Up, down and up of every revision as one script for psql.
struct BareScripts {
    _folder: tempfile::TempDir,
    script: PathBuf,
    runner_table: Option<&'static str>,
}

impl BareScripts {
    fn write(history: &History) -> Outcome<BareScripts> {
        let folder = temporary_folder()?;
        let now = "select pg_catalog.date_part('epoch', pg_catalog.clock_timestamp())";
        let mut all = format!("{now} as started \\gset\n");
        for (number, revision) in history.revisions.iter().enumerate() {
            let up = folder.path().join(format!("{number}.up.sql"));
            fs::write(&up, revision.up.text.as_bytes())?;
            let up = call(&revision.up, &up);
            all.push_str(&up);
            // Where there is nothing to go back by, there is nothing to go up by again: so does Cogway.
            if let Some(down) = revision.down.as_ref().filter(|down| !down.is_blank()) {
                let path = folder.path().join(format!("{number}.down.sql"));
                fs::write(&path, down.text.as_bytes())?;
                all.push_str(&call(down, &path));
                all.push_str(&up);
            }
        }
        writeln!(all, "{now} as ended \\gset\n\\echo :started :ended")?;
        let script = folder.path().join("all.sql");
        fs::write(&script, all)?;
        Ok(BareScripts {
            _folder: folder,
            script,
            runner_table: runner_table(history.format),
        })
    }

    /// Runs all of it on a fresh server; returns the time between the first and the last statement, by the server's
    /// clock, and how many statements failed.
    fn run(&self) -> Outcome<(Duration, usize)> {
        let mut cluster = Cluster::start()?;
        cluster.create(DATABASE)?;
        if let Some(table) = self.runner_table {
            cluster.ask(DATABASE, table)?;
        }
        let output = cluster
            .psql(DATABASE)
            .args(["-v", "ON_ERROR_STOP=0", "-o", "/dev/null", "-f"])
            .arg(&self.script)
            .output()?;
        let errors = String::from_utf8_lossy(&output.stderr).matches("ERROR:").count();
        let text = String::from_utf8(output.stdout)?;
        let times: Result<Vec<f64>, _> = text.split_whitespace().map(str::parse).collect();
        match times.as_deref() {
            Ok([started, ended]) => Ok((Duration::try_from_secs_f64(ended - started)?, errors)),
            _ => Err(format!("psql did not come to the end of the scripts: {text}").into()),
        }
    }
}

/// How psql runs a script: in a transaction where its tool does so.
fn call(script: &Script, path: &Path) -> String {
    let include = format!("\\i {}\n", path.display());
    let bounded = sql::split(&script.text).is_ok_and(|statements| {
        statements
            .iter()
            .any(|statement| statement.kind.bounds_transaction())
    });
    if bounded || script.transaction == TransactionMode::PerStatement || needs_no_transaction(script) {
        include
    } else {
        format!("begin;\n{include}commit;\n")
    }
}
