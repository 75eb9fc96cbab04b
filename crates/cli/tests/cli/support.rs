//! Runs the program, and hides what changes from run to run.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cogway_testkit::TestDatabase;
use serde_json::Value;

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program in a directory, with nothing in the environment that it would listen to, but for what names the
/// PostgreSQL to test.
pub(crate) fn cogway(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cogway"));
    command
        .current_dir(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for name in [
        "DATABASE_URL",
        "SEED_COUNT",
        "PGHOST",
        "PGPORT",
        "PGUSER",
        "PGDATABASE",
        "PGPASSWORD",
        "PGSSLMODE",
        "GITHUB_WORKSPACE",
        "NO_COLOR",
        "COLUMNS",
    ] {
        command.env_remove(name);
    }
    command
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) -> Ran {
    let output = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Ran {
        code: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// Runs the program among the histories that are made to be proved.
pub(crate) fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Ran {
    finish(cogway(&histories()).args(arguments))
}

/// Likewise, with the arguments in one text.
pub(crate) fn run_line(arguments: &str) -> Ran {
    run(arguments.split_whitespace())
}

/// The histories of `crates/migrate`.
pub(crate) fn histories() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrate/tests/histories")
}

/// An empty directory that other users may pass, as a server's user must.
pub(crate) fn project() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::Builder::new()
        .prefix("cogway-cli-")
        .tempdir()
        .expect("a directory");
    std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o755)).expect("chmod");
    dir
}

/// Writes files into a directory: path and text.
pub(crate) fn write(dir: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = dir.join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        std::fs::write(path, text).expect("a file");
    }
}

/// A project with a database of its own.
pub(crate) struct Site {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) database: TestDatabase,
}

impl Site {
    /// An empty directory, and an empty database.
    pub(crate) fn new() -> Site {
        Site {
            dir: project(),
            database: database(),
        }
    }

    /// With these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Site {
        let site = Site::new();
        write(site.dir.path(), files);
        site
    }

    /// With a history of golang-migrate's: of each revision the id with the name, the up and the down.
    pub(crate) fn of(revisions: &[(&str, &str, &str)]) -> Site {
        let site = Site::new();
        for (name, up, down) in revisions {
            site.write(&format!("migrations/{name}.up.sql"), up);
            if !down.is_empty() {
                site.write(&format!("migrations/{name}.down.sql"), down);
            }
        }
        // Nothing has to be said of the format.
        site.write("cogway.toml", "format = \"golang-migrate\"\n");
        site
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        write(self.dir.path(), &[(path, text)]);
    }

    /// A revision of Cogway's own: the id with the name, the ids of its parents.
    pub(crate) fn revision(&self, name: &str, parents: &[&str], up: &str, down: &str) {
        self.write(
            &format!("migrations/{name}/revision.toml"),
            &format!("parents = {parents:?}\n"),
        );
        self.write(&format!("migrations/{name}/up.sql"), up);
        if !down.is_empty() {
            self.write(&format!("migrations/{name}/down.sql"), down);
        }
    }

    pub(crate) fn remove(&self, path: &str) {
        let path = self.dir.path().join(path);
        let removed = if path.is_dir() {
            std::fs::remove_dir_all(&path)
        } else {
            std::fs::remove_file(&path)
        };
        removed.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// The program there, with its database in the environment.
    pub(crate) fn command(&self) -> Command {
        let mut command = cogway(self.dir.path());
        command.env("DATABASE_URL", self.database.url());
        command
    }

    /// Runs it; what it is told is in one text, as in a shell: words in quotes are one.
    pub(crate) fn run(&self, line: &str) -> Ran {
        let ran = finish(self.command().args(words(line)));
        assert!(!ran.stderr.contains("panicked"), "{line}: {ran:?}");
        ran
    }

    /// Likewise, for what must succeed.
    pub(crate) fn done(&self, line: &str) -> String {
        let ran = self.run(line);
        assert_eq!(ran.code, Some(0), "{line}: {ran:?}");
        ran.stdout
    }

    /// Runs it so often, and returns what somebody at a terminal would have seen.
    pub(crate) fn talk(&self, lines: &[&str]) -> String {
        let mut text = String::new();
        for line in lines {
            text += &format!("$ cogway {line}\n");
            let screen = tempfile::NamedTempFile::new().expect("a file");
            let side = || screen.reopen().expect("a file");
            let mut command = self.command();
            // One file with one position, as a terminal has.
            let both = std::fs::OpenOptions::new()
                .append(true)
                .open(screen.path())
                .expect("a file");
            command.stdout(both.try_clone().expect("a file")).stderr(both);
            let status = command.args(words(line)).status().expect("the program runs");
            text += &std::io::read_to_string(side()).expect("text");
            match status.code() {
                Some(0) => {}
                Some(code) => text += &format!("exit code {code}\n"),
                None => text += &format!("{status}\n"),
            }
            text.push('\n');
        }
        assert!(!text.contains("panicked"), "{text}");
        redact(&text)
    }

    /// What `--output json` gives.
    pub(crate) fn json(&self, line: &str) -> Value {
        let ran = self.run(&format!("{line} --output json"));
        serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{line}: {error}: {ran:?}"))
    }

    /// The ids of what is applied, in the order in which it was.
    pub(crate) fn applied(&self) -> String {
        let sql = "select coalesce(string_agg(id, ' ' order by position), '') from cogway.revision";
        self.database.psql(sql).trim().to_owned()
    }
}

/// A fresh database.
pub(crate) fn database() -> TestDatabase {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(cogway_testkit::database())
}

/// The words of a line, as a shell takes them apart.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Hides what may change from run to run: times, ids that are times, versions, fingerprints, processes, machines, the
/// places of databases.
pub(crate) fn redact(text: &str) -> String {
    let text = hide(
        text,
        "on PostgreSQL ",
        |c| c.is_ascii_digit() || c == '.',
        "[version]",
    );
    let text = hide(&text, "cogway ", |c| c.is_ascii_digit() || c == '.', "[version]");
    let text = hide(&text, "Cogway ", |c| c.is_ascii_digit() || c == '.', "[version]");
    let text = hide(&text, "time=\"", |c| c.is_ascii_digit() || c == '.', "[time]");
    let text = hide(&text, ", in ", |c| c.is_ascii_digit() || c == '.', "[time]");
    let text = hide(&text, " UTC, by ", |c| !c.is_whitespace(), "[user]");
    let text = hide(&text, "[user] from ", |c| c != ')', "[host]");
    let text = hide(&text, "process ", |c| c.is_ascii_digit(), "[pid]");
    let text = hide(&text, "pid = ", |c| c.is_ascii_digit(), "[pid]");
    let mut text = text;
    for (pattern, instead) in [
        ("(N min N s)", "([time])"),
        ("(N ms)", "([time])"),
        ("(N s)", "([time])"),
        (" after N ms", " after [time]"),
        (" after N s", " after [time]"),
        (" in N ms", " in [time]"),
        (" in N s", " in [time]"),
        ("9999-99-99 99:99:99 UTC", "[moment]"),
        ("9999-99-99 99:99 UTC", "[moment]"),
        ("9999-99-99T99:99:99.999999Z", "[moment]"),
        ("9999-99-99-999999-9999", "[id]"),
        ("99999999999999", "[id]"),
    ] {
        text = mask(&text, pattern, instead);
    }
    let text = databases(&text);
    let lines = text.lines().map(|line| match line.strip_suffix(" ms") {
        Some(line) => {
            line.trim_end_matches(|c: char| c.is_ascii_digit())
                .trim_end()
                .to_owned()
                + "  [time]"
        }
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// Replaces the name and the place of a test's database.
fn databases(text: &str) -> String {
    let mut parts = text.split("database test_");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.find(" as ").map_or(part, |at| &part[at..]);
        result += "database [database]";
        result += rest;
    }
    result
}

/// Replaces what looks like a pattern: `9` stands for a digit, `N` for a number.
fn mask(text: &str, pattern: &str, instead: &str) -> String {
    let bytes = text.as_bytes();
    let is_part = |c: u8| c.is_ascii_digit() || c == b'.';
    let end_of = |mut at: usize| -> Option<usize> {
        for wanted in pattern.bytes() {
            let begin = at;
            match wanted {
                b'9' => at += usize::from(bytes.get(at)?.is_ascii_digit()),
                b'N' => at += bytes[at..].iter().take_while(|c| is_part(**c)).count(),
                _ => at += usize::from(*bytes.get(at)? == wanted),
            }
            if at == begin {
                return None;
            }
        }
        // A longer number is another thing.
        let goes_on = pattern.ends_with('9') && bytes.get(at).is_some_and(u8::is_ascii_digit);
        (!goes_on).then_some(at)
    };
    let mut result = String::new();
    let mut at = 0;
    while at < bytes.len() {
        let within_number = pattern.starts_with('9') && at > 0 && bytes[at - 1].is_ascii_digit();
        match end_of(at).filter(|_| !within_number) {
            Some(end) => {
                result += instead;
                at = end;
            }
            None => {
                let next = text[at..].chars().next().map_or(1, char::len_utf8);
                result += &text[at..at + next];
                at += next;
            }
        }
    }
    result
}

/// Replaces what follows a word, as far as it consists of certain characters.
fn hide(text: &str, word: &str, part: impl Fn(char) -> bool + Copy, instead: &str) -> String {
    let mut parts = text.split(word);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for rest in parts {
        let kept = rest.trim_start_matches(part);
        result += word;
        result += if kept.len() < rest.len() { instead } else { "" };
        result += kept;
    }
    result
}
