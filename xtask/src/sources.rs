//! Invariants that can be seen in the text of the sources: who prints, and who does nothing but compute.
//!
//! The text is read cheaply: comments are cut off, everything else counts. Clippy's lints say part of the same;
//! here it holds for code that somebody has put an exception on, too.

use std::path::Path;
use std::{fs, io};

use crate::{layering, workspace};

/// Modules of the standard library that reach outside the program.
const OUTSIDE: &[&str] = &["env", "fs", "net", "process", "time"];

/// Macros that print.
const PRINTING: &[&str] = &["print!", "println!", "eprint!", "eprintln!", "dbg!"];

/// A place in a source file and what is wrong there.
struct Finding {
    /// Counted from 1.
    line: usize,
    what: String,
}

/// Where pure rooms do more than compute.
pub(crate) fn check_pure_rooms() -> io::Result<Vec<String>> {
    let mut list = Vec::new();
    for room in layering::PURE_ROOMS {
        let directory = workspace::root().join("crates").join(room).join("src");
        for place in places_below(&directory, reaches_outside)? {
            list.push(format!(
                "{place}: {room} only computes; let the caller read, and hand over what was read"
            ));
        }
    }
    Ok(list)
}

/// Where rooms other than `cli` print.
pub(crate) fn check_printing() -> io::Result<Vec<String>> {
    let mut list = Vec::new();
    for entry in fs::read_dir(workspace::root().join("crates"))? {
        let room = entry?.path();
        if room.file_name().is_some_and(|name| name != "cli") {
            for place in places_below(&room.join("src"), prints)? {
                list.push(format!(
                    "{place}: only crates/cli prints; return a value or emit an event"
                ));
            }
        }
    }
    Ok(list)
}

fn places_below(directory: &Path, look: fn(&str) -> Vec<Finding>) -> io::Result<Vec<String>> {
    let mut list = Vec::new();
    for path in workspace::files(directory, "rs")? {
        if is_test(&path) {
            continue;
        }
        let source = fs::read_to_string(&path)?;
        let short = path.strip_prefix(workspace::root()).unwrap_or(&path);
        for finding in look(&source) {
            list.push(format!("{}:{}: {}", short.display(), finding.line, finding.what));
        }
    }
    Ok(list)
}

/// Modules of the standard library that a pure room must not name.
fn reaches_outside(source: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (line, text) in lines_of_code(source) {
        for (at, _) in text.match_indices("std::") {
            let rest = text[at + "std::".len()..].trim_start();
            let names: Vec<&str> = match rest.strip_prefix('{') {
                // `use std::{fmt, fs::File}`: rustfmt breaks only long lists over lines, and these are short.
                Some(list) => list.split(['{', '}', ',']).map(first_word).collect(),
                None => vec![first_word(rest)],
            };
            findings.extend(
                names
                    .into_iter()
                    .filter(|name| OUTSIDE.contains(name))
                    .map(|name| Finding {
                        line,
                        what: format!("std::{name}"),
                    }),
            );
        }
    }
    findings
}

/// Calls of macros that print.
fn prints(source: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (line, text) in lines_of_code(source) {
        for name in PRINTING {
            let called = text.match_indices(name).any(|(at, _)| {
                // `print!` is also the end of `eprint!`.
                !text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
            });
            if called {
                findings.push(Finding {
                    line,
                    what: (*name).to_owned(),
                });
            }
        }
    }
    findings
}

/// Whether a file holds tests only. Tests may do what they like.
fn is_test(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "tests.rs")
        || path.components().any(|part| part.as_os_str() == "tests")
}

/// The lines with their numbers, without comments, up to a module of tests at the end of the file.
fn lines_of_code(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source
        .lines()
        .take_while(|line| line.trim() != "#[cfg(test)]")
        .zip(1..)
        .map(|(text, line)| (line, text.split("//").next().unwrap_or(text)))
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    let end = text
        .find(|it: char| !it.is_alphanumeric() && it != '_')
        .unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pure_rooms_do_nothing_but_compute() {
        let list = check_pure_rooms().unwrap();
        assert!(list.is_empty(), "{}", list.join("\n"));
    }

    #[test]
    fn only_cli_prints() {
        let list = check_printing().unwrap();
        assert!(list.is_empty(), "{}", list.join("\n"));
    }

    #[test]
    fn what_reaches_outside_is_seen() {
        check(reaches_outside, "use std::fs::File;", &["1 std::fs"]);
        check(
            reaches_outside,
            "use std::{fmt, env, time::Instant};",
            &["1 std::env", "1 std::time"],
        );
        check(
            reaches_outside,
            "fn f() {\n    std::env::var(\"A\");\n}",
            &["2 std::env"],
        );
        check(
            reaches_outside,
            "use std::collections::BTreeMap;\n// std::fs\n",
            &[],
        );
        check(
            reaches_outside,
            "use std::fmt;\n#[cfg(test)]\nmod tests { use std::fs; }",
            &[],
        );
    }

    #[test]
    fn what_prints_is_seen() {
        check(prints, "println!(\"a\");", &["1 println!"]);
        check(prints, "\neprint!(\"a\");", &["2 eprint!"]);
        check(prints, "std::println!();", &["1 println!"]);
        check(prints, "/// println!(\"an example\");\nmy_println!();", &[]);
    }

    #[track_caller]
    fn check(look: fn(&str) -> Vec<Finding>, source: &str, expect: &[&str]) {
        let found: Vec<String> = look(source)
            .into_iter()
            .map(|finding| format!("{} {}", finding.line, finding.what))
            .collect();
        assert_eq!(found, expect);
    }
}
