//! The statements that write into the ledger.
//!
//! They are text, since the same ones are run at once, in one go with a script, and printed for an administrator to run.

use std::fmt::Write;

use cogway_catalog::sql::{Checksum, quote_literal};

use super::Direction;
use crate::history::{Format, Revision, RevisionId, Script};

/// Scripts longer than this are not kept to show what has changed since. What takes a revision back always is.
const LONGEST_UP: usize = 1 << 20;

/// Who writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The name of the machine.
    pub host: String,
    /// The version of Cogway.
    pub cogway: String,
}

/// What happened, as the journal says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A run begins.
    Begun,
    /// A revision that does not run in a transaction is begun, or gone on with.
    Started,
    /// A revision was applied.
    Applied,
    /// A revision was taken back.
    Reverted,
    /// A revision was written down as applied without being run.
    Adopted,
    /// What the ledger says of a revision was corrected.
    Repaired,
    /// A script failed, and with it the run.
    Failed,
    /// A run came to its end.
    Ended,
}

impl Event {
    const fn as_str(self) -> &'static str {
        match self {
            Event::Begun => "begun",
            Event::Started => "started",
            Event::Applied => "applied",
            Event::Reverted => "reverted",
            Event::Adopted => "adopted",
            Event::Repaired => "repaired",
            Event::Failed => "failed",
            Event::Ended => "ended",
        }
    }
}

/// How an attempt went, besides its event.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outcome<'a> {
    pub(crate) revision: Option<&'a RevisionId>,
    pub(crate) direction: Option<Direction>,
    /// Which statement, from 1.
    pub(crate) statement: Option<usize>,
    pub(crate) sqlstate: Option<&'a str>,
    pub(crate) message: Option<&'a str>,
}

/// Writes the entries of one run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) author: &'a Author,
    /// The number of the run, as SQL.
    pub(crate) run: &'a str,
    /// Since when a step takes its time.
    pub(crate) since: Since,
}

/// Since when that which is written down took its time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Since {
    /// The beginning of its transaction.
    #[default]
    Transaction,
    /// The entry before it in the journal, which is in the same transaction.
    EntryBefore,
    /// The beginning of the script, which runs in parts.
    Started,
}

impl Since {
    /// The time since then, as SQL.
    const fn took(self) -> &'static str {
        match self {
            Since::Transaction => "pg_catalog.clock_timestamp() - pg_catalog.transaction_timestamp()",
            Since::EntryBefore => {
                "pg_catalog.clock_timestamp() - (select j.at from cogway.journal j order by j.id desc limit 1)"
            }
            Since::Started => "pg_catalog.clock_timestamp() - (select u.started_at from cogway.unfinished u)",
        }
    }
}

impl Entry<'_> {
    /// A revision is applied.
    pub(crate) fn applied(&self, revision: &Revision, format: Format) -> String {
        let took = self.since.took();
        let event = self.timed(Event::Applied, &revision.id, Direction::Up, took);
        let row = self.revision(revision, format, took, None);
        format!("{row}; {event}")
    }

    /// A revision is taken back.
    pub(crate) fn reverted(&self, id: &RevisionId) -> String {
        let took = self.since.took();
        let event = self.timed(Event::Reverted, id, Direction::Down, took);
        format!(
            "delete from cogway.revision where id = {}; {event}",
            quote_literal(id.as_str())
        )
    }

    /// A revision is applied already, and only written down.
    pub(crate) fn adopted(
        &self,
        revision: &Revision,
        format: Format,
        from: &str,
        applied_at: Option<&str>,
    ) -> String {
        let row = self.revision(revision, format, "null", Some((from, applied_at)));
        let event = self.event(
            Event::Adopted,
            &Outcome {
                revision: Some(&revision.id),
                direction: Some(Direction::Up),
                message: Some(from),
                ..Outcome::default()
            },
        );
        format!("{row}; {event}")
    }

    fn revision(
        &self,
        revision: &Revision,
        format: Format,
        took: &str,
        adopted: Option<(&str, Option<&str>)>,
    ) -> String {
        let (adopted_from, applied_at) = match adopted {
            Some((from, Some(at))) => (quote_literal(from), format!("{}::timestamptz", quote_literal(at))),
            Some((from, None)) => (quote_literal(from), "pg_catalog.clock_timestamp()".to_owned()),
            None => ("null".to_owned(), "pg_catalog.clock_timestamp()".to_owned()),
        };
        let Scripts {
            up_checksum,
            up_script,
            down_checksum,
            down_script,
            down_transaction,
        } = Scripts::of(revision);
        // A script that Flyway runs again each time it changes is applied once more.
        let again = if revision.repeatable {
            " on conflict (id) do update set up_checksum = excluded.up_checksum, up_script = excluded.up_script, \
             applied_at = excluded.applied_at, took = excluded.took, db_user = excluded.db_user, \
             host = excluded.host, cogway = excluded.cogway"
        } else {
            ""
        };
        format!(
            "insert into cogway.revision (id, parents, name, format, up_checksum, up_script, down_checksum, down_script, \
             down_transaction, repeatable, applied_at, took, host, cogway, adopted_from) values ({}, {}, {}, {}, {up_checksum}, \
             {up_script}, {down_checksum}, {down_script}, {down_transaction}, {}, {applied_at}, {took}, {}, {}, \
             {adopted_from}){again}",
            quote_literal(revision.id.as_str()),
            ids(&revision.parents),
            quote_literal(&revision.name),
            quote_literal(format.as_str()),
            revision.repeatable,
            quote_literal(&self.author.host),
            quote_literal(&self.author.cogway),
        )
    }

    /// What the ledger says of an applied revision becomes what its files say.
    pub(crate) fn repaired(&self, revision: &Revision, format: Format, message: &str) -> String {
        let scripts = Scripts::of(revision);
        let event = self.event(
            Event::Repaired,
            &Outcome {
                revision: Some(&revision.id),
                message: Some(message),
                ..Outcome::default()
            },
        );
        format!(
            "update cogway.revision set parents = {}, name = {}, format = {}, up_checksum = {}, up_script = {}, \
             down_checksum = {}, down_script = {}, down_transaction = {} where id = {}; {event}",
            ids(&revision.parents),
            quote_literal(&revision.name),
            quote_literal(format.as_str()),
            scripts.up_checksum,
            scripts.up_script,
            scripts.down_checksum,
            scripts.down_script,
            scripts.down_transaction,
            quote_literal(revision.id.as_str()),
        )
    }

    fn timed(&self, event: Event, revision: &RevisionId, direction: Direction, took: &str) -> String {
        format!(
            "insert into cogway.journal (run, event, revision, direction, took, host, cogway) values ({}, {}, {}, {}, {took}, \
             {}, {})",
            self.run,
            quote_literal(event.as_str()),
            quote_literal(revision.as_str()),
            quote_literal(direction.as_str()),
            quote_literal(&self.author.host),
            quote_literal(&self.author.cogway),
        )
    }

    /// Something happened.
    pub(crate) fn event(&self, event: Event, outcome: &Outcome<'_>) -> String {
        let text = |value: Option<&str>| value.map_or_else(|| "null".to_owned(), quote_literal);
        let statement = outcome
            .statement
            .map_or_else(|| "null".to_owned(), |number| number.to_string());
        format!(
            "insert into cogway.journal (run, event, revision, direction, statement, sqlstate, message, host, cogway) \
             values ({}, {}, {}, {}, {statement}, {}, {}, {}, {})",
            self.run,
            quote_literal(event.as_str()),
            text(outcome.revision.map(RevisionId::as_str)),
            text(outcome.direction.map(Direction::as_str)),
            text(outcome.sqlstate),
            text(outcome.message),
            quote_literal(&self.author.host),
            quote_literal(&self.author.cogway),
        )
    }

    /// A revision that does not run in a transaction has so many of its parts done.
    pub(crate) fn unfinished(
        revision: &RevisionId,
        direction: Direction,
        done: usize,
        done_checksum: &Checksum,
    ) -> String {
        format!(
            "insert into cogway.unfinished (revision, direction, done, done_checksum, begun) values ({}, {}, {done}, {}, \
             false) on conflict (only_one) do update set revision = excluded.revision, direction = excluded.direction, \
             done = excluded.done, done_checksum = excluded.done_checksum, begun = false, indexes = null",
            quote_literal(revision.as_str()),
            quote_literal(direction.as_str()),
            quote_literal(done_checksum.as_str()),
        )
    }

    /// The next part is begun outside a transaction, with these indexes there.
    pub(crate) fn part_begun<'i>(indexes: impl Iterator<Item = &'i str>) -> String {
        let list: Vec<String> = indexes.map(quote_literal).collect();
        format!(
            "update cogway.unfinished set begun = true, indexes = array[{}]::text[]",
            list.join(", ")
        )
    }

    /// What is half done is to be gone on with behind so many parts. What the part has left that was begun last is still
    /// to be looked for.
    pub(crate) fn resumed(done: usize, done_checksum: &Checksum) -> String {
        format!(
            "update cogway.unfinished set done = {done}, done_checksum = {}, begun = false",
            quote_literal(done_checksum.as_str())
        )
    }

    /// The part that was begun has ended, without success.
    pub(crate) const PART_FAILED: &'static str = "update cogway.unfinished set begun = false";

    /// Nothing is unfinished any more.
    pub(crate) const FINISHED: &'static str = "delete from cogway.unfinished";
}

/// The scripts of a revision, as SQL values.
struct Scripts {
    up_checksum: String,
    up_script: String,
    down_checksum: String,
    down_script: String,
    down_transaction: String,
}

impl Scripts {
    fn of(revision: &Revision) -> Scripts {
        let null = || "null".to_owned();
        let checksum = |script: &Script| quote_literal(Checksum::of(&script.text).as_str());
        let down = revision.down.as_ref();
        Scripts {
            up_checksum: checksum(&revision.up),
            up_script: if revision.up.text.len() > LONGEST_UP {
                null()
            } else {
                quote_literal(&revision.up.text)
            },
            down_checksum: down.map_or_else(null, checksum),
            down_script: down.map_or_else(null, |script| quote_literal(&script.text)),
            down_transaction: down.map_or_else(null, |script| quote_literal(script.transaction.as_str())),
        }
    }
}

/// A list of ids as SQL.
fn ids(ids: &[RevisionId]) -> String {
    let mut list = String::from("array[");
    for (place, id) in ids.iter().enumerate() {
        let comma = if place == 0 { "" } else { ", " };
        // Writing to memory cannot fail.
        let _ = write!(list, "{comma}{}", quote_literal(id.as_str()));
    }
    list + "]::text[]"
}
