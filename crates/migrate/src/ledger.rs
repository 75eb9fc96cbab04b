//! What a database itself knows of its history: the tables of the schema `cogway`.
//!
//! - `cogway.revision`: a row for each applied revision, with what takes it back.
//! - `cogway.journal`: everything that was ever attempted.
//! - `cogway.unfinished`: how far a revision has come that cannot run in a transaction.
//! - `cogway.catalog`: what the schema was at the end of the last run.
//!
//! The ledger is made and brought to its newest version by whoever changes a database, and read by everybody. Its own
//! versions are numbered; a ledger that is newer than this program is left alone.

mod entry;
mod error;
mod record;

use std::collections::{BTreeSet, HashMap};

use cogway_catalog::Fingerprint;
use cogway_catalog::sql::Checksum;
use cogway_pg::execute::Executor;
use cogway_pg::session::SessionError;

use crate::history::{Format, RevisionId, TransactionMode};

pub use entry::Author;
pub(crate) use entry::{Entry, Event, Outcome, Since};
pub use error::LedgerError;
pub(crate) use record::record;
pub use record::{Comparison, Recorded, without_ledger};

/// The name of the schema that the ledger lies in.
pub const SCHEMA: &str = "cogway";

/// The statements that lead from each version to the next. A ledger of version 2 has seen the first two.
const VERSIONS: [&str; 2] = [include_str!("ledger/1.sql"), include_str!("ledger/2.sql")];

/// What a ledger says.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The revisions that are applied, in the order in which they were.
    pub applied: Vec<Applied>,
    /// The revision that is half applied or half taken back, if there is one.
    pub unfinished: Option<Unfinished>,
    /// The fingerprint of the catalog at the end of the last run, with what it is comparable to.
    pub recorded: Option<Recorded>,
    /// Which version the tables have; none where there are none.
    pub version: Option<usize>,
}

/// A revision that is applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Its id.
    pub id: RevisionId,
    /// The revisions that it built on when it was applied.
    pub parents: Vec<RevisionId>,
    /// The rest of its name.
    pub name: String,
    /// Whose format its files had.
    pub format: Option<Format>,
    /// The checksum of its up.
    pub up: Checksum,
    /// The checksum of its down; none where it has none.
    pub down: Option<Checksum>,
    /// Is it run again whenever it changes?
    pub repeatable: bool,
    /// When, as `2026-11-21T13:55:26.123456Z`.
    pub applied_at: String,
    /// How long it took, in milliseconds; not known of what was adopted.
    pub took_ms: Option<i64>,
    /// By which role.
    pub db_user: String,
    /// From which machine.
    pub host: String,
    /// With which version of Cogway.
    pub cogway: String,
    /// The tool that had applied it, or `baseline`; none where Cogway did.
    pub adopted_from: Option<String>,
}

/// A script as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredScript {
    /// Its text.
    pub text: String,
    /// How it is wrapped into transactions.
    pub transaction: TransactionMode,
}

/// Up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// A step forward.
    Up,
    /// A step back.
    Down,
}

impl Direction {
    /// `up` or `down`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Direction::Up => "up",
            Direction::Down => "down",
        }
    }
}

impl std::fmt::Display for Direction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// A revision that does not run in a transaction and has not come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// Which.
    pub revision: RevisionId,
    /// Which of its scripts.
    pub direction: Direction,
    /// So many of its parts are done.
    pub done: usize,
    /// The checksum of the script up to there.
    pub done_checksum: Checksum,
    /// Was the next part begun outside a transaction, so that nobody knows whether it had its effect?
    pub begun: bool,
    /// The indexes that there were before that part was begun, as SQL writes their names; none where it never was.
    pub indexes: Option<BTreeSet<String>>,
}

impl Ledger {
    /// Reads the ledger of a database; an empty one where there is none. Nothing is changed.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn read(executor: &Executor) -> Result<Ledger, LedgerError> {
        let Some(version) = version(executor).await? else {
            return Ok(Ledger::default());
        };
        if version > VERSIONS.len() {
            return Err(LedgerError::TooNew {
                version,
                known: VERSIONS.len(),
            });
        }
        let recorded = async {
            match version {
                // The table came with version 2.
                0 | 1 => Ok(None),
                _ => Recorded::read(executor).await,
            }
        };
        let ask = async |sql: &str| Ok::<_, LedgerError>(executor.query(sql, &[]).await?);
        let (rows, unfinished, recorded) =
            tokio::try_join!(ask(include_str!("ledger/applied.sql")), ask(UNFINISHED), recorded)?;
        let applied = rows.iter().map(|row| Applied {
            // By place: to look for a name in thousands of rows takes longer than to ask for them.
            id: RevisionId::from(row.get::<_, String>(0)),
            parents: row
                .get::<_, Vec<String>>(1)
                .into_iter()
                .map(RevisionId::from)
                .collect(),
            name: row.get(2),
            format: row.get::<_, &str>(3).parse().ok(),
            up: Checksum::from(row.get::<_, String>(4)),
            down: row.get::<_, Option<String>>(5).map(Checksum::from),
            repeatable: row.get(6),
            applied_at: row.get(7),
            took_ms: row.get(8),
            db_user: row.get(9),
            host: row.get(10),
            cogway: row.get(11),
            adopted_from: row.get(12),
        });
        let applied: Vec<Applied> = applied.collect();
        let unfinished = unfinished.first().map(|row| Unfinished {
            revision: RevisionId::from(row.get::<_, String>("revision")),
            direction: match row.get("direction") {
                "down" => Direction::Down,
                _ => Direction::Up,
            },
            done: usize::try_from(row.get::<_, i32>("done")).unwrap_or_default(),
            done_checksum: Checksum::from(row.get::<_, String>("done_checksum")),
            begun: row.get("begun"),
            indexes: row
                .get::<_, Option<Vec<String>>>("indexes")
                .map(|names| names.into_iter().collect()),
        });
        Ok(Ledger {
            applied,
            unfinished,
            recorded,
            version: Some(version),
        })
    }

    /// Is it there, and of the newest version?
    pub fn is_current(&self) -> bool {
        self.version == Some(VERSIONS.len())
    }

    /// The statements that make the ledger, or bring it to its newest version; none where nothing is to be done. They
    /// belong into one transaction.
    pub fn upgrade(&self, schema: SchemaState) -> String {
        let mut sql = String::new();
        let from = match self.version {
            None if schema == SchemaState::Missing => {
                sql += "create schema cogway;\ncomment on schema cogway is 'The ledger of Cogway: what is applied to this database.';\n";
                0
            }
            None => 0,
            Some(version) => version,
        };
        for version in &VERSIONS[from.min(VERSIONS.len())..] {
            sql += version;
        }
        if from < VERSIONS.len() {
            sql += &format!(
                "insert into cogway.ledger (version) values ({0}) on conflict (only_one) do update set version = {0};\n",
                VERSIONS.len()
            );
        }
        sql
    }

    /// The applied revision of that id.
    pub fn get(&self, id: &RevisionId) -> Option<&Applied> {
        self.applied.iter().find(|applied| applied.id == *id)
    }

    /// A digest of what is applied: the same for the same revisions, whenever and in whatever order they were applied.
    pub fn digest(&self) -> String {
        let mut ids: Vec<(&str, &str)> = self
            .applied
            .iter()
            .map(|applied| match applied.repeatable {
                // Each time it runs it may make something else.
                true => (applied.id.as_str(), applied.up.as_str()),
                false => (applied.id.as_str(), ""),
            })
            .collect();
        ids.sort_unstable();
        let pieces = ids.iter().flat_map(|&(id, up)| [id, up]);
        Checksum::of_pieces(pieces).as_str().to_owned()
    }

    /// Does the recorded catalog belong to what is applied now?
    pub fn recorded_now(&self) -> Option<&Recorded> {
        self.recorded
            .as_ref()
            .filter(|recorded| recorded.revisions == self.digest())
    }

    /// The fingerprint that was recorded for what is applied now.
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        self.recorded_now().map(|recorded| &recorded.fingerprint)
    }
}

/// Is there a schema for the ledger?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaState {
    /// No, it is to be made.
    Missing,
    /// Yes: with a ledger, or made for one by an administrator.
    There,
}

impl SchemaState {
    /// Looks.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn read(executor: &Executor) -> Result<SchemaState, SessionError> {
        let rows = executor
            .query("select pg_catalog.to_regnamespace('cogway') is not null", &[])
            .await?;
        let there = rows.first().is_some_and(|row| row.get(0));
        Ok(if there {
            SchemaState::There
        } else {
            SchemaState::Missing
        })
    }
}

/// The down scripts of applied revisions, of those that have one.
///
/// # Errors
/// [`LedgerError`].
pub async fn stored_downs(
    executor: &Executor,
    ids: &[&RevisionId],
) -> Result<HashMap<RevisionId, StoredScript>, LedgerError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
    let sql = "select id, down_script, down_transaction from cogway.revision where id = any($1)";
    let rows = executor.query(sql, &[&ids]).await?;
    let stored = rows.iter().filter_map(|row| {
        let script = StoredScript {
            text: row.get::<_, Option<String>>(1)?,
            transaction: TransactionMode::from_ledger(row.get::<_, Option<&str>>(2)?)?,
        };
        Some((RevisionId::from(row.get::<_, String>(0)), script))
    });
    Ok(stored.collect())
}

/// The up and down scripts of an applied revision, as they were when it was applied: to show what has changed.
///
/// # Errors
/// [`LedgerError`].
pub async fn stored_scripts(
    executor: &Executor,
    id: &RevisionId,
) -> Result<(Option<String>, Option<String>), LedgerError> {
    let sql = "select up_script, down_script from cogway.revision where id = $1";
    let rows = executor.query(sql, &[&id.as_str()]).await?;
    Ok(rows
        .first()
        .map(|row| (row.get(0), row.get(1)))
        .unwrap_or_default())
}

async fn version(executor: &Executor) -> Result<Option<usize>, LedgerError> {
    let there = executor
        .query("select pg_catalog.to_regclass('cogway.ledger') is not null", &[])
        .await?;
    if !there.first().is_some_and(|row| row.get(0)) {
        return Ok(None);
    }
    let rows = executor.query("select version from cogway.ledger", &[]).await?;
    let version = rows.first().map_or(0, |row| row.get::<_, i32>(0));
    Ok(Some(usize::try_from(version).unwrap_or_default()))
}

const UNFINISHED: &str =
    "select revision, direction, done, done_checksum, begun, indexes from cogway.unfinished";

impl TransactionMode {
    /// The word that the ledger has for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            TransactionMode::Single => "single",
            TransactionMode::Auto => "auto",
            TransactionMode::Implicit => "implicit",
            TransactionMode::PerStatement => "per-statement",
        }
    }

    fn from_ledger(word: &str) -> Option<TransactionMode> {
        [
            TransactionMode::Single,
            TransactionMode::Auto,
            TransactionMode::Implicit,
            TransactionMode::PerStatement,
        ]
        .into_iter()
        .find(|mode| mode.as_str() == word)
    }
}
