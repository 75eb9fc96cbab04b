//! Is the schema what the last run left?

use cogway_catalog::{Catalog, Change, Difference, Kind, Unmodelled, compare, compare_unmodelled};
use cogway_pg::execute::Executor;

use super::options::OnDrift;
use super::{Event, RunError, Runner};
use crate::ledger::{Comparison, Ledger, Recorded, without_ledger};

/// How the schema differs from what the last run left.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// Object by object: before is what was left, after is what is there.
    pub differences: Vec<Difference>,
    /// What came or went that Cogway does not read: with whether it came.
    pub unmodelled: Vec<(Unmodelled, Came)>,
    /// When the schema was recorded, as `2026-11-21T13:55:26.123456Z`.
    pub recorded_at: String,
}

/// Did something come or go?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// It is there, and was not.
    Came,
    /// It was there, and is not.
    Went,
}

impl Drift {
    /// Is there none?
    pub fn is_none(&self) -> bool {
        self.differences.is_empty() && self.unmodelled.is_empty()
    }
}

/// What is known of server and schema before a run.
#[derive(Default)]
pub(super) struct Known {
    server_version: Option<u32>,
    /// Where the schema had drifted: what was recorded, and what was there.
    drifted: Option<(Catalog, Catalog)>,
}

impl Known {
    pub(super) async fn server_version(&mut self, executor: &Executor) -> Result<u32, RunError> {
        if let Some(version) = self.server_version {
            return Ok(version);
        }
        let sql = "select pg_catalog.current_setting('server_version_num')::int4";
        let rows = executor.query(sql, &[]).await?;
        let version = rows.first().map_or(0, |row| row.get::<_, i32>(0));
        let version = u32::try_from(version).unwrap_or_default();
        self.server_version = Some(version);
        Ok(version)
    }

    /// What to record of a schema after a run: where it had drifted and the run has not touched it, it is still to be
    /// what it was before somebody changed it. So drift stays drift until it is put back or taken for right.
    pub(super) fn to_record(&self, after: Catalog) -> Catalog {
        let Some((was, before)) = &self.drifted else {
            return after;
        };
        let mut record = after.clone();
        let ids = was.objects().chain(before.objects()).map(|object| &object.id);
        for id in ids.filter(|id| was.get(id) != before.get(id) && before.get(id) == after.get(id)) {
            match was.get(id) {
                Some(object) => record.insert((**object).clone()),
                None => {
                    record.remove(id);
                }
            }
        }
        record
    }
}

impl Runner {
    /// Compares the schema with what the last run left. The inner error says why they cannot be compared.
    ///
    /// # Errors
    /// [`RunError`].
    pub async fn drift(&self, ledger: &Ledger) -> Result<Result<Drift, Comparison>, RunError> {
        let server_version = Known::default().server_version(&self.executor).await?;
        self.compare(ledger, server_version, &mut None).await
    }

    /// `drifted` becomes the catalog as it was recorded, and as it is.
    async fn compare(
        &self,
        ledger: &Ledger,
        server_version: u32,
        drifted: &mut Option<(Catalog, Catalog)>,
    ) -> Result<Result<Drift, Comparison>, RunError> {
        let comparison = ledger.comparison(server_version);
        let (Comparison::Possible, Some(recorded)) = (&comparison, ledger.recorded_now()) else {
            return Ok(Err(comparison));
        };
        let is = without_ledger(&self.executor.catalog().await?);
        let mut drift = Drift {
            differences: Vec::new(),
            unmodelled: Vec::new(),
            recorded_at: recorded.recorded_at.clone(),
        };
        if is.fingerprint() == recorded.fingerprint {
            return Ok(Ok(drift));
        }
        let was = Recorded::contents(&self.executor).await?;
        drift.differences = self.differences(&was, &is);
        let (went, came) = compare_unmodelled(&was, &is);
        drift.unmodelled = went
            .into_iter()
            .map(|thing| (thing, Came::Went))
            .chain(came.into_iter().map(|thing| (thing, Came::Came)))
            .collect();
        *drifted = Some((was, is));
        Ok(Ok(drift))
    }

    fn differences(&self, was: &Catalog, is: &Catalog) -> Vec<Difference> {
        let counts = |difference: &Difference| {
            let kind = match difference.change {
                Change::Reordered { .. } => Kind::Column,
                _ => difference.object.kind,
            };
            let attribute = difference.attribute().unwrap_or_default();
            !self
                .options
                .exclude
                .iter()
                .any(|aspect| aspect.covers(kind, attribute))
        };
        compare(was, is).into_iter().filter(counts).collect()
    }

    /// Before a run: says when the schema is not what the last one left, or refuses.
    pub(super) async fn look_for_drift(
        &self,
        ledger: &Ledger,
        known: &mut Known,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<(), RunError> {
        if ledger.recorded.is_none() {
            return Ok(());
        }
        let server_version = known.server_version(&self.executor).await?;
        let compared = self.compare(ledger, server_version, &mut known.drifted).await;
        let Ok(drift) = self.or_interrupted(compared)? else {
            return Ok(());
        };
        if drift.is_none() {
            return Ok(());
        }
        match self.options.on_drift {
            OnDrift::Refuse => Err(RunError::Drifted(Box::new(drift))),
            OnDrift::Warn => {
                on_event(Event::Drifted(&drift));
                Ok(())
            }
        }
    }
}
