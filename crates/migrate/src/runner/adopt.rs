//! Taking over a database that somebody else has moved: the ledger is filled, and nothing is run.

use cogway_catalog::QualifiedName;

use super::drift::Known;
use super::options::Rehearsal;
use super::{Event, RunError, Runner};
use crate::account::{self, Tool};
use crate::history::{History, Revision, RevisionId};
use crate::ledger::{Event as Journal, Ledger, Outcome};
use crate::position::{Position, branches};
use crate::route::Conflict;
use crate::target::Target;

/// Whose word is taken for what is applied.
#[derive(Clone, Debug)]
pub enum Adoption<'a> {
    /// That of a tool.
    From {
        /// Which.
        tool: Tool,
        /// Its table, where it is not the usual one.
        table: Option<QualifiedName>,
    },
    /// The user's: a revision and all that it builds on. As [`Target::parse`] understands it.
    Baseline(&'a str),
}

/// What was taken over.
#[derive(Clone, Debug)]
pub struct Adopted {
    /// Whose word was taken: `goose`, `baseline`.
    pub from: String,
    /// The table, where there was one.
    pub table: Option<QualifiedName>,
    /// The revisions that the ledger has now, parents before children.
    pub revisions: Vec<RevisionId>,
    /// What is pending.
    pub pending: Vec<RevisionId>,
    /// What ought to be known.
    pub remarks: Vec<String>,
}

/// A revision, and when it was applied, if that is known.
type Entry<'h> = (&'h Revision, Option<String>);

impl Runner {
    /// Fills an empty ledger. With [`Rehearsal::Only`] it only says what would be in it.
    ///
    /// # Errors
    /// [`RunError`]; nothing is written then.
    pub async fn adopt(
        &self,
        history: &History,
        adoption: &Adoption<'_>,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<Adopted, RunError> {
        self.refuse_partial(history)?;
        if self.options.rehearsal == Rehearsal::Only {
            let ledger = self.ledger().await?;
            return Ok(self.find(history, &ledger, adoption).await?.0);
        }
        self.lock(on_event).await?;
        let outcome = self.fill(history, adoption).await;
        if !self.executor.is_lost() {
            self.executor.unlock(super::lock::KEY).await?;
        }
        outcome
    }

    async fn fill(&self, history: &History, adoption: &Adoption<'_>) -> Result<Adopted, RunError> {
        let ledger = self.ledger().await?;
        let (adopted, entries) = self.find(history, &ledger, adoption).await?;
        self.upgrade(&ledger).await?;
        let run = self.begin(&format!("adopt from {}", adopted.from)).await?;
        let entry = self.entry(&run);
        let rows = entries
            .iter()
            .map(|(revision, at)| entry.adopted(revision, history.format, &adopted.from, at.as_deref()));
        let mut sql: Vec<String> = rows.collect();
        sql.push(entry.event(Journal::Ended, &Outcome::default()));
        // Sent at once, they are one transaction.
        self.executor
            .command(&sql.join(";\n"))
            .await
            .map_err(RunError::Ledger)?;
        self.record(&mut Known::default()).await?;
        Ok(adopted)
    }

    async fn find<'h>(
        &self,
        history: &'h History,
        ledger: &Ledger,
        adoption: &Adoption<'_>,
    ) -> Result<(Adopted, Vec<Entry<'h>>), RunError> {
        if !ledger.applied.is_empty() {
            return Err(RunError::AlreadyThere(ledger.applied.len()));
        }
        let (from, table, entries, remarks) = match adoption {
            Adoption::From { tool, table } => {
                let account = account::read(&self.executor, *tool, table.as_ref(), history).await?;
                let entries: Vec<Entry<'h>> = account
                    .applied
                    .into_iter()
                    .filter_map(|entry| {
                        history
                            .get(&entry.id)
                            .map(|revision| (revision, entry.applied_at))
                    })
                    .collect();
                (
                    tool.as_str().to_owned(),
                    Some(account.table),
                    entries,
                    account.remarks,
                )
            }
            Adoption::Baseline(target) => {
                let entries = baseline(history, ledger, target)?;
                ("baseline".to_owned(), None, entries, Vec::new())
            }
        };
        let is_adopted = |id: &RevisionId| entries.iter().any(|(revision, _)| revision.id == *id);
        let pending = history
            .revisions
            .iter()
            .filter(|revision| !is_adopted(&revision.id));
        let adopted = Adopted {
            from,
            table,
            revisions: entries.iter().map(|(revision, _)| revision.id.clone()).collect(),
            pending: pending.map(|revision| revision.id.clone()).collect(),
            remarks,
        };
        Ok((adopted, entries))
    }
}

/// A revision and all that it builds on.
fn baseline<'h>(history: &'h History, ledger: &Ledger, target: &str) -> Result<Vec<Entry<'h>>, RunError> {
    let position = Position::of(history, ledger);
    let heads = position.heads_of_files();
    let ids: Vec<&RevisionId> = match Target::parse(target, history, ledger)? {
        Target::Revision(id) => {
            let keep = position.with_ancestors([&id]);
            let inside = history
                .revisions
                .iter()
                .filter(|revision| keep.contains(&revision.id));
            return Ok(inside.map(|revision| (revision, None)).collect());
        }
        Target::Head if heads.len() > 1 => {
            return Err(Box::new(Conflict::Heads(branches(history))).into());
        }
        Target::Head | Target::Heads => heads.iter().map(|head| &head.id).collect(),
        other @ (Target::Base | Target::Forward(_) | Target::Back(_)) => {
            return Err(Box::new(Conflict::WrongWay(other)).into());
        }
    };
    let keep = position.with_ancestors(ids);
    let inside = history
        .revisions
        .iter()
        .filter(|revision| keep.contains(&revision.id));
    Ok(inside.map(|revision| (revision, None)).collect())
}
