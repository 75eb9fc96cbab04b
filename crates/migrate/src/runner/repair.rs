//! Correcting the ledger: nothing is run, the schema stays as it is.

use super::drift::Known;
use super::options::Rehearsal;
use super::prepare::prepare;
use super::{Event, RunError, Runner, part};
use crate::history::{History, RevisionId};
use crate::ledger::{Entry, Event as Journal, Outcome, stored_scripts};
use crate::position::Position;
use crate::route::{Conflict, Route, Step};
use crate::target::{Target, TargetError};

/// What is to be corrected.
#[derive(Clone, Debug)]
pub enum Repair {
    /// Applied revisions whose files have changed: these, or all. The ledger takes the files as they are.
    Changed(Vec<String>),
    /// A revision is applied although the ledger does not say so; or it was by half, and is by whole now.
    Applied(String),
    /// A revision is not applied although the ledger says so; or it was by half, and is not at all now.
    Reverted(String),
    /// A revision that is half done is to be gone on with at this part, from 1.
    ResumeAt(usize),
    /// The schema is right as it is: it is what later ones are compared with.
    Schema,
}

/// What was corrected.
#[derive(Clone, Debug, Default)]
pub struct Repaired {
    /// The revisions, in the order of the history.
    pub revisions: Vec<RevisionId>,
    /// What had changed of their scripts.
    pub changes: Vec<ScriptChange>,
}

/// A script that changed after its revision was applied.
#[derive(Clone, Debug)]
pub struct ScriptChange {
    /// The revision.
    pub id: RevisionId,
    /// Which of its scripts; the words of `revision.toml` for its parents.
    pub what: &'static str,
    /// The file.
    pub path: std::path::PathBuf,
    /// As it was when the revision was applied; none where that was not kept, or there was none.
    pub before: Option<String>,
    /// As it is; none where it is gone.
    pub after: Option<String>,
}

impl Runner {
    /// Corrects the ledger. With [`Rehearsal::Only`] it only says what would be corrected.
    ///
    /// # Errors
    /// [`RunError`]; nothing is written then.
    pub async fn repair(
        &self,
        history: &History,
        repair: &Repair,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<Repaired, RunError> {
        self.refuse_partial(history)?;
        self.lock(on_event).await?;
        let outcome = self.correct(history, repair).await;
        if !self.executor.is_lost() {
            self.executor.unlock(super::lock::KEY).await?;
        }
        outcome
    }

    async fn correct(&self, history: &History, repair: &Repair) -> Result<Repaired, RunError> {
        let ledger = self.ledger().await?;
        let position = Position::of(history, &ledger);
        let only_say = self.options.rehearsal == Rehearsal::Only;
        let mut repaired = Repaired::default();
        let mut statements = Vec::new();
        let run = "null";
        let entry = self.entry(run);
        let note = |id: &RevisionId, message: &str| {
            entry.event(
                Journal::Repaired,
                &Outcome {
                    revision: Some(id),
                    message: Some(message),
                    ..Outcome::default()
                },
            )
        };
        match repair {
            Repair::Changed(wanted) => {
                let wanted = wanted
                    .iter()
                    .map(|text| revision(text, &position))
                    .collect::<Result<Vec<_>, _>>()?;
                let changed = position.changed();
                let chosen = changed
                    .iter()
                    .filter(|changed| wanted.is_empty() || wanted.contains(&changed.revision.id));
                for changed in chosen {
                    repaired.changes.extend(self.changes_of(changed).await?);
                    repaired.revisions.push(changed.revision.id.clone());
                    let message = "taken from the files as they are";
                    statements.push(entry.repaired(changed.revision, history.format, message));
                }
            }
            Repair::Applied(text) => {
                let id = revision(text, &position)?;
                let Some(revision) = position.revision(&id) else {
                    return Err(Box::new(Conflict::NotInFiles(id)).into());
                };
                statements.push(format!(
                    "delete from cogway.unfinished where revision = {}",
                    quoted(&id)
                ));
                if position.applied(&id).is_none() {
                    statements.push(entry.adopted(revision, history.format, "repair", None));
                }
                statements.push(note(&id, "said to be applied"));
                repaired.revisions.push(id);
            }
            Repair::Reverted(text) => {
                let id = revision(text, &position)?;
                statements.push(format!(
                    "delete from cogway.unfinished where revision = {}",
                    quoted(&id)
                ));
                statements.push(format!("delete from cogway.revision where id = {}", quoted(&id)));
                statements.push(note(&id, "said to be not applied"));
                repaired.revisions.push(id);
            }
            Repair::ResumeAt(number) => {
                let (id, statement) = self.resume_at_part(&position, *number).await?;
                statements.push(statement);
                statements.push(note(&id, &format!("to be gone on with at part {number}")));
                repaired.revisions.push(id);
            }
            Repair::Schema => {
                if !only_say {
                    self.upgrade(&ledger).await?;
                    self.record(&mut Known::default()).await?;
                }
                return Ok(repaired);
            }
        }
        if !only_say && !statements.is_empty() {
            self.upgrade(&ledger).await?;
            self.executor
                .command(&statements.join(";\n"))
                .await
                .map_err(RunError::Ledger)?;
        }
        Ok(repaired)
    }

    async fn changes_of(
        &self,
        changed: &crate::position::Changed<'_>,
    ) -> Result<Vec<ScriptChange>, RunError> {
        let (up, down) = stored_scripts(&self.executor, &changed.revision.id).await?;
        let mut changes = Vec::new();
        let change = |what, path: &std::path::Path, before, after| ScriptChange {
            id: changed.revision.id.clone(),
            what,
            path: path.to_owned(),
            before,
            after,
        };
        if changed.up {
            let script = &changed.revision.up;
            changes.push(change("up", &script.path, up, Some(script.text.to_string())));
        }
        if changed.down {
            let script = changed.revision.down.as_ref();
            let path = script.map_or(&changed.revision.up.path, |script| &script.path);
            changes.push(change(
                "down",
                path,
                down,
                script.map(|script| script.text.to_string()),
            ));
        }
        if changed.parents {
            let words = |ids: &[RevisionId]| {
                let ids: Vec<&str> = ids.iter().map(RevisionId::as_str).collect();
                format!(
                    "builds on: {}\n",
                    if ids.is_empty() {
                        "nothing".to_owned()
                    } else {
                        ids.join(", ")
                    }
                )
            };
            changes.push(change(
                "parents",
                &changed.revision.up.path,
                Some(words(&changed.applied.parents)),
                Some(words(&changed.revision.parents)),
            ));
        }
        Ok(changes)
    }

    /// The statement after which a script is gone on with at another part.
    async fn resume_at_part(
        &self,
        position: &Position<'_>,
        number: usize,
    ) -> Result<(RevisionId, String), RunError> {
        let Some(unfinished) = &position.ledger.unfinished else {
            return Err(RunError::NothingUnfinished);
        };
        let id = &unfinished.revision;
        let step = match unfinished.direction {
            crate::ledger::Direction::Up => position.revision(id).map(Step::Up),
            crate::ledger::Direction::Down => position.applied(id).map(Step::Down),
        };
        let Some(step) = step else {
            return Err(Box::new(Conflict::NotInFiles(id.clone())).into());
        };
        let route = Route {
            steps: vec![step],
            beyond: Vec::new(),
        };
        let prepared = prepare(&self.executor, position, &route).await?;
        let Some(step) = prepared.first() else {
            return Err(RunError::NothingUnfinished);
        };
        let parts = part::parts(&step.course());
        if number == 0 || number > parts.len() + 1 {
            return Err(RunError::NoSuchPart {
                number,
                parts: parts.len(),
            });
        }
        let done = number - 1;
        let checksums = part::checksums(&step.script.text, &parts);
        Ok((id.clone(), Entry::resumed(done, &checksums[done])))
    }
}

fn revision(text: &str, position: &Position<'_>) -> Result<RevisionId, RunError> {
    match Target::parse(text, position.history, position.ledger)? {
        Target::Revision(id) => Ok(id),
        _ => Err(TargetError::Unknown {
            text: text.to_owned(),
            known: position
                .history
                .revisions
                .iter()
                .map(|revision| revision.id.clone())
                .collect(),
        }
        .into()),
    }
}

fn quoted(id: &RevisionId) -> String {
    cogway_catalog::sql::quote_literal(id.as_str())
}
