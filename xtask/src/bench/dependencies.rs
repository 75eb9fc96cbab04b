//! How much it takes to find the functional dependencies of a large table, beside Desbordante.
//!
//! Each finder reads the same CSV in a process of its own and tells its processor time and memory itself.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use cogway_analyze::dependency::{Dependency, Rows, Search, find};

use crate::arguments::{Arguments, Outcome, Usage};
use crate::bench::Settings;
use crate::bench::series::Series;
use crate::cluster::temporary_folder;
use crate::random::Random;

/// So many rows, of 15 columns.
const ROWS: usize = 100_000;

/// How many values the columns have that follow from no other.
const FREE: [usize; 8] = [20_000, 1000, 50, 8, 5, 3, 2, 2];

/// Algorithms of Desbordante. TANE takes several times as long as the others, and is asked once.
const PEERS: [(&str, Often); 4] = [
    ("HyFD", Often::EachRound),
    ("Pyro", Often::EachRound),
    ("DFD", Often::EachRound),
    ("Tane", Often::Once),
];

/// What is run for a peer: prints what it finds, and last its processor time in seconds (without that of starting Python)
/// and its peak of memory in KiB.
const SCRIPT: &str = "\
import resource, sys, time, desbordante
start = time.process_time()
exact = getattr(desbordante.fd.algorithms, sys.argv[1], None)
finder = exact() if exact else getattr(desbordante.afd.algorithms, sys.argv[1])()
finder.load_data(table=(sys.argv[2], ',', True))
finder.execute(**({} if exact else {'error': 0.0}))
found = [fd.to_index_tuple() for fd in finder.get_fds()]
took = time.process_time() - start
for left, right in found:
    print(*sorted(left), '->', right)
print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
";

/// Measures all of them alternating, compares what they find, and returns the rows of the table.
pub(crate) fn measure(settings: &Settings, python: &Path) -> Outcome<Vec<String>> {
    let folder = temporary_folder()?;
    let table = folder.path().join("table.csv");
    fs::write(&table, generate(super::SEED))?;
    let mut finders = vec![Finder::cogway()?];
    match version(python) {
        Some(version) => {
            finders.extend(PEERS.map(|(name, often)| Finder::peer(name, often, &version, python)))
        }
        None => println!(
            "skipped: Desbordante ({} cannot import it; `pip install desbordante`)",
            python.display()
        ),
    }
    let mut figures: Vec<(Series, u64)> = vec![<(Series, u64)>::default(); finders.len()];
    let mut expect: Option<BTreeSet<String>> = None;
    // The first round of each is not counted.
    for round in 0..=settings.rounds {
        for (finder, (took, peak)) in finders.iter().zip(&mut figures) {
            if finder.often == Often::Once && round != 1 {
                continue;
            }
            let run = finder.run(&table)?;
            if round > 0 {
                took.push(run.cpu);
                *peak = (*peak).max(run.peak_kib);
            }
            let expect = expect.get_or_insert_with(|| run.found.clone());
            if *expect != run.found {
                return Err(disagreement(&finder.name, expect, &run.found).into());
            }
        }
    }
    let count = expect.map_or(0, |found| found.len());
    let own = figures[0].0.clone();
    let mut rows = Vec::new();
    for (at, (finder, (took, peak))) in finders.iter().zip(&figures).enumerate() {
        let (ratio, wanted) = match at {
            0 => ("–".to_owned(), "≤ HyFD, ≤ 1024 MB"),
            _ if finder.often == Often::Once => ("once".to_owned(), ""),
            _ => (format!("{:.3}", own.ratio_to(took)), ""),
        };
        println!(
            "{}: {count} dependencies, {took} of processor time, peak {} MB",
            finder.name,
            peak / 1024
        );
        rows.push(format!(
            "| {} | {count} | {took} | {ratio} | {} MB | {wanted} |",
            finder.name,
            peak / 1024
        ));
    }
    Ok(rows)
}

/// `bench find-dependencies FILE`: reads a CSV with a line of names and without quotes, in which an empty value is NULL,
/// and prints like the script for peers.
pub(crate) fn print(mut arguments: Arguments) -> Outcome<ExitCode> {
    let error = arguments.value("--error")?.unwrap_or(0.0);
    let rest = arguments.rest()?;
    let [file] = rest.as_slice() else {
        return Err(Usage("bench find-dependencies needs one file".to_owned()).into());
    };
    let text = fs::read(file)?;
    let mut lines = text
        .split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let names = lines.next().unwrap_or_default();
    let values = |line: &'_ [u8]| line.split(|byte| *byte == b',').count();
    let mut rows = Rows::with_columns(values(names))?;
    for line in lines.filter(|line| !line.is_empty()) {
        let row = line.split(|byte| *byte == b',');
        rows.push(row.map(|value| (!value.is_empty()).then_some(value)))?;
    }
    let findings = find(
        &rows,
        &Search {
            error,
            ..Search::default()
        },
    );
    if !findings.is_complete {
        eprintln!(
            "xtask: given up; complete for determinants of up to {} columns",
            findings.complete_to
        );
    }
    let mut output = String::new();
    for found in &findings.found {
        let Dependency {
            determinant,
            dependent,
        } = found.dependency;
        for column in determinant.iter() {
            write!(output, "{column} ")?;
        }
        writeln!(output, "-> {dependent}")?;
    }
    let (cpu, peak) = own_use()?;
    println!("{output}{} {peak}", cpu.as_secs_f64());
    Ok(ExitCode::SUCCESS)
}

/// Processor time of this process, which has one thread only, and its peak of memory in KiB.
fn own_use() -> Outcome<(Duration, u64)> {
    let schedule = fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds = schedule.split_whitespace().next().unwrap_or_default().parse()?;
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|text| text.split_whitespace().next())
        .ok_or("/proc/self/status has no VmHWM")?;
    Ok((Duration::from_nanos(nanoseconds), peak.parse()?))
}

/// A table with NULLs, of which about half of the columns follow from others, some of them from two.
fn generate(seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = String::from("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o\n");
    for _ in 0..ROWS {
        let free = FREE.map(|bound| random.below(bound));
        let [a, b, c, d, ..] = free;
        let derived = [
            a / 50,
            (7 * b + c) % 31,
            (c + d) % 5,
            b % 12,
            a / 300,
            b / 100,
            c / 10,
        ];
        for value in free.iter().chain(&derived) {
            // What is 9 is NULL.
            if *value != 9 {
                text.push_str(&value.to_string());
            }
            text.push(',');
        }
        text.pop();
        text.push('\n');
    }
    text
}

/// How often a finder is run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Often {
    EachRound,
    Once,
}

struct Finder {
    name: String,
    often: Often,
    /// The command; the file comes behind it.
    command: Vec<PathBuf>,
}

struct Run {
    found: BTreeSet<String>,
    cpu: Duration,
    peak_kib: u64,
}

impl Finder {
    fn cogway() -> Outcome<Finder> {
        Ok(Finder {
            name: "`find`".to_owned(),
            often: Often::EachRound,
            command: vec![
                std::env::current_exe()?,
                "bench".into(),
                "find-dependencies".into(),
            ],
        })
    }

    fn peer(name: &str, often: Often, version: &str, python: &Path) -> Finder {
        Finder {
            name: format!("{name} of Desbordante {version}"),
            often,
            command: vec![python.into(), "-c".into(), SCRIPT.into(), name.into()],
        }
    }

    fn run(&self, table: &Path) -> Outcome<Run> {
        let output = Command::new(&self.command[0])
            .args(&self.command[1..])
            .arg(table)
            .output()?;
        let failed = |what: &str| format!("{}: {what}", self.name);
        if !output.status.success() {
            return Err(failed(&String::from_utf8_lossy(&output.stderr)).into());
        }
        let text = String::from_utf8(output.stdout)?;
        let mut lines: Vec<&str> = text.lines().collect();
        let last = lines.pop().ok_or_else(|| failed("no output"))?;
        let (seconds, peak) = last.split_once(' ').ok_or_else(|| failed(last))?;
        Ok(Run {
            found: lines.into_iter().map(str::to_owned).collect(),
            cpu: Duration::try_from_secs_f64(seconds.parse()?)?,
            peak_kib: peak.parse()?,
        })
    }
}

/// The version of Desbordante, if this Python has it.
fn version(python: &Path) -> Option<String> {
    let script = "import desbordante, importlib.metadata as m; print(m.version('desbordante'))";
    let output = Command::new(python).args(["-c", script]).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}

fn disagreement(name: &str, expect: &BTreeSet<String>, found: &BTreeSet<String>) -> String {
    let some = |list: Vec<&String>| format!("{} ({:?} …)", list.len(), list.first());
    format!(
        "{name} disagrees with `find`: it has {} more, and lacks {}",
        some(found.difference(expect).collect()),
        some(expect.difference(found).collect())
    )
}
