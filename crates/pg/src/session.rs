//! One connection on which scripts run and the catalog is read.

pub(crate) mod rows;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use cogway_catalog::{Catalog, QualifiedName};
use thiserror::Error;
use tokio::task::JoinHandle;
use tokio_postgres::tls::NoTlsStream;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, Connection, NoTls, Row, Socket, Statement};

use crate::introspect::{Mark, Milestone, ReadError, Reader};
use crate::script::{ScriptFailure, ServerError, run};

/// A connection with a reader of its catalog.
pub struct Session {
    client: Client,
    reader: Reader,
    connection: JoinHandle<()>,
    /// Statements that are prepared, by their texts.
    asked: RefCell<HashMap<&'static str, Statement>>,
    /// Is a transaction open in which nothing was run so far? One is begun with the end of the one before: what
    /// PostgreSQL counts goes on counting only as long as there is no break between them.
    begun: bool,
    /// The moment before scripts were run outside transactions; none where everything must be read.
    milestone: Option<Milestone>,
    /// How long the script took that was run last and then read.
    script_took: Duration,
}

/// Why a session could not do what it was told.
#[derive(Debug, Error)]
pub enum SessionError {
    /// The server cannot be reached or refuses the connection.
    #[error("cannot connect to PostgreSQL: {0}")]
    Connect(#[source] tokio_postgres::Error),
    /// Something takes the connection and says nothing.
    #[error("what is there takes the connection, and has not answered within {} s", .0.as_secs())]
    NoAnswer(Duration),
    /// The server refused a statement of Cogway's own, or went away.
    #[error("{}", describe(.0))]
    Command(#[from] tokio_postgres::Error),
    /// The catalog could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl SessionError {
    /// What the server says, where it is the one who refuses.
    pub fn server_error(&self) -> Option<ServerError> {
        match self {
            SessionError::Connect(error)
            | SessionError::Command(error)
            | SessionError::Read(ReadError::Query(error) | ReadError::Prelude(error)) => {
                error.as_db_error().map(|_| ServerError::from(error))
            }
            SessionError::NoAnswer(_) | SessionError::Read(_) => None,
        }
    }

    /// Is there no server behind the connection (any more)?
    pub fn is_lost(&self) -> bool {
        match self {
            SessionError::Connect(_) | SessionError::NoAnswer(_) => true,
            SessionError::Command(error)
            | SessionError::Read(ReadError::Query(error) | ReadError::Prelude(error)) => error.is_closed(),
            SessionError::Read(_) => false,
        }
    }
}

/// Connects. The limit of the configuration covers all of it, as with libpq: the driver's own covers the socket alone.
pub(crate) async fn open(config: &Config) -> Result<(Client, Connection<Socket, NoTlsStream>), SessionError> {
    let connecting = config.connect(NoTls);
    let Some(limit) = config.get_connect_timeout().filter(|limit| !limit.is_zero()) else {
        return connecting.await.map_err(SessionError::Connect);
    };
    // It is for each of the hosts.
    let hosts = config.get_hosts().len().max(config.get_hostaddrs().len()).max(1);
    let limit = limit.saturating_mul(u32::try_from(hosts).unwrap_or(u32::MAX));
    match tokio::time::timeout(limit, connecting).await {
        Ok(connected) => connected.map_err(SessionError::Connect),
        Err(_) => Err(SessionError::NoAnswer(limit)),
    }
}

fn describe(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(error) => format!(
            "PostgreSQL: {} (SQLSTATE {})",
            error.message(),
            error.code().code()
        ),
        None => format!("the connection to PostgreSQL: {error}"),
    }
}

/// Gives the session back its own rights and settings, whatever a script did to them.
const CLEAN: &str = "reset session authorization; reset role; reset all";

/// Only the checks that the end of a transaction makes.
const CHECK: &str = "set constraints all immediate";

/// May this script have changed settings or rights of the session? Only what says so, or runs functions, can.
fn may_change_settings(script: &str) -> bool {
    let script = script.to_ascii_lowercase();
    ["set", "role", "select", "call", "do "]
        .iter()
        .any(|word| script.contains(word))
        || script.contains("do\n")
        || script.contains("do\t")
}

/// Does a script throw away the prepared statements of its session?
fn deallocates(script: &str) -> bool {
    let script = script.as_bytes();
    [&b"deallocate"[..], b"discard"]
        .iter()
        .any(|word| script.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word)))
}

/// Likewise, after the checks that the end of a transaction makes.
const CONCLUDE: &str = "set constraints all immediate; reset session authorization; reset role; reset all";

/// Likewise for what few scripts leave behind; not for transactions.
const CLEAN_ALL: &str = "reset session authorization; reset role; reset all; close all; unlisten *; discard temp; \
                         discard sequences; select pg_catalog.pg_advisory_unlock_all()";

impl Session {
    /// Connects.
    ///
    /// # Errors
    /// [`SessionError`].
    pub async fn connect(config: &Config) -> Result<Session, SessionError> {
        let mut config = config.clone();
        // Queries of the catalog are planned once; without this PostgreSQL plans each five times before it believes
        // that a generic plan serves.
        let options = config.get_options().unwrap_or_default().to_owned();
        config
            .options(format!(
                "{options} -c plan_cache_mode=force_generic_plan -c client_min_messages=error"
            ))
            .application_name("cogway");
        let (client, connection) = open(&config).await?;
        let connection = tokio::spawn(async move {
            // Whoever uses the client is told of a broken connection.
            let _ = connection.await;
        });
        let reader = Reader::new(&client).await?;
        Ok(Session {
            client,
            reader,
            connection,
            asked: RefCell::default(),
            begun: false,
            milestone: None,
            script_took: Duration::ZERO,
        })
    }

    /// How long the last script took that was run in a transaction or outside one, without what is read afterwards.
    pub fn script_took(&self) -> Duration {
        self.script_took
    }

    /// The version of the server as a number: 150018 is 15.18.
    pub fn server_version(&self) -> u32 {
        self.reader.server_version()
    }

    /// The catalog as read last.
    pub fn catalog(&self) -> &Catalog {
        self.reader.catalog()
    }

    /// Remembers what is known of the catalog, for [`rewind`](Session::rewind).
    pub fn mark(&self) -> Mark {
        self.reader.mark()
    }

    /// After a rollback: the catalog is again what it was at the mark.
    pub fn rewind(&mut self, mark: &Mark) {
        self.reader.rewind(mark);
    }

    /// Runs statements of Cogway's own.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn command(&self, sql: &str) -> Result<(), SessionError> {
        Ok(self.client.batch_execute(sql).await?)
    }

    /// Asks the database something, once: the text is planned anew each time.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn query(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, SessionError> {
        Ok(self.client.query(sql, parameters).await?)
    }

    /// Asks the database something that will be asked again: the plan is kept.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn ask(
        &self,
        sql: &'static str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, SessionError> {
        let known = self.asked.borrow().get(sql).cloned();
        let statement = match known {
            Some(statement) => statement,
            None => {
                let statement = self.client.prepare(sql).await?;
                self.asked.borrow_mut().insert(sql, statement.clone());
                statement
            }
        };
        Ok(self.client.query(&statement, parameters).await?)
    }

    /// Begins a transaction and runs a script in it, up to the checks that the end of the transaction would make; then
    /// reads the catalog again. After a failure the transaction is aborted; in any case it is still to be ended.
    ///
    /// # Errors
    /// The outer when Cogway's own statements fail; the inner when the script does.
    pub async fn run_in_transaction(
        &mut self,
        script: &str,
    ) -> Result<Result<Catalog, ScriptFailure>, SessionError> {
        if !std::mem::take(&mut self.begun) {
            self.client.batch_execute("begin").await?;
            self.reader.begin(&self.client).await?;
        }
        self.run_and_read(None, script).await
    }

    /// Runs a script in a transaction and commits it, or rolls it back when it fails; reads nothing.
    ///
    /// # Errors
    /// The outer when Cogway's own statements fail; the inner when the script does.
    pub async fn run_through(&mut self, script: &str) -> Result<Result<(), ScriptFailure>, SessionError> {
        self.leave().await?;
        let client = &self.client;
        // All in one go: after a failure the rest fails, and COMMIT rolls back.
        let (begun, ran, cleaned, committed) = tokio::join!(
            client.batch_execute("begin"),
            run(client, script),
            client.batch_execute(CLEAN),
            client.batch_execute("commit")
        );
        begun?;
        if let Err(failure) = ran {
            return Ok(Err(failure));
        }
        cleaned?;
        Ok(committed.map_err(|error| ScriptFailure {
            statement: None,
            lost: error.is_closed(),
            error: ServerError::from(&error),
        }))
    }

    /// Runs a further script in the open transaction, likewise.
    ///
    /// # Errors
    /// As [`run_in_transaction`](Session::run_in_transaction).
    pub async fn run_further(
        &mut self,
        script: &str,
    ) -> Result<Result<Catalog, ScriptFailure>, SessionError> {
        // What the reader set for reading is not for scripts; neither is that constraints are no more deferred.
        self.run_and_read(Some(CLEAN), script).await
    }

    /// Runs a script, and reads the catalog again, all in one go.
    async fn run_and_read(
        &mut self,
        before: Option<&str>,
        script: &str,
    ) -> Result<Result<Catalog, ScriptFailure>, SessionError> {
        if deallocates(script) {
            self.forget_statements();
        }
        // Deferred constraints are checked at the end of a transaction, which for the script is here. Of what is sent
        // before the catalog is read, only that can fail.
        let conclude = if may_change_settings(script) {
            CONCLUDE
        } else {
            CHECK
        };
        let client = &self.client;
        let cleaned = async {
            match before {
                Some(before) => client.batch_execute(before).await,
                None => Ok(()),
            }
        };
        let sent = Instant::now();
        let timed = async {
            let ran = run(client, script).await;
            (ran, sent.elapsed())
        };
        let (cleaned, (ran, took), read) =
            tokio::join!(cleaned, timed, self.reader.refresh(client, conclude));
        self.script_took = took;
        cleaned?;
        // After a failure everything that follows fails, and is of no interest.
        if let Err(failure) = ran {
            return Ok(Err(failure));
        }
        match read {
            Ok(catalog) => Ok(Ok(catalog)),
            Err(ReadError::Prelude(error)) => Ok(Err(ScriptFailure {
                statement: None,
                lost: error.is_closed(),
                error: ServerError::from(&error),
            })),
            Err(error) => Err(error.into()),
        }
    }

    /// Commits the open transaction, and begins the next.
    ///
    /// # Errors
    /// The outer when the connection breaks, the inner when PostgreSQL cannot commit and rolls back.
    pub async fn commit(&mut self) -> Result<Result<(), ScriptFailure>, SessionError> {
        match self.client.batch_execute("commit; begin").await {
            Ok(()) => {
                self.has_begun();
                Ok(Ok(()))
            }
            Err(error) if error.as_db_error().is_some() => Ok(Err(ScriptFailure {
                statement: None,
                error: ServerError::from(&error),
                lost: false,
            })),
            Err(error) => Err(error.into()),
        }
    }

    /// Rolls the open transaction back, and begins the next.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn rollback(&mut self) -> Result<(), SessionError> {
        self.client.batch_execute("rollback; begin").await?;
        self.has_begun();
        Ok(())
    }

    fn has_begun(&mut self) {
        self.begun = true;
        self.reader.begun();
    }

    /// Leaves the transaction that was begun in advance.
    async fn leave(&mut self) -> Result<(), SessionError> {
        if std::mem::take(&mut self.begun) {
            self.client.batch_execute("rollback").await?;
        }
        Ok(())
    }

    /// The sequences that scripts may have moved since this was asked last, as far as is known from what was counted
    /// after them.
    pub fn take_used_sequences(&mut self) -> BTreeMap<u32, QualifiedName> {
        self.reader.take_used_sequences()
    }

    /// Counts anew which sequences were used, when the catalog is known to be as it is: after a script that failed,
    /// and after Cogway itself used some.
    ///
    /// # Errors
    /// [`SessionError::Read`].
    pub async fn count(&mut self) -> Result<(), SessionError> {
        Ok(self.reader.begin(&self.client).await?)
    }

    /// Runs a script outside any transaction: whole, as one simple query, or each of the given statements by itself.
    /// Afterwards the session is as it was; the catalog is read by [`read_changes`](Session::read_changes).
    ///
    /// # Errors
    /// The outer when Cogway's own statements fail; the inner when the script does, after the statements before.
    pub async fn run_outside(
        &mut self,
        script: Outside<'_>,
    ) -> Result<Result<(), ScriptFailure>, SessionError> {
        if std::mem::take(&mut self.begun) {
            self.milestone = self.reader.milestone(&self.client).await?;
            self.client.batch_execute("rollback").await?;
        }
        let deallocates = match script {
            Outside::Whole(text) => deallocates(text),
            Outside::Statements(statements) => statements.iter().any(|text| deallocates(text)),
        };
        if deallocates {
            self.forget_statements();
        }
        let sent = Instant::now();
        let result = match script {
            Outside::Whole(text) => run(&self.client, text).await,
            Outside::Statements(statements) => {
                let mut result = Ok(());
                for (number, statement) in statements.iter().enumerate() {
                    result = run(&self.client, statement)
                        .await
                        .map_err(|failure| ScriptFailure {
                            statement: Some(number),
                            ..failure
                        });
                    if result.is_err() {
                        break;
                    }
                }
                result
            }
        };
        self.script_took = sent.elapsed();
        if let Err(failure) = &result
            && failure.lost
        {
            return Ok(result);
        }
        // A script may have left a transaction open; outside one this only warns.
        self.client.batch_execute("rollback").await?;
        self.client.batch_execute(CLEAN_ALL).await?;
        Ok(result)
    }

    /// Reads the catalog after a script that ran outside transactions.
    ///
    /// # Errors
    /// [`SessionError::Read`].
    pub async fn read_changes(&mut self) -> Result<Catalog, SessionError> {
        let Some(milestone) = self.milestone.take() else {
            return self.read().await;
        };
        self.client
            .batch_execute("begin isolation level repeatable read, read only")
            .await?;
        let catalog = self.reader.refresh_since(&self.client, &milestone).await;
        self.rollback().await?;
        Ok(catalog?)
    }

    /// Reads the whole catalog, in a transaction of its own.
    ///
    /// # Errors
    /// [`SessionError::Read`].
    pub async fn read(&mut self) -> Result<Catalog, SessionError> {
        let leave = if std::mem::take(&mut self.begun) {
            "rollback; "
        } else {
            ""
        };
        self.client
            .batch_execute(&format!(
                "{leave}begin isolation level repeatable read, read only"
            ))
            .await?;
        let catalog = self.reader.read(&self.client).await;
        self.rollback().await?;
        Ok(catalog?)
    }

    /// Reads the whole catalog within the open transaction.
    ///
    /// # Errors
    /// [`SessionError::Read`].
    pub async fn read_open(&mut self) -> Result<Catalog, SessionError> {
        Ok(self.reader.read(&self.client).await?)
    }

    /// Prepares anew what is asked from now on: a script deallocates what is prepared.
    fn forget_statements(&mut self) {
        self.asked.borrow_mut().clear();
        self.reader.forget_statements();
    }

    /// Closes the connection and waits until the server knows.
    pub async fn close(self) {
        drop(self.client);
        let _ = self.connection.await;
    }
}

/// A script that is not run in a transaction of Cogway's.
#[derive(Debug, Clone, Copy)]
pub enum Outside<'a> {
    /// Sent as one simple query.
    Whole(&'a str),
    /// Each statement sent by itself.
    Statements(&'a [&'a str]),
}
