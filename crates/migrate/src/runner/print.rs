//! A run as a script for `psql`: what an administrator can read, approve and run, with the same result.

use std::fmt::Write;

use cogway_catalog::sql::quote_literal;
use cogway_pg::execute::CONSTRAINTS_AS_DECLARED;

use super::options::Transactions;
use super::part::{Part, PartKind, checksums, parts};
use super::prepare::{Prepared, prepare};
use super::{RunError, Runner};
use crate::course::Way;
use crate::history::History;
use crate::ledger::{Entry, Event as Journal, Ledger, Outcome, SchemaState, Since};
use crate::position::Position;
use crate::route::Step;

/// The number of the run, once `psql` knows it.
const RUN: &str = ":cogway_run";

/// The names of the indexes that there are, as they are compared later.
const INDEX_NAMES: &str = "(select pg_catalog.array_agg(pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)) \
     from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relkind = 'i' \
     and n.nspname not in ('pg_catalog', 'pg_toast', 'information_schema'))";

/// What is run after a script of the user's, so that the rest runs with the rights and settings of the session.
const CLEAN: &str = "reset session authorization;\nreset role;\nreset all;\nclose all;\nunlisten *;\ndiscard temp;\ndeallocate all;\n";

/// What comes before that: the checks that the end of a transaction makes.
const CHECK: &str = "set constraints all immediate;\n";

/// Between the parts of a script, what is Cogway's runs with the rights of the session, whatever role the script took.
const OWN_RIGHTS: &str = "set local session authorization default;\nset local role none;\n";

impl Runner {
    /// The script that does what [`run`](Runner::run) would do; nothing is changed. What [`run`](Runner::run) would refuse
    /// is refused here too. It stops if the ledger is not what it
    /// is now.
    ///
    /// # Errors
    /// [`RunError`].
    pub async fn script(&self, history: &History, request: &super::Request<'_>) -> Result<String, RunError> {
        self.refuse_partial(history)?;
        let ledger = self.ledger().await?;
        self.refuse_other_tools(history, &ledger, request.ways).await?;
        let position = Position::of(history, &ledger);
        let route = self.route(&position, request)?;
        let steps = prepare(&self.executor, &position, &route).await?;
        self.refuse_impossible(&steps)?;
        if let Some(unfinished) = &ledger.unfinished {
            return Err(RunError::UnfinishedScript(unfinished.revision.clone()));
        }
        let mut text = String::new();
        // Writing to memory cannot fail.
        self.refuse_loss(&route, &steps, &mut |_| {}).await?;
        let tool_table = self.tool_table(history, &ledger).await?.unwrap_or_default();
        let _ = self
            .write(&mut text, &ledger, &steps, request, tool_table)
            .await?;
        Ok(text)
    }

    async fn write(
        &self,
        text: &mut String,
        ledger: &Ledger,
        steps: &[Prepared<'_>],
        request: &super::Request<'_>,
        tool_table: &str,
    ) -> Result<std::fmt::Result, RunError> {
        let what = format!("{} {}", request.ways.verb(), request.target);
        if steps.is_empty() {
            return Ok(writeln!(text, "-- {what}: there is nothing to do."));
        }
        let schema = SchemaState::read(&self.executor).await?;
        let upgrade = if ledger.is_current() {
            String::new()
        } else {
            ledger.upgrade(schema)
        };
        let begun = Outcome {
            message: Some(&what),
            ..Outcome::default()
        };
        let begun = self.entry("null").event(Journal::Begun, &begun);
        let mut write = || -> std::fmt::Result {
            writeln!(
                text,
                "-- {what}, written by Cogway {}.",
                self.options.author.cogway
            )?;
            writeln!(
                text,
                "-- Run it with psql, as the role that migrations run as: psql -X -f FILE DATABASE"
            )?;
            for step in steps {
                writeln!(
                    text,
                    "--   {} {} {}",
                    step.direction(),
                    step.id(),
                    one_line(step.name())
                )?;
            }
            writeln!(text, "\n\\set ON_ERROR_STOP on\n\n{}", guard(ledger))?;
            writeln!(text, "{}", take_lock())?;
            if !upgrade.is_empty() {
                writeln!(text, "begin;\n{upgrade}commit;\n")?;
            }
            if !tool_table.is_empty() {
                writeln!(text, "begin;\n{tool_table}\n;\ncommit;\n")?;
            }
            writeln!(text, "{begun} returning id as cogway_run \\gset")?;
            if self.options.transactions == Transactions::One {
                writeln!(text, "\nbegin;\n{}", self.lock_timeout())?;
            }
            for step in steps {
                self.write_step(text, step)?;
            }
            if self.options.transactions == Transactions::One {
                writeln!(text, "\ncommit;")?;
            }
            let ended = self.entry(RUN).event(Journal::Ended, &Outcome::default());
            writeln!(text, "\n{ended};")?;
            writeln!(
                text,
                "select pg_catalog.pg_advisory_unlock({}) as unlocked \\gset",
                super::lock::KEY
            )
        };
        Ok(write())
    }

    fn write_step(&self, text: &mut String, step: &Prepared<'_>) -> std::fmt::Result {
        let course = step.course();
        writeln!(
            text,
            "\n-- {} {} {}: {}",
            step.direction(),
            step.id(),
            one_line(step.name()),
            one_line(&step.source.to_string())
        )?;
        let entry = self.entry(RUN);
        let entry = match course.way {
            Way::Transaction(_) => entry,
            _ => Entry {
                since: Since::Started,
                ..entry
            },
        };
        let account = match step.step {
            Step::Up(revision) => entry.applied(revision, step.format),
            Step::Down(applied) => entry.reverted(&applied.id),
        };
        let Way::Transaction(range) = &course.way else {
            let parts = parts(&course);
            let words = checksums(&step.script.text, &parts);
            let mut words = words
                .iter()
                .enumerate()
                .map(|(done, checksum)| Entry::unfinished(step.id(), step.direction(), done, checksum));
            writeln!(text, "{};", words.next().unwrap_or_default())?;
            for (part, word) in parts.iter().zip(words) {
                self.write_part(text, step, part, &word)?;
            }
            return writeln!(text, "begin;\n{CLEAN}{account};\n{};\ncommit;", Entry::FINISHED);
        };
        let script = &step.script.text[range.clone()];
        match self.options.transactions {
            Transactions::Each => writeln!(
                text,
                "begin;\n{0}{1}\n;\n{CHECK}{CLEAN}{0}{account};\ncommit;",
                self.lock_timeout(),
                script.trim_end()
            ),
            Transactions::One => writeln!(
                text,
                "{}\n;\n{CHECK}{CONSTRAINTS_AS_DECLARED};\n{CLEAN}{}{account};",
                script.trim_end(),
                self.lock_timeout()
            ),
        }
    }

    fn write_part(
        &self,
        text: &mut String,
        step: &Prepared<'_>,
        part: &Part,
        word: &str,
    ) -> std::fmt::Result {
        let script = step.script.text[part.range.clone()].trim_end();
        match part.kind {
            PartKind::Transaction => writeln!(
                text,
                "begin;\n{}{script}\n;\n{CHECK}{OWN_RIGHTS}{word};\ncommit;",
                self.lock_timeout()
            ),
            PartKind::Alone(_) => writeln!(
                text,
                "begin;\n{OWN_RIGHTS}update cogway.unfinished set begun = true, indexes = {INDEX_NAMES};\ncommit;\n\
                 {script}\n;\nbegin;\n{OWN_RIGHTS}{word};\ncommit;"
            ),
        }
    }

    fn lock_timeout(&self) -> String {
        match self.options.lock_timeout.as_millis() {
            0 => String::new(),
            milliseconds => format!("set local lock_timeout = {milliseconds};\n"),
        }
    }
}

/// Stops the script where the ledger is not what it was when the script was written.
fn guard(ledger: &Ledger) -> String {
    let wrong = "raise exception 'the ledger is not what it was when this script was written: write it anew'";
    if ledger.version.is_none() {
        return format!(
            "do $$ begin if pg_catalog.to_regclass('cogway.ledger') is not null then {wrong}; end if; end $$;"
        );
    }
    let mut ids: Vec<&str> = ledger.applied.iter().map(|applied| applied.id.as_str()).collect();
    ids.sort_unstable();
    format!(
        "do $$ begin if (select coalesce(pg_catalog.array_agg(id order by id collate \"C\"), '{{}}') from cogway.revision) \
         <> {}::text[] then {wrong}; end if; end $$;",
        quote_literal(&array(&ids))
    )
}

/// A list as PostgreSQL writes arrays.
fn array(items: &[&str]) -> String {
    let quoted: Vec<String> = items
        .iter()
        .map(|item| format!("\"{}\"", item.replace('\\', "\\\\").replace('"', "\\\"")))
        .collect();
    format!("{{{}}}", quoted.join(","))
}

fn take_lock() -> String {
    format!(
        "do $$ begin if not pg_catalog.pg_try_advisory_lock({}) then raise exception 'another run of Cogway holds the lock'; \
         end if; end $$;\n",
        super::lock::KEY
    )
}

/// A name within a comment that ends with its line.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}
