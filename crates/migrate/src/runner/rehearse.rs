//! Trying a whole run: in one transaction, which is rolled back.

use std::time::Instant;

use cogway_pg::execute::Failed;

use super::error::StepFailure;
use super::event::DoneStep;
use super::prepare::Prepared;
use super::{Event, RunError, Runner};
use crate::course::Way;
use crate::history::RevisionId;

impl Runner {
    /// Runs all steps in one transaction, and rolls it back.
    pub(super) async fn rehearse_all(
        &self,
        steps: &[Prepared<'_>],
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<Vec<DoneStep>, RunError> {
        let outside: Vec<RevisionId> = steps
            .iter()
            .filter(|step| !step.in_transaction())
            .map(|step| step.id().clone())
            .collect();
        if !outside.is_empty() {
            return Err(RunError::NotInOneTransaction(outside));
        }
        on_event(Event::Begun { steps: steps.len() });
        let mut done: Vec<DoneStep> = Vec::new();
        for (place, step) in steps.iter().enumerate() {
            on_event(Event::Step {
                id: step.id(),
                name: step.name(),
                direction: step.direction(),
            });
            let started = Instant::now();
            let course = step.course();
            let Way::Transaction(range) = &course.way else {
                continue;
            };
            let transaction = self.try_out(&step.script.text[range.clone()]);
            let outcome = if place == 0 {
                self.executor.transaction(&transaction).await
            } else {
                self.executor.go_on(&transaction).await
            };
            for notice in self.executor.take_notices() {
                on_event(Event::Notice {
                    id: step.id(),
                    notice: &notice,
                });
            }
            if let Err(Failed::Script(failure) | Failed::Account(failure)) = outcome {
                if self.options.stop.is_set() {
                    return Err(self.interrupted(Vec::new(), steps, None));
                }
                let told = StepFailure {
                    revision: step.id().clone(),
                    name: step.name().to_owned(),
                    direction: step.direction(),
                    source: step.source.clone(),
                    place: None,
                    statement: None,
                    error: failure.error.clone(),
                    lost: failure.lost,
                    attempts: 1,
                    done,
                    left: steps[place + 1..].iter().map(|step| step.id().clone()).collect(),
                    half: None,
                    rehearsed: true,
                };
                let told = self.step_failure(step, &course, &failure, range.start, told);
                return Err(RunError::Step(Box::new(told)));
            }
            let stepped = DoneStep {
                id: step.id().clone(),
                name: step.name().to_owned(),
                direction: step.direction(),
                took: started.elapsed(),
            };
            on_event(Event::Stepped(&stepped));
            done.push(stepped);
        }
        if !steps.is_empty() {
            self.executor.rollback().await?;
        }
        for step in steps {
            self.keep_lock(&step.script.text).await?;
        }
        Ok(done)
    }
}
