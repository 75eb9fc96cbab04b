//! Going on with a script that was cut off between transactions.

use std::collections::BTreeSet;

use cogway_catalog::sql::{self, Checksum};
use cogway_pg::execute::IndexState;
use cogway_pg::script::{ScriptFailure, ServerError};

use super::error::{Half, Unclear};
use super::part::{Part, Trace};
use super::prepare::Prepared;
use super::{Event, RunError, Runner};
use crate::ledger::{Ledger, Unfinished};

/// Is anything left to be done of a part that was begun?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remains {
    /// No, it had its effect.
    Nothing,
    /// Yes, all of it.
    All,
}

/// What PostgreSQL says of something that is there already, or not there any more.
const THERE: [&str; 4] = ["42P04", "42710", "42P07", "42723"];
const NOT_THERE: [&str; 4] = ["3D000", "42704", "42P01", "42883"];

impl Runner {
    /// Drops the indexes that a part has left INVALID which was begun and did not come to its end. The script may have
    /// been mended since, so that what comes next is another part.
    pub(super) async fn drop_invalid(
        &self,
        step: &Prepared<'_>,
        parts: &[Part],
        unfinished: &Unfinished,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<(), RunError> {
        let rest = rest(&step.script.text, parts, unfinished.done);
        for index in self.left_invalid(rest, unfinished.indexes.as_ref()).await? {
            // What the script does not name may be an index that somebody else is making at this moment.
            let named = sql::mentions(rest, index.name.name.as_str());
            if named || !self.executor.is_being_changed(&index.table).await? {
                self.executor
                    .command(&format!("drop index concurrently if exists {}", index.name))
                    .await?;
                on_event(Event::DroppedInvalid(&index));
            }
        }
        if !sql::mentions(rest, "reindex") {
            return Ok(());
        }
        for index in self.executor.toast_leftovers().await? {
            let drop = format!("drop index concurrently if exists {}", index.name);
            // Only a superuser may; to others PostgreSQL says that it passes over them.
            if !self.executor.is_being_changed(&index.table).await?
                && self.executor.command(&drop).await.is_ok()
            {
                on_event(Event::DroppedInvalid(&index));
            }
        }
        Ok(())
    }

    /// The indexes that are INVALID, were not there before, and can be of a part of this script.
    async fn left_invalid(
        &self,
        script: &str,
        before: Option<&BTreeSet<String>>,
    ) -> Result<Vec<IndexState>, RunError> {
        // A part that was never begun has noted no indexes, and left none.
        let Some(before) = before else {
            return Ok(Vec::new());
        };
        let reindexes = sql::mentions(script, "reindex");
        let mut indexes = self.executor.indexes().await?;
        indexes.retain(|index| {
            !index.valid
                && !before.contains(&index.name.to_string())
                && (sql::mentions(script, index.name.name.as_str())
                    || sql::mentions(script, index.table.name.as_str())
                    || reindexes && is_of_reindex(index.name.name.as_str()))
        });
        Ok(indexes)
    }

    /// Looks at what a part has done that was begun before.
    pub(super) async fn what_remains(
        &self,
        step: &Prepared<'_>,
        part: &Part,
        trace: Trace,
        before: &Unfinished,
    ) -> Result<Remains, RunError> {
        let text = &step.script.text[part.range.clone()];
        match trace {
            Trace::CreatesIndex if before.begun => {
                let known = before.indexes.iter().flatten().collect::<BTreeSet<_>>();
                let indexes = self.executor.indexes().await?;
                let made = indexes.iter().any(|index| {
                    index.valid && !known.contains(&index.name.to_string()) && can_be_made_by(text, index)
                });
                Ok(if made { Remains::Nothing } else { Remains::All })
            }
            Trace::Detaches if before.begun => {
                let pending = self.executor.pending_detaches().await?;
                let named = pending
                    .iter()
                    .find(|detach| sql::mentions(text, detach.partition.name.as_str()));
                let Some(detach) = named else {
                    return Ok(Remains::All);
                };
                self.executor
                    .command(&format!(
                        "alter table {} detach partition {} finalize",
                        detach.table, detach.partition
                    ))
                    .await?;
                Ok(Remains::Nothing)
            }
            Trace::None if before.begun => Err(RunError::Unclear(Box::new(Unclear {
                revision: step.id().clone(),
                direction: step.direction(),
                part: before.done + 1,
                statement: text.to_owned(),
                source: step.source.clone(),
                line: step.place(part.range.start).line,
            }))),
            // Done once more, an index that is gone is refused, and one that is made anew is made anew again.
            Trace::DropsIndex | Trace::Reindexes | Trace::Repeatable | Trace::Once => Ok(Remains::All),
            Trace::CreatesIndex | Trace::Detaches | Trace::None => Ok(Remains::All),
        }
    }

    /// Does PostgreSQL refuse a part because it had its effect when it was cut off?
    pub(super) fn was_done_before(
        &self,
        trace: Trace,
        before: Option<&Unfinished>,
        failure: &ScriptFailure,
    ) -> bool {
        let state = failure.error.sqlstate.as_str();
        before.is_some_and(|before| before.begun)
            && match trace {
                Trace::Once => THERE.contains(&state) || NOT_THERE.contains(&state),
                Trace::DropsIndex => state == "42704",
                Trace::Detaches => state == "42P01",
                _ => false,
            }
    }

    /// `CREATE INDEX CONCURRENTLY IF NOT EXISTS` passes over an index that an earlier attempt left and that PostgreSQL
    /// does not use. That is no success.
    pub(super) async fn refuse_invalid(
        &self,
        statement: &str,
        before: &[IndexState],
    ) -> Result<Result<(), ScriptFailure>, RunError> {
        let after = self.executor.indexes().await?;
        let is_new = |index: &IndexState| !before.iter().any(|known| known.name == index.name);
        let made = after
            .iter()
            .any(|index| index.valid && is_new(index) && can_be_made_by(statement, index));
        let passed_over = |index: &&IndexState| !index.valid && can_be_made_by(statement, index);
        let Some(invalid) = after.iter().filter(|_| !made).find(passed_over) else {
            return Ok(Ok(()));
        };
        Ok(Err(ScriptFailure {
            statement: Some(0),
            lost: false,
            error: ServerError {
                message: format!(
                    "index {} is there and INVALID, left by an attempt that failed, and so was passed over",
                    invalid.name
                ),
                hint: Some(format!(
                    "drop it with DROP INDEX CONCURRENTLY {}, then run again",
                    invalid.name
                )),
                ..ServerError::default()
            },
        }))
    }

    /// What is done of a script that runs in parts, with the indexes that the part has left which failed.
    pub(super) async fn half(&self, done: usize, parts: &[Part], script: &str) -> Half {
        // What it failed of is what to tell, not that this could not be asked.
        let ledger = Ledger::read(&self.executor).await.unwrap_or_default();
        let before = ledger.unfinished.and_then(|unfinished| unfinished.indexes);
        let invalid = self
            .left_invalid(rest(script, parts, done), before.as_ref())
            .await
            .unwrap_or_default();
        Half {
            done,
            parts: parts.len(),
            invalid,
        }
    }
}

/// Refuses to go on with a script of which the part that is done was changed. There is a checksum for no part, and for
/// what is done after each.
pub(super) fn refuse_changed(
    step: &Prepared<'_>,
    checksums: &[Checksum],
    unfinished: &Unfinished,
) -> Result<(), RunError> {
    let done = unfinished.done;
    if checksums.get(done) == Some(&unfinished.done_checksum) {
        return Ok(());
    }
    Err(RunError::ChangedHalf {
        revision: step.id().clone(),
        done,
        source_of: step.source.clone(),
    })
}

/// What is left of a script when so many of its parts are done.
fn rest<'t>(text: &'t str, parts: &[Part], done: usize) -> &'t str {
    let from = parts.get(done).map_or(text.len(), |part| part.range.start);
    text.get(from..).unwrap_or_default()
}

/// Can a `CREATE INDEX` have made this index? It names its table, and the index, unless that is left to PostgreSQL.
fn can_be_made_by(statement: &str, index: &IndexState) -> bool {
    const UNNAMED: [&[&str]; 2] = [
        &["create", "index", "concurrently", "on"],
        &["create", "unique", "index", "concurrently", "on"],
    ];
    let unnamed = UNNAMED.iter().any(|words| sql::begins_with(statement, words));
    sql::mentions(statement, index.table.name.as_str())
        && (unnamed || sql::mentions(statement, index.name.name.as_str()))
}

/// Is it the name of an index that is there only while `REINDEX CONCURRENTLY` is at work?
/// <https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY>
fn is_of_reindex(name: &str) -> bool {
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    name.ends_with("_ccnew") || name.ends_with("_ccold")
}
