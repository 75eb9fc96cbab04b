//! Where two branches part.

use crate::history::{History, Revision, RevisionId};

/// Two branches of a history: what they have in common, and what each has alone. All in the order of the history,
/// parents before children.
#[derive(Clone, Debug)]
pub struct Fork<'h> {
    /// What both heads build on.
    pub common: Vec<&'h Revision>,
    /// What leads to the first head only.
    pub first: Vec<&'h Revision>,
    /// What leads to the second head only.
    pub second: Vec<&'h Revision>,
}

impl Fork<'_> {
    /// Cuts a history at two heads: the ancestors of both are common. Revisions that lead to neither are left out;
    /// so are repeatable ones, on which nothing builds.
    ///
    /// A head that is not in the history has no revisions. One that builds on the other leaves the other without
    /// revisions of its own.
    pub fn between<'h>(history: &'h History, first_head: &RevisionId, second_head: &RevisionId) -> Fork<'h> {
        let (of_first, of_second) = (
            history.with_ancestors(first_head),
            history.with_ancestors(second_head),
        );
        let chosen = |in_first: bool, in_second: bool| {
            let belongs = |revision: &&Revision| {
                of_first.contains(&revision.id) == in_first && of_second.contains(&revision.id) == in_second
            };
            history.revisions.iter().filter(belongs).collect()
        };
        Fork {
            common: chosen(true, true),
            first: chosen(true, false),
            second: chosen(false, true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Format, Script, TransactionMode};

    /// A history of revisions, each an id and its parents: `c: a b`.
    fn history(revisions: &[&str]) -> History {
        let revision = |line: &&str| {
            let (id, parents) = line.split_once(':').expect("a colon");
            Revision {
                id: id.into(),
                name: String::new(),
                parents: parents.split_whitespace().map(RevisionId::from).collect(),
                up: Script {
                    path: id.into(),
                    text: "".into(),
                    first_line: 1,
                    transaction: TransactionMode::Auto,
                },
                down: None,
                repeatable: false,
            }
        };
        History {
            format: Format::Cogway,
            chosen_because: String::new(),
            dir: ".".into(),
            revisions: revisions.iter().map(revision).collect(),
            problems: Vec::new(),
        }
    }

    fn check(revisions: &[&str], heads: [&str; 2], expect: [&str; 3]) {
        let history = history(revisions);
        let fork = Fork::between(&history, &heads[0].into(), &heads[1].into());
        let ids = |part: &[&Revision]| {
            let ids: Vec<&str> = part.iter().map(|revision| revision.id.as_str()).collect();
            ids.join(" ")
        };
        let found = [ids(&fork.common), ids(&fork.first), ids(&fork.second)];
        assert_eq!(found, expect.map(str::to_owned), "{revisions:?}");
    }

    #[test]
    fn ancestors_of_both_are_common() {
        check(&["a:", "b: a", "c: a"], ["b", "c"], ["a", "b", "c"]);
        check(&["a:", "b: a", "c: a"], ["c", "b"], ["a", "c", "b"]);
        // No common root.
        check(&["a:", "b:"], ["a", "b"], ["", "a", "b"]);
        // A merge below the fork is common; one inside a branch is that branch's.
        check(
            &["a:", "b: a", "c: a", "d: b c", "e: d", "f: d"],
            ["e", "f"],
            ["a b c d", "e", "f"],
        );
        check(
            &["a:", "b: a", "c: a", "d: b c", "e: a"],
            ["d", "e"],
            ["a", "b c d", "e"],
        );
        // Of three heads, the third is nobody's.
        check(&["a:", "b: a", "c: a", "d: a"], ["b", "d"], ["a", "b", "d"]);
        // One builds on the other, or is not there.
        check(&["a:", "b: a"], ["a", "b"], ["a", "", "b"]);
        check(&["a:", "b: a"], ["x", "b"], ["", "", "a b"]);
    }
}
