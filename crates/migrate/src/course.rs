//! How a script is to be run: in a transaction of ours, or outside one.

use std::ops::Range;

use cogway_catalog::sql::{self, LineColumn, SplitError, StatementKind};
use cogway_pg::script::ScriptFailure;

use crate::history::{Format, Script, TransactionMode};

/// A script with the way it is run, which is its tool's way as far as its effects go.
#[derive(Debug)]
pub(crate) struct Course<'a> {
    pub(crate) script: &'a Script,
    pub(crate) way: Way,
    /// The bytes of each statement of the script.
    pub(crate) statements: Vec<Range<usize>>,
}

/// How a script is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Way {
    /// In one transaction: these bytes of the script, which are all of it but a `BEGIN` and `COMMIT` of its own.
    Transaction(Range<usize>),
    /// Sent as a whole, with the transactions that it opens itself.
    Whole,
    /// Statement by statement.
    Statements,
    /// Not at all: it needs what only `psql` does.
    Psql { line: usize, what: &'static str },
}

impl<'a> Course<'a> {
    /// Decides how a script of that format's history is run.
    pub(crate) fn of(script: &'a Script, format: Format) -> Course<'a> {
        let (way, statements) = match sql::split(&script.text) {
            Ok(statements) => (
                way(script, format, &statements),
                statements
                    .iter()
                    .map(|s| s.offset..s.offset + s.text.len())
                    .collect(),
            ),
            // PostgreSQL says what is wrong with it, in the words that users know.
            Err(SplitError { .. }) => (Way::Transaction(0..script.text.len()), Vec::new()),
        };
        Course {
            script,
            way,
            statements,
        }
    }

    /// The statements of the script, one by one.
    pub(crate) fn texts(&self) -> Vec<&'a str> {
        let script = self.script;
        self.statements
            .iter()
            .map(|range| &script.text[range.clone()])
            .collect()
    }

    /// Is it certain that no statement writes rows or moves sequences? Then PostgreSQL's counts show that none did.
    pub(crate) fn leaves_rows_alone(&self) -> bool {
        const HARMLESS: [&[&str]; 9] = [
            &["create", "index"],
            &["create", "unique", "index"],
            &["drop", "index"],
            &["alter", "index"],
            &["reindex"],
            &["alter", "type"],
            &["comment"],
            &["analyze"],
            &["set"],
        ];
        let harmless = |text: &&str| HARMLESS.iter().any(|words| sql::begins_with(text, words));
        !self.statements.is_empty() && self.texts().iter().all(harmless)
    }

    /// Where in its file a failure of a script is that was sent from this byte on; where statements are sent one by one,
    /// the one that failed was sent.
    pub(crate) fn place(&self, sent_from: usize, failure: &ScriptFailure) -> Option<LineColumn> {
        let sent_from = match (&self.way, self.failed_statement(sent_from, failure)) {
            (Way::Statements, Some(range)) => range.start,
            _ => sent_from,
        };
        self.place_sent_from(sent_from, failure)
            .or_else(|| Some(self.at_byte(self.failed_statement(sent_from, failure)?.start)))
    }

    /// The place that PostgreSQL names, in a text that was sent from this byte on.
    pub(crate) fn place_sent_from(&self, sent_from: usize, failure: &ScriptFailure) -> Option<LineColumn> {
        let position = failure.error.position?;
        let text = self.script.text.get(sent_from..)?;
        let byte = text
            .char_indices()
            .nth(position.saturating_sub(1))
            .map_or(text.len(), |(at, _)| at);
        Some(self.at_byte(sent_from + byte))
    }

    fn at_byte(&self, byte: usize) -> LineColumn {
        let before = &self.script.text[..byte.min(self.script.text.len())];
        self.script.place(before.chars().count() + 1)
    }

    /// The bytes of the statement that failed, as far as PostgreSQL says which. What was sent begins at this byte.
    pub(crate) fn failed_statement(&self, sent_from: usize, failure: &ScriptFailure) -> Option<Range<usize>> {
        let mut sent = self.statements.iter().filter(|range| range.start >= sent_from);
        failure.statement.and_then(|number| sent.nth(number)).cloned()
    }

    /// Does it have any statement?
    pub(crate) fn is_empty(&self) -> bool {
        self.script.is_blank()
    }
}

fn way(script: &Script, format: Format, statements: &[sql::Statement<'_>]) -> Way {
    for statement in statements {
        match statement.kind {
            StatementKind::CopyFromStdin { .. } => {
                return Way::Psql {
                    line: statement.line,
                    what: "COPY … FROM STDIN with its rows in the script",
                };
            }
            // Only Sqitch hands its scripts to psql; to others such a line is a mistake, which PostgreSQL reports.
            StatementKind::PsqlMeta if format == Format::Sqitch => {
                return Way::Psql {
                    line: statement.line,
                    what: "a command to psql",
                };
            }
            StatementKind::Other if copies_to_stdout(statement.text) => {
                return Way::Psql {
                    line: statement.line,
                    what: "COPY … TO STDOUT, whose rows go to the client",
                };
            }
            _ => {}
        }
    }
    let whole = 0..script.text.len();
    let bounded = statements
        .iter()
        .any(|statement| statement.kind.bounds_transaction());
    let outside = statements
        .iter()
        .any(|statement| matches!(statement.kind, StatementKind::OutsideTransaction(_)));
    if let Some(inner) = sql::wrapped_in_transaction(statements) {
        // What the script says itself comes to the same, whoever says it.
        return Way::Transaction(inner);
    }
    match script.transaction {
        TransactionMode::Single if !bounded => Way::Transaction(whole),
        TransactionMode::Auto | TransactionMode::Implicit if !bounded && !outside => Way::Transaction(whole),
        TransactionMode::Single | TransactionMode::Implicit => Way::Whole,
        TransactionMode::Auto => Way::Statements,
        TransactionMode::PerStatement if statements.len() == 1 && !bounded && !outside => {
            Way::Transaction(whole)
        }
        TransactionMode::PerStatement => Way::Statements,
    }
}

/// `COPY … TO STDOUT`, or `STDIN`, which PostgreSQL takes for the same.
fn copies_to_stdout(statement: &str) -> bool {
    sql::begins_with(statement, &["copy"])
        && sql::mentions(statement, "to")
        && (sql::mentions(statement, "stdout") || sql::mentions(statement, "stdin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(transaction: TransactionMode, text: &str, expect: &str) {
        let script = Script {
            path: "s.sql".into(),
            text: text.into(),
            first_line: 1,
            transaction,
        };
        let course = Course::of(&script, Format::Cogway);
        let found = match course.way {
            Way::Transaction(range) => format!("transaction: {}", text[range].trim()),
            Way::Whole => "whole".to_owned(),
            Way::Statements => "statements".to_owned(),
            Way::Psql { line, .. } => format!("psql: {line}"),
        };
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn the_way_follows_the_tool_and_the_statements() {
        use TransactionMode::{Auto, Implicit, PerStatement, Single};
        check(Single, "create table t ();", "transaction: create table t ();");
        check(
            Single,
            "begin; create table t (); commit;",
            "transaction: create table t ();",
        );
        check(Single, "create table t (); commit; begin; drop table t;", "whole");
        // As in the tool, PostgreSQL refuses this inside the transaction.
        check(Single, "vacuum", "transaction: vacuum");
        check(Auto, "create index concurrently i on t (a);", "statements");
        check(
            Auto,
            "create index i on t (a);",
            "transaction: create index i on t (a);",
        );
        check(Implicit, "create index concurrently i on t (a);", "whole");
        check(PerStatement, "select 1; select 2", "statements");
        check(PerStatement, "BEGIN; select 1; COMMIT;", "transaction: select 1;");
        check(Single, "copy t from stdin;\n1\n\\.\n", "psql: 1");
        check(Single, "select 1;\ncopy (select 1) to stdout", "psql: 2");
        check(Single, "copy t to '/tmp/t'", "transaction: copy t to '/tmp/t'");
    }
}
