//! The database on which a history is proved.

use std::sync::Arc;

use cogway_catalog::{Catalog, sql};
use cogway_pg::Config;
use cogway_pg::introspect::Mark;
use cogway_pg::scratch::{GROUND_DATABASE, ScratchOptions, ScratchServer};
use cogway_pg::script::ScriptFailure;
use cogway_pg::session::{Outside, Session, SessionError};

use super::guest::Guest;
use super::options::{Options, Reading, Site};
use super::{VerifyError, rows};
use crate::course::{Course, Way};
use crate::history::{History, runner_table};

/// A database that belongs to the proof alone, with a session on it.
pub(crate) struct Ground {
    pub(super) session: Session,
    /// How others reach the database.
    pub(super) config: Config,
    place: Place,
    reading: Reading,
    /// Where the sequences stand, as far as anything moved them.
    sequences: rows::Sequences,
    /// Did a script fail in the open transaction?
    failed: bool,
}

/// Where the database is, and what must be undone at the end.
enum Place {
    /// On a server that goes with it.
    Private { _server: Box<ScratchServer> },
    /// On a server of somebody's.
    Server(Arc<Guest>),
}

impl Ground {
    /// A fresh database with what a runner of that format makes first. Nothing of it is read yet.
    pub(crate) async fn prepare(history: &History, options: &Options) -> Result<Ground, VerifyError> {
        let (place, config) = match &options.site {
            Site::Private(scratch) => {
                let scratch = ScratchOptions::clone(scratch);
                // Several may start at once, each of which waits for processes.
                let server = tokio::task::spawn_blocking(move || ScratchServer::start(&scratch)).await;
                let server = server.map_err(|_| VerifyError::Interrupted)??;
                let config = server.config(GROUND_DATABASE);
                (
                    Place::Private {
                        _server: Box::new(server),
                    },
                    config,
                )
            }
            Site::Server(config) => {
                let (guest, config) = Guest::arrive(config, history).await?;
                (Place::Server(guest), config)
            }
        };
        let ground = Ground {
            session: Session::connect(&config).await?,
            config,
            place,
            reading: options.reading,
            sequences: rows::Sequences::default(),
            failed: false,
        };
        match ground.furnish(history, options).await {
            Ok(()) => Ok(ground),
            Err(error) => {
                ground.clear().await?;
                Err(error)
            }
        }
    }

    /// Makes the roles that were asked for, and what the runner makes first.
    async fn furnish(&self, history: &History, options: &Options) -> Result<(), VerifyError> {
        for role in &options.roles {
            // On somebody's server it may be there.
            let quoted = sql::quote_ident(role);
            let make = format!("begin create role {quoted}; exception when duplicate_object then null; end");
            self.session
                .command(&format!("do {}", sql::quote_literal(&make)))
                .await?;
        }
        if let Some(table) = runner_table(history.format) {
            self.session.command(table).await?;
        }
        Ok(())
    }

    /// The catalog as it is known to be.
    pub(crate) fn catalog(&self) -> &Catalog {
        self.session.catalog()
    }

    /// Runs a script for good, in its way. The outer error is Cogway's, the inner the script's: then nothing is
    /// applied, unless the way was outside a transaction.
    pub(crate) async fn apply(
        &mut self,
        course: &Course<'_>,
    ) -> Result<Result<Catalog, ScriptFailure>, VerifyError> {
        self.apply_and(course, async |_| Ok(())).await
    }

    /// Likewise; where the script succeeds, somebody looks at what it did before that is committed, or, outside a
    /// transaction, right after.
    pub(super) async fn apply_and(
        &mut self,
        course: &Course<'_>,
        look: impl AsyncFnOnce(&Session) -> Result<(), VerifyError>,
    ) -> Result<Result<Catalog, ScriptFailure>, VerifyError> {
        let mark = self.mark();
        let outcome = match &course.way {
            Way::Transaction(range) => match self
                .session
                .run_in_transaction(&course.script.text[range.clone()])
                .await?
            {
                Ok(catalog) => {
                    look(&self.session).await?;
                    self.sequences.note_moved(&mut self.session).await?;
                    let committed = self.session.commit().await?;
                    if committed.is_err() {
                        self.session.rewind(&mark);
                    }
                    committed.map(|()| catalog)
                }
                Err(failure) => {
                    if !failure.lost {
                        self.session.rollback().await?;
                    }
                    Err(failure)
                }
            },
            Way::Whole | Way::Statements | Way::Psql { .. } => {
                let outcome = self.run_outside(course).await?;
                if outcome.is_ok() {
                    look(&self.session).await?;
                }
                outcome
            }
        };
        match outcome {
            Ok(_) if self.reading == Reading::Whole => Ok(Ok(self.session.read().await?)),
            outcome => Ok(outcome),
        }
    }

    /// Runs a script for good without reading anything; [`take_stock`](Ground::take_stock) does that at the end.
    pub(crate) async fn advance(
        &mut self,
        course: &Course<'_>,
    ) -> Result<Result<(), ScriptFailure>, VerifyError> {
        let texts = course.texts();
        let outcome = match &course.way {
            Way::Transaction(range) => {
                self.session
                    .run_through(&course.script.text[range.clone()])
                    .await?
            }
            Way::Whole => {
                self.session
                    .run_outside(Outside::Whole(&course.script.text))
                    .await?
            }
            Way::Statements | Way::Psql { .. } => {
                self.session.run_outside(Outside::Statements(&texts)).await?
            }
        };
        Ok(outcome)
    }

    /// Reads everything there is to know.
    pub(crate) async fn take_stock(&mut self) -> Result<(), VerifyError> {
        self.session.read().await?;
        // Nothing of what was read before is of this time.
        self.sequences = rows::Sequences::default();
        self.sequences.note_moved(&mut self.session).await?;
        Ok(())
    }

    async fn run_outside(
        &mut self,
        course: &Course<'_>,
    ) -> Result<Result<Catalog, ScriptFailure>, VerifyError> {
        let texts = course.texts();
        let script = if course.way == Way::Whole {
            Outside::Whole(&course.script.text)
        } else {
            Outside::Statements(&texts)
        };
        let outcome = self.session.run_outside(script).await?;
        if outcome.as_ref().is_err_and(|failure| failure.lost) {
            return Ok(outcome.map(|()| Catalog::default()));
        }
        let catalog = self.session.read_changes().await?;
        self.sequences.note_moved(&mut self.session).await?;
        Ok(outcome.map(|()| catalog))
    }

    /// Runs a script in a transaction that is left open, to be undone by [`undo`](Ground::undo).
    pub(super) async fn attempt(
        &mut self,
        script: &str,
    ) -> Result<Result<Catalog, ScriptFailure>, VerifyError> {
        let outcome = self.session.run_in_transaction(script).await?;
        self.attempted(outcome).await
    }

    /// Runs a further script in the transaction that is open.
    pub(super) async fn attempt_further(
        &mut self,
        script: &str,
    ) -> Result<Result<Catalog, ScriptFailure>, VerifyError> {
        let outcome = self.session.run_further(script).await?;
        self.attempted(outcome).await
    }

    async fn attempted(
        &mut self,
        outcome: Result<Catalog, ScriptFailure>,
    ) -> Result<Result<Catalog, ScriptFailure>, VerifyError> {
        self.failed = outcome.is_err();
        match outcome {
            Ok(_) if self.reading == Reading::Whole => Ok(Ok(self.session.read_open().await?)),
            outcome => Ok(outcome),
        }
    }

    /// Runs what comes before a statement that failed, lets somebody look at the database as the statement met it, and
    /// undoes it. None where it does not come to that.
    pub(super) async fn stand_before<T>(
        &mut self,
        before: &str,
        look: impl AsyncFnOnce(&Session) -> Result<T, VerifyError>,
    ) -> Result<Option<T>, VerifyError> {
        let mark = self.mark();
        let seen = match self.session.command(before).await {
            Ok(()) => Some(look(&self.session).await?),
            Err(SessionError::Command(error)) if error.code().is_some() => None,
            Err(error) => return Err(error.into()),
        };
        self.failed = true;
        self.undo(&mark).await?;
        Ok(seen)
    }

    /// Ends the transaction that is open in advance, and what it has locked by reading; others can then change anything.
    pub(super) async fn let_others(&mut self) -> Result<(), VerifyError> {
        Ok(self.session.rollback().await?)
    }

    /// What is known now, for [`undo`](Ground::undo).
    pub(super) fn mark(&self) -> Mark {
        self.session.mark()
    }

    /// Undoes what the open transaction did: rows and catalog by rolling back, sequences, which no rollback moves
    /// back, by setting them.
    pub(super) async fn undo(&mut self, mark: &Mark) -> Result<(), VerifyError> {
        self.session.rollback().await?;
        self.session.rewind(mark);
        if std::mem::take(&mut self.failed) {
            // A transaction in which a script failed cannot be asked.
            self.session.count().await?;
        }
        let moved = self.session.take_used_sequences();
        self.sequences.restore(&mut self.session, &moved).await
    }

    /// Everything that later revisions may meet besides the schema: all rows, and where the sequences stand. Where
    /// the scripts in between leave that alone, little needs to be read to see that they did.
    pub(super) async fn contents(&self, left_alone: bool) -> Result<rows::Contents, VerifyError> {
        rows::Contents::read(&self.session, self.catalog(), &self.sequences, left_alone).await
    }

    /// Whether what was read step by step is what a whole reading gives.
    pub(crate) async fn is_true(&mut self) -> Result<bool, VerifyError> {
        let known = self.session.catalog().clone();
        Ok(known == self.session.read().await?)
    }

    /// Ends the session and removes the database.
    pub(crate) async fn clear(self) -> Result<(), VerifyError> {
        self.session.close().await;
        match self.place {
            Place::Private { .. } => Ok(()),
            Place::Server(guest) => guest.leave().await,
        }
    }
}
