//! The one error that a user sees: what went wrong, where, and what to type next.

use std::error::Error;
use std::path::PathBuf;

use cogway_migrate::history::HistoryError;
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
    /// What to do about it.
    pub(crate) hint: Option<String>,
    /// The file that is at fault.
    pub(crate) path: Option<PathBuf>,
    /// The line of it, from 1.
    pub(crate) line: Option<usize>,
    /// PostgreSQL's code, where PostgreSQL said no.
    pub(crate) sqlstate: Option<String>,
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
            hint: None,
            path: None,
            line: None,
            sqlstate: None,
        }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Failure {
        Failure::new(FailureCode::Usage, message)
    }

    pub(crate) fn interrupted() -> Failure {
        let hint = "the private server is gone, with all its files; nothing is known of the revisions that were not reached";
        Failure::new(FailureCode::Interrupted, "interrupted").hint(hint)
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Failure {
        Failure {
            hint: Some(hint.into()),
            ..self
        }
    }

    pub(crate) fn at(self, path: impl Into<PathBuf>, line: Option<usize>) -> Failure {
        Failure {
            path: Some(path.into()),
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
            FailureCode::Migration => Exit::Migration,
            FailureCode::Interrupted => Exit::Interrupted,
        }
    }

    /// The message with the place before it, unless it names the place itself: `cogway.toml:3: …`.
    pub(crate) fn placed_message(&self) -> String {
        match (&self.path, self.line) {
            (Some(path), Some(line)) => format!("{}:{line}: {}", path.display(), self.message),
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
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        source = error.source();
    }
    text
}

impl From<HistoryError> for Failure {
    fn from(error: HistoryError) -> Failure {
        let failure = Failure::new(FailureCode::History, error.to_string());
        match &error {
            HistoryError::NotAFolder { dir } => failure
                .at(dir, None)
                .hint("name the folder with the migrations: --dir PATH"),
            HistoryError::Io { path, .. } => failure.at(path, None).hint(error.hint()),
            HistoryError::Unknown { dir, hint } => failure.at(dir, None).hint(hint),
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
        let hint = match &error {
            SessionError::Connect(_) => {
                "check that the server runs, and that host, port, user and database are right"
            }
            _ if error.is_lost() => "the server went away while it was used; its log says why",
            _ => "the role that connects must be allowed to do this; a superuser always is",
        };
        let sqlstate = sqlstate(&error);
        Failure {
            sqlstate,
            ..Failure::new(FailureCode::Server, with_sources(&error)).hint(hint)
        }
    }
}

fn sqlstate(error: &SessionError) -> Option<String> {
    use cogway_pg::introspect::ReadError;
    match error {
        SessionError::Connect(error)
        | SessionError::Command(error)
        | SessionError::Read(ReadError::Query(error)) => error.code().map(|code| code.code().to_owned()),
        SessionError::Read(_) => None,
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
            VerifyError::DoesNotApply { .. } => Failure::new(FailureCode::Migration, error.to_string())
                .hint("`cogway verify` without --from reports on this revision too, and on what it needs"),
        }
    }
}
