//! What was written into the ledger without being run, as text and as JSON.

use std::path::Path;

use cogway_migrate::history::{History, RevisionId};
use cogway_migrate::runner::{Adopted, Drift, Repair, Repaired};
use serde::Serialize;

use super::position::{DriftedObject, drift_document, drift_lines};
use super::{change, revisions, title};
use crate::output::Header;
use crate::paint::Paint;

/// Was it written, or would it have been?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// It was.
    Yes,
    /// Somebody only wanted to know.
    No,
}

impl Written {
    pub(crate) fn unless(dry_run: bool) -> Written {
        if dry_run { Written::No } else { Written::Yes }
    }

    /// One of two words.
    fn word<'w>(self, written: &'w str, would_be: &'w str) -> &'w str {
        match self {
            Written::Yes => written,
            Written::No => would_be,
        }
    }
}

/// What was taken over, for people.
pub(crate) fn adopted(adopted: &Adopted, history: &History, written: Written) -> String {
    let mut text = String::new();
    if written == Written::No {
        text += &adopted_lines(&adopted.revisions, history);
    }
    let number = revisions(adopted.revisions.len());
    let would = written.word("", "would be ");
    text += &match adopted.table {
        Some(_) => format!("{number} {would}taken over from {}", adopted.from),
        None => format!("{number} {would}taken for applied"),
    };
    if let Some(last) = adopted.revisions.last() {
        text += &format!(", the last is {last}");
    }
    text += match written {
        Written::Yes => ". Nothing was run",
        Written::No => ". Nothing was written",
    };
    if let (Some(table), Written::Yes) = (&adopted.table, written) {
        text += &format!(", and {table} stays as it is");
    }
    let pending = adopted.pending.len();
    let verb = if pending == 1 { "is" } else { "are" };
    text + &format!(
        "; {} {} pending.\n",
        revisions(pending),
        written.word(verb, "would be")
    )
}

/// The revisions, of many the last.
fn adopted_lines(ids: &[RevisionId], history: &History) -> String {
    const MOST: usize = 20;
    let mut text = String::new();
    let left_out = ids.len().saturating_sub(MOST);
    if left_out > 0 {
        text += &format!("  … {left_out} more\n");
    }
    for id in &ids[left_out..] {
        let name = history.get(id).map(|revision| revision.name.as_str());
        text += &format!("  {}\n", title(id.as_str(), name.unwrap_or_default()));
    }
    text
}

/// What was taken over, for machines.
pub(crate) fn adopted_document(adopted: &Adopted, written: Written) -> impl Serialize {
    #[derive(Serialize)]
    struct Document<'a> {
        #[serde(flatten)]
        header: Header,
        from: &'a str,
        table: Option<String>,
        adopted: Vec<&'a str>,
        pending: Vec<&'a str>,
        remarks: &'a [String],
        written: bool,
    }
    Document {
        header: Header::of("adopt"),
        from: &adopted.from,
        table: adopted.table.as_ref().map(ToString::to_string),
        adopted: adopted.revisions.iter().map(RevisionId::as_str).collect(),
        pending: adopted.pending.iter().map(RevisionId::as_str).collect(),
        remarks: &adopted.remarks,
        written: written == Written::Yes,
    }
}

/// What was corrected, and what there is to say of it.
pub(crate) struct Repairs<'a> {
    pub(crate) correction: &'a Repair,
    pub(crate) repaired: &'a Repaired,
    /// What was taken for right, where that was asked for and is known.
    pub(crate) drift: Option<&'a Drift>,
    pub(crate) written: Written,
}

impl Repairs<'_> {
    /// Is there nothing to correct?
    fn is_nothing(&self) -> bool {
        !matches!(self.correction, Repair::Schema) && self.repaired.revisions.is_empty()
    }
}

/// What was corrected, for people.
pub(crate) fn repaired(repairs: &Repairs<'_>, paint: Paint) -> String {
    let mut text = String::new();
    for one in &repairs.repaired.changes {
        text += &change::render(one, paint);
    }
    for line in repairs.drift.map(drift_lines).unwrap_or_default() {
        text += &format!("  {line}\n");
    }
    let word = |written, would_be| repairs.written.word(written, would_be);
    text += &match (repairs.correction, &repairs.repaired.revisions[..]) {
        (Repair::Schema, _) => format!(
            "the schema {} for right as it is: later checks compare with it",
            word("is taken", "would be taken")
        ),
        (_, []) => "nothing to repair: the files of what is applied are what they were".to_owned(),
        (Repair::Changed(_), ids) => format!(
            "{} {}recorded as the files are now",
            revisions(ids.len()),
            word("", "would be ")
        ),
        (Repair::Applied(_), [id, ..]) => {
            format!("{id} {} as applied", word("is recorded", "would be recorded"))
        }
        (Repair::Reverted(_), [id, ..]) => {
            format!("{id} {} as not applied", word("is recorded", "would be recorded"))
        }
        (Repair::ResumeAt(part), [id, ..]) => {
            format!(
                "{id} {} at part {part} when it is run next",
                word("goes on", "would go on")
            )
        }
    };
    text + "\n"
}

/// What was corrected, for machines.
pub(crate) fn repaired_document<'a>(repairs: &'a Repairs<'a>) -> impl Serialize + use<'a> {
    #[derive(Serialize)]
    struct Change<'a> {
        id: &'a str,
        what: &'static str,
        path: Option<&'a Path>,
        before: Option<&'a str>,
        after: Option<&'a str>,
    }
    #[derive(Serialize)]
    struct Document<'a> {
        #[serde(flatten)]
        header: Header,
        revisions: Vec<&'a str>,
        changes: Vec<Change<'a>>,
        drift: Option<Vec<DriftedObject>>,
        written: bool,
    }
    let changes = repairs.repaired.changes.iter().map(|change| Change {
        id: change.id.as_str(),
        what: change.what,
        path: change.after.is_some().then_some(change.path.as_path()),
        before: change.before.as_deref(),
        after: change.after.as_deref(),
    });
    Document {
        header: Header::of("repair"),
        revisions: repairs
            .repaired
            .revisions
            .iter()
            .map(RevisionId::as_str)
            .collect(),
        changes: changes.collect(),
        drift: repairs.drift.map(drift_document),
        written: repairs.written == Written::Yes && !repairs.is_nothing(),
    }
}
