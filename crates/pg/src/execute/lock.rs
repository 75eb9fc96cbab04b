//! The lock that lets one run at a time change a database.

use std::fmt;

use super::Executor;
use crate::session::SessionError;

/// The session that holds a lock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LockHolder {
    /// Its process on the server, for `pg_terminate_backend`.
    pub pid: i32,
    /// What it calls itself. Can be empty.
    pub application: String,
    /// As whom it is connected; none where the server does not tell.
    pub user: Option<String>,
    /// From where; none for a local socket, or where the server does not tell.
    pub address: Option<String>,
    /// Since when it is connected, as `2026-11-21 13:55:26+00`.
    pub since: Option<String>,
    /// For how many seconds it has been connected.
    pub seconds: Option<i64>,
}

impl fmt::Display for LockHolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {}", self.pid)?;
        if !self.application.is_empty() {
            write!(f, " ({})", self.application)?;
        }
        if let Some(user) = &self.user {
            write!(f, " of {user}")?;
        }
        if let Some(address) = &self.address {
            write!(f, " at {address}")?;
        }
        if let Some(since) = &self.since {
            write!(f, ", connected since {since}")?;
        }
        Ok(())
    }
}

/// Who holds the advisory lock of a key of this database.
/// <https://www.postgresql.org/docs/current/view-pg-locks.html>
const HOLDER: &str = include_str!("holder.sql");

impl Executor {
    /// Takes the advisory lock of a key for this session, if nobody else has it. It is asked for and not waited for:
    /// whoever waits in a statement has a transaction open, and `CREATE INDEX CONCURRENTLY` of the holder would wait for
    /// that one, and both for ever.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn try_lock(&self, key: i64) -> Result<Held, SessionError> {
        let rows = self
            .query("select pg_catalog.pg_try_advisory_lock($1)", &[&key])
            .await?;
        let taken = rows.first().is_some_and(|row| row.get(0));
        Ok(if taken { Held::ByUs } else { Held::ByAnother })
    }

    /// Does this session hold the lock of that key? A script can let go of all its locks.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn holds_lock(&self, key: i64) -> Result<Held, SessionError> {
        let holder = self.lock_holder(key).await?;
        let own = self.query("select pg_catalog.pg_backend_pid()", &[]).await?;
        let own: Option<i32> = own.first().map(|row| row.get(0));
        Ok(if holder.map(|holder| holder.pid) == own {
            Held::ByUs
        } else {
            Held::ByAnother
        })
    }

    /// Lets the lock go, as often as it was taken.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn unlock(&self, key: i64) -> Result<(), SessionError> {
        self.query("select pg_catalog.pg_advisory_unlock($1)", &[&key])
            .await?;
        Ok(())
    }

    /// Who holds the lock of that key; nobody, perhaps not any more.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn lock_holder(&self, key: i64) -> Result<Option<LockHolder>, SessionError> {
        let rows = self.query(HOLDER, &[&key]).await?;
        Ok(rows.first().map(|row| LockHolder {
            pid: row.get("pid"),
            application: row.get("application"),
            user: row.get("user"),
            address: row.get("address"),
            since: row.get("since"),
            seconds: row.get("seconds"),
        }))
    }
}

/// Whose a lock is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Of this session.
    ByUs,
    /// Of another, or nobody's.
    ByAnother,
}
