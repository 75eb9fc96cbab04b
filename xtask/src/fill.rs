//! Every version of a history filled with rows: the versions are made by `psql`, the rows by Cogway's seeder, and what is
//! to be said of them by PostgreSQL alone.
//!
//! Each version is copied while it is empty, but for what its own scripts have put there, and the copy is filled. The
//! judge is that of the seeder's own tests.

mod tally;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use cogway_migrate::history::{self, Format, History, Revision, Script, TransactionMode, runner_table};
use cogway_workload::seed::{self, Options};

use crate::arguments::{Arguments, Outcome, Usage};
use crate::cluster::{Cluster, may_leave_pieces};
use crate::judge::dump::{Comparison, Dump};
use crate::workspace;
use tally::{Reached, Spent, Tally};

/// How the chore is used.
pub(crate) const HELP: &str = "  fill DIR… [--rows N] [--seed S] [--every K] [--format F] [--role NAME]… [--least PERCENT]
          fills every version of each history with rows (100), or every K-th and the last one, and says which tables
          stayed empty and why, whether any rule of the schema is broken, and whether the schema is what it was.
          The exit code is 1 when it is not so, or when fewer tables than 99 % (--least) were filled
";

const MAIN: &str = "fill";
const COPY: &str = "fill_copy";
const KEPT: &str = "fill_kept";

/// What is asked for.
struct Task {
    options: Options,
    every: usize,
    format: Option<Format>,
    roles: Vec<String>,
}

/// Runs the chore.
pub(crate) fn run(mut arguments: Arguments) -> Outcome<ExitCode> {
    let defaults = Options::default();
    let task = Task {
        options: Options {
            rows: arguments.value("--rows")?.unwrap_or(defaults.rows),
            seed: arguments.value("--seed")?.unwrap_or(defaults.seed),
            ..defaults
        },
        every: arguments.value("--every")?.unwrap_or(1).max(1),
        format: arguments.value("--format")?,
        roles: arguments.texts("--role")?,
    };
    let least: f64 = arguments.value("--least")?.unwrap_or(99.0);
    let dirs: Vec<PathBuf> = arguments.rest()?.into_iter().map(PathBuf::from).collect();
    if dirs.is_empty() {
        return Err(Usage("fill needs the folder of at least one history".to_owned()).into());
    }
    let mut tallies = Vec::new();
    for dir in &dirs {
        let tally = fill(dir, &task)?;
        tally.print_reasons();
        tallies.push(tally);
    }
    tally::print_table(&tallies);
    let good = tallies
        .iter()
        .all(|tally| tally.is_sound() && tally.share() * 100.0 >= least);
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn fill(dir: &Path, task: &Task) -> Outcome<Tally> {
    let history = history::read(dir, task.format).map_err(|error| format!("{error}; {}", error.hint()))?;
    let mut tally = Tally::new(&dir.display().to_string(), history.revisions.len());
    let mut cluster = Cluster::start()?;
    cluster.create(MAIN)?;
    prepare(&mut cluster, &history, &task.roles)?;
    let last = history.revisions.len().saturating_sub(1);
    for (index, revision) in history.revisions.iter().enumerate() {
        let id = revision.id.to_string();
        let began = Instant::now();
        let ran = up(&mut cluster, revision)?;
        tally.spent.building += began.elapsed();
        if let Err(error) = ran {
            tally.failed(&id, error);
        } else if index % task.every == 0 || index == last {
            let spent = version(&mut cluster, &id, &task.options, &mut tally)?;
            let (number, of) = (index + 1, history.revisions.len());
            eprintln!("{number:>4} of {of}  {id}  {spent}  {}", tally.so_far());
        }
    }
    Ok(tally)
}

/// What the runner of the history makes first, and the roles that it expects.
fn prepare(cluster: &mut Cluster, history: &History, roles: &[String]) -> Outcome<()> {
    for role in roles {
        cluster.ask(
            MAIN,
            &format!("create role {}", cogway_catalog::sql::quote_ident(role)),
        )?;
    }
    if let Some(table) = runner_table(history.format) {
        let script = Script {
            path: "runner_table.sql".into(),
            text: table.into(),
            first_line: 1,
            transaction: TransactionMode::PerStatement,
        };
        cluster.run(MAIN, &script)??;
    }
    Ok(())
}

/// One that fails leaves nothing, and is left out.
fn up(cluster: &mut Cluster, revision: &Revision) -> Outcome<Result<(), String>> {
    let pieces = may_leave_pieces(&revision.up);
    if pieces {
        cluster.copy(MAIN, KEPT)?;
    }
    let ran = cluster.run(MAIN, &revision.up)?;
    if pieces {
        if ran.is_err() {
            cluster.drop(MAIN)?;
            cluster.copy(KEPT, MAIN)?;
        }
        cluster.drop(KEPT)?;
    }
    Ok(ran)
}

/// Fills a version, and says how long that took.
fn version(cluster: &mut Cluster, id: &str, options: &Options, tally: &mut Tally) -> Outcome<Spent> {
    let mut spent = Spent::default();
    let mut began = Instant::now();
    let mut lap = |into: &mut Duration| {
        *into += began.elapsed();
        began = Instant::now();
    };
    cluster.copy(MAIN, COPY)?;
    lap(&mut spent.copying);
    let before = Dump::parse(&cluster.dump(COPY)?);
    lap(&mut spent.dumping);
    let seeded = seed(cluster, options)?;
    lap(&mut spent.seeding);
    match seeded {
        Err(error) => tally.broke_off(id, error),
        Ok(report) => {
            let counts = cluster.ask_file(COPY, &judge("counts.sql"))?;
            tally.version(id, spent.seeding, reached(&counts, &report)?);
            for violation in cluster.ask_file(COPY, &judge("judge.sql"))?.lines() {
                tally.violated(id, violation);
            }
        }
    }
    lap(&mut spent.judging);
    // The schema must be what it was in any case.
    match before.compare(&Dump::parse(&cluster.dump(COPY)?)) {
        Comparison::Same => {}
        Comparison::ColumnOrder { diff } | Comparison::Different { diff } => {
            tally.violated(id, &format!("schema: {diff}"))
        }
    }
    lap(&mut spent.dumping);
    cluster.drop(COPY)?;
    lap(&mut spent.copying);
    tally.spent += spent;
    Ok(spent)
}

fn seed(cluster: &Cluster, options: &Options) -> Outcome<Result<seed::Report, String>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let config = cluster.server().config(COPY);
    let seeded = runtime.block_on(seed::seed(&config, options, &mut |_| {}));
    Ok(seeded.map_err(|error| error.to_string()))
}

/// What became of each table that is no partition, by PostgreSQL's count; the seeder says only why.
fn reached(counts: &str, report: &seed::Report) -> Outcome<Vec<(String, Reached)>> {
    let mut tables = Vec::new();
    for line in counts.lines() {
        let (rest, rows) = line.rsplit_once('|').ok_or("counts.sql gives three columns")?;
        let (table, place) = rest.rsplit_once('|').ok_or("counts.sql gives three columns")?;
        if place != "whole" {
            continue;
        }
        let rows: u64 = rows.parse()?;
        let said = report.tables.iter().find(|it| it.table.to_string() == table);
        let reached = match said.map(|it| (&it.outcome, it.before + it.added)) {
            Some((seed::Outcome::Skipped(reason), _)) => Reached::LeftOut(reason.clone()),
            // Triggers of other tables may have put more there.
            Some((_, said)) if said > rows => {
                Reached::Empty(format!("{said} rows are reported, and there are {rows}"))
            }
            Some((seed::Outcome::Short { reason, .. }, _)) if rows == 0 => Reached::Empty(reason.clone()),
            Some((seed::Outcome::Short { reason, .. }, _)) => Reached::Partly(reason.clone()),
            Some(_) if rows > 0 => Reached::Filled,
            Some(_) => Reached::Empty("no reason is given".to_owned()),
            None => Reached::Empty("nothing is reported".to_owned()),
        };
        tables.push((table.to_owned(), reached));
    }
    Ok(tables)
}

/// A script of the judge of the seeder's tests.
fn judge(name: &str) -> PathBuf {
    workspace::root().join("crates/workload/tests/gallery").join(name)
}
