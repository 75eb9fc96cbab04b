//! What can go wrong with a lasting server.

use std::path::PathBuf;

use super::STOP_LIMIT;
use crate::scratch::ScratchError;

/// The lasting server cannot be started, stopped or found.
#[derive(Debug, thiserror::Error)]
pub enum DevServerError {
    /// What can go wrong with every server.
    #[error(transparent)]
    Server(ScratchError),
    /// It does not run.
    #[error("no development server runs in {}", home.display())]
    NotRunning {
        /// The directory of the server.
        home: PathBuf,
    },
    /// It does not end.
    #[error("the development server in {} (process {pid}) did not stop in {} s", home.display(), STOP_LIMIT.as_secs())]
    NotStopped {
        /// Its process id.
        pid: u32,
        /// The directory of the server.
        home: PathBuf,
    },
    /// The data were made by another major version than the one asked for.
    #[error("the data in {} are of PostgreSQL {major}, not {wanted}", data.display())]
    OtherMajor {
        /// The data directory.
        data: PathBuf,
        /// Its major version.
        major: u32,
        /// The one that was asked for.
        wanted: u32,
    },
    /// The data belong to another user than the server would run as.
    #[error("the data in {} belong to the user with the number {owner}, and the server would run as {server}", data.display())]
    OtherOwner {
        /// The data directory.
        data: PathBuf,
        /// Its owner.
        owner: u32,
        /// The server's user.
        server: u32,
    },
    /// The data directory is none.
    #[error("{} is not a data directory of PostgreSQL 10 or newer", data.display())]
    NoData {
        /// The directory.
        data: PathBuf,
    },
}

impl<E> From<E> for DevServerError
where
    ScratchError: From<E>,
{
    fn from(error: E) -> DevServerError {
        DevServerError::Server(error.into())
    }
}

impl DevServerError {
    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            DevServerError::Server(error) => error.hint(),
            DevServerError::NotRunning { .. } => "start it with `cogway pg start`".to_owned(),
            DevServerError::NotStopped { pid, home } => format!(
                "see {}/log for what it waits for; `kill -QUIT {pid}` ends it at once, and the next start repairs the \
                 data",
                home.display()
            ),
            DevServerError::OtherMajor { data, major, wanted } => format!(
                "start it with PostgreSQL {major}, dump what you need, stop it and remove {}; the next start makes new \
                 data with PostgreSQL {wanted}",
                data.display()
            ),
            DevServerError::OtherOwner { data, .. } => {
                format!(
                    "start it as the user who made it, or remove {} to begin anew",
                    data.display()
                )
            }
            DevServerError::NoData { data } => format!("remove {} to begin anew", data.display()),
        }
    }
}
