//! Chores of the project: what a maintainer runs, and no user.
//!
//! `cargo xtask help` lists them.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for maintainers prints"
)]

mod documents;
mod layering;
mod sources;
mod workspace;

use std::error::Error;
use std::process::ExitCode;

const HELP: &str = "\
Chores of the project.

Usage: cargo xtask CHORE

  house   compares the repository with ARCHITECTURE.md: who uses whom, what only computes, who prints,
          whether the paths and links in the documents lead somewhere (each is also a test)
  help    this text
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
        ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        [] => {
            eprint!("{HELP}");
            ExitCode::from(EXIT_USAGE)
        }
        [chore, ..] => {
            eprintln!("xtask: no such chore, or too many words: {chore}\n\n{HELP}");
            ExitCode::from(EXIT_USAGE)
        }
    }
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
