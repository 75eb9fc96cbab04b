//! The revisions of a history, as a list and as a graph.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use cogway_migrate::history::{History, Revision, RevisionId};
use cogway_migrate::ledger::{Applied, Ledger};
use cogway_migrate::position::heads;
use serde::Serialize;

use super::graph::{Node, draw};
use super::json::JsonProblem;
use super::title;
use crate::output::Header;
use crate::paint::{Paint, Tone};

/// Newest first, one a line: who builds on whom, in the words of Alembic.
pub(crate) fn list(history: &History, ledger: Option<&Ledger>, paint: Paint) -> String {
    let labels = Labels::of(history, ledger, paint);
    let mut text = String::new();
    for revision in history.revisions.iter().rev() {
        let parents: Vec<&str> = revision.parents.iter().map(RevisionId::as_str).collect();
        let parents = if parents.is_empty() {
            "base".to_owned()
        } else {
            parents.join(", ")
        };
        let parents = paint.text(Tone::Quiet, format!("{parents} ->"));
        text += &format!("{parents} {}\n", labels.label(revision));
    }
    if text.is_empty() {
        text += NOTHING;
    }
    text
}

/// As a graph, newest first.
pub(crate) fn graph(history: &History, ledger: Option<&Ledger>, paint: Paint) -> String {
    let labels = Labels::of(history, ledger, paint);
    let nodes: Vec<Node<'_>> = history
        .revisions
        .iter()
        .map(|revision| Node {
            id: revision.id.as_str(),
            parents: revision.parents.iter().map(RevisionId::as_str).collect(),
            label: labels.label(revision),
        })
        .collect();
    let mut text: String = draw(&nodes).iter().map(|line| format!("{line}\n")).collect();
    if text.is_empty() {
        text += NOTHING;
    }
    text
}

/// What is said of an empty history.
const NOTHING: &str = "there are no revisions; `cogway new NAME` writes the first\n";

/// What there is to say of each revision.
struct Labels<'a> {
    heads: HashSet<&'a RevisionId>,
    /// None where no database is known.
    applied: Option<HashMap<&'a RevisionId, &'a Applied>>,
    paint: Paint,
}

impl<'a> Labels<'a> {
    fn of(history: &'a History, ledger: Option<&'a Ledger>, paint: Paint) -> Labels<'a> {
        let by_id = |ledger: &'a Ledger| {
            let entries = ledger.applied.iter().map(|applied| (&applied.id, applied));
            entries.collect()
        };
        Labels {
            heads: heads(history).into_iter().map(|head| &head.id).collect(),
            applied: ledger.map(by_id),
            paint,
        }
    }

    fn label(&self, revision: &Revision) -> String {
        let paint = self.paint;
        let mut words = Vec::new();
        if self.heads.contains(&revision.id) {
            words.push("head");
        }
        if revision.parents.len() > 1 {
            words.push("merge");
        }
        let mut text = paint.text(Tone::Strong, title(revision.id.as_str(), &revision.name));
        if !words.is_empty() {
            text += &format!(" ({})", words.join(", "));
        }
        match self.applied.as_ref().map(|applied| applied.get(&revision.id)) {
            Some(Some(applied)) => {
                let when = applied.applied_at.get(..16).unwrap_or_default().replace('T', " ");
                text += &format!(" {}", paint.text(Tone::Good, format!("[applied {when} UTC]")));
            }
            Some(None) => text += &format!(" {}", paint.text(Tone::Doubtful, "[pending]")),
            None => {}
        }
        text
    }
}

/// The whole history for machines, with what is wrong with its files.
pub(crate) fn history_document<'a>(
    history: &'a History,
    ledger: Option<&'a Ledger>,
) -> impl Serialize + use<'a> {
    Document {
        problems: Some(history.problems.iter().map(JsonProblem::of).collect()),
        ..of("history", history, ledger, |_| true)
    }
}

/// Some of its revisions.
pub(crate) fn document<'a, W: Fn(&Revision) -> bool>(
    verb: &'static str,
    history: &'a History,
    which: W,
) -> impl Serialize + use<'a, W> {
    of(verb, history, None, which)
}

/// Parents before children.
fn of<'a>(
    verb: &'static str,
    history: &'a History,
    ledger: Option<&'a Ledger>,
    which: impl Fn(&Revision) -> bool,
) -> Document<'a> {
    let labels = Labels::of(history, ledger, Paint::Plain);
    let revisions = history.revisions.iter().filter(|revision| which(revision));
    Document {
        header: Header::of(verb),
        history_format: history.format.as_str(),
        revisions: revisions
            .map(|revision| RevisionDocument {
                id: revision.id.as_str(),
                parents: revision.parents.iter().map(RevisionId::as_str).collect(),
                name: &revision.name,
                applied_at: labels
                    .applied
                    .as_ref()
                    .and_then(|applied| applied.get(&revision.id))
                    .map(|applied| applied.applied_at.as_str()),
                head: labels.heads.contains(&revision.id),
                up: &revision.up.path,
                down: revision.down.as_ref().map(|down| down.path.as_path()),
            })
            .collect(),
        problems: None,
    }
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header,
    history_format: &'static str,
    revisions: Vec<RevisionDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problems: Option<Vec<JsonProblem<'a>>>,
}

#[derive(Serialize)]
struct RevisionDocument<'a> {
    id: &'a str,
    parents: Vec<&'a str>,
    name: &'a str,
    applied_at: Option<&'a str>,
    head: bool,
    up: &'a Path,
    down: Option<&'a Path>,
}
