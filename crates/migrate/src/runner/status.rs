//! Where a database stands, with everything that is to be said of it.

use cogway_pg::execute::IndexState;

use super::drift::Drift;
use super::{RunError, Runner};
use crate::account::{self, Found};
use crate::ledger::{Comparison, Ledger};

/// What can be asked of a database without changing it. With a history, [`Position`](crate::position::Position) says the
/// rest.
#[derive(Debug)]
pub struct Status {
    /// The ledger.
    pub ledger: Ledger,
    /// How the schema differs from what the last run left, or why that cannot be said.
    pub drift: Result<Drift, Comparison>,
    /// The tables of other tools, where there is no ledger.
    pub other_tools: Vec<Found>,
    /// Indexes that PostgreSQL does not use: what a failed `CONCURRENTLY` has left.
    pub invalid_indexes: Vec<IndexState>,
}

impl Runner {
    /// Looks at everything, and changes nothing.
    ///
    /// # Errors
    /// [`RunError`].
    pub async fn status(&self) -> Result<Status, RunError> {
        let ledger = self.ledger().await?;
        let drift = self.drift(&ledger).await?;
        let other_tools = match ledger.version {
            None => account::find(&self.executor).await?,
            Some(_) => Vec::new(),
        };
        let indexes = self.executor.indexes().await?;
        Ok(Status {
            ledger,
            drift,
            other_tools,
            invalid_indexes: indexes.into_iter().filter(|index| !index.valid).collect(),
        })
    }
}
