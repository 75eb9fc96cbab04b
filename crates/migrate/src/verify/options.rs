//! What a proof is asked to do.

use std::sync::Arc;

use cogway_catalog::{Aspect, QualifiedName};
use cogway_pg::scratch::ScratchOptions;
use serde::Deserialize;

use super::populate::Populate;
use super::report::{Finding, FindingKind};
use crate::history::RevisionId;

/// What a proof is asked to do. The default proves every revision on a private server.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The first revision to prove; those before are only run up. None for the first of all.
    pub from: Option<RevisionId>,
    /// The last revision to prove; none for the last of all.
    pub to: Option<RevisionId>,
    /// End at the first finding that is not allowed?
    pub stop: Stop,
    /// Which tables' rows to compare as well.
    pub data: DataScope,
    /// What to leave out of comparisons.
    pub exclude: Vec<Aspect>,
    /// Findings that are known and accepted.
    pub allow: Vec<Allowance>,
    /// Where to prove.
    pub site: Site,
    /// Roles to make before anything runs, as scripts expect them to exist.
    pub roles: Vec<String>,
    /// How to read the catalog.
    pub reading: Reading,
    /// How many stretches of the history to prove side by side on private servers; none for as many as there are
    /// processors.
    pub jobs: Option<std::num::NonZeroUsize>,
    /// Who fills the tables with rows, for a proof on rows as well; none for one on what the revisions leave alone.
    pub populate: Option<Arc<dyn Populate>>,
}

impl Options {
    /// Notes for each finding of a revision whether, and why, it is accepted.
    pub(super) fn mark_allowed(&self, revision: &RevisionId, findings: &mut [Finding]) {
        for finding in findings {
            let allowance = self.allow.iter().find(|entry| entry.covers(revision, finding));
            finding.allowed = allowance.map(|entry| entry.reason.clone());
        }
    }
}

/// When a proof ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stop {
    /// After the last revision.
    #[default]
    AtEnd,
    /// After the first revision with a finding that is not allowed.
    AtFirstFinding,
}

/// How a proof reads the catalog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Again only what changed; at the end the whole is compared.
    #[default]
    Changes,
    /// Everything, every time.
    Whole,
}

/// Which tables' rows a proof compares, besides the schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DataScope {
    /// None.
    #[default]
    None,
    /// All that there are.
    All,
    /// These.
    Tables(Vec<QualifiedName>),
}

/// Where a proof runs.
#[derive(Clone, Debug)]
pub enum Site {
    /// On a private server of its own.
    Private(Box<ScratchOptions>),
    /// In databases of its own on this server, as a role that may create databases.
    Server(Box<cogway_pg::Config>),
}

impl Default for Site {
    fn default() -> Self {
        Site::Private(Box::default())
    }
}

/// A finding that is known and accepted, with the reason: an entry `[[verify.allow]]` of `cogway.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// The revision's id; `*` for any, and as a part of it for any text.
    pub revision: String,
    /// The kind of finding by its code (`down_differs`); `*` for any.
    pub kind: String,
    /// The object, in the words of the finding, with `*` for any text; any object where not given.
    #[serde(default)]
    pub object: Option<String>,
    /// Why it is accepted. Not empty.
    pub reason: String,
}

impl Allowance {
    /// Does this entry allow that finding of that revision?
    pub fn covers(&self, revision: &RevisionId, finding: &Finding) -> bool {
        matches(&self.revision, revision.as_str())
            && matches(&self.kind, finding.kind.code())
            && self.object.as_ref().is_none_or(|pattern| {
                finding
                    .object
                    .as_ref()
                    .is_some_and(|object| matches(pattern, object))
            })
    }

    /// What is wrong with the entry itself, as a sentence.
    pub fn fault(&self) -> Option<String> {
        let known = self.kind.contains('*') || FindingKind::ALL.iter().any(|kind| kind.code() == self.kind);
        if !known {
            let codes: Vec<&str> = FindingKind::ALL.iter().map(|kind| kind.code()).collect();
            return Some(format!(
                "there is no kind of finding {:?}; there are {}",
                self.kind,
                codes.join(", ")
            ));
        }
        self.reason
            .trim()
            .is_empty()
            .then(|| "the reason is empty".to_owned())
    }
}

/// Is `text` of the form of the pattern, in which `*` stands for any text?
fn matches(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(head) else {
        return false;
    };
    let mut rest = rest;
    while let Some((part, more)) = rest.split_once('*') {
        let Some(at) = text.find(part) else { return false };
        text = &text[at + part.len()..];
        rest = more;
    }
    text.ends_with(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_text() {
        let check = |pattern: &str, text: &str, expect: bool| {
            assert_eq!(matches(pattern, text), expect, "{pattern} {text}")
        };
        check("*", "", true);
        check("*", "anything", true);
        check("2019*", "20190101", true);
        check("2019*", "2020", false);
        check("table *.orders", "table public.orders", true);
        check("a*b*c", "a--b--c", true);
        check("a*b*c", "a--c", false);
        check("ab*ba", "aba", false);
        check("exact", "exact", true);
        check("exact", "exactly", false);
    }
}
