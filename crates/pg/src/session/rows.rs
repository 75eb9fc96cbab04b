//! Rows of tables as texts, one state of the database for all of them.

use cogway_catalog::Catalog;
use futures_util::{StreamExt, pin_mut};
use tokio_postgres::Client;

use super::{Session, SessionError};

impl Session {
    /// Begins a transaction that only reads and sees one state of the database from now on, and reads the catalog in it.
    /// Rows are read to their end and in the order of the table, floating-point numbers with all digits, and a policy that would hide some is an error instead.
    ///
    /// # Errors
    /// [`SessionError`].
    pub async fn begin_reading(&mut self) -> Result<Catalog, SessionError> {
        self.leave().await?;
        self.command(
            "begin isolation level repeatable read, read only; set local row_security = off; \
             set local synchronize_seqscans = off; set local extra_float_digits = 1",
        )
        .await?;
        self.read_open().await
    }

    /// Runs a query, and hands over each of its rows as PostgreSQL writes the values as text, `None` for NULL. Rows are
    /// handed over as they come (`COPY … TO STDOUT`), so that the answer is never whole in memory. Bytes that are no UTF-8,
    /// which only a database without an encoding has, become `�`.
    ///
    /// <https://www.postgresql.org/docs/current/sql-copy.html>
    ///
    /// # Errors
    /// [`SessionError::Command`].
    pub async fn rows(
        &self,
        query: &str,
        take: &mut (dyn FnMut(&[Option<&str>]) + Send),
    ) -> Result<(), SessionError> {
        copy_out(&self.client, query, take).await
    }
}

/// Hands over the rows of a query as they come.
pub(crate) async fn copy_out(
    client: &Client,
    query: &str,
    take: &mut (dyn FnMut(&[Option<&str>]) + Send),
) -> Result<(), SessionError> {
    let stream = client.copy_out(&format!("copy ({query}) to stdout")).await?;
    pin_mut!(stream);
    let mut open: Vec<u8> = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk?;
        let mut rest = &chunk[..];
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            open.extend_from_slice(&rest[..end]);
            rest = &rest[end + 1..];
            let values = values(&open);
            let values: Vec<Option<&str>> = values.iter().map(Option::as_deref).collect();
            take(&values);
            open.clear();
        }
        open.extend_from_slice(rest);
    }
    Ok(())
}

/// The values of a line of COPY's text format.
fn values(line: &[u8]) -> Vec<Option<String>> {
    line.split(|byte| *byte == b'\t')
        .map(|value| (value != b"\\N").then(|| String::from_utf8_lossy(&unescaped(value)).into_owned()))
        .collect()
}

/// A value without the escapes that PostgreSQL writes: a backslash before itself, and letters for control characters.
fn unescaped(value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.iter();
    while let Some(&byte) = rest.next() {
        bytes.push(match byte {
            b'\\' => match rest.next() {
                Some(b'b') => 0x08,
                Some(b'f') => 0x0c,
                Some(b'n') => b'\n',
                Some(b'r') => b'\r',
                Some(b't') => b'\t',
                Some(b'v') => 0x0b,
                Some(&other) => other,
                None => b'\\',
            },
            _ => byte,
        });
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_copy() {
        let check = |line: &str, expect: &[Option<&str>]| {
            let values = values(line.as_bytes());
            let values: Vec<Option<&str>> = values.iter().map(Option::as_deref).collect();
            assert_eq!(values, expect, "{line}");
        };
        check("a\t\\N\t", &[Some("a"), None, Some("")]);
        check("a\\tb\\nc\\\\N\tä", &[Some("a\tb\nc\\N"), Some("ä")]);
        check("\\\\N", &[Some("\\N")]);
        check("", &[Some("")]);
    }
}
