//! Moves a database through its history.
//!
//! A [`Runner`] is a connection to one database. It reads the ledger, finds the route, takes the lock, and runs one
//! revision after the other, each with its entry in the ledger in one transaction, so that what the ledger says is what
//! is there, whatever happens. What cannot run in a transaction runs part by part, and is gone on with where it ended.
//!
//! ```no_run
//! # async fn start(config: cogway_pg::Config) -> Result<(), Box<dyn std::error::Error>> {
//! use cogway_migrate::history;
//! use cogway_migrate::runner::{Options, Request, Runner};
//!
//! let history = history::read("migrations".as_ref(), None)?;
//! let runner = Runner::connect(&config, Options::default()).await?;
//! let done = runner.run(&history, &Request::up("head"), &mut |_| {}).await?;
//! println!("{} revisions applied", done.steps.len());
//! # Ok(()) }
//! ```

mod adopt;
mod apply;
mod drift;
mod error;
mod event;
mod lock;
mod loss;
mod options;
mod part;
mod prepare;
mod print;
mod rehearse;
mod repair;
mod resume;
mod status;

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use cogway_catalog::Fingerprint;
use cogway_pg::Config;
use cogway_pg::execute::{Canceller, Executor};

use crate::account;
use crate::history::{History, RevisionId, runner_table, runner_table_name};
use crate::ledger::{Entry, Event as Journal, Ledger, Outcome, SchemaState, Since, record, without_ledger};
use crate::position::Position;
use crate::route::{Route, Ways, route};
use crate::target::Target;

pub use adopt::{Adopted, Adoption};
pub use drift::{Came, Drift};
pub use error::{Half, RunError, StepFailure, Unclear};
pub use event::{Done, DoneStep, Event};
pub use loss::{Loss, Untried};
pub use options::{Before, DataLoss, OnDrift, Options, Rehearsal, Request, Stop, Transactions};
pub use prepare::Source;
pub use repair::{Repair, Repaired, ScriptChange};
pub use status::Status;

use prepare::Prepared;

/// A connection to a database that is moved through a history.
pub struct Runner {
    executor: Executor,
    options: Options,
    /// What the ledger said when nobody had asked yet.
    seen: Mutex<Option<Ledger>>,
}

impl Runner {
    /// Connects. Nothing is changed.
    ///
    /// # Errors
    /// [`RunError::Session`].
    pub async fn connect(config: &Config, options: Options) -> Result<Runner, RunError> {
        Ok(Runner {
            executor: Executor::connect(config).await?,
            options,
            seen: Mutex::default(),
        })
    }

    /// Reads the ledger ahead of the next run or plan, while its files are still being read. What finds nothing to do by
    /// it does nothing; a run that has something to do reads it again when it has the lock.
    ///
    /// # Errors
    /// [`RunError`].
    pub async fn look_ahead(&self) -> Result<(), RunError> {
        let ledger = self.ledger().await?;
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(ledger);
        Ok(())
    }

    /// What was read ahead, once; otherwise what the ledger says now.
    async fn first_look(&self) -> Result<Ledger, RunError> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner).take();
        match seen {
            Some(ledger) => Ok(ledger),
            None => self.ledger().await,
        }
    }

    /// What ends the statement that runs, from elsewhere: for Ctrl-C. Set [`Options::stop`] first, so that the run ends
    /// with it.
    pub fn canceller(&self) -> Canceller {
        self.executor.canceller()
    }

    /// What the ledger says; an empty one where there is none.
    ///
    /// # Errors
    /// [`RunError`].
    pub async fn ledger(&self) -> Result<Ledger, RunError> {
        Ok(Ledger::read(&self.executor).await?)
    }

    /// Closes the connection and waits until the server knows.
    pub async fn close(self) {
        self.executor.close().await;
    }

    /// Finds the route of a request, as things are now, and changes nothing.
    ///
    /// # Errors
    /// [`RunError`].
    pub async fn plan(&self, history: &History, request: &Request<'_>) -> Result<Planned, RunError> {
        self.refuse_partial(history)?;
        let ledger = self.first_look().await?;
        self.refuse_other_tools(history, &ledger, request.ways).await?;
        let position = Position::of(history, &ledger);
        let route = self.route(&position, request)?;
        let steps = prepare::prepare(&self.executor, &position, &route).await?;
        let steps = steps.iter().map(PlannedStep::of).collect();
        Ok(Planned {
            steps,
            beyond: route.beyond,
        })
    }

    /// Moves the database.
    ///
    /// # Errors
    /// [`RunError`]. What was done before the error stays done, and the error says what that is.
    pub async fn run(
        &self,
        history: &History,
        request: &Request<'_>,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<Done, RunError> {
        self.refuse_partial(history)?;
        let outcome = self.run_unlocked(history, request, on_event).await;
        self.or_interrupted(outcome)
    }

    async fn run_unlocked(
        &self,
        history: &History,
        request: &Request<'_>,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<Done, RunError> {
        let started = Instant::now();
        let ledger = self.first_look().await?;
        self.refuse_other_tools(history, &ledger, request.ways).await?;
        let is_recorded = ledger.version.is_none() || ledger.recorded_now().is_some();
        let nothing_to_do = match self.route(&Position::of(history, &ledger), request) {
            Ok(route) => route.steps.is_empty(),
            // Perhaps it is only what another run is about to do.
            Err(RunError::Conflict(_)) => false,
            Err(error) => return Err(error),
        };
        // Whoever has nothing to do waits for nobody.
        if nothing_to_do && is_recorded && self.options.on_drift == OnDrift::Warn {
            return Ok(Done::nothing(ledger, started.elapsed()));
        }
        self.lock(on_event).await?;
        let outcome = self.run_locked(history, request, started, on_event).await;
        if !self.executor.is_lost() {
            let unlocked = self.executor.unlock(lock::KEY).await;
            if outcome.is_ok() {
                unlocked?;
            }
        }
        outcome
    }

    async fn run_locked(
        &self,
        history: &History,
        request: &Request<'_>,
        started: Instant,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<Done, RunError> {
        // Somebody may have run before the lock was ours.
        let ledger = self.ledger().await?;
        let position = Position::of(history, &ledger);
        let route = self.route(&position, request)?;
        let steps = prepare::prepare(&self.executor, &position, &route).await?;
        self.refuse_impossible(&steps)?;
        let mut known = drift::Known::default();
        if !steps.is_empty() || self.options.on_drift == OnDrift::Refuse {
            self.look_for_drift(&ledger, &mut known, on_event).await?;
        }
        self.refuse_loss(&route, &steps, on_event).await?;
        if self.options.rehearsal == Rehearsal::Only {
            let steps = self.rehearse_all(&steps, on_event).await?;
            return Ok(Done {
                steps,
                rehearsed: true,
                fingerprint: None,
                ledger: self.ledger().await?,
                took: started.elapsed(),
            });
        }
        let done = if !steps.is_empty() {
            self.prepare_for_the_worst().await?;
            self.upgrade(&ledger).await?;
            if let Some(sql) = self.tool_table(history, &ledger).await? {
                self.executor.command(sql).await?;
            }
            let what = format!("{} {}", request.ways.verb(), request.target);
            let run = self.begin(&what).await?;
            let done = self.perform(&steps, &run, on_event).await?;
            let ended = self.entry(&run).event(Journal::Ended, &Outcome::default());
            self.executor.command(&ended).await?;
            done
        } else if ledger.recorded_now().is_some() {
            // What somebody has changed since is not what a run has left.
            return Ok(Done::nothing(ledger, started.elapsed()));
        } else {
            Vec::new()
        };
        let (ledger, fingerprint) = self.record(&mut known).await?;
        Ok(Done {
            steps: done,
            rehearsed: false,
            fingerprint,
            ledger,
            took: started.elapsed(),
        })
    }

    /// The route of a request.
    fn route<'a>(&self, position: &Position<'a>, request: &Request<'_>) -> Result<Route<'a>, RunError> {
        let target = Target::parse(request.target, position.history, position.ledger)?;
        Ok(route(position, &target, request.ways, self.options.order)?)
    }

    /// A history of which not everything could be read is not run: what is missing would be passed over in silence.
    fn refuse_partial(&self, history: &History) -> Result<(), RunError> {
        match history.obstacle() {
            Some(problem) => Err(RunError::History(Box::new(problem.clone()))),
            None => Ok(()),
        }
    }

    /// A database without a ledger that another tool keeps account of is not moved: everything would be applied again.
    async fn refuse_other_tools(
        &self,
        history: &History,
        ledger: &Ledger,
        ways: Ways,
    ) -> Result<(), RunError> {
        if ledger.version.is_some() || ways == Ways::Down || history.revisions.is_empty() {
            return Ok(());
        }
        let found = account::find(&self.executor).await?;
        match found.into_iter().find(|found| found.entries > 0) {
            Some(found) => Err(RunError::OtherTool(Box::new(found))),
            None => Ok(()),
        }
    }

    /// Does what must succeed before anything is changed.
    async fn prepare_for_the_worst(&self) -> Result<(), RunError> {
        let Some(before) = self.options.before.clone() else {
            return Ok(());
        };
        let outcome = tokio::task::spawn_blocking(move || before.call()).await;
        outcome
            .unwrap_or_else(|_| Err("it was broken off".to_owned()))
            .map_err(RunError::Before)
    }

    /// Makes the ledger, or brings it to its newest version.
    async fn upgrade(&self, ledger: &Ledger) -> Result<(), RunError> {
        if ledger.is_current() {
            return Ok(());
        }
        let schema = SchemaState::read(&self.executor).await?;
        let sql = ledger.upgrade(schema);
        // Several commands that are sent at once are one transaction.
        self.executor.command(&sql).await.map_err(RunError::Ledger)
    }

    /// What makes the table of the history's own tool, empty, where scripts refer to it and it is not there: some alter
    /// it. It is the tool's to keep; Cogway writes nothing into it.
    async fn tool_table(&self, history: &History, ledger: &Ledger) -> Result<Option<&'static str>, RunError> {
        let (Some(name), Some(sql)) = (runner_table_name(history.format), runner_table(history.format))
        else {
            return Ok(None);
        };
        let mentions = |script: &crate::history::Script| script.text.contains(name);
        let is_wanted = history
            .revisions
            .iter()
            .any(|revision| mentions(&revision.up) || revision.down.as_ref().is_some_and(mentions));
        if !ledger.applied.is_empty() || !is_wanted {
            return Ok(None);
        }
        let there = self
            .executor
            .query("select pg_catalog.to_regclass($1) is not null", &[&name])
            .await?;
        Ok(Some(sql).filter(|_| !there.first().is_some_and(|row| row.get(0))))
    }

    /// Writes into the journal that a run begins, and returns its number.
    async fn begin(&self, what: &str) -> Result<String, RunError> {
        let outcome = Outcome {
            message: Some(what),
            ..Outcome::default()
        };
        let entry = self.entry("null").event(Journal::Begun, &outcome);
        let begun = self.executor.query(&format!("{entry} returning id"), &[]).await;
        let rows = begun.map_err(RunError::Ledger)?;
        Ok(rows
            .first()
            .map(|row| row.get::<_, i64>(0))
            .unwrap_or_default()
            .to_string())
    }

    fn entry<'e>(&'e self, run: &'e str) -> Entry<'e> {
        Entry {
            author: &self.options.author,
            run,
            since: match self.options.transactions {
                Transactions::Each => Since::Transaction,
                Transactions::One => Since::EntryBefore,
            },
        }
    }

    /// Writes down what the schema is now, so that changes by hand are seen later.
    async fn record(&self, known: &mut drift::Known) -> Result<(Ledger, Option<Fingerprint>), RunError> {
        let ledger = self.ledger().await?;
        if ledger.version.is_none() {
            return Ok((ledger, None));
        }
        if !ledger.is_current() {
            self.upgrade(&ledger).await?;
        }
        let catalog = known.to_record(without_ledger(&self.executor.catalog().await?));
        let server_version = known.server_version(&self.executor).await?;
        let sql = record(&catalog, server_version, &ledger.digest());
        self.executor.command(&sql).await?;
        Ok((ledger, Some(catalog.fingerprint())))
    }
}

/// What a run would do.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Its steps, in order.
    pub steps: Vec<PlannedStep>,
    /// What would be taken back without building on the revision that was named.
    pub beyond: Vec<RevisionId>,
}

/// A step that would be done.
#[derive(Clone, Debug)]
pub struct PlannedStep {
    /// The revision.
    pub id: RevisionId,
    /// The rest of its name.
    pub name: String,
    /// Up or down.
    pub direction: crate::ledger::Direction,
    /// Where its script is from.
    pub source: Source,
    /// Does it run in one transaction? Otherwise in parts, one after the other.
    pub transaction: bool,
}

impl PlannedStep {
    fn of(step: &Prepared<'_>) -> PlannedStep {
        PlannedStep {
            id: step.id().clone(),
            name: step.name().to_owned(),
            direction: step.direction(),
            source: step.source.clone(),
            transaction: step.in_transaction(),
        }
    }
}
