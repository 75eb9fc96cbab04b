//! What can be wrong with a ledger.

use cogway_pg::session::SessionError;

/// Why a ledger cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// It was made by a newer Cogway than this one.
    #[error("the ledger of this database has version {version}; this Cogway knows versions up to {known}")]
    TooNew {
        /// The version that is there.
        version: usize,
        /// The newest that is known here.
        known: usize,
    },
    /// A recorded catalog cannot be understood.
    #[error("the catalog that the ledger has recorded cannot be read: {0}")]
    Contents(#[source] serde_json::Error),
    /// The database cannot be asked, or refuses.
    #[error(transparent)]
    Session(#[from] SessionError),
}
