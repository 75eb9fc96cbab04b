//! The catalog that a run leaves, kept in the ledger, and the comparison with what is there later.

use cogway_catalog::sql::quote_literal;
use cogway_catalog::{Catalog, Fingerprint, MODEL_VERSION};
use cogway_pg::execute::Executor;

use super::{Ledger, LedgerError, SCHEMA};

/// What is known of the catalog that the ledger has kept, without its contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// Which version of the model it was read with.
    pub contents_version: u32,
    /// The version of the server, as 150018.
    pub server_version: u32,
    /// The digest of the revisions that were applied.
    pub revisions: String,
    /// When, as `2026-11-21T13:55:26.123456Z`.
    pub recorded_at: String,
}

/// Can a catalog be compared with the recorded one?
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Yes.
    Possible,
    /// Nothing was recorded for the revisions that are applied now, or one is half done.
    NothingRecorded,
    /// A revision is half done: what it has done so far is of no revision that is applied.
    HalfDone,
    /// It was recorded by a Cogway that reads more or less of a database than this one.
    OtherModel,
    /// It was recorded on another major version of PostgreSQL, which writes expressions in another way.
    OtherServer {
        /// The major version that it was.
        was: u32,
        /// The major version that it is.
        is: u32,
    },
}

const RECORDED: &str = "select fingerprint, contents_version, server_version, revisions,
       pg_catalog.to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as recorded_at
  from cogway.catalog";

impl Recorded {
    pub(super) async fn read(executor: &Executor) -> Result<Option<Recorded>, LedgerError> {
        let rows = executor.query(RECORDED, &[]).await?;
        Ok(rows.first().map(|row| Recorded {
            fingerprint: Fingerprint::from(row.get::<_, String>("fingerprint")),
            contents_version: u32::try_from(row.get::<_, i32>("contents_version")).unwrap_or_default(),
            server_version: u32::try_from(row.get::<_, i32>("server_version")).unwrap_or_default(),
            revisions: row.get("revisions"),
            recorded_at: row.get("recorded_at"),
        }))
    }

    /// The catalog that was recorded.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn contents(executor: &Executor) -> Result<Catalog, LedgerError> {
        let rows = executor.query("select contents from cogway.catalog", &[]).await?;
        let text: &str = rows.first().map_or("{}", |row| row.get(0));
        serde_json::from_str(text).map_err(LedgerError::Contents)
    }
}

impl Ledger {
    /// Can the catalog of this server be compared with the recorded one?
    pub fn comparison(&self, server_version: u32) -> Comparison {
        // What a revision has done that is half done is no drift, and nobody knows what that is.
        let recorded = self.recorded_now().filter(|_| self.unfinished.is_none());
        let Some(recorded) = recorded else {
            return Comparison::NothingRecorded;
        };
        if self.unfinished.is_some() {
            return Comparison::HalfDone;
        }
        let (was, is) = (recorded.server_version / 10_000, server_version / 10_000);
        if recorded.contents_version != MODEL_VERSION {
            Comparison::OtherModel
        } else if was != is {
            Comparison::OtherServer { was, is }
        } else {
            Comparison::Possible
        }
    }
}

/// The catalog of a database without the ledger itself.
pub fn without_ledger(catalog: &Catalog) -> Catalog {
    catalog.without_schema(SCHEMA)
}

/// The statement that records a catalog for the revisions that are applied.
pub(crate) fn record(catalog: &Catalog, server_version: u32, digest: &str) -> String {
    // Writing to memory cannot fail, and every key is a string.
    let contents = serde_json::to_string(catalog).unwrap_or_default();
    format!(
        "insert into cogway.catalog (fingerprint, contents, contents_version, server_version, revisions) \
         values ({}, {}, {MODEL_VERSION}, {server_version}, {}) \
         on conflict (only_one) do update set fingerprint = excluded.fingerprint, contents = excluded.contents, \
         contents_version = excluded.contents_version, server_version = excluded.server_version, \
         revisions = excluded.revisions, recorded_at = excluded.recorded_at",
        quote_literal(&catalog.fingerprint().to_string()),
        quote_literal(&contents),
        quote_literal(digest),
    )
}
