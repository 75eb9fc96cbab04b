//! What a run does and has done, as text and as JSON.

use std::fmt::Write;
use std::time::Duration;

use cogway_migrate::history::History;
use cogway_migrate::ledger::Direction;
use cogway_migrate::position::Position;
use cogway_migrate::route::Ways;
use cogway_migrate::runner::{Done, DoneStep, Event, Planned, PlannedStep, Source};
use serde::Serialize;

use super::position::{self, DriftedObject};
use super::{place, revisions, title};
use crate::output::Header;
use crate::paint::{Paint, Tone};

/// A line for a step that is done.
pub(crate) fn stepped(step: &DoneStep, paint: Paint) -> String {
    let time = paint.text(Tone::Quiet, format!("({})", time(step.took)));
    format!(
        "{} {} {time}\n",
        arrow(step.direction, paint),
        title(step.id.as_str(), &step.name)
    )
}

/// The first word of a step's line, as wide for both.
fn arrow(direction: Direction, paint: Paint) -> String {
    match direction {
        Direction::Up => paint.text(Tone::Good, "up  "),
        Direction::Down => paint.text(Tone::Doubtful, "down"),
    }
}

/// As people read times.
pub(crate) fn time(took: Duration) -> String {
    let milliseconds = took.as_secs_f64() * 1000.0;
    match milliseconds {
        ..10.0 => format!("{milliseconds:.1} ms"),
        10.0..1000.0 => format!("{milliseconds:.0} ms"),
        1000.0..60_000.0 => format!("{:.1} s", milliseconds / 1000.0),
        _ => format!("{} min {} s", took.as_secs() / 60, took.as_secs() % 60),
    }
}

/// The last lines of a run.
pub(crate) fn finished(done: &Done, history: &History, paint: Paint) -> String {
    let position = Position::of(history, &done.ledger);
    let at = position::place(&position);
    if done.steps.is_empty() {
        return format!("nothing to do. {at}\n");
    }
    let directions: Vec<Direction> = done.steps.iter().map(|step| step.direction).collect();
    let counts = counts(&directions, "");
    let time = time(done.took);
    if done.rehearsed {
        let rehearsed = paint.text(Tone::Good, "rehearsed");
        return format!("{rehearsed}: {counts} in {time}; all of it is rolled back. {at}\n");
    }
    format!("{counts} in {time}. {at}\n")
}

/// `3 revisions applied`, or `would be applied`.
fn counts(steps: &[Direction], would_be: &str) -> String {
    let count = |direction| steps.iter().filter(|step| **step == direction).count();
    let words = |number: usize, what: &str| format!("{} {would_be}{what}", revisions(number));
    match (count(Direction::Up), count(Direction::Down)) {
        (ups, 0) => words(ups, "applied"),
        (0, downs) => words(downs, "taken back"),
        (ups, downs) => format!("{}, {}", words(downs, "taken back"), words(ups, "applied")),
    }
}

/// What would run.
pub(crate) fn planned(planned: &Planned, history: &History, paint: Paint) -> String {
    let mut text = String::new();
    for step in &planned.steps {
        let mut remarks = Vec::new();
        match &step.source {
            Source::File { path, .. } => {
                let path = path.strip_prefix(&history.dir).unwrap_or(path);
                remarks.push(place(path, None));
            }
            Source::Ledger => remarks.push("from the ledger".to_owned()),
        }
        if !step.transaction {
            remarks.push("not in one transaction".to_owned());
        }
        if planned.beyond.contains(&step.id) {
            remarks.push("on another branch than what was named".to_owned());
        }
        let remarks = paint.text(Tone::Quiet, format!("({})", remarks.join(", ")));
        // Writing to memory cannot fail.
        let _ = writeln!(
            text,
            "{} {} {remarks}",
            arrow(step.direction, paint),
            title(step.id.as_str(), &step.name)
        );
    }
    if planned.steps.is_empty() {
        return "nothing to do\n".to_owned();
    }
    let directions: Vec<Direction> = planned.steps.iter().map(|step| step.direction).collect();
    let _ = writeln!(text, "nothing was run: {}", counts(&directions, "would be "));
    text
}

/// A step that is done, for machines.
#[derive(Serialize)]
pub(crate) struct StepDocument<'a> {
    id: &'a str,
    name: &'a str,
    direction: &'static str,
    ms: u128,
}

impl<'a> StepDocument<'a> {
    fn of(step: &'a DoneStep) -> StepDocument<'a> {
        StepDocument {
            id: step.id.as_str(),
            name: &step.name,
            direction: step.direction.as_str(),
            ms: step.took.as_millis(),
        }
    }
}

/// A whole run.
pub(crate) fn document(ways: Ways, done: &Done) -> impl Serialize {
    #[derive(Serialize)]
    struct Document<'a> {
        #[serde(flatten)]
        header: Header,
        steps: Vec<StepDocument<'a>>,
        rehearsed: bool,
        fingerprint: Option<String>,
        ms: u128,
    }
    Document {
        header: Header::of(ways.verb()),
        steps: done.steps.iter().map(StepDocument::of).collect(),
        rehearsed: done.rehearsed,
        fingerprint: done.fingerprint.as_ref().map(ToString::to_string),
        ms: done.took.as_millis(),
    }
}

/// One line of `--output jsonl`.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Line<'a> {
    /// So many steps will be done.
    Started {
        #[serde(flatten)]
        header: Header,
        steps: usize,
    },
    /// Another run has the lock.
    Waiting { holder: Option<Holder<'a>> },
    /// The schema is not what the last run left.
    Drifted { drift: Vec<DriftedObject> },
    /// A step begins.
    Step {
        id: &'a str,
        name: &'a str,
        direction: &'static str,
    },
    /// A script that was cut off is gone on with.
    Resumed { id: &'a str, done: usize, parts: usize },
    /// What a failed `CONCURRENTLY` left was dropped.
    DroppedInvalidIndex { index: String },
    /// A script gave way, and is tried again.
    Retrying {
        id: &'a str,
        message: &'a str,
        attempt: u32,
        pause_ms: u128,
    },
    /// PostgreSQL had something to say.
    Notice {
        id: &'a str,
        severity: &'a str,
        message: &'a str,
    },
    /// A step is done.
    Stepped(StepDocument<'a>),
    /// The end, unless there was an error.
    Finished {
        #[serde(flatten)]
        header: Header,
        steps: usize,
        rehearsed: bool,
        fingerprint: Option<String>,
        ms: u128,
    },
}

/// The session that holds the lock.
#[derive(Serialize)]
pub(crate) struct Holder<'a> {
    pid: i32,
    application: &'a str,
    user: Option<&'a str>,
    since: Option<&'a str>,
}

impl<'a> Line<'a> {
    pub(crate) fn of(ways: Ways, event: &Event<'a>) -> Line<'a> {
        match *event {
            Event::Begun { steps } => Line::Started {
                header: Header::of(ways.verb()),
                steps,
            },
            Event::Waiting { holder } => Line::Waiting {
                holder: holder.map(|holder| Holder {
                    pid: holder.pid,
                    application: &holder.application,
                    user: holder.user.as_deref(),
                    since: holder.since.as_deref(),
                }),
            },
            Event::Drifted(drift) => Line::Drifted {
                drift: position::drift_document(drift),
            },
            Event::Step { id, name, direction } => Line::Step {
                id: id.as_str(),
                name,
                direction: direction.as_str(),
            },
            Event::Resumed { id, done, parts } => Line::Resumed {
                id: id.as_str(),
                done,
                parts,
            },
            Event::DroppedInvalid(index) => Line::DroppedInvalidIndex {
                index: index.name.to_string(),
            },
            Event::Retrying {
                id,
                message,
                attempt,
                pause,
            } => Line::Retrying {
                id: id.as_str(),
                message,
                attempt,
                pause_ms: pause.as_millis(),
            },
            Event::Notice { id, notice } => Line::Notice {
                id: id.as_str(),
                severity: &notice.severity,
                message: &notice.message,
            },
            Event::Stepped(step) => Line::Stepped(StepDocument::of(step)),
        }
    }

    pub(crate) fn finished(ways: Ways, done: &Done) -> Line<'static> {
        Line::Finished {
            header: Header::of(ways.verb()),
            steps: done.steps.len(),
            rehearsed: done.rehearsed,
            fingerprint: done.fingerprint.as_ref().map(ToString::to_string),
            ms: done.took.as_millis(),
        }
    }
}

/// What would run, for machines.
pub(crate) fn planned_document<'p>(ways: Ways, planned: &'p Planned) -> impl Serialize + use<'p> {
    #[derive(Serialize)]
    struct Step<'a> {
        id: &'a str,
        name: &'a str,
        direction: &'static str,
        path: Option<&'a std::path::PathBuf>,
        transaction: bool,
        beyond: bool,
    }
    #[derive(Serialize)]
    struct Document<'a> {
        #[serde(flatten)]
        header: Header,
        planned: Vec<Step<'a>>,
    }
    let step = |step: &'p PlannedStep| Step {
        id: step.id.as_str(),
        name: &step.name,
        direction: step.direction.as_str(),
        path: step.source.path(),
        transaction: step.transaction,
        beyond: planned.beyond.contains(&step.id),
    };
    Document {
        header: Header::of(ways.verb()),
        planned: planned.steps.iter().map(step).collect(),
    }
}
