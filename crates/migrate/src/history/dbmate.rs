//! dbmate: `<version>_<name>.sql` with the sections `-- migrate:up` and `-- migrate:down`.
//!
//! - A name begins with digits and ends in `.sql`; everything else is passed over. The version is the digits, as text.
//!   Files run in the order of their names, compared as text (`amacneil/dbmate`, `pkg/dbmate/db.go`).
//! - A section begins with its directive and ends before the next. Before the first stand only blank lines and comments.
//!   A file may hold several pairs of sections, which run one after the other, each in its own transaction
//!   (`pkg/dbmate/migration.go`).
//! - A section runs in one transaction, or, with `transaction:false` behind its directive, is sent whole as one simple
//!   query.
//!
//! A file without a section to go back is refused by dbmate; here it is a revision without a down.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder;
use super::lines::{Line, blank, leading_digits, lines};
use super::problem::{HistoryError, Problem, ProblemKind};
use super::sequence::{Direction, Found, Sequence};
use super::{Revision, Script, TransactionMode};

pub(super) fn read(dir: &Path, problems: &mut Vec<Problem>) -> Result<Vec<Revision>, HistoryError> {
    let mut sequence = Sequence::new();
    let mut versions: BTreeMap<String, PathBuf> = BTreeMap::new();
    for file in folder::list(dir)?.files {
        let Some(stem) = file.name.strip_suffix(".sql") else {
            continue;
        };
        let (version, name) = stem.split_at(leading_digits(stem));
        if version.is_empty() {
            let text = folder::script(&file.path, &mut Vec::new()).unwrap_or_default();
            if lines(&text).any(|line| directive(line.text) == Some(("up", ""))) {
                problems.push(not_a_migration(&file.path));
            }
            continue;
        }
        if let Some(first) = versions.get(version) {
            problems.push(Problem::duplicate(&file.path, version, first));
            continue;
        }
        versions.insert(version.to_owned(), file.path.clone());
        let Some(text) = folder::script(&file.path, problems) else {
            continue;
        };
        let Some(Sections { up, down }) = Sections::parse(&file.path, &text, problems) else {
            continue;
        };
        let found = Found {
            key: file.name.clone(),
            id: version.to_owned(),
            name: name.trim_start_matches('_').to_owned(),
            direction: Direction::Up,
            path: file.path,
            script: Some(up),
        };
        sequence.add_both(found, down, problems);
    }
    Ok(sequence.finish(problems))
}

/// The two directions of a file.
struct Sections {
    up: Script,
    down: Option<Script>,
}

/// A directive and the text up to the next.
struct Section<'a> {
    direction: Direction,
    line: Line<'a>,
    end: usize,
    transaction: TransactionMode,
}

impl Sections {
    fn parse(path: &Path, text: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut sections: Vec<Section<'_>> = Vec::new();
        let mut before = None;
        for line in lines(text) {
            if let Some((direction, options)) = turn(path, line, problems) {
                let transaction = transaction(path, line, options, problems);
                if let Some(last) = sections.last_mut() {
                    last.end = line.start;
                }
                sections.push(Section {
                    direction,
                    line,
                    end: text.len(),
                    transaction,
                });
            } else if sections.is_empty() && before.is_none() && !is_comment_or_blank(line.text) {
                before = Some(line.number);
            }
        }
        let mut refuse = |line: usize, message: &str, hint: &str| {
            problems.push(Problem::new(ProblemKind::Directives, path, message, hint).at(line));
            None
        };
        let Some(first) = sections.first() else {
            return refuse(
                1,
                "there is no `-- migrate:up`",
                "write `-- migrate:up` above the change",
            );
        };
        if first.direction == Direction::Down {
            let message = "`-- migrate:down` stands before `-- migrate:up`";
            return refuse(first.line.number, message, "write the up first");
        }
        if let Some(line) = before {
            let message = "there is a statement before `-- migrate:up`";
            return refuse(line, message, "move it below `-- migrate:up`");
        }
        let doubled = sections.windows(2).find_map(|pair| match pair {
            [a, b] if a.direction == Direction::Down && b.direction == Direction::Down => Some(b.line.number),
            _ => None,
        });
        if let Some(line) = doubled {
            return refuse(
                line,
                "`-- migrate:down` stands here a second time",
                "make one section of the two",
            );
        }
        let up = join(path, text, &sections, Direction::Up)?;
        Some(Sections {
            up,
            down: join(path, text, &sections, Direction::Down),
        })
    }
}

/// All sections of one direction as one script, the others blanked out, so that every statement keeps its line.
fn join(path: &Path, text: &str, sections: &[Section<'_>], direction: Direction) -> Option<Script> {
    let wanted = |section: &&Section<'_>| section.direction == direction;
    let first = sections.iter().find(wanted)?;
    let last = sections.iter().rfind(wanted)?;
    let mut joined = String::new();
    for section in sections
        .iter()
        .filter(|s| s.line.start >= first.line.start && s.end <= last.end)
    {
        let part = text.get(section.line.start..section.end).unwrap_or_default();
        if section.direction == direction {
            joined.push_str(part);
        } else {
            joined.push_str(&blank(part));
        }
    }
    let plain = sections
        .iter()
        .filter(wanted)
        .all(|section| section.transaction == first.transaction);
    // Pairs with and without a transaction in one file: the statements that cannot run in one show which is which.
    let transaction = if plain {
        first.transaction
    } else {
        TransactionMode::Auto
    };
    Some(Script {
        path: path.to_owned(),
        text: Arc::from(joined),
        first_line: first.line.number,
        transaction,
    })
}

/// The word of a directive, and the options behind it.
fn directive(line: &str) -> Option<(&str, &str)> {
    let directive = line.strip_prefix("--")?.trim_start().strip_prefix("migrate:")?;
    Some(directive.split_at(directive.find(char::is_whitespace).unwrap_or(directive.len())))
}

/// The direction that a line turns to, and the options behind it.
fn turn<'a>(path: &Path, line: Line<'a>, problems: &mut Vec<Problem>) -> Option<(Direction, &'a str)> {
    let (word, options) = directive(line.text)?;
    match word {
        "up" => Some((Direction::Up, options)),
        "down" => Some((Direction::Down, options)),
        _ => {
            let message = format!("dbmate takes `migrate:{word}` for a comment");
            let hint = "the directives are `-- migrate:up` and `-- migrate:down`";
            problems.push(Problem::new(ProblemKind::UnknownDirective, path, message, hint).at(line.number));
            None
        }
    }
}

fn transaction(path: &Path, line: Line<'_>, options: &str, problems: &mut Vec<Problem>) -> TransactionMode {
    let mut mode = TransactionMode::Single;
    for option in options.split_whitespace() {
        match option {
            "transaction:false" => mode = TransactionMode::Implicit,
            "transaction:true" => mode = TransactionMode::Single,
            _ => {
                let message = format!("dbmate passes over the option {option:?}");
                let hint = "the only option is `transaction:false`";
                problems
                    .push(Problem::new(ProblemKind::UnknownDirective, path, message, hint).at(line.number));
            }
        }
    }
    mode
}

fn is_comment_or_blank(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with("--")
}

fn not_a_migration(path: &Path) -> Problem {
    let message = "dbmate passes over this file: its name does not begin with a number";
    Problem::new(
        ProblemKind::NameNotRecognised,
        path,
        message,
        "rename it, or move it out of the folder",
    )
}
