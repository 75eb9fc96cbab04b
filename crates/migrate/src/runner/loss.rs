//! What going back would lose: found by trying it, in a transaction that is rolled back.
//!
//! Only scripts in which the word `drop` stands are tried: nothing else drops a table or a column.

use std::borrow::Cow;
use std::fmt;

use cogway_catalog::sql;
use cogway_pg::execute::{End, Failed, Holder, Inventory, Settings, Transaction};
use cogway_pg::script::ScriptFailure;

use super::apply::LEFT;
use super::error::{CANCELLED, StepFailure};
use super::options::DataLoss;
use super::part::{PartKind, Trace, parts, settings_of};
use super::prepare::Prepared;
use super::{Event, RunError, Runner};
use crate::course::Way;
use crate::history::RevisionId;
use crate::ledger::Direction;
use crate::route::Route;

/// Why going back needs permission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// What would be dropped, and how many rows of it hold something.
    pub rows: Vec<(Holder, i64)>,
    /// What would be taken back although it does not build on the revision that was named.
    pub beyond: Vec<RevisionId>,
    /// A script that failed when it was tried.
    pub untried: Option<Untried>,
}

/// A script that failed when it was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untried {
    /// The revision.
    pub revision: RevisionId,
    /// What PostgreSQL says.
    pub message: String,
    /// Is it certain that it fails when it is run? It is not where something before it could not be tried.
    pub certain: bool,
}

impl Loss {
    fn is_none(&self) -> bool {
        self.rows.is_empty() && self.beyond.is_empty() && self.untried.is_none()
    }
}

/// Nobody gave way, the role has no right, the session only reads, somebody has ended it: that does not depend on what
/// the script does, and to allow it to lose rows would be no answer.
const NOT_OF_THE_SCRIPT: [&str; 5] = ["55P03", "40P01", "42501", "25006", CANCELLED];

/// What is there when scripts have run, and what of it was there before under the same name, with its rows.
type Kept = (Inventory, Vec<(Holder, i64)>);

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut reasons = Vec::new();
        if !self.rows.is_empty() {
            let rows: Vec<String> = self
                .rows
                .iter()
                .map(|(holder, rows)| {
                    let words = if *rows == 1 { "row" } else { "rows" };
                    let words = match holder.column {
                        Some(_) => format!("values in {rows} {words}"),
                        None => format!("{rows} {words}"),
                    };
                    format!("{holder} ({words})")
                })
                .collect();
            reasons.push(format!("this would drop {}", rows.join(", ")));
        }
        if !self.beyond.is_empty() {
            let ids: Vec<&str> = self.beyond.iter().map(RevisionId::as_str).collect();
            reasons.push(format!(
                "this would also take back {}, on another branch than what was named",
                ids.join(", ")
            ));
        }
        if let Some(untried) = &self.untried {
            let Untried {
                revision, message, ..
            } = untried;
            reasons.push(match untried.certain {
                true => format!("the down of {revision} fails: {message}"),
                false => format!("what {revision} drops cannot be known before it is run: {message}"),
            });
        }
        f.write_str(&reasons.join("; "))
    }
}

impl Runner {
    /// Refuses to go back where that loses rows, or takes back more than was named, unless that is allowed.
    pub(super) async fn refuse_loss(
        &self,
        route: &Route<'_>,
        steps: &[Prepared<'_>],
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<(), RunError> {
        if self.options.data_loss == DataLoss::Allow {
            return Ok(());
        }
        let mut loss = Loss {
            beyond: route.beyond.clone(),
            ..Loss::default()
        };
        let downs: Vec<&Prepared<'_>> = steps
            .iter()
            .filter(|step| step.direction() == Direction::Down)
            .collect();
        if downs.iter().any(|step| may_drop(&step.script.text)) {
            let tried = self.try_downs(&downs, &mut loss, on_event).await;
            if tried.is_err() {
                // Nothing of it stays open, whatever it was.
                let _ = self.executor.rollback().await;
            }
            self.or_interrupted(tried)?;
        }
        if loss.is_none() {
            Ok(())
        } else {
            Err(RunError::DataLoss(Box::new(loss)))
        }
    }

    async fn try_downs(
        &self,
        downs: &[&Prepared<'_>],
        loss: &mut Loss,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<(), RunError> {
        let before = self.executor.inventory().await?;
        let mut attempts = 1;
        let (after, kept) = loop {
            let tried = self.drop_and_look(downs, &before).await?;
            if self.options.stop.is_set() {
                return Err(self.interrupted(Vec::new(), &[], None));
            }
            match tried {
                Ok(found) => break found,
                Err((step, failure)) if self.may_retry(&failure.error, attempts) => {
                    self.pause(step.id(), &failure.error, attempts, on_event).await;
                    attempts += 1;
                }
                Err(_) if self.executor.is_lost() => {
                    // Whoever asks next is told how the connection was lost.
                    self.executor.inventory().await?;
                    return Ok(());
                }
                Err((step, failure)) if NOT_OF_THE_SCRIPT.contains(&failure.error.sqlstate.as_str()) => {
                    return Err(self.not_tried(step, &failure, attempts, downs));
                }
                Err((step, failure)) => {
                    // Should it fail when it is run, that is told then; nothing of it stays.
                    let only_together = ONLY_TOGETHER.contains(&failure.error.sqlstate.as_str());
                    loss.untried = Some(Untried {
                        revision: step.id().clone(),
                        certain: !only_together && downs.iter().all(|step| step.in_transaction()),
                        message: failure.error.message,
                    });
                    return Ok(());
                }
            }
        };
        for holder in before.dropped(&after) {
            let rows = self.executor.count(&holder).await?;
            // What was made anew under the same name, with as many rows, was carried over.
            let carried = kept.iter().any(|(known, now)| *known == holder && *now >= rows);
            if rows > 0 && !carried {
                loss.rows.push((holder, rows));
            }
        }
        Ok(())
    }

    /// Runs the scripts in a transaction, lists what is there then, and rolls back. What cannot run in a transaction is
    /// left out: it makes indexes and drops databases, but no tables. `DROP INDEX CONCURRENTLY` runs without that word. The
    /// inner error is of a script.
    async fn drop_and_look<'d, 's>(
        &self,
        downs: &[&'d Prepared<'s>],
        before: &Inventory,
    ) -> Result<Result<Kept, (&'d Prepared<'s>, ScriptFailure)>, RunError> {
        let mut open = false;
        for step in downs {
            let script = in_a_transaction(step);
            let transaction = self.try_out(&script);
            let outcome = if open {
                self.executor.go_on(&transaction).await
            } else {
                self.executor.transaction(&transaction).await
            };
            self.executor.take_notices();
            open = true;
            if !self.executor.is_lost() {
                // Whoever lets go of locks does so for good.
                self.keep_lock(&script).await?;
            }
            if let Err(Failed::Script(failure) | Failed::Account(failure)) = outcome {
                return Ok(Err((*step, failure)));
            }
        }
        let after = self.executor.inventory().await?;
        let mut kept = Vec::new();
        for holder in before
            .dropped(&after)
            .into_iter()
            .filter(|holder| after.has(holder))
        {
            let rows = self.executor.count(&holder).await?;
            kept.push((holder, rows));
        }
        if open {
            self.executor.rollback().await?;
        }
        Ok(Ok((after, kept)))
    }

    /// A down that could not be tried, and would fail just so when it is run.
    fn not_tried(
        &self,
        step: &Prepared<'_>,
        failure: &ScriptFailure,
        attempts: u32,
        downs: &[&Prepared<'_>],
    ) -> RunError {
        let left = downs.iter().map(|down| down.id().clone());
        RunError::Step(Box::new(StepFailure {
            revision: step.id().clone(),
            name: step.name().to_owned(),
            direction: step.direction(),
            source: step.source.clone(),
            place: None,
            statement: None,
            error: failure.error.clone(),
            lost: false,
            attempts,
            done: Vec::new(),
            left: left.filter(|id| id != step.id()).collect(),
            half: None,
            rehearsed: false,
        }))
    }

    /// A transaction that only tries: it writes nothing into the ledger, and is left open to be rolled back.
    pub(super) fn try_out<'a>(&self, script: &'a str) -> Transaction<'a> {
        Transaction {
            script,
            account: LEFT,
            lock_timeout: self.options.lock_timeout,
            settings: Settings::End,
            end: End::StayOpen,
        }
    }
}

/// What is left to be done of a script, as far as it can run in a transaction with others. Its parts are one text: what
/// one of them sets holds for those behind it.
fn in_a_transaction<'s>(step: &'s Prepared<'_>) -> Cow<'s, str> {
    let course = step.course();
    let text = &step.script.text;
    if let Way::Transaction(range) = &course.way {
        return Cow::Borrowed(&text[range.clone()]);
    }
    let parts = parts(&course);
    let (done, rest) = parts.split_at(step.done().min(parts.len()));
    let settings = settings_of(text, done).into_iter();
    let settings = settings.map(|range| Cow::Borrowed(&text[range]));
    // What was begun before may have been done.
    let begun = step
        .unfinished
        .as_ref()
        .is_some_and(|unfinished| unfinished.begun);
    let rest = rest.get(usize::from(begun)..).unwrap_or_default();
    let rest = rest.iter().filter_map(|part| match part.kind {
        PartKind::Transaction => Some(Cow::Borrowed(&text[part.range.clone()])),
        PartKind::Alone(Trace::DropsIndex) => {
            Some(Cow::Owned(sql::not_concurrently(&text[part.range.clone()])))
        }
        PartKind::Alone(_) => None,
    });
    let pieces: Vec<Cow<'_, str>> = settings.chain(rest).collect();
    Cow::Owned(pieces.join("\n;\n"))
}

/// What PostgreSQL refuses only because several scripts are in one transaction: the label just added to an enum cannot be
/// used, a table with checks outstanding not altered.
const ONLY_TOGETHER: [&str; 3] = ["55P04", "55006", "25001"];

/// Does the word stand anywhere in it, in the text of a function too?
fn may_drop(script: &str) -> bool {
    script
        .as_bytes()
        .windows(4)
        .any(|word| word.eq_ignore_ascii_case(b"drop"))
}
