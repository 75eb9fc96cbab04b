//! Rows in bulk: into a table, and out of a query.

use std::pin::Pin;

use bytes::Bytes;
use futures_util::SinkExt;
use tokio_postgres::CopyInSink;

use super::Executor;
use crate::session::{SessionError, rows};

/// A `COPY … FROM STDIN` that is under way. Dropped before its end, it loads nothing.
///
/// <https://www.postgresql.org/docs/current/sql-copy.html>
pub struct Load {
    sink: Pin<Box<CopyInSink<Bytes>>>,
}

impl Executor {
    /// Begins a `COPY … FROM STDIN`.
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn load(&self, statement: &str) -> Result<Load, SessionError> {
        let sink = self.client.copy_in(statement).await?;
        Ok(Load { sink: Box::pin(sink) })
    }

    /// Runs a query, and hands over each of its rows as texts: see [`Session::rows`](crate::session::Session::rows).
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn rows(
        &self,
        query: &str,
        take: &mut (dyn FnMut(&[Option<&str>]) + Send),
    ) -> Result<(), SessionError> {
        rows::copy_out(&self.client, query, take).await
    }
}

impl Load {
    /// Sends some bytes of it, of any length.
    ///
    /// # Errors
    /// [`SessionError::Command`]: what PostgreSQL says of rows that it was sent before.
    pub async fn send(&mut self, bytes: Vec<u8>) -> Result<(), SessionError> {
        Ok(self.sink.feed(Bytes::from(bytes)).await?)
    }

    /// Ends it, and says how many rows there were.
    ///
    /// # Errors
    /// [`SessionError::Command`]: then none of the rows is there.
    pub async fn finish(mut self) -> Result<u64, SessionError> {
        Ok(self.sink.as_mut().finish().await?)
    }
}
