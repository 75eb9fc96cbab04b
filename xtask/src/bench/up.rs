//! How long it takes to move a database through a thousand revisions, beside `psql` and other tools.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::arguments::Outcome;
use crate::bench::process::Ran;
use crate::bench::series::Series;
use crate::bench::{Settings, process, relay};
use crate::cluster::{Cluster, temporary_folder};

/// So many revisions, a table each.
const REVISIONS: usize = 1000;

/// Measures all of them alternating, each on a fresh database, and returns the rows of the table.
pub(crate) fn measure(settings: &Settings, cogway: &Path) -> Outcome<Vec<String>> {
    let folder = temporary_folder()?;
    // It runs in folders of its own.
    let cogway = &cogway.canonicalize()?;
    let mut cluster = Cluster::start()?;
    let runners = runners(cogway, folder.path(), &mut cluster)?;
    let mut figures: Vec<Figures> = runners.iter().map(|_| Figures::default()).collect();
    // The first round of each is not counted.
    for round in 0..=settings.rounds {
        for (runner, figures) in runners.iter().zip(&mut figures) {
            cluster.create("bench")?;
            let url = cluster.server().url("bench");
            let moved = runner.run(&url)?;
            let again = match runner.again {
                Again::Nothing => Some(runner.run(&url)?.took),
                Again::NotPossible => None,
            };
            if round > 0 {
                figures.moved.push(moved.took);
                again.into_iter().for_each(|took| figures.again.push(took));
                figures.peak = figures.peak.max(moved.peak_kib);
            }
            let tables = cluster.ask(
                "bench",
                "select count(*) from pg_class where relname ~ '^t[0-9]+$' and relkind = 'r'",
            )?;
            if tables.trim() != REVISIONS.to_string() {
                return Err(
                    format!("{}: {} tables instead of {REVISIONS}", runner.name, tables.trim()).into(),
                );
            }
            cluster.drop("bench")?;
        }
    }
    let base = figures[0].moved.clone();
    let mut rows = Vec::new();
    for (runner, figures) in runners.iter().zip(&figures) {
        let ratio = figures.moved.ratio_to(&base);
        let again = match runner.again {
            Again::Nothing => figures.again.to_string(),
            Again::NotPossible => "–".to_owned(),
        };
        let peak = process::megabytes(figures.peak);
        let wanted = if runner.name.contains("`cogway up`") {
            "≤ 1.15, ≤ 30 ms, ≤ 50 MB"
        } else {
            ""
        };
        println!(
            "{}: {}, {ratio:.2} times psql; again {again}; peak {peak}",
            runner.name, figures.moved
        );
        rows.push(format!(
            "| {} | {} | {ratio:.2} | {again} | {peak} | {wanted} |",
            runner.name, figures.moved
        ));
    }
    Ok(rows)
}

#[derive(Default)]
struct Figures {
    moved: Series,
    again: Series,
    /// In KiB.
    peak: Option<u64>,
}

/// Whether it can be run once more, to find nothing to do.
#[derive(Clone, Copy)]
enum Again {
    Nothing,
    NotPossible,
}

struct Runner {
    name: String,
    /// The command, with `{url}` for the database.
    command: Vec<String>,
    dir: PathBuf,
    again: Again,
}

impl Runner {
    /// The whole process.
    fn run(&self, url: &str) -> Outcome<Ran> {
        let words: Vec<OsString> = self
            .command
            .iter()
            .map(|word| word.replace("{url}", url).into())
            .collect();
        process::run(&words, &self.dir, url).map_err(|error| format!("{}: {error}", self.name).into())
    }
}

/// `psql` first, then Cogway, then whichever other tools there are.
fn runners(cogway: &Path, folder: &Path, cluster: &mut Cluster) -> Outcome<Vec<Runner>> {
    let own = folder.join("cogway");
    let mut parent = "[]".to_owned();
    for number in 1..=REVISIONS {
        let dir = own.join(format!("migrations/{number:04}_t{number}"));
        fs::create_dir_all(&dir)?;
        fs::write(dir.join("up.sql"), up(number))?;
        fs::write(dir.join("down.sql"), down(number))?;
        fs::write(dir.join("revision.toml"), format!("parents = {parent}\n"))?;
        parent = format!("[\"{number:04}\"]");
    }
    cluster.create("script")?;
    let script = Command::new(cogway)
        .args([
            "up",
            "--sql",
            "--quiet",
            "--database-url",
            &cluster.server().url("script"),
        ])
        .current_dir(&own)
        .output()?;
    fs::write(folder.join("same.sql"), &script.stdout)?;
    let bare: String = (1..=REVISIONS)
        .map(|number| format!("begin;\n{}commit;\n", up(number)))
        .collect();
    fs::write(folder.join("bare.sql"), bare)?;
    let psql = cluster.psql("bench");
    let psql = psql.get_program().to_string_lossy().into_owned();
    let by_psql = |name: &str, file: &str| Runner {
        name: name.to_owned(),
        command: [&psql, "-X", "-q", "-d", "{url}", "-f", file]
            .map(str::to_owned)
            .to_vec(),
        dir: folder.to_owned(),
        again: Again::NotPossible,
    };
    let mut runners = vec![
        by_psql("`psql`, the same transactions (`cogway up --sql`)", "same.sql"),
        by_psql("`psql`, the bare scripts, without any account", "bare.sql"),
        Runner {
            name: "`cogway up`".to_owned(),
            command: vec![
                cogway.to_string_lossy().into_owned(),
                "up".to_owned(),
                "--quiet".to_owned(),
                "--database-url".to_owned(),
                "{url}".to_owned(),
            ],
            dir: own,
            again: Again::Nothing,
        },
    ];
    runners.extend(alembic(folder)?);
    runners.extend(sqlx(folder)?);
    runners.extend(diesel(folder)?);
    runners.extend(refinery(folder, cluster)?);
    Ok(runners)
}

fn up(number: usize) -> String {
    format!("create table t{number} (id bigint primary key, name text not null, note text);\n")
}

fn down(number: usize) -> String {
    format!("drop table t{number};\n")
}

/// A program of another tool, if it is installed, with its version.
fn installed(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .map(|version| version.trim_matches(&['(', ')'][..]).to_owned())
}

fn runner(name: &str, version: &str, command: &[&str], dir: PathBuf) -> Runner {
    Runner {
        name: format!("{name} {version}"),
        command: command.iter().map(|word| (*word).to_owned()).collect(),
        dir,
        again: Again::Nothing,
    }
}

fn alembic(folder: &Path) -> Outcome<Option<Runner>> {
    let Some(version) = installed("alembic") else {
        return Ok(None);
    };
    let dir = folder.join("alembic");
    let versions = dir.join("alembic/versions");
    fs::create_dir_all(&versions)?;
    fs::write(dir.join("alembic.ini"), "[alembic]\nscript_location = alembic\n")?;
    // Without SQLAlchemy's log, and a transaction for each revision, as the others have.
    let env = "import os\nfrom alembic import context\nfrom sqlalchemy import create_engine\nfrom urllib.parse import parse_qs, urlsplit\n\
               url = urlsplit(os.environ['DATABASE_URL'])\nquery = parse_qs(url.query)\n\
               engine = create_engine('postgresql+psycopg2://', connect_args=dict(host=query['host'][0], user=query['user'][0], dbname=url.path.lstrip('/')))\n\
               with engine.connect() as connection:\n    context.configure(connection=connection, transaction_per_migration=True)\n    with context.begin_transaction():\n        context.run_migrations()\n";
    fs::write(dir.join("alembic/env.py"), env)?;
    for number in 1..=REVISIONS {
        let parent = match number {
            1 => "None".to_owned(),
            _ => format!("'{:04}'", number - 1),
        };
        let text = format!(
            "from alembic import op\nrevision = '{number:04}'\ndown_revision = {parent}\n\
             def upgrade():\n    op.execute('''{}''')\ndef downgrade():\n    op.execute('''{}''')\n",
            up(number).trim(),
            down(number).trim()
        );
        fs::write(versions.join(format!("{number:04}_t.py")), text)?;
    }
    Ok(Some(runner(
        "alembic",
        &version,
        &["alembic", "upgrade", "head"],
        dir,
    )))
}

fn sqlx(folder: &Path) -> Outcome<Option<Runner>> {
    let Some(version) = installed("sqlx") else {
        return Ok(None);
    };
    let dir = folder.join("sqlx");
    fs::create_dir_all(dir.join("migrations"))?;
    for number in 1..=REVISIONS {
        fs::write(dir.join(format!("migrations/{number:04}_t.up.sql")), up(number))?;
        fs::write(
            dir.join(format!("migrations/{number:04}_t.down.sql")),
            down(number),
        )?;
    }
    Ok(Some(runner(
        "sqlx-cli",
        &version,
        &["sqlx", "migrate", "run"],
        dir,
    )))
}

fn diesel(folder: &Path) -> Outcome<Option<Runner>> {
    let Some(version) = installed("diesel") else {
        return Ok(None);
    };
    let dir = folder.join("diesel");
    for number in 1..=REVISIONS {
        let folder = dir.join(format!("migrations/{number:04}_t"));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("up.sql"), up(number))?;
        fs::write(folder.join("down.sql"), down(number))?;
    }
    fs::write(
        dir.join("diesel.toml"),
        "[migrations_directory]\ndir = \"migrations\"\n",
    )?;
    Ok(Some(runner(
        "diesel_cli",
        &version,
        &["diesel", "migration", "run", "--migration-dir", "migrations"],
        dir,
    )))
}

/// It connects over TCP alone, so that all it says takes a step more.
fn refinery(folder: &Path, cluster: &Cluster) -> Outcome<Option<Runner>> {
    let Some(version) = installed("refinery") else {
        return Ok(None);
    };
    let dir = folder.join("refinery");
    fs::create_dir_all(dir.join("migrations"))?;
    for number in 1..=REVISIONS {
        fs::write(
            dir.join(format!("migrations/V{number}__t{number}.sql")),
            up(number),
        )?;
    }
    let port = relay::start(&cluster.server().socket_dir().join(".s.PGSQL.5432"))?;
    let settings = format!(
        "[main]\ndb_type = \"Postgres\"\ndb_host = \"127.0.0.1\"\ndb_port = \"{port}\"\n\
         db_user = \"postgres\"\ndb_pass = \"\"\ndb_name = \"bench\"\n"
    );
    fs::write(dir.join("refinery.toml"), settings)?;
    Ok(Some(runner(
        "refinery_cli",
        &version,
        &["refinery", "migrate", "-c", "refinery.toml", "-p", "migrations"],
        dir,
    )))
}
