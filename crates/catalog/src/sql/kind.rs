//! What a statement does to the transaction it runs in, read off its first words.

use std::ops::Range;

use super::words::{Word, Words};

/// What matters of a statement for whoever sends it: does it open or close a transaction, can it run inside one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatementKind {
    /// `BEGIN` or `START TRANSACTION`, with or without options.
    Begin,
    /// `COMMIT` or `END`.
    Commit,
    /// `COMMIT AND CHAIN` or `END AND CHAIN`: ends the transaction and opens the next.
    CommitAndChain,
    /// `ROLLBACK` or `ABORT`.
    Rollback,
    /// `ROLLBACK AND CHAIN` or `ABORT AND CHAIN`: ends the transaction and opens the next.
    RollbackAndChain,
    /// `PREPARE TRANSACTION`: takes the open transaction away from the session, for two-phase commit.
    PrepareTransaction,
    /// `SAVEPOINT`
    Savepoint,
    /// `RELEASE [SAVEPOINT]`
    ReleaseSavepoint,
    /// `ROLLBACK TO [SAVEPOINT]`
    RollbackToSavepoint,
    /// PostgreSQL refuses the statement inside a transaction block; the text names it, such as
    /// `CREATE INDEX CONCURRENTLY`.
    ///
    /// A few more are refused depending on what the database contains (`CLUSTER` or `REINDEX TABLE` of a partitioned
    /// table): text alone does not tell.
    ///
    /// Source: the callers of `PreventInTransactionBlock` in PostgreSQL's source.
    OutsideTransaction(&'static str),
    /// A command to `psql` (`\connect`, `\set`), not to PostgreSQL.
    PsqlMeta,
    /// `COPY … FROM STDIN` with the rows in the script behind it, as `pg_dump` and `psql` write them.
    CopyFromStdin {
        /// The bytes of the rows in the script, whole lines, without the closing `\.`.
        data: Range<usize>,
    },
    /// Any other statement.
    Other,
}

impl StatementKind {
    /// Whether the statement opens, closes or marks a transaction.
    pub fn controls_transaction(&self) -> bool {
        match self {
            StatementKind::Savepoint
            | StatementKind::ReleaseSavepoint
            | StatementKind::RollbackToSavepoint => true,
            StatementKind::PsqlMeta
            | StatementKind::CopyFromStdin { .. }
            | StatementKind::OutsideTransaction(_)
            | StatementKind::Other => false,
            other => other.bounds_transaction(),
        }
    }

    /// Whether the statement opens or closes a transaction, rather than marking a point within one.
    pub fn bounds_transaction(&self) -> bool {
        matches!(
            self,
            StatementKind::Begin
                | StatementKind::Commit
                | StatementKind::CommitAndChain
                | StatementKind::Rollback
                | StatementKind::RollbackAndChain
                | StatementKind::PrepareTransaction
        )
    }
}

/// The kind of one statement, without its `;`. Rows behind a `COPY` are not known here: their range is left empty.
pub(super) fn classify(statement: &str) -> StatementKind {
    let mut words = Words::new(statement);
    match words.next().one_of(FIRST_WORDS) {
        "begin" => StatementKind::Begin,
        "start" if words.next().is("transaction") => StatementKind::Begin,
        "commit" | "end" => commit(&mut words),
        "rollback" | "abort" => rollback(&mut words),
        "savepoint" => StatementKind::Savepoint,
        "release" => StatementKind::ReleaseSavepoint,
        "prepare" if words.next().is("transaction") && words.next() == Word::Text => {
            StatementKind::PrepareTransaction
        }
        "copy" if copies_from_stdin(&mut words) => StatementKind::CopyFromStdin { data: 0..0 },
        first => outside(first, &mut words).map_or(StatementKind::Other, StatementKind::OutsideTransaction),
    }
}

/// Whether a statement is `BEGIN` or `START TRANSACTION` without any mode, so that it says no more than another `BEGIN`.
pub(super) fn is_plain_begin(statement: &str) -> bool {
    let mut words = Words::new(statement);
    let opens = match words.next().one_of(&["begin", "start"]) {
        "begin" => {
            matches!(
                words.next().one_of(&["transaction", "work"]),
                "transaction" | "work"
            ) || words.ended
        }
        "start" => words.next().is("transaction"),
        _ => false,
    };
    opens && words.next() == Word::End
}

const FIRST_WORDS: &[&str] = &[
    "begin",
    "start",
    "commit",
    "end",
    "rollback",
    "abort",
    "savepoint",
    "release",
    "prepare",
    "copy",
    "vacuum",
    "cluster",
    "repack",
    "reindex",
    "create",
    "drop",
    "alter",
    "discard",
];

fn commit(words: &mut Words<'_>) -> StatementKind {
    match words.after_work() {
        word if word.is("prepared") => StatementKind::OutsideTransaction("COMMIT PREPARED"),
        word if word.is("and") && words.next().is("chain") => StatementKind::CommitAndChain,
        _ => StatementKind::Commit,
    }
}

fn rollback(words: &mut Words<'_>) -> StatementKind {
    match words.after_work() {
        word if word.is("prepared") => StatementKind::OutsideTransaction("ROLLBACK PREPARED"),
        word if word.is("to") => StatementKind::RollbackToSavepoint,
        word if word.is("and") && words.next().is("chain") => StatementKind::RollbackAndChain,
        _ => StatementKind::Rollback,
    }
}

fn copies_from_stdin(words: &mut Words<'_>) -> bool {
    loop {
        match words.next() {
            Word::End => return false,
            // PostgreSQL takes either word on either side: `COPY t FROM stdout` reads from the client too.
            word if word.is("from") => {
                return matches!(words.next().one_of(&["stdin", "stdout"]), "stdin" | "stdout");
            }
            _ => {}
        }
    }
}

/// The name of the statement if PostgreSQL refuses it inside a transaction block.
fn outside(first: &str, words: &mut Words<'_>) -> Option<&'static str> {
    match first {
        "vacuum" => Some("VACUUM"),
        "cluster" => names_no_table(words).then_some("CLUSTER without a table"),
        "repack" => repack(words),
        "reindex" => reindex(words),
        "discard" => words.next().is("all").then_some("DISCARD ALL"),
        "create" => create(words),
        "drop" => match words
            .next()
            .one_of(&["index", "database", "tablespace", "subscription"])
        {
            "index" => words
                .next()
                .is("concurrently")
                .then_some("DROP INDEX CONCURRENTLY"),
            "database" => Some("DROP DATABASE"),
            "tablespace" => Some("DROP TABLESPACE"),
            // It can run inside a transaction once the slot was set to NONE, and outside in any case.
            "subscription" => Some("DROP SUBSCRIPTION"),
            _ => None,
        },
        "alter" => alter(words),
        _ => None,
    }
}

fn create(words: &mut Words<'_>) -> Option<&'static str> {
    match words
        .next()
        .one_of(&["index", "unique", "database", "tablespace", "subscription"])
    {
        "index" => words
            .next()
            .is("concurrently")
            .then_some("CREATE INDEX CONCURRENTLY"),
        "unique" => (words.next().is("index") && words.next().is("concurrently"))
            .then_some("CREATE UNIQUE INDEX CONCURRENTLY"),
        "database" => Some("CREATE DATABASE"),
        "tablespace" => Some("CREATE TABLESPACE"),
        "subscription" => {
            // It makes a replication slot at the publisher unless told otherwise.
            let slotless = words.option_is_off("connect") || words.option_is_off("create_slot");
            (!slotless).then_some("CREATE SUBSCRIPTION with a replication slot")
        }
        _ => None,
    }
}

fn alter(words: &mut Words<'_>) -> Option<&'static str> {
    match words
        .next()
        .one_of(&["system", "database", "table", "subscription"])
    {
        "system" => Some("ALTER SYSTEM"),
        "database" => {
            words.next();
            (words.next().is("set") && words.next().is("tablespace"))
                .then_some("ALTER DATABASE … SET TABLESPACE")
        }
        "table" => detaches_concurrently(words).then_some("ALTER TABLE … DETACH PARTITION … CONCURRENTLY"),
        "subscription" => {
            words.next();
            match words.next().one_of(&["refresh", "set", "add", "drop"]) {
                "refresh" => Some("ALTER SUBSCRIPTION … REFRESH PUBLICATION"),
                // Changing the publications refreshes unless told otherwise; `SET (…)` does not.
                "set" | "add" | "drop"
                    if words.next().is("publication") && !words.option_is_off("refresh") =>
                {
                    Some("ALTER SUBSCRIPTION … PUBLICATION with a refresh")
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn detaches_concurrently(words: &mut Words<'_>) -> bool {
    let mut detach = false;
    let mut last = Word::End;
    loop {
        match words.next() {
            Word::End => return detach && last.is("concurrently"),
            word => {
                detach |= last.is("detach") && word.is("partition");
                last = word;
            }
        }
    }
}

fn reindex(words: &mut Words<'_>) -> Option<&'static str> {
    let mut word = words.next();
    if word == Word::Open {
        if words
            .options()
            .any(|(name, off)| name.eq_ignore_ascii_case("concurrently") && !off)
        {
            return Some("REINDEX (CONCURRENTLY)");
        }
        word = words.next();
    }
    match word.one_of(&["index", "table", "schema", "database", "system"]) {
        "schema" => Some("REINDEX SCHEMA"),
        "database" => Some("REINDEX DATABASE"),
        "system" => Some("REINDEX SYSTEM"),
        "index" | "table" => words
            .next()
            .is("concurrently")
            .then_some("REINDEX … CONCURRENTLY"),
        _ => None,
    }
}

fn repack(words: &mut Words<'_>) -> Option<&'static str> {
    let mut word = words.next();
    if word == Word::Open {
        if words
            .options()
            .any(|(name, off)| name.eq_ignore_ascii_case("concurrently") && !off)
        {
            return Some("REPACK (CONCURRENTLY)");
        }
        word = words.next();
    }
    (word == Word::End).then_some("REPACK without a table")
}

fn names_no_table(words: &mut Words<'_>) -> bool {
    match words.next() {
        Word::End => true,
        Word::Open => {
            words.options().for_each(drop);
            words.next() == Word::End
        }
        word => word.is("verbose") && words.next() == Word::End,
    }
}
