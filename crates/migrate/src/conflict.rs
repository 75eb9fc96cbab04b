//! Semantic conflicts between two branches of a history: what does not go together although no two files touch.
//!
//! Nothing is guessed from the scripts. Both branches run behind what they have in common, on private servers, in both
//! orders: the first and then the second, the second and then the first. After each revision the catalog is read. What
//! each branch does when it runs alone is compared with what the other does; what fails behind the other branch is
//! explained by that, or is a conflict of its own; where nothing fails, both orders must lead to the same catalog.
//!
//! What is not seen: rows. Where both branches insert the same key, a script fails, and that is told. Where both update
//! the same rows to different values, nothing fails, and nobody knows. A branch is run behind the other up to the first
//! revision that fails; what would fail after it shows once that is mended. Repeatable revisions belong to no branch.
//!
//! ```no_run
//! use cogway_migrate::conflict::{self, Fork};
//! use cogway_migrate::{history, verify};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let history = history::read("migrations".as_ref(), None)?;
//! if let [first, second] = history.heads().as_slice() {
//!     let fork = Fork::between(&history, &first.id, &second.id);
//!     let findings = conflict::find(&history, &fork, &verify::Options::default()).await?;
//!     for conflict in &findings.conflicts {
//!         println!("{} ({})", conflict.message, conflict.hint);
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod blame;
mod clash;
mod fork;
mod kinship;
mod order;
mod trace;
mod trial;
mod words;

use std::fmt;
use std::path::PathBuf;

use thiserror::Error;

pub use fork::Fork;

use crate::history::{History, RevisionId};
use crate::verify::{self, VerifyError};
use trial::{Laboratory, Trial};

/// What was found about two branches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What does not go together, by kind, then in the order of objects.
    pub conflicts: Vec<Conflict>,
    /// What somebody may want to know and what does not stand in the way, as sentences: only the order of columns
    /// depends on the order of the branches; both change something to the same value.
    pub remarks: Vec<String>,
}

/// Two revisions that do not go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What sort of conflict.
    pub kind: ConflictKind,
    /// The object it is about, in the words of reports: `column public.users.surname`. None where it is about rows, or
    /// only PostgreSQL knows.
    pub object: Option<String>,
    /// The responsible revision of the first branch.
    pub first: Side,
    /// The responsible revision of the second branch.
    pub second: Side,
    /// What is the matter, with both revisions and their files, as a sentence without a full stop.
    pub message: String,
    /// What to do about it, likewise.
    pub hint: String,
}

/// The revision of a branch that is responsible: the one after which the object changed, or whose script fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The revision.
    pub revision: RevisionId,
    /// The rest of its name; can be empty.
    pub name: String,
    /// The file of its up.
    pub path: PathBuf,
    /// The line to look at, from 1. Where the script fails, that is the line that PostgreSQL names; elsewhere it is that
    /// of the first statement in which the object's name stands, and none where it stands nowhere.
    pub line: Option<usize>,
}

/// What sort of conflict it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictKind {
    /// Both add the same object, or two that cannot both have the name.
    BothAdd,
    /// Both take the same object away, by dropping or renaming it.
    BothDrop,
    /// One takes away, by dropping or renaming it, what the other changes or needs.
    AlterAndDrop,
    /// Both change the same attribute, to different values or so that the second to come fails.
    BothAlter,
    /// A script that runs by itself fails behind the other branch, for another reason.
    Fails,
    /// Everything runs in both orders, and something is different in the end.
    OrderMatters,
}

/// Which revisions of a fork.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Those that both branches have.
    Common,
    /// Those of the first branch.
    First,
    /// Those of the second branch.
    Second,
}

/// Why two branches cannot be compared.
#[derive(Debug, Error)]
pub enum ConflictError {
    /// There is nothing to run them on.
    #[error(transparent)]
    Ground(#[from] VerifyError),
    /// A script fails without the other branch: that is no conflict, and is to be mended first.
    #[error(
        "revision {revision} {part} does not apply ({}{}): {message}",
        .path.display(),
        .line.map(|line| format!(":{line}")).unwrap_or_default()
    )]
    Broken {
        /// The revision.
        revision: RevisionId,
        /// Where it belongs.
        part: Part,
        /// The file of its up.
        path: PathBuf,
        /// The line, from 1, where PostgreSQL names one.
        line: Option<usize>,
        /// What PostgreSQL says.
        message: String,
    },
}

/// Finds the conflicts of two branches. Of the options, the site, the roles and the way of reading count.
///
/// On private servers both orders run side by side, on a server each. Where one of the branches has no revisions there
/// is nothing to find, and no server is started.
///
/// # Errors
/// When there is nothing to run them on, or a script fails without the other branch.
pub async fn find(
    history: &History,
    fork: &Fork<'_>,
    options: &verify::Options,
) -> Result<Findings, ConflictError> {
    if fork.first.is_empty() || fork.second.is_empty() {
        return Ok(Findings::default());
    }
    let laboratory = Laboratory {
        history,
        fork,
        options,
    };
    let trial = laboratory.run().await?;
    let mut found = clash::find(&trial);
    for open in blame::assign(&trial, &mut found) {
        if let Some(culprit) = laboratory.culprit(&open).await? {
            found.clashes.push(open.into_clash(&trial, culprit));
        }
    }
    Ok(findings(&trial, found))
}

/// Puts everything into words.
fn findings<'h>(trial: &Trial<'h>, mut found: clash::Found<'h>) -> Findings {
    blame::join_twins(&mut found.clashes);
    let unsettled = order::find(trial, &found.clashes);
    found.clashes.extend(unsettled.clashes);
    found
        .clashes
        .sort_by(|a, b| (a.kind, &a.object).cmp(&(b.kind, &b.object)));
    let conflicts = found.clashes.iter().map(|clash| words::conflict(trial, clash));
    let unmodelled = unsettled.unmodelled.iter().map(words::unmodelled);
    let harmless = found.harmless.iter().map(|clash| words::harmless(trial, clash));
    Findings {
        conflicts: conflicts.chain(unmodelled).collect(),
        remarks: harmless
            .chain(unsettled.reordered.iter().map(words::reordered))
            .collect(),
    }
}

impl ConflictKind {
    /// The kind as machines call it: `both_add`.
    pub fn code(self) -> &'static str {
        match self {
            ConflictKind::BothAdd => "both_add",
            ConflictKind::BothDrop => "both_drop",
            ConflictKind::AlterAndDrop => "alter_and_drop",
            ConflictKind::BothAlter => "both_alter",
            ConflictKind::Fails => "fails",
            ConflictKind::OrderMatters => "order_matters",
        }
    }
}

/// `20240501_add_surname (migrations/20240501_add_surname/up.sql:1)`.
impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = words::joined(self.revision.as_str(), &self.name);
        write!(f, "{title} ({}", self.path.display())?;
        match self.line {
            Some(line) => write!(f, ":{line})"),
            None => f.write_str(")"),
        }
    }
}

/// As it stands behind the name of a revision.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Common => "of the common part",
            Part::First => "of the first branch",
            Part::Second => "of the second branch",
        })
    }
}
