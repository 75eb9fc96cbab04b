//! What there is to say, as text, in each of its forms. Values in, text out: nothing here does I/O.
//!
//! A proof's report is here; [`steps`] is a run, [`position`] where a database stands, [`mod@revisions`] and [`graph`] the
//! revisions of a history, [`change`] what changed in a script, [`account`] what was written into the ledger alone.

pub(crate) mod account;
pub(crate) mod change;
pub(crate) mod github;
pub(crate) mod graph;
pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod junit;
pub(crate) mod normal_form;
mod on_rows;
pub(crate) mod position;
pub(crate) mod revisions;
pub(crate) mod seed;
pub(crate) mod steps;

use std::path::{Path, PathBuf};

use cogway_migrate::verify::{Finding, FindingKind, Report, Verdict};

use crate::config::{Allowed, Config, FILE};
use crate::paint::visible;

/// A report, and what it is about.
pub(crate) struct Subject<'a> {
    /// What was found.
    pub(crate) report: &'a Report,
    /// The folder of the history.
    pub(crate) dir: &'a Path,
    /// Where the allow-list stands.
    pub(crate) config: &'a Config,
}

impl Subject<'_> {
    /// The entries of the allow-list that nothing needed.
    fn unused(&self) -> impl Iterator<Item = &Allowed> {
        self.report
            .unused_allowances
            .iter()
            .filter_map(|&place| self.config.allow.get(place))
    }

    /// The file with the allow-list.
    fn config_path(&self) -> PathBuf {
        self.config.path.clone().unwrap_or_else(|| FILE.into())
    }

    /// The last line of the report: counts, time, server.
    pub(crate) fn summary(&self) -> String {
        let report = self.report;
        let count = |verdict| report.count(verdict);
        let mut text = format!(
            "{}: {} pass",
            revisions(report.revisions.len()),
            count(Verdict::Pass)
        );
        let kinds: Vec<String> = FindingKind::ALL
            .into_iter()
            .filter_map(|kind| {
                let is_open = |finding: &Finding| finding.kind == kind && finding.allowed.is_none();
                let with = report
                    .revisions
                    .iter()
                    .filter(|revision| revision.findings.iter().any(is_open))
                    .count();
                (with > 0).then(|| format!("{} {with}", kind.words()))
            })
            .collect();
        match count(Verdict::Finding) {
            0 => text += ", 0 with findings",
            with => text += &format!(", {with} with findings ({})", kinds.join(", ")),
        }
        text += &format!(", {} allowed", count(Verdict::Allowed));
        if !report.problems.is_empty() {
            text += &format!(
                ", {}",
                counted(
                    report.problems.len(),
                    "problem with the files",
                    "problems with the files"
                )
            );
        }
        if !report.unused_allowances.is_empty() {
            let many = report.unused_allowances.len();
            text += &format!(", {}", counted(many, "unused allowance", "unused allowances"));
        }
        text += &format!(
            ", in {} on PostgreSQL {}",
            seconds(report.took),
            version(report.server_version)
        );
        if report.stopped_early {
            text += "; stopped at the first finding";
        }
        text
    }
}

/// What is said of an entry of the allow-list that nothing needs.
fn unused_message(entry: &Allowed) -> String {
    let allowance = &entry.allowance;
    let object = allowance
        .object
        .as_ref()
        .map(|object| format!(" of {object}"))
        .unwrap_or_default();
    format!(
        "nothing needs this allowance: {}{object} in revision {}",
        allowance.kind, allowance.revision
    )
}

/// What to do about it.
const UNUSED_HINT: &str = "remove the entry: what it allowed does not happen any more";

/// `1 revision`, `2 revisions`.
pub(crate) fn revisions(number: usize) -> String {
    counted(number, "revision", "revisions")
}

pub(crate) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `0.42 s`, `12.3 s`.
fn seconds(time: std::time::Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 10.0 {
        format!("{seconds:.2} s")
    } else {
        format!("{seconds:.1} s")
    }
}

/// `15.18`, of 150018.
pub(crate) fn version(number: u32) -> String {
    format!("{}.{}", number / 10_000, number % 10_000)
}

/// `path:line`, or the path alone.
pub(crate) fn place(path: &Path, line: Option<usize>) -> String {
    let path = path.display().to_string();
    match line {
        Some(line) => format!("{}:{line}", visible(&path)),
        None => visible(&path).into_owned(),
    }
}

/// The id of a revision and its name.
pub(crate) fn title(id: &str, name: &str) -> String {
    if name.is_empty() || name == id {
        visible(id).into_owned()
    } else {
        format!("{} {}", visible(id), visible(name))
    }
}

/// Findings of one revision that belong together: same script, same line, same kind, same allowance.
fn groups(findings: &[Finding]) -> Vec<Vec<&Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        let key = |finding: &Finding| {
            (
                finding.path.clone(),
                finding.line,
                finding.kind,
                finding.allowed.clone(),
                finding.sqlstate.clone(),
            )
        };
        match groups
            .iter_mut()
            .find(|group| group.first().is_some_and(|first| key(first) == key(finding)))
        {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    // By script, in the order in which the scripts were found at fault.
    let mut paths: Vec<&Path> = Vec::new();
    for group in &groups {
        let path = group[0].path.as_path();
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    groups.sort_by_key(|group| paths.iter().position(|path| *path == group[0].path));
    groups
}

/// Does the finding's message say by itself what kind of fault it is?
fn says_kind(finding: &Finding) -> bool {
    finding.message.starts_with(finding.kind.words())
}

/// The text of a group without colours: one line for each message and hint, the first line what it is.
fn group_text(group: &[&Finding]) -> Vec<String> {
    let mut lines = Vec::new();
    if group.iter().any(|finding| !says_kind(finding)) {
        lines.push(group[0].kind.words().to_owned());
    }
    for finding in group {
        lines.extend(message_lines(finding).map(str::to_owned));
    }
    lines.extend(hints(group).map(|hint| format!("hint: {hint}")));
    lines
}

/// The lines of a message, without indentation.
fn message_lines(finding: &Finding) -> impl Iterator<Item = &str> {
    finding.message.lines().map(str::trim_start)
}

/// The hints of a group, each once.
fn hints<'a>(group: &[&'a Finding]) -> impl Iterator<Item = &'a str> + use<'a> {
    let mut hints: Vec<&str> = Vec::new();
    for finding in group {
        if !finding.hint.is_empty() && !hints.contains(&finding.hint.as_str()) {
            hints.push(&finding.hint);
        }
    }
    hints.into_iter()
}
