//! A database, a folder with a history, and the program between them.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use cogway_pg::scratch::Program;
use cogway_testkit::{Binaries, TestDatabase, database, search};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{self, Ran, project, write};

/// How long anything that is waited for may take. It is long: the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(40);

/// The key of the advisory lock of a run, as SQL.
pub(crate) const LOCK: &str = "x'0000636f67776179'::bit(64)::bigint";

/// What a test needs.
pub(crate) struct World {
    dir: TempDir,
    url: String,
    binaries: Binaries,
    /// The revision that was written last, on which the next builds.
    last: Option<String>,
    /// Drops the database with it.
    _database: Option<TestDatabase>,
}

impl World {
    /// An empty database, and an empty history.
    pub(crate) fn new() -> World {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let database = runtime.expect("a runtime").block_on(database());
        World {
            dir: project(),
            url: database.url(),
            binaries: database.binaries().clone(),
            last: None,
            _database: Some(database),
        }
    }

    /// An empty history, for a server that the test starts itself.
    pub(crate) fn without_database() -> World {
        World {
            dir: in_memory(),
            url: String::new(),
            binaries: Binaries::find(&search()).expect("PostgreSQL"),
            last: None,
            _database: None,
        }
    }

    /// Another empty database, and the same history.
    pub(crate) fn again(&self) -> World {
        World::new().with_history_of(self)
    }

    /// With the history of another.
    pub(crate) fn with_history_of(self, other: &World) -> World {
        copy(
            &other.dir.path().join("migrations"),
            &self.dir.path().join("migrations"),
        );
        World {
            last: other.last.clone(),
            ..self
        }
    }

    /// The directory in which the program runs.
    pub(crate) fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// The directory of the server's socket.
    pub(crate) fn socket_dir(&self) -> &Path {
        let (_, rest) = self.url.split_once("?host=").expect("a URL of ours");
        Path::new(rest.split('&').next().expect("a directory"))
    }

    /// The URL of the database through another socket.
    pub(crate) fn url_through(&self, socket_dir: &Path) -> String {
        let dir = self.socket_dir().display().to_string();
        self.url.replace(&dir, &socket_dir.display().to_string())
    }

    /// The URL of the database for another role.
    pub(crate) fn url_as(&self, role: &str) -> String {
        self.url.replace("user=postgres", &format!("user={role}"))
    }

    /// From now on the database is another one.
    pub(crate) fn set_url(&mut self, url: &str) {
        url.clone_into(&mut self.url);
    }

    /// Writes a revision that builds on the one before.
    pub(crate) fn revision(&mut self, id: &str, up: &str, down: &str) {
        self.revision_with(id, up, down, "");
    }

    /// Likewise, one that runs statement by statement.
    pub(crate) fn revision_in_parts(&mut self, id: &str, up: &str, down: &str) {
        self.revision_with(id, up, down, "transaction = \"none\"\n");
    }

    fn revision_with(&mut self, id: &str, up: &str, down: &str, settings: &str) {
        let parents = match &self.last {
            Some(last) => format!("[\"{last}\"]"),
            None => "[]".to_owned(),
        };
        let settings = format!("parents = {parents}\n{settings}");
        let folder = format!("migrations/{id}_step");
        write(
            self.dir.path(),
            &[
                (&format!("{folder}/up.sql"), up),
                (&format!("{folder}/down.sql"), down),
                (&format!("{folder}/revision.toml"), &settings),
            ],
        );
        self.last = Some(id.to_owned());
    }

    /// Writes another up for a revision that is there.
    pub(crate) fn mend(&self, id: &str, up: &str) {
        write(self.dir.path(), &[(&format!("migrations/{id}_step/up.sql"), up)]);
    }

    /// The program, with the database in its environment.
    pub(crate) fn cogway<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = support::cogway(self.dir.path());
        command.env("DATABASE_URL", &self.url).args(arguments);
        command
    }

    /// Runs it to its end; the arguments are one text.
    pub(crate) fn run(&self, arguments: &str) -> Ran {
        let ran = support::finish(&mut self.cogway(arguments.split_whitespace()));
        assert!(
            !ran.stderr.contains("panicked"),
            "cogway {arguments}: {}",
            ran.stderr
        );
        ran
    }

    /// Runs it to its end, and looks at its exit code.
    #[track_caller]
    pub(crate) fn expect(&self, code: i32, arguments: &str) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(
            ran.code,
            Some(code),
            "cogway {arguments}: {}{}",
            ran.stderr,
            ran.stdout
        );
        ran
    }

    /// Starts it.
    pub(crate) fn spawn(&self, arguments: &str) -> Running {
        self.spawn_at(&self.url, arguments)
    }

    /// Starts it with another URL.
    pub(crate) fn spawn_at(&self, url: &str, arguments: &str) -> Running {
        let mut command = self.cogway(arguments.split_whitespace());
        Running::of(command.env("DATABASE_URL", url), arguments)
    }

    /// Runs SQL, which must succeed, and returns its rows: columns separated by `|`.
    pub(crate) fn psql(&self, sql: &str) -> String {
        let output = self
            .psql_command()
            .args(["-c", sql])
            .output()
            .expect("psql can be run");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{sql}: {stderr}");
        String::from_utf8(output.stdout)
            .expect("text")
            .trim_end()
            .to_owned()
    }

    /// A session that stays.
    pub(crate) fn session(&self) -> Session {
        Session::of(&mut self.psql_command())
    }

    fn psql_command(&self) -> Command {
        let mut command = self.program(Program::Psql);
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", &self.url]);
        command
    }

    fn program(&self, program: Program) -> Command {
        let mut command = Command::new(self.binaries.program(program));
        command.env_clear().env("PGCLIENTENCODING", "UTF8");
        command
    }

    /// Everything in the database but the ledger, with the rows.
    pub(crate) fn dump(&self) -> String {
        self.dump_with(&["--exclude-schema=cogway"])
    }

    /// Everything in the database.
    pub(crate) fn whole_dump(&self) -> String {
        self.dump_with(&[])
    }

    /// The schema, without rows.
    pub(crate) fn schema(&self) -> String {
        self.dump_with(&["--schema-only"])
    }

    fn dump_with(&self, arguments: &[&str]) -> String {
        let output = self
            .program(Program::PgDump)
            .args(["-d", &self.url])
            .args(arguments)
            .output();
        let output = output.expect("pg_dump can be run");
        assert!(
            output.status.success(),
            "pg_dump: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = String::from_utf8(output.stdout).expect("text");
        // These two lines are other ones each time.
        let changing = |line: &&str| line.starts_with("\\restrict ") || line.starts_with("\\unrestrict ");
        in_order(text.lines().filter(|line| !changing(line)))
    }

    /// What the ledger says is applied, in order, and what is half done.
    pub(crate) fn ledger(&self) -> String {
        self.psql(
            "select id, parents, up_checksum, down_checksum from cogway.revision order by position;
             select 'half done:', revision, direction, done, begun from cogway.unfinished",
        )
    }

    /// The ids of what is applied, in order.
    pub(crate) fn applied(&self) -> String {
        self.psql("select coalesce(string_agg(id, ' ' order by position), '') from cogway.revision")
    }

    /// What the journal says of an event.
    pub(crate) fn journal(&self, event: &str) -> String {
        self.psql(&format!(
            "select revision, direction, statement, sqlstate, message from cogway.journal
              where event = '{event}' order by id"
        ))
    }

    /// The database and the ledger, to be compared.
    pub(crate) fn state(&self) -> State {
        State {
            dump: self.dump(),
            ledger: self.ledger(),
        }
    }

    /// Indexes that PostgreSQL does not use.
    pub(crate) fn invalid_indexes(&self) -> String {
        self.psql("select indexrelid::regclass from pg_index where not indisvalid order by 1")
    }

    /// Waits until a query gives `t`.
    pub(crate) fn wait_until(&self, sql: &str) {
        let mut session = self.session();
        let seen = wait_until(|| session.ask(sql) == "t");
        assert!(seen, "in vain: {sql}\n{}", self.activity());
    }

    /// Waits until a session of Cogway's runs something with these words, and, if it is to wait, waits for a lock.
    pub(crate) fn wait_until_running(&self, statement: &str, how: How) {
        let waits = match how {
            How::Working => "true",
            How::Waiting => "wait_event_type = 'Lock'",
        };
        self.wait_until(&format!(
            "select exists (select from pg_stat_activity where application_name = 'cogway' and state = 'active'
                and query ilike '%{}%' and {waits})",
            statement.replace('\'', "''")
        ));
    }

    /// Waits until there is no session of Cogway's in the database any more.
    pub(crate) fn wait_until_gone(&self) {
        self.wait_until(
            "select not exists (select from pg_stat_activity where application_name = 'cogway'
                and datname = current_database())",
        );
    }

    fn activity(&self) -> String {
        self.psql(
            "select pid, application_name, state, wait_event_type, wait_event, query from pg_stat_activity
              where datname = current_database()",
        )
    }
}

/// Is it at work, or does it wait for a lock?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    Working,
    Waiting,
}

/// What a database holds.
#[derive(PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) dump: String,
    pub(crate) ledger: String,
}

impl State {
    /// Is it the same?
    #[track_caller]
    pub(crate) fn must_be(&self, expect: &State, when: &str) {
        assert_eq!(self.ledger, expect.ledger, "the ledger, {when}");
        if self.dump != expect.dump {
            let only = |one: &str, other: &str| -> Vec<String> {
                let other: Vec<&str> = other.lines().collect();
                let lines = one.lines().filter(|line| !other.contains(line));
                lines.map(str::to_owned).collect()
            };
            panic!(
                "the database is another one, {when}\nmissing: {:#?}\nadded: {:#?}",
                only(&expect.dump, &self.dump),
                only(&self.dump, &expect.dump)
            );
        }
    }
}

/// The program while it runs.
pub(crate) struct Running {
    child: Child,
    arguments: String,
    /// What it writes to stdout, as it comes.
    lines: Receiver<String>,
    read: String,
}

impl Running {
    fn of(command: &mut Command, arguments: &str) -> Running {
        let mut child = command.spawn().expect("the program runs");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                // Nobody may care any more.
                let _ = sender.send(line);
            }
        });
        Running {
            child,
            arguments: arguments.to_owned(),
            lines,
            read: String::new(),
        }
    }

    /// Reads its lines of JSON up to the one with that event.
    #[track_caller]
    pub(crate) fn read_until(&mut self, event: &str) -> Value {
        loop {
            let Ok(line) = self.lines.recv_timeout(PATIENCE) else {
                let _ = self.child.kill();
                panic!("cogway {}: {event} does not come", self.arguments);
            };
            let value: Value = serde_json::from_str(&line).expect("JSON");
            self.read += &line;
            self.read.push('\n');
            if value["event"] == event {
                return value;
            }
        }
    }

    /// Sends a signal: `INT`, `KILL`.
    pub(crate) fn signal(&self, name: &str) {
        let kill = Command::new("kill")
            .args([&format!("-{name}"), &self.child.id().to_string()])
            .status();
        assert!(kill.expect("kill runs").success());
    }

    /// Kills it, and nobody is asked.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("a child");
        self.child.wait().expect("a child");
    }

    /// Has it ended?
    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().expect("a child").is_some()
    }

    /// Waits for its end.
    pub(crate) fn finish(mut self) -> Ran {
        let ended = wait_until(|| self.has_ended());
        if !ended {
            let _ = self.child.kill();
        }
        let mut stderr = String::new();
        let pipe = self.child.stderr.as_mut().expect("a pipe");
        pipe.read_to_string(&mut stderr).expect("text");
        assert!(
            ended && !stderr.contains("panicked"),
            "cogway {}: {stderr}",
            self.arguments
        );
        let mut stdout = self.read;
        for line in self.lines {
            stdout += &line;
            stdout.push('\n');
        }
        Ran {
            code: self.child.wait().expect("a child").code(),
            stdout,
            stderr,
        }
    }

    /// Waits for its end, and looks at its exit code.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Ran {
        let arguments = self.arguments.clone();
        let ran = self.finish();
        assert_eq!(ran.code, Some(code), "cogway {arguments}: {}", ran.stderr);
        ran
    }
}

/// A session of somebody else: psql, which stays until it is closed.
pub(crate) struct Session {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Session {
    fn of(command: &mut Command) -> Session {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("psql can be run");
        let stdin = child.stdin.take().expect("a pipe");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        Session { child, stdin, stdout }
    }

    /// Sends commands, and returns their rows when they are done.
    pub(crate) fn ask(&mut self, sql: &str) -> String {
        self.try_ask(sql)
            .unwrap_or_else(|| panic!("psql has gone away at: {sql}"))
    }

    /// Likewise; nothing when they failed, or the server went away.
    pub(crate) fn try_ask(&mut self, sql: &str) -> Option<String> {
        const END: &str = "-- the end";
        writeln!(self.stdin, "{sql}\n;\\echo '{END}'").ok()?;
        let mut text = String::new();
        loop {
            let mut line = String::new();
            if self.stdout.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if line.trim_end() == END {
                return Some(text.trim_end().to_owned());
            }
            text.push_str(&line);
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Without it, the server would see the end of the pipe only when it writes into it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An empty directory, where writing is quick.
fn in_memory() -> TempDir {
    let memory = Path::new("/dev/shm");
    if !memory.is_dir() {
        return project();
    }
    let mut builder = tempfile::Builder::new();
    let builder = builder
        .prefix("cogway-cli-")
        .permissions(std::fs::Permissions::from_mode(0o755));
    builder.tempdir_in(memory).expect("a directory")
}

/// Asks again and again; false when the time is over.
pub(crate) fn wait_until(mut is_so: impl FnMut() -> bool) -> bool {
    let started = Instant::now();
    while !is_so() {
        if started.elapsed() > PATIENCE {
            return false;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    true
}

/// The lines of a dump, with the rows of each table in an order that does not depend on where they lie.
fn in_order<'l>(lines: impl Iterator<Item = &'l str>) -> String {
    let mut text = String::new();
    let mut rows: Option<Vec<&str>> = None;
    for line in lines {
        match &mut rows {
            Some(known) if line == "\\." => {
                known.sort_unstable();
                text += &known.join("\n");
                text += "\n\\.\n";
                rows = None;
            }
            Some(known) => known.push(line),
            None => {
                text += line;
                text.push('\n');
                rows = (line.starts_with("COPY ") && line.ends_with(" FROM stdin;")).then(Vec::new);
            }
        }
    }
    text
}

fn copy(from: &std::path::Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a directory");
    for entry in std::fs::read_dir(from).expect("a directory").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("a copy");
        }
    }
}
