//! What a proof found out: findings, verdicts, the report.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use cogway_catalog::Unmodelled;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::on_rows::OnRows;
use crate::history::{Format, Problem, RevisionId};

/// What is wrong with a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// `up` fails on the state that the revisions before leave.
    UpFails,
    /// There is no `down`.
    DownMissing,
    /// `down` holds no statement, while `up` changed something.
    DownEmpty,
    /// `down` fails.
    DownFails,
    /// After `down` the schema is not what it was before `up`.
    DownDiffers,
    /// After `down` the columns of a table stand in another order than before `up`, and nothing else is wrong with it.
    ColumnOrder,
    /// `up` fails after `down`.
    UpAgainFails,
    /// After `down` and `up` the schema is not what it was after the first `up`.
    UpAgainDiffers,
    /// The rows of a table that was to be watched are others than they should be.
    DataDiffers,
    /// `up` fails on rows, and does not without them.
    UpFailsOnRows,
    /// `down` fails on rows, and does not without them.
    DownFailsOnRows,
    /// Rows or values that were there before `up` are not there after `down`.
    DataLost,
    /// The script needs something that the server does not have or allow; nothing is said of the migration.
    CannotJudge,
}

impl FindingKind {
    /// Every kind.
    pub const ALL: [FindingKind; 13] = [
        FindingKind::UpFails,
        FindingKind::DownMissing,
        FindingKind::DownEmpty,
        FindingKind::DownFails,
        FindingKind::DownDiffers,
        FindingKind::ColumnOrder,
        FindingKind::UpAgainFails,
        FindingKind::UpAgainDiffers,
        FindingKind::DataDiffers,
        FindingKind::UpFailsOnRows,
        FindingKind::DownFailsOnRows,
        FindingKind::DataLost,
        FindingKind::CannotJudge,
    ];

    /// The kind as machines and `cogway.toml` call it: `down_differs`.
    pub fn code(self) -> &'static str {
        match self {
            FindingKind::UpFails => "up_fails",
            FindingKind::DownMissing => "down_missing",
            FindingKind::DownEmpty => "down_empty",
            FindingKind::DownFails => "down_fails",
            FindingKind::DownDiffers => "down_differs",
            FindingKind::ColumnOrder => "column_order",
            FindingKind::UpAgainFails => "up_again_fails",
            FindingKind::UpAgainDiffers => "up_again_differs",
            FindingKind::DataDiffers => "data_differs",
            FindingKind::UpFailsOnRows => "up_fails_on_rows",
            FindingKind::DownFailsOnRows => "down_fails_on_rows",
            FindingKind::DataLost => "data_lost",
            FindingKind::CannotJudge => "cannot_judge",
        }
    }

    /// The kind in words: `down leaves a difference`.
    pub fn words(self) -> &'static str {
        match self {
            FindingKind::UpFails => "up fails",
            FindingKind::DownMissing => "down is missing",
            FindingKind::DownEmpty => "down is empty",
            FindingKind::DownFails => "down fails",
            FindingKind::DownDiffers => "down does not restore the schema",
            FindingKind::ColumnOrder => "column order differs after down",
            FindingKind::UpAgainFails => "up fails after down",
            FindingKind::UpAgainDiffers => "up after down gives another schema",
            FindingKind::DataDiffers => "data differs",
            FindingKind::UpFailsOnRows => "up fails on rows",
            FindingKind::DownFailsOnRows => "down fails on rows",
            FindingKind::DataLost => "down does not bring data back",
            FindingKind::CannotJudge => "cannot be judged on this server",
        }
    }
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// One thing that is wrong with a revision.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Which sort of fault.
    pub kind: FindingKind,
    /// The object that it is about, in words (`index public.orders_note`), where it is about one.
    pub object: Option<String>,
    /// The attribute of it that differs.
    pub attribute: Option<String>,
    /// The value as it should be.
    pub before: Option<Value>,
    /// The value as it is.
    pub after: Option<Value>,
    /// What is wrong, in a sentence that stands by itself.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// The script at fault.
    pub path: PathBuf,
    /// The line of it, from 1, where one is known.
    pub line: Option<usize>,
    /// The error code of PostgreSQL, where a script failed.
    pub sqlstate: Option<String>,
    /// Why it is allowed, where an entry of the allow-list says so.
    pub allowed: Option<String>,
    /// Some of the rows that the script does not get past, by the names of their columns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Map<String, Value>>,
}

/// What is to be thought of a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It goes up, down and up, and leaves no trace.
    Pass,
    /// Something is wrong.
    Finding,
    /// Something is wrong, and all of it is allowed.
    Allowed,
}

impl Verdict {
    /// What is to be thought of a revision with these findings.
    pub(super) fn of(findings: &[Finding]) -> Verdict {
        if findings.is_empty() {
            Verdict::Pass
        } else if findings.iter().all(|finding| finding.allowed.is_some()) {
            Verdict::Allowed
        } else {
            Verdict::Finding
        }
    }
}

/// What was found out about one revision.
#[derive(Clone, Debug, Serialize)]
pub struct RevisionReport {
    /// The revision.
    #[serde(serialize_with = "as_text")]
    pub id: RevisionId,
    /// Its name.
    pub name: String,
    /// The script of its `up`.
    pub up: PathBuf,
    /// The script of its `down`, where it has one.
    pub down: Option<PathBuf>,
    /// What is to be thought of it.
    pub verdict: Verdict,
    /// How long its proof took, in milliseconds.
    #[serde(rename = "ms", serialize_with = "as_milliseconds")]
    pub took: Duration,
    /// What is wrong with it, in the order in which it was found.
    pub findings: Vec<Finding>,
    /// What became of the rows, where the proof was on rows too.
    #[serde(flatten)]
    pub on_rows: Option<OnRows>,
}

/// What was found out about a history.
#[derive(Clone, Debug)]
pub struct Report {
    /// Whose format the history is in.
    pub format: Format,
    /// The version of the server, as a number: 150018 is 15.18.
    pub server_version: u32,
    /// The revisions that were proved, in their order.
    pub revisions: Vec<RevisionReport>,
    /// What is wrong with the files.
    pub problems: Vec<Problem>,
    /// Entries of the allow-list that nothing needed, by their place in the list.
    pub unused_allowances: Vec<usize>,
    /// What the scripts made that Cogway does not read: nothing is said of it.
    pub unmodelled: Vec<Unmodelled>,
    /// The proof ended at the first finding, as was asked.
    pub stopped_early: bool,
    /// How long everything took, the server's start included.
    pub took: Duration,
}

impl Report {
    /// How many revisions have that verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.revisions
            .iter()
            .filter(|revision| revision.verdict == verdict)
            .count()
    }

    /// Is there nothing to complain of?
    pub fn is_clean(&self) -> bool {
        self.count(Verdict::Finding) == 0 && self.problems.is_empty() && self.unused_allowances.is_empty()
    }
}

/// What happens while a history is proved, for whoever shows progress.
#[derive(Clone, Debug)]
pub enum Event<'a> {
    /// So many revisions will be proved.
    Started {
        /// How many revisions.
        revisions: usize,
    },
    /// A revision's proof begins. Several may be under way, and not in order.
    Proving {
        /// The revision.
        id: &'a RevisionId,
        /// Its name.
        name: &'a str,
    },
    /// A revision's proof on rows begins, beside the other.
    ProvingOnRows {
        /// The revision.
        id: &'a RevisionId,
        /// Its name.
        name: &'a str,
    },
    /// A revision's proof has ended.
    Proved(&'a RevisionReport),
    /// The ground was lost by a revision that does not run in a transaction, and is built anew.
    Rebuilding {
        /// Up to and including this many revisions of the history.
        revisions: usize,
    },
    /// What was read step by step is not what a whole reading gives; everything is proved again, by whole readings.
    ReadingAgain,
}

fn as_milliseconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((duration.as_secs_f64() * 1e6).round() / 1e3)
}

fn as_text<S: Serializer>(id: &RevisionId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(id.as_str())
}
