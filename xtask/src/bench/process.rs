//! Running a program to its end, with the time and the memory that it takes.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::arguments::Outcome;
use crate::cluster::temporary_folder;

/// What a program took.
pub(crate) struct Ran {
    /// From its start to its end.
    pub(crate) took: Duration,
    /// Peak of its resident set, in KiB; none where there is no `/usr/bin/time` that tells.
    pub(crate) peak_kib: Option<u64>,
    /// What it printed.
    pub(crate) output: String,
}

/// Runs a program with its arguments in a folder, and with the database in its environment. It must succeed.
pub(crate) fn run(words: &[OsString], dir: &Path, url: &str) -> Outcome<Ran> {
    let folder = temporary_folder()?;
    let report = folder.path().join("time");
    let time = Path::new("/usr/bin/time");
    let mut command = if time.exists() {
        let mut command = Command::new(time);
        command.args(["-f", "%M", "-o"]).arg(&report).args(words);
        command
    } else {
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]);
        command
    };
    command
        .current_dir(dir)
        .env("DATABASE_URL", url)
        .stdin(Stdio::null());
    let started = Instant::now();
    let output = command.output()?;
    let took = started.elapsed();
    if !output.status.success() {
        let shown: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        return Err(format!("{}: {}\n{}", shown.join(" "), output.status, said.concat()).into());
    }
    let peak_kib = fs::read_to_string(&report)
        .ok()
        .and_then(|text| text.trim().parse().ok());
    Ok(Ran {
        took,
        peak_kib,
        output: String::from_utf8_lossy(&output.stdout).into_owned(),
    })
}

/// A peak of memory in words.
pub(crate) fn megabytes(peak_kib: Option<u64>) -> String {
    peak_kib.map_or_else(|| "–".to_owned(), |kib| format!("{} MB", kib / 1024))
}
