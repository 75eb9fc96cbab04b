//! Chores of the project: what a maintainer runs, and no user.
//!
//! `cargo xtask help` lists them.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for maintainers prints"
)]

mod arguments;
mod bench;
mod cluster;
mod documents;
mod fill;
mod judge;
mod layering;
mod random;
mod soak;
mod sources;
mod workspace;

use std::error::Error;
use std::process::ExitCode;

use arguments::{Arguments, Outcome, Usage};

const HELP: &str = "\
Chores of the project.

Usage: cargo xtask CHORE

  house   compares the repository with ARCHITECTURE.md: who uses whom, what only computes, who prints,
          whether the paths and links in the documents lead somewhere (each is also a test)
";

/// Wrong use, as in the exit codes of `cogway`.
const EXIT_USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["house"] => match inspect_house() {
            Ok(findings) if findings.is_empty() => {
                println!("The repository is as ARCHITECTURE.md says.");
                ExitCode::SUCCESS
            }
            Ok(findings) => {
                println!("{}", findings.join("\n"));
                ExitCode::FAILURE
            }
            Err(error) => {
                eprintln!("xtask: {error}");
                ExitCode::from(EXIT_USAGE)
            }
        },
        ["judge", rest @ ..] => finish(judge::run(Arguments::new(rest))),
        ["fill", rest @ ..] => finish(fill::run(Arguments::new(rest))),
        ["bench", rest @ ..] => finish(bench::run(Arguments::new(rest))),
        ["soak", rest @ ..] => finish(soak::run(Arguments::new(rest))),
        ["help" | "--help" | "-h"] => {
            print!("{}", help());
            ExitCode::SUCCESS
        }
        [] => {
            eprint!("{}", help());
            ExitCode::from(EXIT_USAGE)
        }
        [chore, ..] => {
            eprintln!("xtask: no such chore, or too many words: {chore}\n\n{}", help());
            ExitCode::from(EXIT_USAGE)
        }
    }
}

fn help() -> String {
    [
        HELP,
        judge::HELP,
        fill::HELP,
        bench::HELP,
        soak::HELP,
        "  help    this text\n",
    ]
    .concat()
}

fn finish(outcome: Outcome<ExitCode>) -> ExitCode {
    outcome.unwrap_or_else(|error| {
        eprintln!("xtask: {error}");
        if error.is::<Usage>() {
            eprint!("\n{}", help());
        }
        ExitCode::from(EXIT_USAGE)
    })
}

/// Everything in which the repository differs from what it says of itself.
fn inspect_house() -> Result<Vec<String>, Box<dyn Error>> {
    let arrows = layering::check_workspace()?;
    let mut findings: Vec<String> = arrows.iter().map(ToString::to_string).collect();
    findings.extend(sources::check_pure_rooms()?);
    findings.extend(sources::check_printing()?);
    findings.extend(documents::check_architecture()?);
    findings.extend(documents::check_links()?);
    Ok(findings)
}
