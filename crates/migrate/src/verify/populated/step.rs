//! The proof of one revision on rows.

use std::time::Instant;

use cogway_catalog::{Catalog, Kind, QualifiedName, compare, sql};
use cogway_pg::script::ScriptFailure;

use super::super::VerifyError;
use super::super::findings::{self, Step as Stairs};
use super::super::ground::Ground;
use super::super::joint::{Half, says};
use super::super::on_rows::{Direction, Loss, Short};
use super::super::proof::{is_of_one_transaction, sent_from};
use super::super::report::{Finding, FindingKind};
use super::culprit::{self, Culprits};
use super::files::Files;
use super::fresh::fresh_tables;
use super::loss::{Clock, losses};
use super::snapshot::Snapshot;
use super::{Read, Walk};
use crate::course::{Course, Way};
use crate::history::{Revision, Script};

/// Proves a revision on a ground with rows, which is in the state before it.
pub(super) struct Step<'a, 'w, 'l> {
    pub(super) walk: &'a Walk<'w, 'l>,
    pub(super) ground: &'a mut Ground,
    pub(super) revision: &'a Revision,
    /// Its place in the history.
    pub(super) place: usize,
    /// The rows as they are now; afterwards as they are then.
    pub(super) rows: &'a mut Snapshot,
    /// What was found out so far.
    pub(super) half: Half,
}

/// The state that a step leaves the ground in.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// Is the revision a part of what the ground is to consist of?
    pub(super) applied: bool,
    /// Does the ground consist of that, and is it filled? Otherwise it must be built anew.
    pub(super) proper: bool,
    pub(super) reading: Read,
}

impl State {
    const AS_AFTER_UP: State = State {
        applied: true,
        proper: true,
        reading: Read::Well,
    };
}

/// How going down and up again in one transaction ended.
enum Ended {
    /// Both ran.
    Well,
    DownFails(ScriptFailure),
    UpAgainFails(ScriptFailure),
    /// PostgreSQL refuses something just because both are in one transaction.
    NotTogether,
}

/// What the steps after the first `up` are about.
struct Passage<'a> {
    up: &'a Course<'a>,
    down: &'a Course<'a>,
    before: &'a Catalog,
    after: &'a Catalog,
    rows_before: &'a Snapshot,
    clock: &'a Clock,
}

impl Step<'_, '_, '_> {
    /// Runs it, and says what was found out, and in which state the ground is.
    pub(super) async fn run(mut self) -> Result<(Half, State), VerifyError> {
        let started = Instant::now();
        let state = self.steps().await?;
        self.half.took = started.elapsed();
        Ok((self.half, state))
    }

    async fn steps(&mut self) -> Result<State, VerifyError> {
        let format = self.walk.history.format;
        let up = Course::of(&self.revision.up, format);
        let before = self.ground.catalog().clone();
        if let Way::Psql { .. } = up.way {
            return Ok(State {
                applied: false,
                ..State::AS_AFTER_UP
            });
        }
        let leave = self.left_alone();
        let clock = Clock::read(&self.ground.session).await?;
        let then = Files::read(&self.ground.session).await?;
        let mut now = Files::default();
        let mut rows_after = Snapshot::default();
        let rows_before: &Snapshot = self.rows;
        let in_transaction = matches!(up.way, Way::Transaction(_));
        let outcome = self
            .ground
            .apply_and(&up, async |session| {
                now = Files::read(session).await?;
                let after = session.catalog();
                // Outside of a transaction, counts may lag behind.
                rows_after = if in_transaction && !other_types(&before, after) {
                    rows_before
                        .read_again(session, after, &leave, (&then, &now))
                        .await?
                } else {
                    Snapshot::read(session, after, &leave).await?
                };
                Ok(())
            })
            .await?;
        let after = match outcome {
            Ok(after) => after,
            Err(failure) => return self.up_failed(&up, &failure).await,
        };
        self.ground.let_others().await?;
        self.half.on_rows.up_took = Some(self.ground.session.script_took());
        self.half.on_rows.work = then.work_until(&now);
        let rows_before = std::mem::replace(self.rows, rows_after);
        let Some(down) = &self.revision.down else {
            return self.fill(&before, &after).await;
        };
        let down = Course::of(down, format);
        // What the proof without rows tells of such a script is all that there is to tell.
        if matches!(down.way, Way::Psql { .. }) || (down.is_empty() && before != after) {
            return self.fill(&before, &after).await;
        }
        let passage = Passage {
            up: &up,
            down: &down,
            before: &before,
            after: &after,
            rows_before: &rows_before,
            clock: &clock,
        };
        if !matches!((&up.way, &down.way), (Way::Transaction(_), Way::Transaction(_))) {
            let state = self.one_by_one(&passage).await?;
            return if state.proper {
                self.fill(&before, &after).await
            } else {
                Ok(state)
            };
        }
        let goes_down = self.undoing(async |step| step.down_alone(&passage).await).await?;
        if let Err(failure) = &goes_down {
            self.down_failed(&passage, failure).await?;
        }
        let state = self.fill(&before, &after).await?;
        if state.reading == Read::Wrongly || goes_down.is_err() || !self.rows.has_rows() {
            return Ok(state);
        }
        match self
            .undoing(async |step| step.down_and_up(&passage).await)
            .await?
        {
            Ended::Well => Ok(state),
            Ended::DownFails(failure) => {
                self.down_failed(&passage, &failure).await?;
                Ok(state)
            }
            Ended::UpAgainFails(failure) => {
                self.up_again_failed(&passage, &failure, Some(down.text()))
                    .await?;
                Ok(state)
            }
            Ended::NotTogether => self.one_by_one(&passage).await,
        }
    }

    /// Fills the tables at the version after `up`.
    async fn fill(&mut self, before: &Catalog, after: &Catalog) -> Result<State, VerifyError> {
        let fresh = fresh_tables(before, after);
        let filled = self
            .walk
            .fill(self.ground, Some(&self.revision.id), &fresh)
            .await?;
        self.half.on_rows.short = filled.short;
        *self.rows = filled.rows;
        Ok(State {
            reading: filled.reading,
            ..State::AS_AFTER_UP
        })
    }

    /// Does something in the transaction that is open, and undoes it.
    async fn undoing<T>(
        &mut self,
        act: impl AsyncFnOnce(&mut Self) -> Result<T, VerifyError>,
    ) -> Result<T, VerifyError> {
        let mark = self.ground.mark();
        let done = act(self).await;
        self.ground.undo(&mark).await?;
        done
    }

    /// `down` right after `up`, on the rows that were carried over: what it brings back. The inner error is the script's.
    async fn down_alone(&mut self, passage: &Passage<'_>) -> Result<Result<(), ScriptFailure>, VerifyError> {
        let then = Files::read(&self.ground.session).await?;
        let back = match self.ground.attempt(passage.down.text()).await? {
            Ok(back) => back,
            Err(failure) => return Ok(Err(failure)),
        };
        let rows_back = self.read_again(passage.after, &back, &then).await?;
        self.judge_down(passage, &back, &rows_back);
        Ok(Ok(()))
    }

    /// `down` and the second `up`, on rows that were written since as well.
    async fn down_and_up(&mut self, passage: &Passage<'_>) -> Result<Ended, VerifyError> {
        let then = Files::read(&self.ground.session).await?;
        if let Err(failure) = self.ground.attempt(passage.down.text()).await? {
            return Ok(Ended::DownFails(failure));
        }
        match self.ground.attempt_further(passage.up.text()).await? {
            Ok(again) => {
                let rows_again = self.read_again(passage.after, &again, &then).await?;
                self.judge_up_again(passage, &rows_again);
                Ok(Ended::Well)
            }
            Err(failure) if is_of_one_transaction(&failure) => Ok(Ended::NotTogether),
            Err(failure) => Ok(Ended::UpAgainFails(failure)),
        }
    }

    /// `down` and the second `up` for good, each in its own way.
    async fn one_by_one(&mut self, passage: &Passage<'_>) -> Result<State, VerifyError> {
        let lost = State {
            proper: false,
            ..State::AS_AFTER_UP
        };
        let left_alone = passage.down.leaves_rows_alone() && passage.up.leaves_rows_alone();
        let contents = self.ground.contents(left_alone).await?;
        let back = match self.ground.apply(passage.down).await? {
            Ok(back) => back,
            Err(failure) => {
                self.down_failed(passage, &failure).await?;
                let whole = matches!(passage.down.way, Way::Transaction(_)) && !failure.lost;
                return Ok(if whole { State::AS_AFTER_UP } else { lost });
            }
        };
        // Where they run in a transaction, it is known already what down brings back.
        if !matches!(
            (&passage.up.way, &passage.down.way),
            (Way::Transaction(_), Way::Transaction(_))
        ) {
            let rows_back = self.read(&back).await?;
            self.judge_down(passage, &back, &rows_back);
        }
        let again = match self.ground.apply(passage.up).await? {
            Ok(again) => again,
            Err(failure) => {
                self.up_again_failed(passage, &failure, None).await?;
                return Ok(lost);
            }
        };
        let rows_again = self.read(&again).await?;
        self.judge_up_again(passage, &rows_again);
        let same = again == *passage.after && self.ground.contents(left_alone).await? == contents;
        Ok(if same { State::AS_AFTER_UP } else { lost })
    }

    /// Reads all rows outside of the transactions of scripts.
    async fn read(&mut self, catalog: &Catalog) -> Result<Snapshot, VerifyError> {
        let rows = Snapshot::read(&self.ground.session, catalog, &self.left_alone()).await?;
        self.ground.let_others().await?;
        Ok(rows)
    }

    /// Reads the rows that are not what they are after the first `up`, in the open transaction.
    async fn read_again(
        &self,
        after: &Catalog,
        catalog: &Catalog,
        then: &Files,
    ) -> Result<Snapshot, VerifyError> {
        let session = &self.ground.session;
        let leave = self.left_alone();
        if other_types(after, catalog) {
            return Snapshot::read(session, catalog, &leave).await;
        }
        let now = Files::read(session).await?;
        self.rows.read_again(session, catalog, &leave, (then, &now)).await
    }

    fn left_alone(&self) -> Vec<QualifiedName> {
        self.walk.left_alone()
    }

    fn judge_down(&mut self, passage: &Passage<'_>, back: &Catalog, rows: &Snapshot) {
        let script = passage.down.script;
        let exclude = &self.walk.options.exclude;
        let differences = findings::of_differences(Stairs::Down, script, passage.before, back, exclude);
        self.half
            .findings
            .extend(differences.into_iter().map(|finding| Finding {
                message: format!("{} (on rows)", finding.message),
                ..finding
            }));
        let lost = losses(Direction::UpDown, passage.rows_before, rows, passage.clock);
        // A trigger that notes when a row was changed does what it is for.
        let missed = lost.iter().filter(|loss| loss.lost > loss.now);
        self.half
            .findings
            .extend(missed.map(|loss| data_lost(loss, script)));
        self.half.on_rows.losses.extend(lost);
    }

    fn judge_up_again(&mut self, passage: &Passage<'_>, rows: &Snapshot) {
        let lost = losses(Direction::DownUp, self.rows, rows, passage.clock);
        self.half.on_rows.losses.extend(lost);
    }

    /// `up` failed. Where it does so without rows too, the revision is left out, as it is there.
    async fn up_failed(&mut self, up: &Course<'_>, failure: &ScriptFailure) -> Result<State, VerifyError> {
        let whole = matches!(up.way, Way::Transaction(_)) && !failure.lost;
        let plain = self.walk.joint.plain(self.place).await;
        if says(&plain, &[FindingKind::UpFails], &up.script.path) {
            return Ok(State {
                applied: false,
                proper: whole,
                reading: Read::Well,
            });
        }
        let culprits = self.culprits(up, failure, "").await?;
        if brings_the_key_itself(up, failure) {
            // Nobody else would have made up that key. The rows are made anew around those of the script.
            self.half.on_rows.short.extend(culprits.table.map(|table| Short {
                table,
                reason: "a row that was made up had the key of one that up writes itself".to_owned(),
            }));
        } else {
            let finding = findings::of_rows(FindingKind::UpFailsOnRows, up, sent_from(up), failure, culprits);
            self.half.findings.push(finding);
        }
        // The next revisions are proved on a database that has this one.
        Ok(State {
            proper: false,
            ..State::AS_AFTER_UP
        })
    }

    async fn down_failed(
        &mut self,
        passage: &Passage<'_>,
        failure: &ScriptFailure,
    ) -> Result<(), VerifyError> {
        let down = passage.down;
        let plain = self.walk.joint.plain(self.place).await;
        if says(&plain, &[FindingKind::DownFails], &down.script.path) {
            return Ok(());
        }
        let culprits = self.culprits(down, failure, "").await?;
        self.half.findings.push(findings::of_rows(
            FindingKind::DownFailsOnRows,
            down,
            sent_from(down),
            failure,
            culprits,
        ));
        Ok(())
    }

    /// The second `up` failed, after this script where it can be run once more.
    async fn up_again_failed(
        &mut self,
        passage: &Passage<'_>,
        failure: &ScriptFailure,
        after: Option<&str>,
    ) -> Result<(), VerifyError> {
        let up = passage.up;
        let plain = self.walk.joint.plain(self.place).await;
        if says(&plain, &[FindingKind::UpAgainFails], &up.script.path) {
            return Ok(());
        }
        let culprits = match after {
            Some(after) => self.culprits(up, failure, after).await?,
            None => Culprits::default(),
        };
        let finding = findings::of_rows(FindingKind::UpFailsOnRows, up, sent_from(up), failure, culprits);
        let words = FindingKind::UpFailsOnRows.words();
        let message = match finding.message.strip_prefix(words) {
            Some(rest) => format!("{words} after down{rest}"),
            None => finding.message.clone(),
        };
        self.half.findings.push(Finding { message, ..finding });
        Ok(())
    }

    /// The rows at fault, on the ground as it was before the script, or after another.
    async fn culprits(
        &mut self,
        course: &Course<'_>,
        failure: &ScriptFailure,
        after: &str,
    ) -> Result<Culprits, VerifyError> {
        if failure.lost {
            return Ok(Culprits::default());
        }
        let from = sent_from(course);
        let text = &course.script.text;
        let failed = match &course.way {
            Way::Transaction(_) => course.failed_statement(from, failure),
            Way::Whole | Way::Statements | Way::Psql { .. } => None,
        };
        // The checks at the end meet what the whole script has done.
        let run = match (&failed, &course.way) {
            (Some(failed), _) => &text[from..failed.start],
            (None, Way::Transaction(range)) => &text[range.clone()],
            (None, _) => "",
        };
        let statement = failed.map(|range| &text[range]);
        let before = format!("{after}\n;{run}");
        let found = self
            .ground
            .stand_before(&before, async |session| {
                culprit::find(session, statement, &failure.error).await
            })
            .await?;
        Ok(found.unwrap_or_default())
    }
}

/// Do values show other texts, though nobody has written them? A label that was renamed makes them do so.
fn other_types(before: &Catalog, after: &Catalog) -> bool {
    compare(before, after).iter().any(|difference| {
        matches!(
            difference.object.kind,
            Kind::Enum | Kind::CompositeType | Kind::BaseType
        )
    })
}

/// Does a script fail because a key that it writes out is taken?
fn brings_the_key_itself(course: &Course<'_>, failure: &ScriptFailure) -> bool {
    let statement = course
        .failed_statement(sent_from(course), failure)
        .map(|range| &course.script.text[range]);
    failure.error.sqlstate == "23505"
        && statement.is_some_and(|text| {
            sql::begins_with(text, &["insert", "into"])
                && sql::mentions(text, "values")
                && !sql::mentions(text, "select")
        })
}

/// The finding of a loss.
fn data_lost(loss: &Loss, script: &Script) -> Finding {
    let Loss {
        table,
        of,
        lost,
        null,
        example,
        ..
    } = loss;
    let (object, message) = match &loss.column {
        Some(column) => {
            let now = match null {
                0 => "are others after down".to_owned(),
                _ if null == lost => "are NULL after down".to_owned(),
                _ => format!("are others after down, {null} of them NULL"),
            };
            (
                format!("column {table}.{column}"),
                format!("{lost} of {of} values {now}, such as {example}"),
            )
        }
        None => (
            format!("table {table}"),
            format!("{lost} of {of} rows are gone after down, such as {example}"),
        ),
    };
    Finding {
        message: format!("{object}: {message}"),
        object: Some(object),
        hint: "let up keep what down needs to bring them back (a column or table beside), or allow it in cogway.toml \
               with the reason"
            .to_owned(),
        ..findings::plain(FindingKind::DataLost, script)
    }
}
