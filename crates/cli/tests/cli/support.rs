//! Runs the program, and hides what changes from run to run.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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

/// Hides times and versions, the only things that may change from run to run.
pub(crate) fn redact(text: &str) -> String {
    let text = hide(
        text,
        "on PostgreSQL ",
        |c| c.is_ascii_digit() || c == '.',
        "[version]",
    );
    let text = hide(&text, "cogway ", |c| c.is_ascii_digit() || c == '.', "[version]");
    let text = hide(&text, "time=\"", |c| c.is_ascii_digit() || c == '.', "[time]");
    let text = hide(&text, ", in ", |c| c.is_ascii_digit() || c == '.', "[time]");
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
