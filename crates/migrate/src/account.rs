//! The accounts that other tools keep of what they applied, each in a table of its own, and what they mean in terms of
//! a history.
//!
//! [`find`] looks for such tables; [`read`] reads one and checks it against the files: every version that is applied
//! must have its file, and where the tool has written down checksums, the file must be the one that was applied. What
//! the rows of a table mean is taken from the source of each tool, which its module names.
//!
//! Nothing here writes: the tables stay as they are, for the tool to go on with if Cogway is not to its users' liking.
//!
//! ```no_run
//! # async fn adopt(executor: &cogway_pg::execute::Executor) -> Result<(), cogway_migrate::account::AccountError> {
//! use cogway_migrate::account::{self, Tool};
//! use cogway_migrate::history;
//!
//! let history = history::read("migrations".as_ref(), None).expect("a history");
//! let account = account::read(executor, Tool::Goose, None, &history).await?;
//! println!("{} of {} revisions are applied", account.applied.len(), history.revisions.len());
//! # Ok(())
//! # }
//! ```

mod alembic;
mod dbmate;
mod diesel;
mod error;
mod find;
mod flyway;
mod golang_migrate;
mod goose;
mod refinery;
mod rendering;
mod siphash;
mod sqitch;
mod sqlx;
mod tally;
mod tool;

use cogway_catalog::QualifiedName;
use cogway_pg::execute::Executor;

use crate::history::{History, RevisionId};

pub use error::{AccountError, ChangedScript};
pub use find::{Found, find};
pub use tool::{Tool, UnknownTool};

/// What a tool has applied, in terms of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Whose account it is.
    pub tool: Tool,
    /// The table it was read from.
    pub table: QualifiedName,
    /// The revisions that are applied, in the order of the history: parents before children. A revision can be missing
    /// whose children are here; then a remark says so.
    pub applied: Vec<Entry>,
    /// What somebody who takes the account over ought to know, as sentences.
    pub remarks: Vec<String>,
}

/// A revision that is applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id in the history.
    pub id: RevisionId,
    /// When the tool applied it, as `2026-11-21T13:55:26.123456Z` or likewise, which PostgreSQL takes for a
    /// `timestamptz`. None where the tool does not write it down. Tools that write a time without its zone (goose,
    /// diesel, Flyway) are taken to have had the zone of this session.
    pub applied_at: Option<String>,
}

/// Reads the account of a tool, and checks it against the history. Nothing is changed.
///
/// `table` names the table where the tool was told to take another one than usual, or where several schemas have one.
///
/// # Errors
/// When there is no such table, or the account and the history do not fit together: see [`AccountError`].
pub async fn read(
    executor: &Executor,
    tool: Tool,
    table: Option<&QualifiedName>,
    history: &History,
) -> Result<Account, AccountError> {
    if history.format != tool.format() {
        return Err(AccountError::WrongFormat {
            tool,
            format: history.format,
        });
    }
    let table = find::table_of(executor, tool, table).await?;
    let tally = match tool {
        Tool::GolangMigrate => golang_migrate::read(executor, &table, history).await,
        Tool::Dbmate => dbmate::read(executor, &table, history).await,
        Tool::Goose => goose::read(executor, &table, history).await,
        Tool::Sqlx => sqlx::read(executor, &table, history).await,
        Tool::Diesel => diesel::read(executor, &table, history).await,
        Tool::Flyway => flyway::read(executor, &table, history).await,
        Tool::Refinery => refinery::read(executor, &table, history).await,
        Tool::Alembic => alembic::read(executor, &table, history).await,
        Tool::Sqitch => sqitch::read(executor, &table, history).await,
    }?;
    tally.conclude(tool, table)
}

/// SQL for the time in a column, as ISO text. Without a zone it is taken for one of this session's.
fn utc(column: &str) -> String {
    format!(
        "pg_catalog.to_char({column}::timestamptz at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    )
}
