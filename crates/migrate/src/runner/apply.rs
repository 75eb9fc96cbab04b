//! Running the steps of a route.

use std::time::{Duration, Instant};

use cogway_catalog::sql;
use cogway_pg::execute::{End, Failed, Settings, Transaction};
use cogway_pg::script::{ScriptFailure, ServerError};

use super::error::{CANCELLED, Half, StepFailure};
use super::event::DoneStep;
use super::lock::jittered;
use super::options::Transactions;
use super::part::{Part, PartKind, Trace, checksums, parts, settings_of};
use super::prepare::Prepared;
use super::resume::{Remains, refuse_changed};
use super::{Event, RunError, Runner};
use crate::course::{Course, Way};
use crate::history::RevisionId;
use crate::ledger::{Entry, Event as Journal, Outcome, Since, Unfinished};
use crate::route::Step;

/// PostgreSQL gave up waiting for a lock, or broke up a circle of those who waited.
const WAITED_IN_VAIN: [&str; 2] = ["55P03", "40P01"];

/// PostgreSQL refuses the statement in a transaction, which its text did not tell.
const NOT_IN_TRANSACTION: [&str; 2] = ["25001", "2D000"];

/// There was nothing to be rolled back.
const NO_TRANSACTION: &str = "25P01";

/// What a script can leave in its session, settings aside: the next one is not to find it.
pub(super) const LEFT: &str = "close all; unlisten *; discard temp; deallocate all";

/// Between the parts of a script, what is Cogway's runs with the rights of the session, whatever role the script took.
const OWN_RIGHTS: &str = "set local session authorization default; set local role none";

/// A step that did not succeed.
struct Failure {
    failure: ScriptFailure,
    /// With what byte of the script began what was sent.
    sent_from: usize,
    attempts: u32,
    half: Option<Half>,
}

impl Failure {
    /// Does what failed refuse to run in a transaction?
    fn hides_transactions(&self) -> bool {
        NOT_IN_TRANSACTION.contains(&self.failure.error.sqlstate.as_str())
    }
}

/// Why a step was not done.
enum Undone {
    Failed(Failure),
    Error(RunError),
}

impl<E: Into<RunError>> From<E> for Undone {
    fn from(error: E) -> Undone {
        Undone::Error(error.into())
    }
}

impl Runner {
    /// Runs the steps of a route, one after the other.
    pub(super) async fn perform(
        &self,
        steps: &[Prepared<'_>],
        run: &str,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<Vec<DoneStep>, RunError> {
        on_event(Event::Begun { steps: steps.len() });
        let entry = self.entry(run);
        match self.options.transactions {
            Transactions::Each => self.one_by_one(steps, entry, on_event).await,
            Transactions::One => self.all_at_once(steps, entry, on_event).await,
        }
    }

    async fn one_by_one(
        &self,
        steps: &[Prepared<'_>],
        entry: Entry<'_>,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<Vec<DoneStep>, RunError> {
        let mut done: Vec<DoneStep> = Vec::with_capacity(steps.len());
        for (place, step) in steps.iter().enumerate() {
            if self.options.stop.is_set() {
                return Err(self.interrupted(done, &steps[place..], None));
            }
            on_event(Event::Step {
                id: step.id(),
                name: step.name(),
                direction: step.direction(),
            });
            let started = Instant::now();
            let mut course = step.course();
            let outcome = match &course.way {
                Way::Transaction(range) => {
                    let transaction = Transaction {
                        script: &step.script.text[range.clone()],
                        account: &self.account(step, entry),
                        lock_timeout: self.options.lock_timeout,
                        settings: Settings::End,
                        end: End::Commit,
                    };
                    let outcome = self
                        .in_transaction(step, &transaction, range.start, on_event)
                        .await;
                    match outcome {
                        Err(Undone::Failed(failure))
                            if failure.hides_transactions() && step.can_run_alone() =>
                        {
                            course.way = Way::Statements;
                            self.in_parts(step, &course, entry, on_event).await
                        }
                        outcome => outcome,
                    }
                }
                _ => self.in_parts(step, &course, entry, on_event).await,
            };
            self.tell_notices(step.id(), on_event);
            match outcome {
                Ok(()) => {}
                Err(Undone::Error(error)) => {
                    return Err(self.broken_off(error, done, &steps[place..]));
                }
                Err(Undone::Failed(failure)) => {
                    return Err(self
                        .failed(failure, step, &course, &steps[place + 1..], done, entry)
                        .await);
                }
            }
            self.keep_lock(&step.script.text).await?;
            let stepped = done_step(step, started.elapsed());
            on_event(Event::Stepped(&stepped));
            done.push(stepped);
        }
        Ok(done)
    }

    /// What is written into the ledger when a step is done.
    fn account(&self, step: &Prepared<'_>, entry: Entry<'_>) -> String {
        let entry = match step.step {
            Step::Up(revision) => entry.applied(revision, step.format),
            Step::Down(applied) => entry.reverted(&applied.id),
        };
        // The limit that was set for the script has ended with its settings. Whoever holds the ledger holds up all that
        // the script has locked.
        let limit = match self.options.lock_timeout.as_millis() {
            0 => String::new(),
            milliseconds => format!("set local lock_timeout = {milliseconds}; "),
        };
        format!("{limit}{LEFT}; {entry}")
    }

    /// Writes into the ledger what has become of a part, between the parts.
    async fn note(&self, sql: &str) -> Result<(), RunError> {
        Ok(self.executor.command(&format!("{OWN_RIGHTS}; {sql}")).await?)
    }

    /// Why a run ended in the midst of a step, when it was not the script that failed.
    fn broken_off(&self, error: RunError, done: Vec<DoneStep>, left: &[Prepared<'_>]) -> RunError {
        match error {
            RunError::Interrupted { half, .. } => self.interrupted(done, left, half.map(|half| *half)),
            error if self.options.stop.is_set() && error.is_cancelled() => self.interrupted(done, left, None),
            error => error,
        }
    }

    /// Runs a script, or a part of one, in a transaction with what is written about it. While somebody else has the
    /// locks it needs, it gives way and tries again.
    async fn in_transaction(
        &self,
        step: &Prepared<'_>,
        transaction: &Transaction<'_>,
        sent_from: usize,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<(), Undone> {
        let mut attempts = 1;
        loop {
            let failure = match self.executor.transaction(transaction).await {
                Ok(()) => return Ok(()),
                Err(Failed::Script(failure)) => failure,
                Err(Failed::Account(failure)) if failure.lost => failure,
                Err(Failed::Account(failure)) => ledger_refused(failure),
            };
            if !self.may_retry(&failure.error, attempts) {
                return Err(Undone::Failed(Failure {
                    failure,
                    sent_from,
                    attempts,
                    half: None,
                }));
            }
            self.pause(step.id(), &failure.error, attempts, on_event).await;
            if self.options.stop.is_set() {
                return Err(Undone::Error(self.interrupted(Vec::new(), &[], None)));
            }
            attempts += 1;
        }
    }

    pub(super) fn may_retry(&self, error: &ServerError, attempts: u32) -> bool {
        WAITED_IN_VAIN.contains(&error.sqlstate.as_str())
            && attempts <= self.options.lock_retries
            && !self.options.stop.is_set()
    }

    pub(super) async fn pause(
        &self,
        id: &RevisionId,
        error: &ServerError,
        attempts: u32,
        on_event: &mut dyn FnMut(Event<'_>),
    ) {
        const SHORTEST: Duration = Duration::from_millis(500);
        const LONGEST: Duration = Duration::from_secs(10);
        let pause = jittered((SHORTEST * 2u32.pow(attempts.saturating_sub(1).min(6))).min(LONGEST));
        on_event(Event::Retrying {
            id,
            message: &error.message,
            attempt: attempts + 1,
            pause,
        });
        // Whoever wants to stop does not wait for the end of a pause.
        const GLANCE: Duration = Duration::from_millis(50);
        let begun = Instant::now();
        while begun.elapsed() < pause && !self.options.stop.is_set() {
            tokio::time::sleep(GLANCE.min(pause.saturating_sub(begun.elapsed()))).await;
        }
    }

    /// Runs a script that does not run in one transaction, from where it was left.
    async fn in_parts(
        &self,
        step: &Prepared<'_>,
        course: &Course<'_>,
        entry: Entry<'_>,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<(), Undone> {
        let text: &str = &step.script.text;
        let parts = parts(course);
        // One for no part, and one after each.
        let checksums = checksums(text, &parts);
        let unfinished = step.unfinished.clone();
        let mut done = step.done();
        if let Some(unfinished) = &unfinished {
            refuse_changed(step, &checksums, unfinished)?;
            on_event(Event::Resumed {
                id: step.id(),
                done,
                parts: parts.len(),
            });
        }
        let started = entry.event(
            Journal::Started,
            &Outcome {
                revision: Some(step.id()),
                direction: Some(step.direction()),
                statement: Some(done + 1),
                ..Outcome::default()
            },
        );
        if let Some(unfinished) = &unfinished {
            self.executor.command(&started).await?;
            self.drop_invalid(step, &parts, unfinished, on_event).await?;
            self.set_again(text, &parts[..done]).await?;
        } else {
            let row = Entry::unfinished(step.id(), step.direction(), 0, &checksums[0]);
            self.executor.command(&format!("{row}; {started}")).await?;
        }
        let own_limit = settings_of(text, &parts)
            .into_iter()
            .find(|range| sql::mentions(&text[range.clone()], "lock_timeout"))
            .map(|range| range.start);
        let mut pending = unfinished;
        while let Some(part) = parts.get(done) {
            if self.options.stop.is_set() {
                let half = Some(self.half(done, &parts, text).await);
                return Err(Undone::Error(self.interrupted(Vec::new(), &[], half)));
            }
            let word = Entry::unfinished(step.id(), step.direction(), done + 1, &checksums[done + 1]);
            let before = pending.take();
            // A script that limits its waiting itself knows better.
            let lock_timeout = match own_limit {
                Some(from) if from < part.range.start => Duration::ZERO,
                _ => self.options.lock_timeout,
            };
            let outcome = self
                .part(step, part, &word, lock_timeout, before.as_ref(), on_event)
                .await;
            self.tell_notices(step.id(), on_event);
            match outcome {
                Ok(()) => self.keep_lock(&text[part.range.clone()]).await?,
                Err(Undone::Failed(mut failure)) => {
                    if !failure.failure.lost && !self.executor.is_lost() {
                        failure.half = Some(self.half(done, &parts, text).await);
                    }
                    // What it failed of is what to tell.
                    let _ = self.clean_up().await;
                    return Err(Undone::Failed(failure));
                }
                Err(Undone::Error(RunError::Interrupted { .. })) => {
                    let half = Some(self.half(done, &parts, text).await);
                    return Err(Undone::Error(self.interrupted(Vec::new(), &[], half)));
                }
                error => return error,
            }
            done += 1;
        }
        self.clean_up().await?;
        let account = self.account(
            step,
            Entry {
                since: Since::Started,
                ..entry
            },
        );
        self.executor
            .command(&format!("{account}; {}", Entry::FINISHED))
            .await
            .map_err(|error| Undone::Error(RunError::Ledger(error)))?;
        Ok(())
    }

    /// After a script that ran outside transactions of ours: the session is again as it was.
    async fn clean_up(&self) -> Result<(), Undone> {
        if !self.executor.is_lost() {
            self.executor.clean().await?;
            self.executor.command("deallocate all").await?;
        }
        Ok(())
    }

    /// Makes the settings again that the parts which are done have made: this is another session than theirs.
    async fn set_again(&self, text: &str, done: &[Part]) -> Result<(), Undone> {
        for range in settings_of(text, done) {
            let sent_from = range.start;
            if let Err(failure) = self.executor.alone(&text[range]).await {
                return Err(Undone::Failed(Failure {
                    failure,
                    sent_from,
                    attempts: 1,
                    half: None,
                }));
            }
        }
        Ok(())
    }

    /// Runs one part. `before` is what was known of it when it was begun before, and cut off.
    async fn part(
        &self,
        step: &Prepared<'_>,
        part: &Part,
        word: &str,
        lock_timeout: Duration,
        before: Option<&Unfinished>,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<(), Undone> {
        let text = &step.script.text[part.range.clone()];
        let trace = match part.kind {
            PartKind::Alone(trace) => trace,
            // One that turned out to run outside only, and was cut off there.
            PartKind::Transaction if before.is_some_and(|before| before.begun) => Trace::None,
            PartKind::Transaction => {
                let transaction = Transaction {
                    script: text,
                    account: word,
                    lock_timeout,
                    settings: Settings::Stay,
                    end: End::Commit,
                };
                let outcome = self
                    .in_transaction(step, &transaction, part.range.start, on_event)
                    .await;
                match outcome {
                    Err(Undone::Failed(failure)) if failure.hides_transactions() => Trace::None,
                    outcome => return outcome,
                }
            }
        };
        if let Some(before) = before
            && self.what_remains(step, part, trace, before).await? == Remains::Nothing
        {
            return Ok(self.note(word).await?);
        }
        let indexes = self.executor.indexes().await?;
        let names: Vec<String> = indexes.iter().map(|index| index.name.to_string()).collect();
        self.note(&Entry::part_begun(names.iter().map(String::as_str)))
            .await?;
        let outcome = self.executor.alone(text).await;
        let outcome = match outcome {
            Err(failure) if self.was_done_before(trace, before, &failure) => Ok(()),
            Ok(()) if trace == Trace::CreatesIndex => self.refuse_invalid(text, &indexes).await?,
            outcome => outcome,
        };
        match outcome {
            Ok(()) => Ok(self.note(word).await?),
            Err(failure) => {
                if !failure.lost && !self.executor.is_lost() {
                    // It is known to have failed. What it left is still looked for when it is tried again.
                    self.note(Entry::PART_FAILED).await?;
                }
                Err(Undone::Failed(Failure {
                    failure,
                    sent_from: part.range.start,
                    attempts: 1,
                    half: None,
                }))
            }
        }
    }

    /// Runs all steps in one transaction.
    async fn all_at_once(
        &self,
        steps: &[Prepared<'_>],
        entry: Entry<'_>,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<Vec<DoneStep>, RunError> {
        let mut attempts = 1;
        'again: loop {
            let mut done: Vec<DoneStep> = Vec::with_capacity(steps.len());
            for (place, step) in steps.iter().enumerate() {
                if self.options.stop.is_set() {
                    self.executor.rollback().await?;
                    return Err(self.interrupted(Vec::new(), steps, None));
                }
                on_event(Event::Step {
                    id: step.id(),
                    name: step.name(),
                    direction: step.direction(),
                });
                let started = Instant::now();
                let course = step.course();
                let Way::Transaction(range) = &course.way else {
                    return Err(RunError::NotInOneTransaction(vec![step.id().clone()]));
                };
                let transaction = Transaction {
                    script: &step.script.text[range.clone()],
                    account: &self.account(step, entry),
                    lock_timeout: self.options.lock_timeout,
                    settings: Settings::End,
                    end: if place + 1 == steps.len() {
                        End::Commit
                    } else {
                        End::StayOpen
                    },
                };
                let outcome = if place == 0 {
                    self.executor.transaction(&transaction).await
                } else {
                    self.executor.go_on(&transaction).await
                };
                self.tell_notices(step.id(), on_event);
                let failure = match outcome {
                    Ok(()) => {
                        if let Err(error) = self.keep_lock(&step.script.text).await {
                            let _ = self.executor.rollback().await;
                            return Err(error);
                        }
                        done.push(done_step(step, started.elapsed()));
                        continue;
                    }
                    Err(Failed::Script(failure)) => failure,
                    Err(Failed::Account(failure)) if failure.lost => failure,
                    Err(Failed::Account(failure)) => ledger_refused(failure),
                };
                if self.may_retry(&failure.error, attempts) {
                    self.pause(step.id(), &failure.error, attempts, on_event).await;
                    attempts += 1;
                    continue 'again;
                }
                let failure = Failure {
                    failure,
                    sent_from: range.start,
                    attempts,
                    half: None,
                };
                // What was done before is rolled back with it.
                let left = [&steps[..place], &steps[place + 1..]].concat();
                return Err(self
                    .failed(failure, step, &course, &left, Vec::new(), entry)
                    .await);
            }
            // Only now is any of it done.
            done.iter().for_each(|step| on_event(Event::Stepped(step)));
            return Ok(done);
        }
    }

    /// Writes a failure into the journal, and says what is to be said of it.
    async fn failed(
        &self,
        failure: Failure,
        step: &Prepared<'_>,
        course: &Course<'_>,
        left: &[Prepared<'_>],
        done: Vec<DoneStep>,
        entry: Entry<'_>,
    ) -> RunError {
        let Failure {
            failure,
            sent_from,
            attempts,
            half,
        } = failure;
        let statement = failed_statement(course, sent_from, &failure);
        if !self.executor.is_lost() {
            let number = statement
                .as_ref()
                .and_then(|range| course.statements.iter().position(|known| known == range));
            let outcome = Outcome {
                revision: Some(step.id()),
                direction: Some(step.direction()),
                statement: number.map(|number| number + 1),
                sqlstate: Some(&failure.error.sqlstate),
                message: Some(&failure.error.message),
            };
            // The failure of the script is what to tell, whatever becomes of the entry.
            let _ = self
                .executor
                .command(&entry.event(Journal::Failed, &outcome))
                .await;
        }
        if self.options.stop.is_set() && (failure.error.sqlstate == CANCELLED || failure.lost) {
            let left: Vec<RevisionId> = std::iter::once(step)
                .chain(left)
                .map(|step| step.id().clone())
                .collect();
            return RunError::Interrupted {
                done,
                left,
                half: half.map(Box::new),
            };
        }
        RunError::Step(Box::new(self.step_failure(
            step,
            course,
            &failure,
            sent_from,
            StepFailure {
                revision: step.id().clone(),
                name: step.name().to_owned(),
                direction: step.direction(),
                source: step.source.clone(),
                place: None,
                statement: None,
                lost: failure.lost || self.executor.is_lost(),
                error: failure.error.clone(),
                attempts,
                done,
                left: left.iter().map(|step| step.id().clone()).collect(),
                half,
                rehearsed: false,
            },
        )))
    }

    /// With the place of the failure, and the statement.
    pub(super) fn step_failure(
        &self,
        step: &Prepared<'_>,
        course: &Course<'_>,
        failure: &ScriptFailure,
        sent_from: usize,
        told: StepFailure,
    ) -> StepFailure {
        let range = failed_statement(course, sent_from, failure);
        let place = course
            .place_sent_from(sent_from, failure)
            .or_else(|| range.as_ref().map(|range| step.place(range.start)));
        StepFailure {
            place,
            statement: range.map(|range| step.script.text[range].to_owned()),
            ..told
        }
    }

    pub(super) fn interrupted(
        &self,
        done: Vec<DoneStep>,
        left: &[Prepared<'_>],
        half: Option<Half>,
    ) -> RunError {
        RunError::Interrupted {
            done,
            left: left.iter().map(|step| step.id().clone()).collect(),
            half: half.map(Box::new),
        }
    }

    fn tell_notices(&self, id: &RevisionId, on_event: &mut dyn FnMut(Event<'_>)) {
        let mut notices = self.executor.take_notices();
        // Behind what runs outside transactions stands a ROLLBACK for what it may have left open.
        notices.pop_if(|last| last.sqlstate == NO_TRANSACTION);
        for notice in notices {
            on_event(Event::Notice { id, notice: &notice });
        }
    }

    /// Refuses, before anything is run, what cannot be.
    pub(super) fn refuse_impossible(&self, steps: &[Prepared<'_>]) -> Result<(), RunError> {
        let mut outside = Vec::new();
        for step in steps {
            match step.course().way {
                Way::Psql { line, what } => {
                    return Err(RunError::NeedsPsql {
                        source_of: step.source.clone(),
                        line: step.line(line),
                        what,
                    });
                }
                Way::Transaction(_) => {}
                Way::Whole | Way::Statements => outside.push(step.id().clone()),
            }
        }
        if self.options.transactions == Transactions::One && !outside.is_empty() {
            return Err(RunError::NotInOneTransaction(outside));
        }
        Ok(())
    }
}

/// The statement that failed: the one that PostgreSQL counted to, or that with the place it names.
fn failed_statement(
    course: &Course<'_>,
    sent_from: usize,
    failure: &ScriptFailure,
) -> Option<std::ops::Range<usize>> {
    course.failed_statement(sent_from, failure).or_else(|| {
        let position = failure.error.position?;
        let text = course.script.text.get(sent_from..)?;
        let byte = text
            .char_indices()
            .nth(position.saturating_sub(1))
            .map_or(text.len(), |(at, _)| at);
        let at = sent_from + byte;
        course
            .statements
            .iter()
            .rev()
            .find(|range| range.start <= at)
            .cloned()
    })
}

fn done_step(step: &Prepared<'_>, took: Duration) -> DoneStep {
    DoneStep {
        id: step.id().clone(),
        name: step.name().to_owned(),
        direction: step.direction(),
        took,
    }
}

/// What PostgreSQL said of the entry in the ledger is no matter of the script.
fn ledger_refused(failure: ScriptFailure) -> ScriptFailure {
    ScriptFailure {
        statement: None,
        error: ServerError {
            message: format!("the entry in the ledger was refused: {}", failure.error.message),
            position: None,
            ..failure.error
        },
        ..failure
    }
}
