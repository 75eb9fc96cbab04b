//! The parts of a script that does not run in one transaction.
//!
//! A part is the most that can be done at once with a word about it in the ledger: a statement, or a transaction that the
//! script opens and closes itself. Where PostgreSQL allows it, a part and the word about it are one transaction. Where it
//! does not, the ledger says that the part was begun; should nothing follow, what is there tells whether it had its effect.

use std::ops::Range;

use cogway_catalog::sql::{self, Checksum, Statement, StatementKind};

use crate::course::{Course, Way};

/// A part of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its bytes: for a transaction of the script's own, those between `BEGIN` and `COMMIT`.
    pub(super) range: Range<usize>,
    /// Where it ends, with all that belongs to it.
    pub(super) end: usize,
    /// How it is run.
    pub(super) kind: PartKind,
}

/// How a part is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartKind {
    /// In a transaction, with the word about it.
    Transaction,
    /// Outside.
    Alone(Trace),
}

/// How it can be seen whether a statement that was cut off has had its effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trace {
    /// There is a new index, valid or not.
    CreatesIndex,
    /// An index is gone.
    DropsIndex,
    /// Doing it again does no harm, once indexes that it left are dropped.
    Reindexes,
    /// A partition waits to be detached, or is no more one.
    Detaches,
    /// Doing it again does no harm.
    Repeatable,
    /// Done again, PostgreSQL says that it is there, or not there.
    Once,
    /// Not at all.
    None,
}

impl Trace {
    /// Of a statement that PostgreSQL refuses in a transaction, by the name that [`StatementKind`] has for it.
    fn of(name: &str) -> Trace {
        match name {
            "CREATE INDEX CONCURRENTLY" | "CREATE UNIQUE INDEX CONCURRENTLY" => Trace::CreatesIndex,
            "DROP INDEX CONCURRENTLY" => Trace::DropsIndex,
            _ if name.starts_with("REINDEX") => Trace::Reindexes,
            _ if name.contains("DETACH PARTITION") => Trace::Detaches,
            "VACUUM" | "DISCARD ALL" | "ALTER SYSTEM" | "ALTER DATABASE … SET TABLESPACE" => {
                Trace::Repeatable
            }
            _ if name.starts_with("CLUSTER") || name.starts_with("REPACK") => Trace::Repeatable,
            _ if name.starts_with("ALTER SUBSCRIPTION") => Trace::Repeatable,
            "CREATE DATABASE" | "CREATE TABLESPACE" | "DROP DATABASE" | "DROP TABLESPACE"
            | "DROP SUBSCRIPTION" => Trace::Once,
            _ if name.starts_with("CREATE SUBSCRIPTION") => Trace::Once,
            _ => Trace::None,
        }
    }
}

/// Cuts a script that does not run in one transaction into its parts.
pub(super) fn parts(course: &Course<'_>) -> Vec<Part> {
    let text = &course.script.text;
    let whole = || {
        vec![Part {
            range: 0..text.len(),
            end: text.len(),
            kind: PartKind::Alone(Trace::None),
        }]
    };
    let Ok(statements) = sql::split(text) else {
        // PostgreSQL says what is wrong with it.
        return whole();
    };
    let parts = in_order(&statements);
    match (&course.way, parts) {
        (_, None) => whole(),
        (Way::Statements, Some(parts)) => parts,
        // What is sent whole is one transaction between those that it opens itself.
        (_, Some(parts)) if parts.len() == 1 => parts,
        (_, Some(parts)) if only_transactions(&statements) => parts,
        _ => whole(),
    }
}

/// The parts, unless transactions are opened and closed in a way that makes none.
fn in_order(statements: &[Statement<'_>]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = statements;
    while let [first, more @ ..] = rest {
        match &first.kind {
            StatementKind::Begin => {
                let last = more
                    .iter()
                    .position(|statement| statement.kind.bounds_transaction())?;
                let inner = sql::wrapped_in_transaction(&rest[..last + 2])?;
                parts.push(Part {
                    range: inner,
                    end: more[last].end,
                    kind: PartKind::Transaction,
                });
                rest = &more[last + 1..];
                continue;
            }
            kind if kind.controls_transaction() => return None,
            StatementKind::OutsideTransaction(name) => {
                parts.push(part(first, PartKind::Alone(Trace::of(name))))
            }
            _ => parts.push(part(first, PartKind::Transaction)),
        }
        rest = more;
    }
    Some(parts)
}

fn part(statement: &Statement<'_>, kind: PartKind) -> Part {
    Part {
        range: statement.offset..statement.offset + statement.text.len(),
        end: statement.end,
        kind,
    }
}

/// Is every statement within a transaction of the script's own?
fn only_transactions(statements: &[Statement<'_>]) -> bool {
    let mut inside = false;
    statements.iter().all(|statement| {
        match statement.kind {
            StatementKind::Begin => inside = true,
            StatementKind::Commit => inside = false,
            _ => return inside,
        }
        true
    })
}

/// The checksums of what is done, after no part, after the first, and so on. Each is made from the one before, so that a
/// script of many parts is read once.
pub(super) fn checksums(text: &str, parts: &[Part]) -> Vec<Checksum> {
    let mut all = vec![Checksum::of("")];
    let mut from = 0;
    for part in parts {
        let own = Checksum::of(text.get(from..part.end).unwrap_or_default());
        let before = all.last().map_or("", Checksum::as_str);
        all.push(Checksum::of_pieces([before, own.as_str()]));
        from = part.end;
    }
    all
}

/// The settings that the parts which are done have made for the session, and that a new session lacks: the bytes of each
/// statement. Those within a transaction of the script's own are among them, and nothing else of that transaction.
pub(super) fn settings_of(text: &str, done: &[Part]) -> Vec<Range<usize>> {
    let end = done.last().map_or(0, |part| part.end);
    let mut settings = Vec::new();
    for statement in sql::split(text).unwrap_or_default() {
        if statement.end > end {
            break;
        }
        if sql::begins_with(statement.text, &["discard", "all"]) {
            settings.clear();
        } else if is_setting(statement.text) {
            settings.push(statement.offset..statement.offset + statement.text.len());
        }
    }
    settings
}

/// Does a statement set something that lasts longer than its transaction?
fn is_setting(statement: &str) -> bool {
    const LOCAL: [&[&str]; 3] = [
        &["set", "local"],
        &["set", "constraints"],
        &["set", "transaction"],
    ];
    // As pg_dump writes it, and people.
    const CALLS: [&[&str]; 2] = [&["select", "set_config"], &["select", "pg_catalog"]];
    let begins = |words: &[&str]| sql::begins_with(statement, words);
    (begins(&["set"]) || begins(&["reset"])) && !LOCAL.into_iter().any(begins)
        || CALLS.into_iter().any(begins) && sql::mentions(statement, "set_config")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Format, Script, TransactionMode};

    fn check(transaction: TransactionMode, text: &str, expect: &[&str]) {
        let script = Script {
            path: "s.sql".into(),
            text: text.into(),
            first_line: 1,
            transaction,
        };
        let course = Course::of(&script, Format::Cogway);
        let found: Vec<String> = parts(&course)
            .into_iter()
            .map(|part| {
                let kind = match part.kind {
                    PartKind::Transaction => "in",
                    PartKind::Alone(Trace::None) => "alone?",
                    PartKind::Alone(_) => "alone",
                };
                format!("{kind}: {}", text[part.range].trim())
            })
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn a_part_is_what_can_be_done_at_once() {
        use TransactionMode::{Auto, Implicit, PerStatement};
        check(
            Auto,
            "create table t (); create index concurrently i on t (a); drop table u;",
            &[
                "in: create table t ()",
                "alone: create index concurrently i on t (a)",
                "in: drop table u",
            ],
        );
        check(
            PerStatement,
            "begin; insert into t values (1); insert into t values (2); commit; vacuum t;",
            &[
                "in: insert into t values (1); insert into t values (2);",
                "alone: vacuum t",
            ],
        );
        let odd = "begin; select 1; rollback; select 2; vacuum";
        check(PerStatement, odd, &[&format!("alone?: {odd}")]);
        let never_closed = "vacuum; begin; select 1";
        check(PerStatement, never_closed, &[&format!("alone?: {never_closed}")]);
        check(
            Implicit,
            "create index concurrently i on t (a)",
            &["alone: create index concurrently i on t (a)"],
        );
        check(
            Implicit,
            "begin; select 1; commit; begin; select 2; commit",
            &["in: select 1;", "in: select 2;"],
        );
        let mixed = "select 0; begin; select 1; commit";
        check(Implicit, mixed, &[&format!("alone?: {mixed}")]);
    }

    #[test]
    fn settings_are_made_again() {
        let check = |text: &str, expect: &[&str]| {
            let script = Script {
                path: "s.sql".into(),
                text: text.into(),
                first_line: 1,
                transaction: TransactionMode::PerStatement,
            };
            let mut parts = parts(&Course::of(&script, Format::Cogway));
            // The last one is not done.
            parts.pop();
            let found: Vec<&str> = settings_of(text, &parts)
                .into_iter()
                .map(|range| &text[range])
                .collect();
            assert_eq!(found, expect, "{text}");
        };
        check(
            "set search_path = a; set local x.y = 1; RESET ALL; select 1; set constraints all deferred; select 2",
            &["set search_path = a", "RESET ALL"],
        );
        check("select 1; set search_path = a", &[]);
        check(
            "begin; set search_path = a; insert into t values (1); commit; vacuum t",
            &["set search_path = a"],
        );
        check(
            "select pg_catalog.set_config('search_path', '', false); select set_config('x.y', '1', false); vacuum",
            &[
                "select pg_catalog.set_config('search_path', '', false)",
                "select set_config('x.y', '1', false)",
            ],
        );
        check("set role a; discard all; set x.y = 1; vacuum", &["set x.y = 1"]);
    }
}
