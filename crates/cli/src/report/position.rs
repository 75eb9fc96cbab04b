//! Where a database stands, as text and as JSON.

use std::fmt::Write;

use cogway_migrate::history::{History, Revision, RevisionId};
use cogway_migrate::ledger::{Applied, Comparison, Direction};
use cogway_migrate::position::{Changed, Position, heads};
use cogway_migrate::runner::{Came, Drift, Status};
use cogway_pg::execute::IndexState;
use serde::Serialize;

use super::json::JsonProblem;
use super::{revisions, title};
use crate::output::Header;
use crate::paint::{Paint, Tone};
use crate::printer::Talk;

/// In a sentence: at which revisions a database is.
pub(crate) fn place(position: &Position<'_>) -> String {
    let at = position.heads();
    let pending = position
        .pending()
        .iter()
        .filter(|revision| position.applied(&revision.id).is_none())
        .count();
    let behind = match pending {
        0 => String::new(),
        1 => ", 1 revision is pending".to_owned(),
        more => format!(", {} are pending", revisions(more)),
    };
    match &at[..] {
        [] => format!("The database is at base{behind}."),
        [only] => format!(
            "The database is at {}{behind}.",
            title(only.id.as_str(), &only.name)
        ),
        several => {
            let ids: Vec<&str> = several.iter().map(|applied| applied.id.as_str()).collect();
            format!("The database is at {}{behind}.", ids.join(" and "))
        }
    }
}

/// A line for each difference.
pub(crate) fn drift_lines(drift: &Drift) -> Vec<String> {
    let mut lines: Vec<String> = drift
        .differences
        .iter()
        .map(|difference| difference.in_words(WENT, CAME))
        .collect();
    lines.extend(
        drift
            .unmodelled
            .iter()
            .map(|(thing, came)| format!("{thing}: {}", word(*came))),
    );
    lines
}

/// Of what was there, and is not.
const WENT: &str = "missing";

/// Of what is there, and was not.
const CAME: &str = "made by no revision";

fn word(came: Came) -> &'static str {
    match came {
        Came::Came => CAME,
        Came::Went => WENT,
    }
}

/// A difference, for machines.
#[derive(Serialize)]
pub(crate) struct DriftedObject {
    object: String,
    attribute: Option<String>,
    message: String,
}

/// The differences, for machines.
pub(crate) fn drift_document(drift: &Drift) -> Vec<DriftedObject> {
    let differences = drift.differences.iter().map(|difference| DriftedObject {
        object: difference.object.to_string(),
        attribute: difference.attribute().map(ToString::to_string),
        message: difference.in_words(WENT, CAME),
    });
    let unmodelled = drift.unmodelled.iter().map(|(thing, came)| DriftedObject {
        object: thing.to_string(),
        attribute: None,
        message: format!("{thing}: {}", word(*came)),
    });
    differences.chain(unmodelled).collect()
}

/// Why nothing can be said of drift.
pub(crate) fn cannot_compare(comparison: &Comparison) -> String {
    match comparison {
        Comparison::Possible => String::new(),
        Comparison::NothingRecorded => {
            "not known: no run of Cogway has recorded the schema for what is applied now; the next one does, or `cogway \
             repair --schema`"
                .to_owned()
        }
        Comparison::HalfDone => "not known: a revision is half done; the run that finishes it records the schema".to_owned(),
        Comparison::OtherModel => {
            "not known: the schema was recorded by another version of Cogway, which reads other things; the next run records \
             it anew"
                .to_owned()
        }
        Comparison::OtherServer { was, is } => format!(
            "not known: the schema was recorded on PostgreSQL {was}, and this is {is}, which writes expressions in its own \
             way; the next run records it anew"
        ),
    }
}

/// What a check found, for people.
pub(crate) fn drift(drift: &Result<Drift, Comparison>, paint: Paint) -> String {
    match drift {
        Ok(drift) if drift.is_none() => "no drift: the schema is what the last run left\n".to_owned(),
        Ok(drift) => {
            let heading = "the schema is not what the last run left:";
            let mut text = format!("{}\n", paint.text(Tone::Bad, heading));
            for line in drift_lines(drift) {
                text += &format!("  {line}\n");
            }
            text + "put it back, or take it for right: `cogway repair --schema`\n"
        }
        Err(comparison) => format!("drift: {}\n", cannot_compare(comparison)),
    }
}

/// Is anything not as it should be?
pub(crate) fn is_open(status: &Status, position: &Position<'_>) -> bool {
    !position.pending().is_empty()
        || !position.unknown().is_empty()
        || !position.changed().is_empty()
        || status.ledger.unfinished.is_some()
        || status.drift.as_ref().is_ok_and(|drift| !drift.is_none())
}

/// Everything, for people.
pub(crate) fn status(status: &Status, history: &History, talk: Talk, paint: Paint) -> String {
    let position = Position::of(history, &status.ledger);
    let mut text = format!("{}\n", paint.text(Tone::Strong, place(&position)));
    // Writing to memory cannot fail, in all of this.
    for found in status.other_tools.iter().filter(|found| found.entries > 0) {
        let _ = writeln!(
            text,
            "{} {} keeps account of it in {}, and Cogway does not yet: `cogway adopt --from {} --dry-run` says what it would \
             take over",
            paint.text(Tone::Doubtful, "another tool:"),
            found.tool,
            found.table,
            found.tool
        );
    }
    if let Some(unfinished) = &status.ledger.unfinished {
        let (done, verb) = match unfinished.direction {
            Direction::Up => ("applied by half", "up"),
            Direction::Down => ("taken back by half", "down"),
        };
        let parts = match unfinished.done {
            0 => "no part is done".to_owned(),
            1 => "1 part is done".to_owned(),
            many => format!("{many} parts are done"),
        };
        let _ = writeln!(
            text,
            "{} {} is {done} ({parts}): `cogway {verb}` goes on there",
            paint.text(Tone::Bad, "unfinished:"),
            unfinished.revision,
        );
    }
    let mut section = |section: Section<'_>, lines: Vec<String>| {
        text += &section.render(&lines, talk, paint);
    };
    section(
        Section::new("applied", Tone::Good).newest_last(),
        applied_lines(&position),
    );
    section(Section::new("pending", Tone::Strong), pending_lines(&position));
    section(
        Section::new("unknown", Tone::Bad)
            .newest_last()
            .note("applied, and no file is for them; `cogway down -1` takes back what was applied last"),
        unknown_lines(&position),
    );
    section(
        Section::new("changed", Tone::Bad)
            .note("since they were applied; `cogway repair --dry-run` shows how"),
        changed_lines(&position),
    );
    let index = |index: &IndexState| format!("{} on {}", index.name, index.table);
    section(
        Section::new("invalid indexes", Tone::Bad)
            .note("a CONCURRENTLY that failed has left them, and PostgreSQL does not use them; REINDEX or drop them"),
        status.invalid_indexes.iter().map(index).collect(),
    );
    let several = heads(history);
    if several.len() > 1 {
        let lines = several.iter().map(|head| title(head.id.as_str(), &head.name));
        section(
            Section::new("heads", Tone::Doubtful)
                .note("that nobody has merged; `cogway merge NAME` joins them"),
            lines.collect(),
        );
    }
    match &status.drift {
        Ok(drift) if drift.is_none() => {
            let _ = writeln!(text, "drift: none, the schema is what the last run left");
        }
        Ok(drift) => section(
            Section::new("drift", Tone::Bad).note(
                "the schema is not what the last run left; `cogway repair --schema` takes it for right",
            ),
            drift_lines(drift),
        ),
        Err(_) if status.ledger.applied.is_empty() => {}
        Err(comparison) => {
            let _ = writeln!(text, "drift: {}", cannot_compare(comparison));
        }
    }
    text
}

/// A part of what is said of a database: a heading, and a line for each thing.
struct Section<'a> {
    title: &'a str,
    tone: Tone,
    note: Option<&'a str>,
    /// Which lines are worth most, where there are too many.
    keep: Keep,
}

#[derive(PartialEq, Eq)]
enum Keep {
    First,
    Last,
}

impl<'a> Section<'a> {
    /// Lines of which the first are worth most.
    fn new(title: &'a str, tone: Tone) -> Section<'a> {
        Section {
            title,
            tone,
            note: None,
            keep: Keep::First,
        }
    }

    /// Of which the last are worth most.
    fn newest_last(self) -> Section<'a> {
        Section {
            keep: Keep::Last,
            ..self
        }
    }

    fn note(self, note: &'a str) -> Section<'a> {
        Section {
            note: Some(note),
            ..self
        }
    }

    /// The section as text; nothing where there is nothing in it.
    fn render(&self, lines: &[String], talk: Talk, paint: Paint) -> String {
        const MOST: usize = 20;
        if lines.is_empty() {
            return String::new();
        }
        let note = self.note.map(|note| format!(" ({note})")).unwrap_or_default();
        let mut text = format!("{} {}{note}:\n", paint.text(self.tone, self.title), lines.len());
        let left_out = match talk {
            Talk::Verbose => 0,
            Talk::Usual | Talk::Quiet => lines.len().saturating_sub(MOST),
        };
        let shown = match self.keep {
            Keep::First => &lines[..lines.len() - left_out],
            Keep::Last => &lines[left_out..],
        };
        let more = format!("  … {left_out} more; -v shows all\n");
        if left_out > 0 && self.keep == Keep::Last {
            text += &more;
        }
        for line in shown {
            text += &format!("  {line}\n");
        }
        if left_out > 0 && self.keep == Keep::First {
            text += &more;
        }
        text
    }
}

fn applied_lines(position: &Position<'_>) -> Vec<String> {
    let line = |applied: &Applied| {
        let when = applied
            .applied_at
            .get(..19)
            .unwrap_or(&applied.applied_at)
            .replace('T', " ");
        let how = match applied.adopted_from.as_deref() {
            Some("baseline") => "taken for applied by `cogway adopt --baseline`".to_owned(),
            Some("repair") => "said to be applied by `cogway repair --applied`".to_owned(),
            Some(from) => format!("adopted from {from}"),
            None => format!("by {} from {}", applied.db_user, applied.host),
        };
        format!(
            "{} ({when} UTC, {how})",
            title(applied.id.as_str(), &applied.name)
        )
    };
    position.ledger.applied.iter().map(line).collect()
}

fn pending_lines(position: &Position<'_>) -> Vec<String> {
    let late = position.late();
    let half_applied = position
        .ledger
        .unfinished
        .as_ref()
        .filter(|unfinished| unfinished.direction == Direction::Up);
    position
        .pending()
        .iter()
        .map(|revision| {
            let mut remarks = Vec::new();
            if half_applied.is_some_and(|unfinished| unfinished.revision == revision.id) {
                remarks.push("applied by half".to_owned());
            }
            if let Some(late) = late.iter().find(|late| late.revision.id == revision.id) {
                remarks.push(format!("late: {}, which builds on it, is applied", late.before));
            }
            if position.applied(&revision.id).is_some() {
                remarks.push("again, since it has changed".to_owned());
            }
            let title = title(revision.id.as_str(), &revision.name);
            if remarks.is_empty() {
                title
            } else {
                format!("{title} ({})", remarks.join("; "))
            }
        })
        .collect()
}

fn unknown_lines(position: &Position<'_>) -> Vec<String> {
    let line = |applied: &&Applied| {
        let title = title(applied.id.as_str(), &applied.name);
        match applied.down {
            Some(_) => title,
            None => format!("{title} (without a down)"),
        }
    };
    position.unknown().iter().map(line).collect()
}

fn changed_lines(position: &Position<'_>) -> Vec<String> {
    let line = |changed: &&Changed<'_>| {
        let what: Vec<&str> = [
            (changed.up, "up"),
            (changed.down, "down"),
            (changed.parents, "parents"),
        ]
        .into_iter()
        .filter_map(|(is, what)| is.then_some(what))
        .collect();
        let revision = changed.revision;
        format!(
            "{}: {}",
            title(revision.id.as_str(), &revision.name),
            what.join(", ")
        )
    };
    position.changed().iter().map(line).collect()
}

/// Everything, for machines.
pub(crate) fn status_document<'a>(status: &'a Status, history: &'a History) -> impl Serialize + use<'a> {
    let position = Position::of(history, &status.ledger);
    let ids = |revisions: &[&'a Revision]| -> Vec<&'a str> {
        revisions.iter().map(|revision| revision.id.as_str()).collect()
    };
    let unfinished = status.ledger.unfinished.as_ref();
    Document {
        header: Header::of("status"),
        heads: ids(&heads(history)),
        at: position
            .heads()
            .iter()
            .map(|applied| applied.id.as_str())
            .collect(),
        applied: status.ledger.applied.iter().map(AppliedDocument::of).collect(),
        pending: ids(&position.pending()),
        late: position
            .late()
            .iter()
            .map(|late| late.revision.id.as_str())
            .collect(),
        unknown: position
            .unknown()
            .iter()
            .map(|applied| applied.id.as_str())
            .collect(),
        changed: position
            .changed()
            .iter()
            .map(|changed| ChangedDocument {
                id: changed.revision.id.as_str(),
                up: changed.up,
                down: changed.down,
                parents: changed.parents,
            })
            .collect(),
        unfinished: unfinished.map(|unfinished| UnfinishedDocument {
            id: unfinished.revision.as_str(),
            direction: unfinished.direction.as_str(),
            done: unfinished.done,
        }),
        drift: status.drift.as_ref().ok().map(drift_document),
        drift_unknown: status.drift.as_ref().err().map(cannot_compare),
        other_tools: status
            .other_tools
            .iter()
            .map(|found| ToolDocument {
                tool: found.tool.as_str(),
                table: found.table.to_string(),
                entries: found.entries,
            })
            .collect(),
        invalid_indexes: status
            .invalid_indexes
            .iter()
            .map(|index| IndexDocument {
                index: index.name.to_string(),
                table: index.table.to_string(),
            })
            .collect(),
        problems: history.problems.iter().map(JsonProblem::of).collect(),
        fingerprint: status.ledger.fingerprint().map(ToString::to_string),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header,
    heads: Vec<&'a str>,
    at: Vec<&'a str>,
    applied: Vec<AppliedDocument<'a>>,
    pending: Vec<&'a str>,
    late: Vec<&'a str>,
    unknown: Vec<&'a str>,
    changed: Vec<ChangedDocument<'a>>,
    unfinished: Option<UnfinishedDocument<'a>>,
    drift: Option<Vec<DriftedObject>>,
    drift_unknown: Option<String>,
    other_tools: Vec<ToolDocument>,
    invalid_indexes: Vec<IndexDocument>,
    problems: Vec<JsonProblem<'a>>,
    fingerprint: Option<String>,
}

#[derive(Serialize)]
struct AppliedDocument<'a> {
    id: &'a str,
    name: &'a str,
    parents: Vec<&'a str>,
    applied_at: &'a str,
    ms: Option<i64>,
    user: &'a str,
    host: &'a str,
    cogway: &'a str,
    adopted_from: Option<&'a str>,
}

impl<'a> AppliedDocument<'a> {
    fn of(applied: &'a Applied) -> AppliedDocument<'a> {
        AppliedDocument {
            id: applied.id.as_str(),
            name: &applied.name,
            parents: applied.parents.iter().map(RevisionId::as_str).collect(),
            applied_at: &applied.applied_at,
            ms: applied.took_ms,
            user: &applied.db_user,
            host: &applied.host,
            cogway: &applied.cogway,
            adopted_from: applied.adopted_from.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct ChangedDocument<'a> {
    id: &'a str,
    up: bool,
    down: bool,
    parents: bool,
}

#[derive(Serialize)]
struct UnfinishedDocument<'a> {
    id: &'a str,
    direction: &'static str,
    done: usize,
}

#[derive(Serialize)]
struct ToolDocument {
    tool: &'static str,
    table: String,
    entries: i64,
}

#[derive(Serialize)]
struct IndexDocument {
    index: String,
    table: String,
}
