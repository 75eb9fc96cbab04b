//! A private server on which PostgreSQL's own programs are run, as people run them by hand.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use cogway_catalog::sql::{self, StatementKind};
use cogway_migrate::history::{Script, TransactionMode};
use cogway_pg::scratch::{GROUND_DATABASE, Program, ScratchOptions, ScratchServer};
use tempfile::TempDir;

use crate::arguments::Outcome;

/// The longest text that is handed to a program as one word; Linux takes 128 KiB.
const LONGEST_WORD: usize = 100_000;

/// Everything that belongs to a server and not to one of its databases, as one text.
const SHARED: &str = "
select coalesce(pg_catalog.string_agg(line, E'\\n' order by line), '') from (
    select pg_catalog.to_jsonb(r)::text from pg_catalog.pg_roles r
    union all select pg_catalog.format('%s in %s', member::regrole, roleid::regrole) from pg_catalog.pg_auth_members
    union all select pg_catalog.to_jsonb(s)::text from pg_catalog.pg_db_role_setting s
    union all select spcname from pg_catalog.pg_tablespace
    union all select datname from pg_catalog.pg_database where datname not like 'judge%'
) as lines (line)";

/// A private server, and how long its programs took.
pub(crate) struct Cluster {
    server: ScratchServer,
    /// Where scripts lie for psql and for the server to read.
    folder: TempDir,
    /// How long everything took so far.
    pub(crate) times: Times,
}

/// How long programs took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Times {
    /// Scripts of the history, psql's start included.
    pub(crate) scripts: Duration,
    /// pg_dump.
    pub(crate) dumps: Duration,
    /// How often pg_dump was called.
    pub(crate) dump_calls: usize,
    /// Copying and dropping databases.
    pub(crate) copies: Duration,
}

impl Times {
    /// The sum of two.
    pub(crate) fn and(self, other: Times) -> Times {
        Times {
            scripts: self.scripts + other.scripts,
            dumps: self.dumps + other.dumps,
            dump_calls: self.dump_calls + other.dump_calls,
            copies: self.copies + other.copies,
        }
    }
}

/// The options with which `cogway` starts a server as well: the same PostgreSQL, the same cache.
pub(crate) fn scratch_options() -> ScratchOptions {
    ScratchOptions {
        search: cogway_testkit::search(),
        cache_dir: cogway_testkit::cache_dir(),
        ..ScratchOptions::default()
    }
}

/// Where temporary files go: memory, where there is some.
pub(crate) fn memory() -> PathBuf {
    let shm = Path::new("/dev/shm");
    if shm.is_dir() {
        shm.to_owned()
    } else {
        std::env::temp_dir()
    }
}

/// A temporary folder that the server can read as well.
pub(crate) fn temporary_folder() -> Outcome<TempDir> {
    use std::os::unix::fs::PermissionsExt;
    let mut builder = tempfile::Builder::new();
    let builder = builder
        .prefix("cogway-xtask-")
        .permissions(fs::Permissions::from_mode(0o755));
    Ok(builder.tempdir_in(memory())?)
}

impl Cluster {
    /// Starts one.
    pub(crate) fn start() -> Outcome<Cluster> {
        let server =
            ScratchServer::start(&scratch_options()).map_err(|error| format!("{error}; {}", error.hint()))?;
        Ok(Cluster {
            server,
            folder: temporary_folder()?,
            times: Times::default(),
        })
    }

    /// The server.
    pub(crate) fn server(&self) -> &ScratchServer {
        &self.server
    }

    /// Makes an empty database.
    pub(crate) fn create(&mut self, database: &str) -> Outcome<()> {
        self.administer(&format!("create database {database}"))
    }

    /// Copies a database to which nobody is connected.
    pub(crate) fn copy(&mut self, from: &str, to: &str) -> Outcome<()> {
        // In memory, copying files is quicker than writing the log; before version 15 there was nothing else.
        let strategy = if self.server.version().major >= 15 {
            "strategy file_copy"
        } else {
            ""
        };
        self.administer(&format!("create database {to} template {from} {strategy}"))
    }

    /// Drops a database, with those who are connected.
    pub(crate) fn drop(&mut self, database: &str) -> Outcome<()> {
        self.administer(&format!("drop database {database} with (force)"))
    }

    fn administer(&mut self, command: &str) -> Outcome<()> {
        let started = Instant::now();
        self.ask(GROUND_DATABASE, command)?;
        self.times.copies += started.elapsed();
        Ok(())
    }

    /// What belongs to the server and not to a database: roles, their memberships and settings, tablespaces, databases.
    pub(crate) fn shared(&self) -> Outcome<String> {
        self.ask(GROUND_DATABASE, SHARED)
    }

    /// Runs commands of our own, which must succeed, and returns what they print.
    pub(crate) fn ask(&self, database: &str, commands: &str) -> Outcome<String> {
        let output = self.psql(database).args(["-A", "-t", "-c", commands]).output()?;
        if output.status.success() {
            Ok(String::from_utf8(output.stdout)?)
        } else {
            Err(format!("psql: {}\n{commands}", error_text(&output)).into())
        }
    }

    /// Likewise, for a file.
    pub(crate) fn ask_file(&self, database: &str, file: &Path) -> Outcome<String> {
        let output = self.psql(database).args(["-A", "-t", "-f"]).arg(file).output()?;
        if output.status.success() {
            Ok(String::from_utf8(output.stdout)?)
        } else {
            Err(format!("psql: {}: {}", file.display(), error_text(&output)).into())
        }
    }

    /// `pg_dump --schema-only` of the same version as the server.
    pub(crate) fn dump(&mut self, database: &str) -> Outcome<String> {
        let started = Instant::now();
        let output = self
            .program(Program::PgDump)
            .args([
                "--schema-only",
                "--no-password",
                "--dbname",
                &self.server.url(database),
            ])
            .output()?;
        self.times.dumps += started.elapsed();
        self.times.dump_calls += 1;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(format!("pg_dump: {}", error_text(&output)).into())
        }
    }

    /// Runs a script of a history with psql, in the transaction in which its tool runs it; the inner error is what
    /// psql says of a script that fails.
    pub(crate) fn run(&mut self, database: &str, script: &Script) -> Outcome<Result<(), String>> {
        let file = self.folder.path().join("script.sql");
        fs::write(&file, script.text.as_bytes())?;
        let mut psql = self.psql(database);
        match (script.transaction, self.whole(script)) {
            (TransactionMode::Implicit, _)
                if script.text.len() <= LONGEST_WORD && !script.text.starts_with('\\') =>
            {
                psql.arg("-c").arg(&*script.text);
            }
            (TransactionMode::Implicit, _) => {
                // \gexec sends the text of each cell as one query, too.
                let text = format!(
                    "pg_catalog.pg_read_file({})",
                    sql::quote_literal(&file.to_string_lossy())
                );
                let command = self.folder.path().join("command.sql");
                fs::write(&command, format!("select {text} \\gexec\n"))?;
                psql.arg("-f").arg(command);
            }
            (_, Whole::InOneTransaction) => {
                psql.arg("--single-transaction").arg("-f").arg(file);
            }
            (_, Whole::InPieces) => {
                psql.arg("-f").arg(file);
            }
        }
        let started = Instant::now();
        let output = psql.output()?;
        self.times.scripts += started.elapsed();
        Ok(if output.status.success() {
            Ok(())
        } else {
            Err(error_text(&output))
        })
    }

    fn whole(&self, script: &Script) -> Whole {
        match script.transaction {
            TransactionMode::Single => Whole::InOneTransaction,
            TransactionMode::Auto if !needs_no_transaction(script) => Whole::InOneTransaction,
            TransactionMode::Auto | TransactionMode::Implicit | TransactionMode::PerStatement => {
                Whole::InPieces
            }
        }
    }

    /// psql on a database, stopping at the first error.
    pub(crate) fn psql(&self, database: &str) -> Command {
        let mut psql = self.program(Program::Psql);
        psql.args([
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            &self.server.url(database),
        ]);
        psql
    }

    fn program(&self, program: Program) -> Command {
        let mut command = Command::new(self.server.binaries().program(program));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        command
            .env("PGOPTIONS", "-c client_min_messages=error")
            .stdin(Stdio::null());
        command
    }
}

enum Whole {
    InOneTransaction,
    InPieces,
}

/// Whether a script has a statement that PostgreSQL refuses in a transaction.
pub(crate) fn needs_no_transaction(script: &Script) -> bool {
    sql::split(&script.text).is_ok_and(|statements| {
        statements
            .iter()
            .any(|statement| matches!(statement.kind, StatementKind::OutsideTransaction(_)))
    })
}

/// Whether a script that fails may leave the work of its first statements.
pub(crate) fn may_leave_pieces(script: &Script) -> bool {
    let Ok(statements) = sql::split(&script.text) else {
        return false;
    };
    let bounded = statements
        .iter()
        .any(|statement| statement.kind.bounds_transaction());
    match script.transaction {
        TransactionMode::PerStatement => statements.len() > 1,
        TransactionMode::Auto => bounded || needs_no_transaction(script),
        TransactionMode::Single | TransactionMode::Implicit => bounded || needs_no_transaction(script),
    }
}

/// What a program says of its failure, in a line.
fn error_text(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let told = lines
        .iter()
        .position(|line| line.contains("ERROR:") || line.contains("FATAL:"))
        .unwrap_or(0);
    let end = lines.len().min(told + 3);
    let text = lines.get(told..end).unwrap_or_default().join(" | ");
    if text.is_empty() {
        output.status.to_string()
    } else {
        text
    }
}
