//! What PostgreSQL counts for a session: rows written in each catalog, and uses of sequences.

use std::collections::{BTreeMap, HashMap};

use cogway_catalog::QualifiedName;
use tokio_postgres::{Client, Statement};

use super::row::{Layout, Oids, Resolve};
use super::watched::{WATCHED, Watched};
use super::{ReadError, Reader};

/// How many rows of one catalog the transactions of this session inserted, updated and deleted so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(super) inserted: i64,
    pub(super) updated: i64,
    pub(super) deleted: i64,
}

impl Counts {
    /// How many row versions were written.
    pub(super) fn written(self) -> i64 {
        self.inserted + self.updated
    }

    /// What was counted since an earlier moment; none where the server has begun to count anew.
    pub(super) fn since(self, then: Counts) -> Option<Counts> {
        let counts = Counts {
            inserted: self.inserted - then.inserted,
            updated: self.updated - then.updated,
            deleted: self.deleted - then.deleted,
        };
        let forward = counts.inserted >= 0 && counts.updated >= 0 && counts.deleted >= 0;
        forward.then_some(counts)
    }
}

/// From which version on PostgreSQL's statistics are up to date as soon as a transaction ends: they are in shared memory,
/// and no process has to collect them. <https://www.postgresql.org/docs/15/release-15.html>
pub const COUNTS_ARE_CURRENT: u32 = 150_000;

/// From when on something is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Span {
    /// While the session is in transactions without a break.
    Unbroken,
    /// At all, with what is already in the statistics (PostgreSQL 15, where they are up to date).
    Ever,
}

/// Counts, for every watched catalog three numbers in a row, and for the sequences `$1` how often their page was looked
/// at; and the next transaction's number. A list of calls takes a third of the time of a set that the functions are
/// called for.
fn counts_query(span: Span) -> String {
    let count = |what: &str, oid: &str| match span {
        Span::Unbroken => format!("pg_catalog.pg_stat_get_xact_{what}({oid})"),
        Span::Ever => {
            format!("pg_catalog.pg_stat_get_{what}({oid}) + pg_catalog.pg_stat_get_xact_{what}({oid})")
        }
    };
    let calls: Vec<String> = WATCHED
        .iter()
        .flat_map(|watched| {
            ["tuples_inserted", "tuples_updated", "tuples_deleted"]
                .map(|what| count(what, &watched.oid.to_string()))
        })
        .collect();
    format!(
        "select array[{}] as counts,
                array(select {} from pg_catalog.unnest($1::oid[]) o) as uses,
                (pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot()) & 4294967295)::text as next",
        calls.join(", "),
        count("blocks_fetched", "o"),
    )
}

/// Everything that is counted.
pub(super) struct Counted {
    pub(super) catalogs: Vec<Counts>,
    /// How often the pages of these sequences were looked at, whether to use them or to read where they stand.
    pub(super) uses: HashMap<u32, i64>,
    pub(super) next_transaction: String,
}

/// The moment before scripts run in transactions of their own, for [`Reader::refresh_since`].
pub struct Milestone(pub(super) Counted);

impl Reader {
    /// Notes what PostgreSQL has counted so far, as not of interest to the next [`refresh`](Reader::refresh). Call it
    /// when a transaction has begun, unless the session has been in transactions without a break since the last
    /// reading: only between transactions does PostgreSQL begin to count anew.
    ///
    /// # Errors
    /// [`ReadError::Query`].
    pub async fn begin(&mut self, client: &Client) -> Result<(), ReadError> {
        self.prepare_counting(client).await?;
        let counted = self.count(client).await?;
        self.note_counts(counted);
        self.begun();
        Ok(())
    }

    /// Notes that a transaction has begun, without a break since the last reading.
    pub fn begun(&mut self) {
        self.begun.clone_from(&self.counts);
    }

    /// The sequences by OID.
    fn sequences(&self) -> BTreeMap<u32, QualifiedName> {
        let named = |&oid: &u32| Some((oid, self.state.relation(oid)?.clone()));
        self.state.sequences.iter().filter_map(named).collect()
    }

    /// The sequences that may have been used since this was asked last: new ones, and those whose page was looked at,
    /// be it only to read where they stand. Known after [`begin`](Reader::begin) and [`refresh`](Reader::refresh).
    pub fn take_used_sequences(&mut self) -> BTreeMap<u32, QualifiedName> {
        let used = std::mem::take(&mut self.used);
        let mut sequences = self.sequences();
        sequences.retain(|oid, _| used.contains(oid));
        sequences
    }

    /// Prepares the query that counts. PostgreSQL plans a query anew whenever the search path is another one than
    /// before, so that this is best done under the settings for reading.
    pub(super) async fn prepare_counting(&mut self, client: &Client) -> Result<(), ReadError> {
        if self.counting.is_none() {
            let query = counts_query(Span::Unbroken);
            self.counting = Some(client.prepare(&query).await?);
        }
        Ok(())
    }

    /// Notes the moment before scripts run in transactions of their own. None where PostgreSQL cannot tell afterwards
    /// what they changed, which it does from version 15 on. Call it in a transaction, whose settings it changes
    /// locally.
    ///
    /// # Errors
    /// [`ReadError::Query`].
    pub async fn milestone(&mut self, client: &Client) -> Result<Option<Milestone>, ReadError> {
        if self.server_version < COUNTS_ARE_CURRENT {
            return Ok(None);
        }
        client.batch_execute(&self.settings).await?;
        Ok(Some(Milestone(self.count_ever(client).await?)))
    }

    pub(super) async fn count_ever(&mut self, client: &Client) -> Result<Counted, ReadError> {
        let statement = match &self.counting_ever {
            Some(statement) => statement.clone(),
            None => {
                let statement = client.prepare(&counts_query(Span::Ever)).await?;
                self.counting_ever.insert(statement).clone()
            }
        };
        Ok(self.ask_counts(client, &statement).await?)
    }

    /// Asks what PostgreSQL has counted.
    pub(super) async fn count(&self, client: &Client) -> Result<Counted, tokio_postgres::Error> {
        match &self.counting {
            Some(statement) => self.ask_counts(client, statement).await,
            // Without counts everything is read.
            None => Ok(Counted {
                catalogs: Vec::new(),
                uses: HashMap::new(),
                next_transaction: String::new(),
            }),
        }
    }

    async fn ask_counts(
        &self,
        client: &Client,
        statement: &Statement,
    ) -> Result<Counted, tokio_postgres::Error> {
        let sequences: Vec<u32> = self.state.sequences.iter().copied().collect();
        let rows = [client.query_one(statement, &[&Oids(&sequences)]).await?];
        let layout = Layout::of(&rows);
        let row = layout.row(&rows[0], &());
        let counts = row.large_numbers("counts");
        let catalogs = counts.chunks_exact(3).map(|counts| Counts {
            inserted: counts[0],
            updated: counts[1],
            deleted: counts[2],
        });
        Ok(Counted {
            catalogs: catalogs.collect(),
            uses: sequences.into_iter().zip(row.large_numbers("uses")).collect(),
            next_transaction: row.text("next").unwrap_or_default().to_owned(),
        })
    }

    /// Takes what was counted for what it is counted from.
    pub(super) fn note_counts(&mut self, counted: Counted) {
        self.counts = counted.catalogs;
        let uses = counted.uses;
        let moved = uses
            .iter()
            .filter(|(oid, count)| self.uses.get(*oid) != Some(*count));
        self.used.extend(moved.map(|(oid, _)| *oid));
        self.uses = uses;
    }
}

/// The catalogs in which rows were changed, with how many of each sort; none where that cannot be said.
pub(super) fn changed(then: &[Counts], now: &[Counts]) -> Option<Vec<(&'static Watched, Counts)>> {
    if then.len() != WATCHED.len() || now.len() != WATCHED.len() {
        return None;
    }
    let mut changed = Vec::new();
    for ((watched, now), then) in WATCHED.iter().zip(now).zip(then) {
        let counts = now.since(*then)?;
        if counts != Counts::default() {
            changed.push((watched, counts));
        }
    }
    Some(changed)
}
