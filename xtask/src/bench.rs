//! Measures what is promised, for `BENCHMARKS.md`.

mod dependencies;
mod doc;
mod document;
pub(crate) mod history;
mod machine;
mod process;
mod read;
mod relay;
mod seed;
mod series;
mod start;
mod up;
mod verify;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::arguments::{Arguments, Outcome, Usage};
use crate::{cluster, workspace};

/// How the chore is used.
pub(crate) const HELP: &str = "  bench [verify] [read] [start] [up] [seed] [doc] [dependencies] [DIR…]
        [--rounds N] [--no-naive] [--large] [--cogway PATH] [--python PATH] [--write]
          measures proofs of the histories (without any: of a generated one of 300 revisions), reading catalogs with
          its memory, starts of private servers, moving a database through a thousand revisions, beside the other tools
          that are installed, filling a table with a million rows, beside COPY of the same rows, describing a schema, and
          finding the dependencies of a large table, beside Desbordante if the Python of --python (python3) has it; all
          seven unless one is named. Builds cogway for release unless --cogway names a binary. --no-naive leaves out the
          long way with pg_dump; --large fills the table with ten million rows as well, for its memory; --write puts the
          figures into BENCHMARKS.md
  bench history DIR [--revisions N] [--seed N]
          writes the generated history
  bench find-dependencies FILE [--error SHARE]
          finds the dependencies of a CSV without quotes; last come its processor time and its peak of memory in KiB
";

const REVISIONS: usize = 300;
const SEED: u64 = 2026;

/// How to measure.
pub(crate) struct Settings {
    /// How many rounds count.
    pub(crate) rounds: usize,
    /// Whether the long way with pg_dump is measured as well.
    pub(crate) naive: bool,
}

/// Lines for `BENCHMARKS.md`, under the heading of their table.
type Section = (&'static str, Vec<String>);

/// Runs the chore.
pub(crate) fn run(mut arguments: Arguments) -> Outcome<ExitCode> {
    if arguments.leading("history") {
        return write_history(arguments);
    }
    if arguments.leading("find-dependencies") {
        return dependencies::print(arguments);
    }
    let settings = Settings {
        rounds: arguments.value("--rounds")?.unwrap_or(5),
        naive: !arguments.switch("--no-naive"),
    };
    let cogway: Option<PathBuf> = arguments.value("--cogway")?;
    let python: PathBuf = arguments.value("--python")?.unwrap_or_else(|| "python3".into());
    let large = match arguments.switch("--large") {
        true => seed::Large::Asked,
        false => seed::Large::Not,
    };
    let write = arguments.switch("--write");
    let mut parts = [
        ("verify", false),
        ("read", false),
        ("start", false),
        ("up", false),
        ("seed", false),
        ("doc", false),
        ("dependencies", false),
    ];
    while let Some(part) = parts.iter_mut().find(|(name, _)| arguments.leading(name)) {
        part.1 = true;
    }
    let dirs: Vec<PathBuf> = arguments.rest()?.into_iter().map(PathBuf::from).collect();
    if settings.rounds == 0 {
        return Err(Usage("--rounds must be 1 or more".to_owned()).into());
    }
    let all = parts.iter().all(|(_, named)| !named);
    let [verify, read, start, up, fills, doc, dependencies] = parts.map(|(_, named)| named || all);
    if !verify && !dirs.is_empty() {
        return Err(Usage("only verify takes folders".to_owned()).into());
    }
    let cogway = match cogway {
        Some(binary) => binary,
        None if verify || read || up || fills || doc => build_cogway()?,
        None => PathBuf::new(),
    };
    let head = machine::describe(settings.rounds)?;
    println!("{head}");
    let mut sections: Vec<Section> = Vec::new();
    if start {
        sections.push(("Starting a private server", vec![start::measure(&settings)?]));
    }
    if read {
        sections.push(("Reading a catalog", read::measure(&settings, Some(&cogway))?));
    }
    if up {
        sections.push(("Moving a database", up::measure(&settings, &cogway)?));
    }
    if fills {
        sections.push(("Seeding", seed::measure(&settings, &cogway, large)?));
    }
    if doc {
        sections.push(("Describing a schema", doc::measure(&settings, &cogway)?));
    }
    if dependencies {
        sections.push(("Finding dependencies", dependencies::measure(&settings, &python)?));
    }
    if verify {
        sections.push(("Proving a history", measure_histories(&settings, &cogway, &dirs)?));
    }
    println!();
    for (heading, rows) in &sections {
        println!("## {heading}\n{}\n", rows.join("\n"));
    }
    if write {
        write_document(&head, &sections)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn measure_histories(settings: &Settings, cogway: &Path, dirs: &[PathBuf]) -> Outcome<Vec<String>> {
    if dirs.is_empty() {
        let folder = cluster::temporary_folder()?;
        history::write(folder.path(), REVISIONS, SEED)?;
        return Ok(vec![verify::measure(
            settings,
            cogway,
            folder.path(),
            "generated",
        )?]);
    }
    dirs.iter()
        .map(|dir| verify::measure(settings, cogway, dir, &name_of(dir)))
        .collect()
}

/// What a folder is called in the table: the first part of its path that is no general word.
fn name_of(dir: &Path) -> String {
    let general = [
        "migrations",
        "migration",
        "sql",
        "postgres",
        "postgresql",
        "schema",
        "db",
        "internal",
        "storage",
        "src",
    ];
    let parts: Vec<String> = dir
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    let own = parts.iter().rev().find(|part| !general.contains(&part.as_str()));
    own.or(parts.last())
        .cloned()
        .unwrap_or_default()
        .replace('+', "/")
}

fn write_history(mut arguments: Arguments) -> Outcome<ExitCode> {
    let revisions = arguments.value("--revisions")?.unwrap_or(REVISIONS);
    let seed = arguments.value("--seed")?.unwrap_or(SEED);
    let rest = arguments.rest()?;
    let [folder] = rest.as_slice() else {
        return Err(Usage("bench history needs one folder".to_owned()).into());
    };
    fs::create_dir_all(folder)?;
    history::write(Path::new(folder), revisions, seed)?;
    Ok(ExitCode::SUCCESS)
}

/// Builds the program as users get it, and says where it is.
pub(crate) fn build_cogway() -> Outcome<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--release", "--package", "cogway"])
        .current_dir(workspace::root())
        .status()?;
    if !status.success() {
        return Err("cogway cannot be built".into());
    }
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace::root().join("target"), PathBuf::from);
    Ok(workspace::root().join(target).join("release/cogway"))
}

fn write_document(head: &str, sections: &[Section]) -> Outcome<()> {
    let path = workspace::root().join("BENCHMARKS.md");
    let mut text = fs::read_to_string(&path)?;
    let missing =
        |heading: &str| format!("BENCHMARKS.md has no heading {heading:?} with what belongs under it");
    text = document::with_text(&text, "Machine", head).ok_or_else(|| missing("Machine"))?;
    for (heading, rows) in sections {
        text = document::with_rows(&text, heading, rows).ok_or_else(|| missing(heading))?;
    }
    fs::write(path, text)?;
    Ok(())
}
