//! The executor: what changes a user's database, and nothing else does.
//!
//! An [`Executor`] is one connection. No transaction is open on it between two calls, so that it holds up nobody: a
//! `CREATE INDEX CONCURRENTLY` of another session waits for all transactions that are open, and an idle session has
//! none. The advisory lock that it may hold belongs to the session, and ends with it, however it ends.
//!
//! It runs the scripts of users. A script finds the session as the connection string makes it, whatever ran before; what
//! it changes of that (`SET`, `SET ROLE`) ends with it.

mod inventory;
mod load;
mod lock;
mod remains;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cogway_catalog::Catalog;
use futures_util::{StreamExt, stream};
use tokio::task::JoinHandle;
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, CancelToken, Client, Config, NoTls, Row};

use crate::introspect;
use crate::script::{ScriptFailure, ServerError, run};
use crate::session::{self, SessionError};

pub use inventory::{Holder, Inventory};
pub use load::Load;
pub use lock::{Held, LockHolder};
pub use remains::{IndexState, PendingDetach};

/// The name under which the sessions of Cogway stand in `pg_stat_activity`, unless the connection string names another.
pub const APPLICATION_NAME: &str = "cogway";

/// A connection to a user's database, through which it is changed.
pub struct Executor {
    client: Client,
    connection: JoinHandle<()>,
    notices: Arc<Mutex<Vec<Notice>>>,
    /// Is a transaction being opened? If that were cancelled, the script that is on its way behind would run outside one.
    opening: Arc<AtomicBool>,
}

/// Something that PostgreSQL had to say while a script ran, and that was no error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// `WARNING`, `NOTICE`, `INFO`, … in the language of the server.
    pub severity: String,
    /// Is it a warning?
    pub sqlstate: String,
    /// What it says.
    pub message: String,
}

impl Notice {
    /// Does it warn, rather than tell?
    pub fn is_warning(&self) -> bool {
        self.sqlstate.starts_with("01")
    }
}

/// A transaction that runs a script, and what belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Transaction<'a> {
    /// What the user wants to run, up to the checks that the end of a transaction makes.
    pub script: &'a str,
    /// Cogway's own commands: run after the script, with the rights and settings of the session, in the same
    /// transaction.
    pub account: &'a str,
    /// How long a statement may wait for a lock; zero for as long as the server's own setting lets it.
    pub lock_timeout: Duration,
    /// What the session keeps of what the script has set.
    pub settings: Settings,
    /// What becomes of the transaction.
    pub end: End,
}

/// What becomes of the settings that a script made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settings {
    /// They end with the script.
    End,
    /// They stay for the next statements of the same script.
    Stay,
}

/// What becomes of a transaction when everything in it succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It is committed.
    Commit,
    /// It stays open; the next [`Transaction`] goes on in it.
    StayOpen,
}

/// Which part of a transaction failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failed {
    /// The script, or the checks of deferred constraints after it.
    Script(ScriptFailure),
    /// Cogway's own commands, or the commit.
    Account(ScriptFailure),
}

/// Can be sent to another task, to end the statement that runs.
#[derive(Clone)]
pub struct Canceller {
    token: CancelToken,
    opening: Arc<AtomicBool>,
}

impl Canceller {
    /// Asks the server to cancel what this connection runs. That it is heard is not certain; ask again.
    pub async fn cancel(&self) {
        if !self.opening.load(Ordering::Relaxed) {
            // Whoever cannot be asked is gone, and so is the statement.
            let _ = self.token.cancel_query(NoTls).await;
        }
    }
}

/// Within a transaction: after `SET CONSTRAINTS ALL IMMEDIATE`, constraints that are declared so are deferred again.
/// PostgreSQL has no word for that.
pub const CONSTRAINTS_AS_DECLARED: &str = include_str!("execute/constraints_as_declared.sql");

/// Gives the session back its own rights and settings.
const CLEAN: &str = "reset session authorization; reset role; reset all";

/// Likewise, in one transaction only.
const CLEAN_LOCALLY: &str = "set local session authorization default; set local role none";

impl Executor {
    /// Connects.
    ///
    /// # Errors
    /// [`SessionError::Connect`] and [`SessionError::NoAnswer`].
    pub async fn connect(config: &Config) -> Result<Executor, SessionError> {
        let mut config = config.clone();
        if config.get_application_name().is_none() {
            config.application_name(APPLICATION_NAME);
        }
        let (client, mut connection) = session::open(&config).await?;
        let notices = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&notices);
        let connection = tokio::spawn(async move {
            let mut messages = stream::poll_fn(move |context| connection.poll_message(context));
            // Whoever uses the client is told of a broken connection.
            while let Some(Ok(message)) = messages.next().await {
                if let AsyncMessage::Notice(notice) = message {
                    let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
                    heard.push(Notice {
                        severity: notice.severity().to_owned(),
                        sqlstate: notice.code().code().to_owned(),
                        message: notice.message().to_owned(),
                    });
                }
            }
        });
        Ok(Executor {
            client,
            connection,
            notices,
            opening: Arc::default(),
        })
    }

    /// What can end the statement that runs, from elsewhere.
    pub fn canceller(&self) -> Canceller {
        Canceller {
            token: self.client.cancel_token(),
            opening: Arc::clone(&self.opening),
        }
    }

    /// Is the connection gone?
    pub fn is_lost(&self) -> bool {
        self.client.is_closed()
    }

    /// What PostgreSQL said since this was asked last.
    pub fn take_notices(&self) -> Vec<Notice> {
        std::mem::take(&mut *self.notices.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks the database something.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn query(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, SessionError> {
        // Whoever need not be told the types of parameters is answered at once, without a statement made beforehand.
        let rows = match parameters {
            [] => self.client.query_typed(sql, &[]).await,
            _ => self.client.query(sql, parameters).await,
        };
        Ok(rows?)
    }

    /// Runs commands of Cogway's own; several are one transaction.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn command(&self, sql: &str) -> Result<(), SessionError> {
        Ok(self.client.batch_execute(sql).await?)
    }

    /// Runs a script in a transaction, and Cogway's own commands after it, all in one go. After a failure everything is
    /// rolled back.
    ///
    /// # Errors
    /// What failed.
    pub async fn transaction(&self, transaction: &Transaction<'_>) -> Result<(), Failed> {
        let begin = format!("begin; {}", lock_timeout(transaction.lock_timeout));
        self.run_in(Some(&begin), transaction).await
    }

    /// Runs a further script in the transaction that was left open.
    ///
    /// # Errors
    /// What failed; then everything is rolled back.
    pub async fn go_on(&self, transaction: &Transaction<'_>) -> Result<(), Failed> {
        self.run_in(Some(&lock_timeout(transaction.lock_timeout)), transaction)
            .await
    }

    async fn run_in(&self, before: Option<&str>, transaction: &Transaction<'_>) -> Result<(), Failed> {
        let clean = match transaction.settings {
            Settings::End => CLEAN,
            Settings::Stay => CLEAN_LOCALLY,
        };
        let end = match transaction.end {
            End::Commit => "; commit",
            End::StayOpen => "",
        };
        // Deferred constraints are checked before Cogway writes down that all is well. Scripts that go on in the same
        // transaction find them as they are declared.
        let declared = match transaction.end {
            End::Commit => String::new(),
            End::StayOpen => format!("{CONSTRAINTS_AS_DECLARED}; "),
        };
        let check = format!("set constraints all immediate; {declared}{clean}");
        // By itself: what the script has set would decide how a text is read that comes with what ends it.
        let account = format!("{}{end}", transaction.account);
        self.opening.store(true, Ordering::Relaxed);
        let before = async {
            let begun = match before {
                Some(before) => self.client.batch_execute(before).await,
                None => Ok(()),
            };
            self.opening.store(false, Ordering::Relaxed);
            begun
        };
        // After a failure the rest fails too, and nothing is committed.
        let (begun, ran, checked, written) = tokio::join!(
            before,
            run(&self.client, transaction.script),
            run(&self.client, &check),
            run(&self.client, &account)
        );
        let outcome = match (begun, ran, checked, written) {
            (Err(error), ..) => Err(Failed::Account(ScriptFailure {
                statement: None,
                lost: error.is_closed(),
                error: ServerError::from(&error),
            })),
            (_, Err(failure), ..) => Err(Failed::Script(failure)),
            // The first of the commands after the script is the check of its constraints.
            (_, _, Err(failure), _) if failure.statement == Some(0) => Err(Failed::Script(ScriptFailure {
                statement: None,
                ..failure
            })),
            (_, _, Err(failure), _) | (_, _, _, Err(failure)) => Err(Failed::Account(failure)),
            (Ok(()), Ok(()), Ok(()), Ok(())) => Ok(()),
        };
        if outcome.is_err() && !self.is_lost() {
            // A connection that breaks here is seen by whoever uses it next.
            let _ = self.client.batch_execute("rollback").await;
        }
        outcome
    }

    /// Runs a text outside any transaction of ours, as one simple query; what it leaves open is rolled back.
    ///
    /// # Errors
    /// What PostgreSQL says.
    pub async fn alone(&self, text: &str) -> Result<(), ScriptFailure> {
        let outcome = run(&self.client, text).await;
        if !self.is_lost() {
            let _ = self.client.batch_execute("rollback").await;
        }
        outcome
    }

    /// Gives the session back its settings, and nothing else that a script may leave: temporary tables, cursors,
    /// advisory locks (of which ours is one: see [`lock`](Executor::try_lock)).
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn clean(&self) -> Result<(), SessionError> {
        let rest = "close all; unlisten *; discard temp";
        Ok(self.client.batch_execute(&format!("{CLEAN}; {rest}")).await?)
    }

    /// Rolls the open transaction back.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn rollback(&self) -> Result<(), SessionError> {
        Ok(self.client.batch_execute("rollback").await?)
    }

    /// Reads the whole catalog, in a snapshot of its own.
    ///
    /// # Errors
    /// [`SessionError::Read`].
    pub async fn catalog(&self) -> Result<Catalog, SessionError> {
        Ok(introspect::snapshot(&self.client).await?)
    }

    /// Closes the connection and waits until the server knows.
    pub async fn close(self) {
        drop(self.client);
        let _ = self.connection.await;
    }
}

/// The command that limits the time a statement may wait for locks; none where it is not to be limited.
fn lock_timeout(limit: Duration) -> String {
    match limit.as_millis() {
        0 => String::new(),
        milliseconds => format!("set local lock_timeout = {milliseconds}"),
    }
}
