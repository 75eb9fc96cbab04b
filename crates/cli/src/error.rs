//! The one error that a user sees: what went wrong, where, and what to type next.

pub(crate) mod conflict;
pub(crate) mod run;
mod step;

use std::error::Error;
use std::path::{Path, PathBuf};

use cogway_migrate::conflict::ConflictError;
use cogway_migrate::history::{DraftError, HistoryError, ParentsError};
use cogway_migrate::verify::VerifyError;
use cogway_pg::dev_server::DevServerError;
use cogway_pg::scratch::ScratchError;
use cogway_pg::session::SessionError;
use serde::Serialize;

use crate::exit::Exit;

/// Why a verb did not do what it was told.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Failure {
    /// Which sort of failure.
    pub(crate) code: FailureCode,
    /// What is wrong, without a full stop.
    pub(crate) message: String,
    /// More of it, a line each.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(crate) details: Box<[String]>,
    /// What to do about it.
    pub(crate) hint: Option<Box<str>>,
    /// The file that is at fault.
    pub(crate) path: Option<Box<Path>>,
    /// The line of it, from 1.
    pub(crate) line: Option<usize>,
    /// The column in that line, from 1, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) column: Option<u32>,
    /// PostgreSQL's code, where PostgreSQL said no.
    pub(crate) sqlstate: Option<Box<str>>,
}

/// The sorts of failures, as machines read them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FailureCode {
    /// Arguments that make no sense together, or here.
    Usage,
    /// A `cogway.toml` that cannot be understood.
    Config,
    /// A folder that is no history.
    History,
    /// PostgreSQL cannot be found, started or reached.
    Server,
    /// A migration fails, and what was asked for needs it.
    Migration,
    /// Files, or files and database, do not go together: several heads, changed, unknown or late revisions.
    Conflict,
    /// Another run holds the lock.
    Locked,
    /// Going back would lose rows.
    DataLoss,
    /// The schema was changed by hand.
    Drift,
    /// Standard output or a file cannot be written.
    Write,
    /// A signal asked to stop.
    Interrupted,
}

impl Failure {
    pub(crate) fn new(code: FailureCode, message: impl Into<String>) -> Failure {
        Failure {
            code,
            message: message.into(),
            details: Box::default(),
            hint: None,
            path: None,
            line: None,
            column: None,
            sqlstate: None,
        }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Failure {
        Failure::new(FailureCode::Usage, message)
    }

    pub(crate) fn interrupted() -> Failure {
        Failure::new(FailureCode::Interrupted, "interrupted")
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Failure {
        Failure {
            hint: Some(hint.into().into()),
            ..self
        }
    }

    pub(crate) fn details(self, details: Vec<String>) -> Failure {
        Failure {
            details: details.into(),
            ..self
        }
    }

    pub(crate) fn at(self, path: impl Into<PathBuf>, line: Option<usize>) -> Failure {
        Failure {
            path: Some(path.into().into()),
            line,
            ..self
        }
    }

    /// How the program ends.
    pub(crate) fn exit(&self) -> Exit {
        match self.code {
            FailureCode::Usage | FailureCode::Config | FailureCode::History | FailureCode::Write => {
                Exit::Usage
            }
            FailureCode::Server => Exit::Server,
            FailureCode::Migration | FailureCode::Locked => Exit::Migration,
            FailureCode::Conflict => Exit::Conflict,
            FailureCode::DataLoss | FailureCode::Drift => Exit::Found,
            FailureCode::Interrupted => Exit::Interrupted,
        }
    }

    /// The message with the place before it, unless it names the place itself: `cogway.toml:3: …`.
    pub(crate) fn placed_message(&self) -> String {
        match (&self.path, self.line) {
            (Some(path), Some(line)) => {
                let column = self.column.map(|column| format!(":{column}")).unwrap_or_default();
                format!("{}:{line}{column}: {}", path.display(), self.message)
            }
            (Some(path), None) if !self.message.contains(&*path.to_string_lossy()) => {
                format!("{}: {}", path.display(), self.message)
            }
            _ => self.message.clone(),
        }
    }
}

/// A message with those of the errors below that it does not repeat.
pub(crate) fn with_sources(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let more = error.to_string();
        // The driver's words for what PostgreSQL said: `db error: ERROR: …`.
        let more = more.strip_prefix("db error: ").unwrap_or(&more);
        let said = more.split_once(": ").map_or(more, |(_, said)| said);
        if more != "db error" && !text.contains(more) && !text.contains(said) {
            text.push_str(": ");
            text.push_str(more);
        }
        source = error.source();
    }
    text
}

/// What to do where PostgreSQL refuses what only Cogway should have touched.
const LEDGER_HINT: &str = "look at the schema cogway of this database: only Cogway should write there";

impl From<HistoryError> for Failure {
    fn from(error: HistoryError) -> Failure {
        let failure = Failure::new(FailureCode::History, error.to_string());
        match &error {
            HistoryError::NotAFolder { dir } | HistoryError::Unknown { dir, .. } => {
                failure.at(dir, None).hint(error.hint())
            }
            HistoryError::Io { path, .. } => failure.at(path, None).hint(error.hint()),
        }
    }
}

impl From<ScratchError> for Failure {
    fn from(error: ScratchError) -> Failure {
        Failure::new(FailureCode::Server, with_sources(&error)).hint(error.hint())
    }
}

impl From<DevServerError> for Failure {
    fn from(error: DevServerError) -> Failure {
        Failure::new(FailureCode::Server, with_sources(&error)).hint(error.hint())
    }
}

impl From<SessionError> for Failure {
    fn from(error: SessionError) -> Failure {
        let sqlstate = sqlstate(&error);
        let message = match &error {
            SessionError::Connect(_) | SessionError::NoAnswer(_) => {
                format!("cannot connect to PostgreSQL: {}", refusal(&error))
            }
            _ => with_sources(&error),
        };
        let hint = match (&error, sqlstate.as_deref()) {
            (SessionError::Connect(_), Some("3D000")) => "make that database first, or name another",
            (SessionError::Connect(_), Some(state)) if state.starts_with("28") => {
                "check the user and the password (in the URL, or PGPASSWORD), and what the server's pg_hba.conf allows"
            }
            (SessionError::Connect(_), Some(_)) => "the server is there and says no; its log may say more",
            (SessionError::Connect(_), None) => {
                "check that the server runs, and that host, port, user and database are right"
            }
            (SessionError::NoAnswer(_), _) => {
                "check that PostgreSQL listens there; where a connection takes long, say so: connect_timeout=60"
            }
            _ if error.is_lost() => "the server went away while it was used; its log says why",
            (_, Some("42501")) => "the role that connects must be allowed to do this; a superuser always is",
            (_, Some("42P01" | "42703" | "42883")) => LEDGER_HINT,
            _ => "the server's log may say more",
        };
        Failure {
            sqlstate,
            ..Failure::new(FailureCode::Server, message).hint(hint)
        }
    }
}

/// Why there is no connection: in PostgreSQL's words, or in those of the operating system.
pub(crate) fn refusal(error: &SessionError) -> String {
    if let SessionError::Connect(error) = error
        && let Some(error) = error.as_db_error()
    {
        return error.message().to_owned();
    }
    let mut deepest: &dyn Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}

fn sqlstate(error: &SessionError) -> Option<Box<str>> {
    use cogway_pg::introspect::ReadError;
    match error {
        SessionError::Connect(error)
        | SessionError::Command(error)
        | SessionError::Read(ReadError::Query(error)) => error.code().map(|code| code.code().into()),
        SessionError::NoAnswer(_) | SessionError::Read(_) => None,
    }
}

impl From<VerifyError> for Failure {
    fn from(error: VerifyError) -> Failure {
        match error {
            VerifyError::Scratch(error) => error.into(),
            VerifyError::Session(error) => error.into(),
            VerifyError::Interrupted => Failure::new(FailureCode::Interrupted, error.to_string()),
            VerifyError::UnknownRevision(_) | VerifyError::Allowance { .. } => {
                Failure::usage(error.to_string())
            }
            VerifyError::NothingToWatch(_) => Failure::usage(error.to_string())
                .hint("mend the name given with --data, or under [verify] data in cogway.toml"),
            VerifyError::EmptyRange { .. } => {
                Failure::usage(error.to_string()).hint("exchange --from and --to")
            }
            VerifyError::Populate { .. } => Failure::new(FailureCode::Server, error.to_string())
                .hint("`cogway verify` without --populated proves the history without rows"),
            VerifyError::DoesNotApply { .. } => Failure::new(FailureCode::Migration, error.to_string())
                .hint("`cogway verify` without --from reports on this revision too, and on what it needs"),
        }
    }
}

impl From<DraftError> for Failure {
    fn from(error: DraftError) -> Failure {
        let code = match &error {
            DraftError::Io { .. } => FailureCode::Write,
            _ => FailureCode::Usage,
        };
        Failure::new(code, with_sources(&error)).hint(error.hint())
    }
}

impl From<ParentsError> for Failure {
    fn from(error: ParentsError) -> Failure {
        let code = match &error {
            ParentsError::Io { .. } => FailureCode::Write,
            ParentsError::Settings { .. } => FailureCode::History,
            ParentsError::Format { .. } | ParentsError::UnknownRevision { .. } => FailureCode::Usage,
        };
        Failure::new(code, with_sources(&error)).hint(error.hint())
    }
}

impl From<ConflictError> for Failure {
    fn from(error: ConflictError) -> Failure {
        match error {
            ConflictError::Ground(error) => error.into(),
            ConflictError::Broken {
                revision,
                part,
                path,
                line,
                message,
            } => {
                let message = format!("revision {revision} {part} does not apply: {message}");
                Failure::new(FailureCode::Migration, message)
                    .at(path, line)
                    .hint("it fails without the other branch too: mend it first; `cogway verify` says more")
            }
        }
    }
}
