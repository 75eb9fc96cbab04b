//! Why a seeding ended before its end.

use cogway_pg::session::SessionError;
use thiserror::Error;

/// Why a seeding ended before its end. Tables that were told to be done are done; the one it was at is as it was before.
#[derive(Debug, Error)]
pub enum SeedError {
    /// The database cannot be reached, refuses something, or went away.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// A table was named that is not there.
    #[error("there is no table {0}")]
    NoSuchTable(String),
    /// Something that was taken off could not be put on again as it was; nothing of it was committed.
    #[error("after filling {table}, {object} would not be what it was: nothing of it was committed")]
    NotAsBefore {
        /// The table.
        table: String,
        /// The constraint or index.
        object: String,
    },
    /// The schema is not what it was before.
    #[error("the schema is not what it was before seeding: {0}")]
    SchemaChanged(String),
    /// A value has no binary form; told to nobody, since it is written as text then.
    #[error("a value has no binary form")]
    Unwritable,
    /// A thread that makes rows ended too early.
    #[error("a thread that makes rows broke off")]
    BrokenOff,
}
