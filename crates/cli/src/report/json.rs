//! The report for machines. Its shape is a promise: `docs/verify.md`.

use std::path::{Path, PathBuf};

use cogway_catalog::Unmodelled;
use cogway_migrate::history::Problem;
use cogway_migrate::verify::{Event, RevisionReport, Verdict};
use serde::Serialize;

use super::Subject;
use crate::output::Header;

/// The whole report as one document.
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    #[serde(flatten)]
    header: Header,
    #[serde(flatten)]
    body: Body<'a>,
}

/// What a report says of one history.
#[derive(Serialize)]
pub(crate) struct Body<'a> {
    dir: &'a Path,
    history_format: &'static str,
    server_version: u32,
    revisions: &'a [RevisionReport],
    #[serde(flatten)]
    rest: Rest<'a>,
}

/// What is known at the end.
#[derive(Serialize)]
struct Rest<'a> {
    problems: Vec<JsonProblem<'a>>,
    unused_allowances: Vec<JsonAllowance<'a>>,
    unmodelled: &'a [Unmodelled],
    stopped_early: bool,
    summary: Summary,
}

/// Something wrong with the files of a history.
#[derive(Serialize)]
pub(crate) struct JsonProblem<'a> {
    kind: &'static str,
    message: &'a str,
    hint: &'a str,
    path: &'a Path,
    line: Option<usize>,
}

impl<'a> JsonProblem<'a> {
    pub(crate) fn of(problem: &'a Problem) -> JsonProblem<'a> {
        JsonProblem {
            kind: problem.kind.code(),
            message: &problem.message,
            hint: &problem.hint,
            path: &problem.path,
            line: problem.line,
        }
    }
}

#[derive(Serialize)]
struct JsonAllowance<'a> {
    revision: &'a str,
    kind: &'a str,
    object: Option<&'a str>,
    reason: &'a str,
    path: PathBuf,
    line: usize,
}

#[derive(Serialize)]
struct Summary {
    revisions: usize,
    pass: usize,
    finding: usize,
    allowed: usize,
    ms: f64,
}

/// The report as one document.
pub(crate) fn document<'a>(subject: &'a Subject<'_>) -> Document<'a> {
    Document {
        header: Header::of("verify"),
        body: body(subject),
    }
}

/// What a report says of one history, as a part of a document.
pub(crate) fn body<'a>(subject: &'a Subject<'_>) -> Body<'a> {
    Body {
        dir: subject.dir,
        history_format: subject.report.format.as_str(),
        server_version: subject.report.server_version,
        revisions: &subject.report.revisions,
        rest: rest(subject),
    }
}

fn rest<'a>(subject: &'a Subject<'_>) -> Rest<'a> {
    let report = subject.report;
    let unused = subject.unused().map(|entry| JsonAllowance {
        revision: &entry.allowance.revision,
        kind: &entry.allowance.kind,
        object: entry.allowance.object.as_deref(),
        reason: &entry.allowance.reason,
        path: subject.config_path(),
        line: entry.line,
    });
    Rest {
        problems: report.problems.iter().map(JsonProblem::of).collect(),
        unused_allowances: unused.collect(),
        unmodelled: &report.unmodelled,
        stopped_early: report.stopped_early,
        summary: Summary {
            revisions: report.revisions.len(),
            pass: report.count(Verdict::Pass),
            finding: report.count(Verdict::Finding),
            allowed: report.count(Verdict::Allowed),
            ms: (report.took.as_secs_f64() * 1e6).round() / 1e3,
        },
    }
}

/// One line of `--output jsonl`.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Line<'a> {
    /// So many revisions will be proved.
    Started {
        #[serde(flatten)]
        header: Header,
        dir: &'a Path,
        history_format: &'static str,
        revisions: usize,
    },
    /// A revision's proof begins.
    Proving { id: &'a str, name: &'a str },
    /// Its proof on rows begins, beside the other.
    ProvingOnRows { id: &'a str, name: &'a str },
    /// It has ended.
    Proved { revision: &'a RevisionReport },
    /// The ground is built anew, of so many revisions.
    Rebuilding { revisions: usize },
    /// Everything is proved again; the revisions so far do not count.
    ReadingAgain,
    /// The end, unless there was an error.
    Finished(Finished<'a>),
}

/// What the last line holds.
#[derive(Serialize)]
pub(crate) struct Finished<'a> {
    #[serde(flatten)]
    rest: Rest<'a>,
}

impl<'a> Line<'a> {
    pub(crate) fn of(event: &Event<'a>, dir: &'a Path, history_format: &'static str) -> Line<'a> {
        match *event {
            Event::Started { revisions } => Line::Started {
                header: Header::of("verify"),
                dir,
                history_format,
                revisions,
            },
            Event::Proving { id, name } => Line::Proving {
                id: id.as_str(),
                name,
            },
            Event::ProvingOnRows { id, name } => Line::ProvingOnRows {
                id: id.as_str(),
                name,
            },
            Event::Proved(revision) => Line::Proved { revision },
            Event::Rebuilding { revisions } => Line::Rebuilding { revisions },
            Event::ReadingAgain => Line::ReadingAgain,
        }
    }

    pub(crate) fn finished(subject: &'a Subject<'_>) -> Line<'a> {
        Line::Finished(Finished { rest: rest(subject) })
    }
}
