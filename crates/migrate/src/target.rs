//! Where a database is to go, as users type it.

use std::fmt;

use crate::history::{History, RevisionId};
use crate::ledger::Ledger;

/// Where a database is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The head of the files, of which there must be one.
    Head,
    /// All heads of the files.
    Heads,
    /// Before the first revision.
    Base,
    /// A revision, with all that it builds on and nothing else.
    Revision(RevisionId),
    /// So many revisions further.
    Forward(usize),
    /// So many revisions back, in the order in which they were applied.
    Back(usize),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Head => f.write_str("head"),
            Target::Heads => f.write_str("heads"),
            Target::Base => f.write_str("base"),
            Target::Revision(id) => write!(f, "{id}"),
            Target::Forward(number) => write!(f, "+{number}"),
            Target::Back(number) => write!(f, "-{number}"),
        }
    }
}

/// Why a target cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Nothing is called so.
    #[error("there is no revision {text}{}", among(known))]
    Unknown {
        /// What was typed.
        text: String,
        /// The revisions that there are, in order.
        known: Vec<RevisionId>,
    },
    /// Several revisions begin so.
    #[error("{} revisions begin with {text}: {}", found.len(), some_of(found))]
    Ambiguous {
        /// What was typed.
        text: String,
        /// What it can mean.
        found: Vec<RevisionId>,
    },
    /// It is the number of one and the beginning of another.
    #[error("{text} is the beginning of {beginning}, and the number of {numbered}")]
    NumberOrPrefix {
        /// What was typed.
        text: String,
        /// The revision that begins so.
        beginning: RevisionId,
        /// The revision of that number.
        numbered: RevisionId,
    },
    /// `+` or `-` without a number.
    #[error("{text} is no number of steps")]
    Steps {
        /// What was typed.
        text: String,
    },
}

impl TargetError {
    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            TargetError::Unknown { .. } => {
                "write an id, the beginning of one, a number (0 is base), +N, -N, base, head or heads; `cogway history` \
                 lists the revisions"
            }
            TargetError::Ambiguous { .. } => "write more of it",
            TargetError::NumberOrPrefix { .. } => "write the whole id",
            TargetError::Steps { .. } => "write +1 or -1, +2 or -2, and so on",
        }
    }
}

fn among(known: &[RevisionId]) -> String {
    match known {
        [] => "; there are none at all".to_owned(),
        [only] => format!("; there is only {only}"),
        [first, .., last] => format!(" among the {} from {first} to {last}", known.len()),
    }
}

fn some_of(found: &[RevisionId]) -> String {
    let mut text: Vec<&str> = found.iter().take(5).map(RevisionId::as_str).collect();
    if found.len() > 5 {
        text.push("…");
    }
    text.join(", ")
}

impl Target {
    /// Understands what a user typed.
    ///
    /// `head`, `heads`, `base`, `+N`, `-N`; an id; a number that is the number in an id (`3` for `0003`); a number of at
    /// most as many as there are revisions, which counts them (`0` is `base`); the beginning of just one id. Ids are those
    /// of the files and of the ledger.
    ///
    /// # Errors
    /// When that is nothing, or several things.
    pub fn parse(text: &str, history: &History, ledger: &Ledger) -> Result<Target, TargetError> {
        let text = text.trim();
        match text {
            "head" => return Ok(Target::Head),
            "heads" => return Ok(Target::Heads),
            "base" => return Ok(Target::Base),
            _ => {}
        }
        let steps = |number: &str| {
            number.parse::<usize>().map_err(|_| TargetError::Steps {
                text: text.to_owned(),
            })
        };
        if let Some(number) = text.strip_prefix('+') {
            return steps(number).map(Target::Forward);
        }
        if let Some(number) = text.strip_prefix('-') {
            return steps(number).map(Target::Back);
        }
        let mut ids: Vec<&RevisionId> = history.revisions.iter().map(|revision| &revision.id).collect();
        let listed = ids.len();
        ids.extend(
            ledger
                .applied
                .iter()
                .map(|applied| &applied.id)
                .filter(|id| history.get(id).is_none()),
        );
        find(text, &ids, listed)
    }
}

/// Finds a revision among ids, of which the first `listed` can be counted.
fn find(text: &str, ids: &[&RevisionId], listed: usize) -> Result<Target, TargetError> {
    let target = |id: &RevisionId| Target::Revision(id.clone());
    if let Some(id) = ids.iter().find(|id| id.as_str() == text) {
        return Ok(target(id));
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = |text: &str| text.trim_start_matches('0').to_owned();
    if digits(text)
        && let Some(id) = ids
            .iter()
            .find(|id| digits(id.as_str()) && plain(id.as_str()) == plain(text))
    {
        return Ok(target(id));
    }
    let number = text.parse::<usize>().ok().filter(|_| digits(text));
    if number == Some(0) {
        return Ok(Target::Base);
    }
    let numbered = number
        .filter(|&number| number <= listed)
        .map(|number| ids[number - 1]);
    let beginning: Vec<&RevisionId> = ids
        .iter()
        .copied()
        .filter(|id| !text.is_empty() && id.as_str().starts_with(text))
        .collect();
    match (numbered, &beginning[..]) {
        (Some(numbered), [beginning]) if numbered != *beginning => Err(TargetError::NumberOrPrefix {
            text: text.to_owned(),
            beginning: (*beginning).clone(),
            numbered: numbered.clone(),
        }),
        (Some(numbered), _) => Ok(target(numbered)),
        (None, [id]) => Ok(target(id)),
        (None, []) => Err(TargetError::Unknown {
            text: text.to_owned(),
            known: ids.iter().map(|id| (*id).clone()).collect(),
        }),
        (None, several) => Err(TargetError::Ambiguous {
            text: text.to_owned(),
            found: several.iter().map(|id| (*id).clone()).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ids: &[&str], text: &str, expect: &str) {
        let ids: Vec<RevisionId> = ids.iter().map(|id| RevisionId::from(*id)).collect();
        let ids: Vec<&RevisionId> = ids.iter().collect();
        let found = match find(text, &ids, ids.len()) {
            Ok(target) => target.to_string(),
            Err(error) => format!("error: {error}"),
        };
        assert_eq!(found, expect, "{text} among {ids:?}");
    }

    #[test]
    fn what_users_type() {
        let numbered = ["0001", "0002", "0010"];
        check(&numbered, "0002", "0002");
        check(&numbered, "2", "0002");
        check(&numbered, "10", "0010");
        check(&numbered, "3", "0010");
        check(&numbered, "001", "0001");
        check(&numbered, "0", "base");
        check(
            &numbered,
            "4",
            "error: there is no revision 4 among the 3 from 0001 to 0010",
        );
        let timed = ["20240101120000", "20240102120000", "20250101120000"];
        check(&timed, "2", "20240102120000");
        check(&timed, "2025", "20250101120000");
        check(
            &timed,
            "2024",
            "error: 2 revisions begin with 2024: 20240101120000, 20240102120000",
        );
        let hex = ["1975ea", "27c6", "3f"];
        check(&hex, "27", "27c6");
        check(&hex, "1", "1975ea");
        check(&hex, "3", "3f");
        check(
            &["2b", "1c"],
            "2",
            "error: 2 is the beginning of 2b, and the number of 1c",
        );
        check(&[], "7", "error: there is no revision 7; there are none at all");
        check(&["7"], "", "error: there is no revision ; there is only 7");
    }
}
