//! The independent judge of `cogway verify`: the way people do it today.
//!
//! For each revision of a history: `pg_dump --schema-only` before up, after down and after up again, everything run
//! by PostgreSQL's own programs. Of Cogway only the reading of the files and the private server take part; the judge
//! knows nothing of catalogs.

pub(crate) mod cycle;
pub(crate) mod disagreement;
pub(crate) mod dump;
pub(crate) mod judgement;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use cogway_migrate::history::{self, Format};
use serde::{Deserialize, Serialize};

use crate::arguments::{Arguments, Outcome, Usage};
use cycle::Judge;
use judgement::{Judgement, Kind};

/// How the chore is used.
pub(crate) const HELP: &str = "  judge DIR [--format F] [--role NAME]… [--json FILE] [--cogway PATH] [--judged FILE] [--diff-lines N] [--all]
          judges every revision of a history by pg_dump before and after, and with --cogway compares with what that
          binary's `verify` says. --json keeps the verdicts; --judged takes such a file instead of judging again.
          --role makes a role first, as a history expects it; --all shows the reasons for all findings
";

/// The verdicts on a history, as they are kept in a file.
#[derive(Debug, Serialize, Deserialize)]
struct Judged {
    dir: PathBuf,
    format: String,
    server_version: String,
    seconds: f64,
    revisions: Vec<Judgement>,
}

/// Runs the chore: the exit code is 1 when Cogway says something else.
pub(crate) fn run(mut arguments: Arguments) -> Outcome<ExitCode> {
    let format: Option<Format> = arguments.value("--format")?;
    let roles = arguments.texts("--role")?;
    let json: Option<PathBuf> = arguments.value("--json")?;
    let judged: Option<PathBuf> = arguments.value("--judged")?;
    let cogway: Option<PathBuf> = arguments.value("--cogway")?;
    let lines: usize = arguments.value("--diff-lines")?.unwrap_or(20);
    let all = arguments.switch("--all");
    let rest = arguments.rest()?;
    let [dir] = rest.as_slice() else {
        return Err(Usage("judge needs the folder of one history".to_owned()).into());
    };
    let dir = Path::new(dir);
    let judged = match judged {
        Some(file) => serde_json::from_slice(&fs::read(&file)?)?,
        None => judge(dir, format, &roles)?,
    };
    if let Some(file) = json {
        fs::write(file, serde_json::to_vec_pretty(&judged)?)?;
    }
    print_verdicts(&judged, all.then_some(lines));
    match cogway {
        Some(binary) => print_agreement(&judged, &binary, dir, lines),
        None => Ok(ExitCode::SUCCESS),
    }
}

fn judge(dir: &Path, format: Option<Format>, roles: &[String]) -> Outcome<Judged> {
    let history = history::read(dir, format).map_err(|error| format!("{error}; {}", error.hint()))?;
    println!(
        "{} revisions, read as {}: {}",
        history.revisions.len(),
        history.format,
        history.chosen_because
    );
    for problem in &history.problems {
        println!("{}: {}", problem.path.display(), problem.message);
    }
    let started = Instant::now();
    let mut judge = Judge::new(&history, roles)?;
    let mut revisions = Vec::new();
    for index in 0..history.revisions.len() {
        revisions.push(judge.revision(index)?);
    }
    let times = judge.times();
    let elapsed = started.elapsed();
    println!(
        "{:.1} s: scripts {:.1} s, pg_dump {:.1} s in {} calls, copies of databases {:.1} s; {} on a server of their own",
        elapsed.as_secs_f64(),
        times.scripts.as_secs_f64(),
        times.dumps.as_secs_f64(),
        times.dump_calls,
        times.copies.as_secs_f64(),
        judge.apart,
    );
    Ok(Judged {
        dir: dir.to_owned(),
        format: history.format.to_string(),
        server_version: judge.server_build(),
        seconds: elapsed.as_secs_f64(),
        revisions,
    })
}

/// Prints what is wrong with which revision, and how often there is what.
fn print_verdicts(judged: &Judged, reasons: Option<usize>) {
    let mut counts: BTreeMap<Kind, (usize, usize)> = BTreeMap::new();
    let mut passed = 0;
    for judgement in &judged.revisions {
        passed += usize::from(judgement.findings.is_empty());
        for (place, finding) in judgement.findings.iter().enumerate() {
            let count = counts.entry(finding.kind).or_default();
            if place == 0 {
                count.0 += 1
            } else {
                count.1 += 1
            }
            if let Some(lines) = reasons {
                println!(
                    "{} {}\n{}",
                    judgement.id,
                    finding.kind,
                    indented(&finding.reason, lines)
                );
            }
        }
    }
    println!(
        "PostgreSQL {}, {} revisions, {passed} pass",
        judged.server_version,
        judged.revisions.len()
    );
    for (kind, (first, further)) in counts {
        println!(
            "  {kind:<17}{first:>4}{}",
            if further > 0 {
                format!(", and {further} after another finding")
            } else {
                String::new()
            }
        );
    }
}

fn print_agreement(judged: &Judged, binary: &Path, dir: &Path, lines: usize) -> Outcome<ExitCode> {
    let report = disagreement::ask_cogway(binary, dir, &judged.format)?;
    let agreement = disagreement::compare(&judged.revisions, &report);
    for disagreement in &agreement.disagreements {
        println!(
            "\n{}\n  judge:\n{}\n  cogway:\n{}",
            disagreement.id,
            indented(&disagreement.judge, lines),
            indented(&disagreement.cogway, lines)
        );
    }
    println!(
        "\n{} revisions, {} agree ({} of them need what this server lacks), {} disagree",
        judged.revisions.len(),
        agreement.agree,
        agreement.not_judged,
        agreement.disagreements.len()
    );
    Ok(if agreement.disagreements.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn indented(text: &str, most: usize) -> String {
    let mut lines: Vec<String> = text
        .trim_end()
        .lines()
        .take(most)
        .map(|line| format!("    {line}"))
        .collect();
    let left = text.trim_end().lines().count().saturating_sub(most);
    if left > 0 {
        lines.push(format!("    … {left} more lines"));
    }
    lines.join("\n")
}
