//! Sending a script, and what PostgreSQL says when it does not accept it.

use std::fmt;

use futures_util::{StreamExt, pin_mut};
use tokio_postgres::{Client, SimpleQueryMessage};

/// A script that PostgreSQL did not accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptFailure {
    /// Which statement failed, from 0; none when it was not one of them: the checks at the end, a syntax error (which
    /// PostgreSQL finds before it runs anything), the connection.
    pub statement: Option<usize>,
    /// What PostgreSQL says.
    pub error: ServerError,
    /// Is the connection gone?
    pub lost: bool,
}

/// An error as PostgreSQL reports it. <https://www.postgresql.org/docs/current/protocol-error-fields.html>
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerError {
    /// Five characters that say which error it is.
    pub sqlstate: String,
    /// The primary message.
    pub message: String,
    /// More of it.
    pub detail: Option<String>,
    /// What PostgreSQL suggests.
    pub hint: Option<String>,
    /// Where in the text that was sent, in characters from 1.
    pub position: Option<usize>,
    /// In which function, for errors in functions.
    pub context: Option<String>,
    /// What rows do not meet, where PostgreSQL names it.
    pub about: Option<Box<Subject>>,
}

/// What an error is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// The schema of the table.
    pub schema: Option<String>,
    /// The table whose rows do not meet something.
    pub table: Option<String>,
    /// The column of it.
    pub column: Option<String>,
    /// The constraint or unique index that is not met.
    pub constraint: Option<String>,
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(detail) = &self.detail {
            write!(f, " ({detail})")?;
        }
        Ok(())
    }
}

impl From<&tokio_postgres::Error> for ServerError {
    fn from(error: &tokio_postgres::Error) -> Self {
        use tokio_postgres::error::ErrorPosition;
        let Some(db) = error.as_db_error() else {
            return ServerError {
                message: format!("the connection broke: {error}"),
                ..ServerError::default()
            };
        };
        ServerError {
            sqlstate: db.code().code().to_owned(),
            message: db.message().to_owned(),
            detail: db.detail().map(str::to_owned),
            hint: db.hint().map(str::to_owned),
            position: match db.position() {
                Some(ErrorPosition::Original(position)) => usize::try_from(*position).ok(),
                _ => None,
            },
            context: db.where_().map(str::to_owned),
            about: Subject::of(db).map(Box::new),
        }
    }
}

impl Subject {
    fn of(db: &tokio_postgres::error::DbError) -> Option<Subject> {
        let subject = Subject {
            schema: db.schema().map(str::to_owned),
            table: db.table().map(str::to_owned),
            column: db.column().map(str::to_owned),
            constraint: db.constraint().map(str::to_owned),
        };
        (subject != Subject::default()).then_some(subject)
    }
}

/// Sends a text as one simple query, and finds out how many of its statements were completed.
pub(crate) async fn run(client: &Client, text: &str) -> Result<(), ScriptFailure> {
    let mut completed = 0;
    let failure = |error: tokio_postgres::Error, completed: usize| {
        // A syntax error is found before anything runs, so that nothing is known of the statement but its position.
        let parsed = error.code() != Some(&tokio_postgres::error::SqlState::SYNTAX_ERROR) || completed > 0;
        ScriptFailure {
            statement: (parsed && error.as_db_error().is_some()).then_some(completed),
            lost: error.is_closed() || error.as_db_error().is_none(),
            error: ServerError::from(&error),
        }
    };
    let stream = match client.simple_query_raw(text).await {
        Ok(stream) => stream,
        Err(error) => return Err(failure(error, completed)),
    };
    pin_mut!(stream);
    while let Some(message) = stream.next().await {
        match message {
            Ok(SimpleQueryMessage::CommandComplete(_)) => completed += 1,
            Ok(_) => {}
            Err(error) => return Err(failure(error, completed)),
        }
    }
    Ok(())
}
