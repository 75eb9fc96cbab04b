//! The proof of one revision.

use std::time::Instant;

use cogway_catalog::Catalog;
use cogway_pg::script::ScriptFailure;

use super::VerifyError;
use super::findings::{self, Step};
use super::ground::Ground;
use super::options::Options;
use super::report::{Finding, FindingKind, RevisionReport, Verdict};
use super::rows::Data;
use crate::course::{Course, Way};
use crate::history::{Format, Revision};

/// The state that a proof leaves the ground in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// Did the first `up` succeed?
    pub(super) applied: bool,
    /// Is the ground as a plain `up` leaves it, or, where that failed, as it was before? Otherwise it must be built
    /// anew.
    pub(super) proper: bool,
}

impl State {
    const AS_BEFORE: State = State {
        applied: false,
        proper: true,
    };
    const AS_AFTER_UP: State = State {
        applied: true,
        proper: true,
    };
    const LOST: State = State {
        applied: true,
        proper: false,
    };
}

/// Proves one revision on a ground that is in the state before it.
pub(super) struct Proof<'a> {
    pub(super) ground: &'a mut Ground,
    pub(super) revision: &'a Revision,
    pub(super) format: Format,
    pub(super) options: &'a Options,
    /// Rows of the watched tables as they are now; afterwards as they are then.
    pub(super) data: &'a mut Data,
}

impl Proof<'_> {
    /// Runs it, and says in which state the ground is.
    pub(super) async fn run(mut self) -> Result<(RevisionReport, State), VerifyError> {
        let started = Instant::now();
        let mut found = Vec::new();
        let state = self.steps(&mut found).await?;
        self.options.mark_allowed(&self.revision.id, &mut found);
        let report = RevisionReport {
            id: self.revision.id.clone(),
            name: self.revision.name.clone(),
            up: self.revision.up.path.clone(),
            down: self.revision.down.as_ref().map(|down| down.path.clone()),
            verdict: Verdict::of(&found),
            took: started.elapsed(),
            findings: found,
            on_rows: None,
        };
        Ok((report, state))
    }

    async fn steps(&mut self, found: &mut Vec<Finding>) -> Result<State, VerifyError> {
        let up = Course::of(&self.revision.up, self.format);
        let before = self.ground.catalog().clone();
        if let Way::Psql { line, what } = up.way {
            found.push(needs_psql(&up, line, what));
            return Ok(State::AS_BEFORE);
        }
        let after = match self.ground.apply(&up).await? {
            Ok(after) => after,
            Err(failure) => {
                found.push(findings::of_failure(
                    FindingKind::UpFails,
                    &up,
                    sent_from(&up),
                    &failure,
                ));
                let whole = matches!(up.way, Way::Transaction(_)) && !failure.lost;
                return Ok(State {
                    applied: false,
                    proper: whole,
                });
            }
        };
        let data_before = std::mem::take(self.data);
        *self.data = self.read_data(&after).await?;
        let Some(down) = &self.revision.down else {
            if !self.revision.repeatable {
                found.push(Finding {
                    hint: "write it, or allow it in cogway.toml with the reason".to_owned(),
                    ..findings::plain(FindingKind::DownMissing, &self.revision.up)
                });
            }
            return Ok(State::AS_AFTER_UP);
        };
        let down = Course::of(down, self.format);
        if let Way::Psql { line, what } = down.way {
            found.push(needs_psql(&down, line, what));
            return Ok(State::AS_AFTER_UP);
        }
        // A blank script takes nothing back, which is right where there is nothing to take back.
        if down.is_empty() && (before != after || !data_before.differences(self.data).is_empty()) {
            found.push(Finding {
                hint: "write what takes the revision back, or allow it in cogway.toml with the reason"
                    .to_owned(),
                ..findings::plain(FindingKind::DownEmpty, down.script)
            });
            return Ok(State::AS_AFTER_UP);
        }
        let stairs = Stairs {
            up: &up,
            down: &down,
            before: &before,
            after: &after,
            data_before: &data_before,
        };
        if let (Way::Transaction(_), Way::Transaction(_)) = (&up.way, &down.way)
            && let Some(findings) = self.in_one_transaction(&stairs).await?
        {
            found.extend(findings);
            return Ok(State::AS_AFTER_UP);
        }
        self.one_by_one(&stairs, found).await
    }

    /// `down` and the second `up` in one transaction that is rolled back, so that nothing needs to be repaired. None
    /// where PostgreSQL refuses something just because both are in one transaction.
    async fn in_one_transaction(&mut self, stairs: &Stairs<'_>) -> Result<Option<Vec<Finding>>, VerifyError> {
        let mark = self.ground.mark();
        let findings = self.down_and_up(stairs).await;
        self.ground.undo(&mark).await?;
        findings
    }

    async fn down_and_up(&mut self, stairs: &Stairs<'_>) -> Result<Option<Vec<Finding>>, VerifyError> {
        let back = match self.ground.attempt(stairs.down.text()).await? {
            Ok(back) => back,
            Err(failure) => {
                let finding = findings::of_failure(
                    FindingKind::DownFails,
                    stairs.down,
                    sent_from(stairs.down),
                    &failure,
                );
                return Ok(Some(vec![finding]));
            }
        };
        let mut found = self.judge_down(stairs, &back).await?;
        match self.ground.attempt_further(stairs.up.text()).await? {
            Ok(again) => found.extend(self.judge_up_again(stairs, &again, &found).await?),
            Err(failure) if is_of_one_transaction(&failure) => return Ok(None),
            Err(failure) => found.push(up_again_fails(stairs, &failure, &found)),
        }
        Ok(Some(found))
    }

    /// `down` and the second `up` for good, each in its own way; the ground then needs to be built anew unless
    /// everything is as it was, rows and sequences too.
    async fn one_by_one(
        &mut self,
        stairs: &Stairs<'_>,
        found: &mut Vec<Finding>,
    ) -> Result<State, VerifyError> {
        let left_alone = stairs.down.leaves_rows_alone() && stairs.up.leaves_rows_alone();
        let contents = self.ground.contents(left_alone).await?;
        let back = match self.ground.apply(stairs.down).await? {
            Ok(back) => back,
            Err(failure) => {
                found.push(findings::of_failure(
                    FindingKind::DownFails,
                    stairs.down,
                    sent_from(stairs.down),
                    &failure,
                ));
                let whole = matches!(stairs.down.way, Way::Transaction(_)) && !failure.lost;
                return Ok(State {
                    applied: true,
                    proper: whole,
                });
            }
        };
        found.extend(self.judge_down(stairs, &back).await?);
        match self.ground.apply(stairs.up).await? {
            Ok(again) => {
                let more = self.judge_up_again(stairs, &again, found).await?;
                found.extend(more);
                // The catalog takes part as a whole here, whatever is excluded from findings.
                let same = again == *stairs.after && self.ground.contents(left_alone).await? == contents;
                Ok(State {
                    applied: true,
                    proper: same,
                })
            }
            Err(failure) => {
                found.push(up_again_fails(stairs, &failure, found));
                Ok(State::LOST)
            }
        }
    }

    async fn judge_down(&mut self, stairs: &Stairs<'_>, back: &Catalog) -> Result<Vec<Finding>, VerifyError> {
        let script = stairs.down.script;
        let mut found =
            findings::of_differences(Step::Down, script, stairs.before, back, &self.options.exclude);
        let data = self.read_data(back).await?;
        found.extend(
            stairs
                .data_before
                .differences(&data)
                .into_iter()
                .map(|(table, how)| Finding {
                    object: Some(format!("table {table}")),
                    message: format!(
                        "table {table}: data after down are not what they were before up: {how}"
                    ),
                    hint: "restore the rows in down, or leave the table out of --data".to_owned(),
                    ..findings::plain(FindingKind::DataDiffers, script)
                }),
        );
        Ok(found)
    }

    async fn judge_up_again(
        &mut self,
        stairs: &Stairs<'_>,
        again: &Catalog,
        so_far: &[Finding],
    ) -> Result<Vec<Finding>, VerifyError> {
        // What down left is still there; saying it twice helps nobody.
        if so_far
            .iter()
            .any(|finding| matches!(finding.kind, FindingKind::DownDiffers | FindingKind::ColumnOrder))
        {
            return Ok(Vec::new());
        }
        let script = stairs.up.script;
        let mut found =
            findings::of_differences(Step::UpAgain, script, stairs.after, again, &self.options.exclude);
        let data = self.read_data(again).await?;
        found.extend(self.data.differences(&data).into_iter().map(|(table, how)| Finding {
            object: Some(format!("table {table}")),
            message: format!("table {table}: data after the second up are not what they were after the first: {how}"),
            hint: "values that PostgreSQL makes (identity, now()) differ each time: write them out".to_owned(),
            ..findings::plain(FindingKind::DataDiffers, script)
        }));
        Ok(found)
    }

    async fn read_data(&self, catalog: &Catalog) -> Result<Data, VerifyError> {
        Data::read(&self.ground.session, catalog, &self.options.data).await
    }
}

/// What the steps after the first `up` are about.
struct Stairs<'a> {
    up: &'a Course<'a>,
    down: &'a Course<'a>,
    before: &'a Catalog,
    after: &'a Catalog,
    data_before: &'a Data,
}

impl<'a> Course<'a> {
    /// What is sent of the script.
    pub(super) fn text(&self) -> &'a str {
        let script = self.script;
        match &self.way {
            Way::Transaction(range) => &script.text[range.clone()],
            _ => &script.text,
        }
    }
}

/// The byte of the script with which what is sent begins.
pub(super) fn sent_from(course: &Course<'_>) -> usize {
    match &course.way {
        Way::Transaction(range) => range.start,
        _ => 0,
    }
}

/// Is it an error that the script would not make in a transaction of its own? A label just added to an enum cannot be
/// used, a table with checks outstanding not altered.
pub(super) fn is_of_one_transaction(failure: &ScriptFailure) -> bool {
    matches!(failure.error.sqlstate.as_str(), "55P04" | "55006" | "25001")
}

fn up_again_fails(stairs: &Stairs<'_>, failure: &ScriptFailure, so_far: &[Finding]) -> Finding {
    let mut finding = findings::of_failure(
        FindingKind::UpAgainFails,
        stairs.up,
        sent_from(stairs.up),
        failure,
    );
    if so_far
        .iter()
        .any(|finding| finding.kind == FindingKind::DownDiffers)
    {
        finding.hint = "this follows from what down leaves".to_owned();
    }
    finding
}

fn needs_psql(course: &Course<'_>, line: usize, what: &str) -> Finding {
    Finding {
        message: format!(
            "{}: {what}, which only psql understands",
            FindingKind::CannotJudge.words()
        ),
        hint: "write it in SQL: INSERT in place of COPY, settings in place of commands to psql".to_owned(),
        line: Some(line + course.script.first_line - 1),
        ..findings::plain(FindingKind::CannotJudge, course.script)
    }
}
