//! What stopped a run, in words that say what to type next.

use cogway_migrate::history::RevisionId;
use cogway_migrate::ledger::LedgerError;
use cogway_migrate::runner::{RunError, Transactions};
use cogway_migrate::target::TargetError;
use cogway_pg::session::SessionError;

use super::conflict::{done_by_hand, of_conflict};
use super::step::{at, of_half, of_statement, of_step, one_line, progress};
use super::{Failure, FailureCode, sqlstate};
use crate::report::{counted, revisions};

/// What is known where a run stops, besides the error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// What to type to go on: `cogway up 20240501`.
    pub(crate) again: &'a str,
    /// What the ledger has.
    pub(crate) ledger: Has,
    /// Was each revision to have a transaction, or all together one?
    pub(crate) transactions: Transactions,
}

/// What a ledger has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Has {
    /// No revision: what is in the database may be older than Cogway.
    Nothing,
    /// Revisions, as far as is known.
    Revisions,
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Failure {
        let context = Context {
            again: "the same command",
            ledger: Has::Revisions,
            transactions: Transactions::Each,
        };
        of_run(error, context)
    }
}

/// What stopped a run.
pub(crate) fn of_run(error: RunError, context: Context<'_>) -> Failure {
    let again = context.again;
    let message = error.to_string();
    let new = |code: FailureCode| Failure::new(code, message.clone());
    match error {
        RunError::Session(error) => error.into(),
        RunError::Ledger(error) => ledger_refused(error, message),
        RunError::LedgerContents(error) => new(FailureCode::Conflict).hint(match error {
            LedgerError::Contents(_) => "`cogway repair --schema` records it anew",
            _ => "a newer Cogway has moved this database: use that version, or a newer one",
        }),
        RunError::History(problem) => {
            let why = if problem.kind.breaks_graph() {
                "nothing was run: the order of the revisions would not be the one that was meant"
            } else {
                "nothing was run: what cannot be read would be passed over"
            };
            new(FailureCode::History)
                .at(&problem.path, problem.line)
                .details(vec![why.to_owned()])
                .hint(problem.hint)
        }
        RunError::Target(error) => of_target(&error),
        RunError::Conflict(conflict) => of_conflict(&conflict),
        RunError::OtherTool(found) => new(FailureCode::Conflict)
            .details(vec![
                "nothing was run: what that tool has applied would be applied again".to_owned(),
            ])
            .hint(format!(
                "`cogway adopt --from {}` takes its account over and runs nothing; with --dry-run it only says what it would \
                 take over",
                found.tool
            )),
        RunError::Account(error) => new(FailureCode::Conflict).hint(error.hint()),
        RunError::AlreadyThere(number) => {
            let message = format!("the ledger has {} already", revisions(number));
            Failure::usage(message).hint(
                "only an empty ledger can be filled; `cogway status` shows what is in this one, and `cogway repair` corrects \
                 it, revision by revision",
            )
        }
        RunError::NothingUnfinished => {
            new(FailureCode::Usage).hint("`cogway status` shows where the database stands")
        }
        RunError::NoSuchPart { parts, .. } => {
            let parts_of = counted(parts, "part", "parts");
            new(FailureCode::Usage).hint(format!(
                "it has {parts_of}: write the number of the first that is not done, or {} when all are",
                parts + 1
            ))
        }
        RunError::UnfinishedScript(_) => {
            new(FailureCode::Conflict).hint("run it without --sql; after that the rest can be a script")
        }
        RunError::Locked { holder, waited } => {
            let mut message = "another run holds the lock".to_owned();
            if waited.as_millis() > 100 {
                message += &format!(", and still does after {}", crate::report::steps::time(waited));
            }
            let mut hint = "wait for longer with --wait 10min".to_owned();
            if let Some(holder) = holder {
                message += &format!(": {holder}");
                hint += &format!(
                    ", or look at what it does: select * from pg_stat_activity where pid = {}",
                    holder.pid
                );
            }
            Failure::new(FailureCode::Locked, message).hint(hint)
        }
        RunError::Drifted(drift) => {
            let lines = crate::report::position::drift_lines(&drift);
            let number = counted(lines.len(), "difference", "differences");
            let message = format!("the schema is not what the last run left: {number}");
            Failure::new(FailureCode::Drift, message).details(lines).hint(
                "put it back, or take it for right: `cogway repair --schema`; without --strict it is a warning only",
            )
        }
        RunError::DataLoss(loss) => of_loss(&loss),
        RunError::Before(why) => {
            let message = format!("the command that must succeed before did not: {}", one_line(&why));
            Failure::new(FailureCode::Migration, message)
                .details(vec!["nothing was run".to_owned()])
                .hint(format!(
                    "mend what is in its way, or the command (`before` under [run] in cogway.toml), and run {} again",
                    quoted(again)
                ))
        }
        RunError::NeedsPsql {
            source_of, line, what, ..
        } => {
            let failure = Failure::new(FailureCode::Migration, format!("only psql understands {what}"));
            let mut failure = at(failure, &source_of, Some(line), None);
            let mut details = std::mem::take(&mut failure.details).into_vec();
            details.push("nothing was run".to_owned());
            failure
                .details(details)
                .hint("write it in SQL: INSERT in place of COPY, settings in place of commands to psql")
        }
        RunError::NotInOneTransaction(_) => new(FailureCode::Usage).hint(
            "leave out --single-transaction or --rehearse, or stop before it with a target; each revision that can then has a \
             transaction of its own",
        ),
        RunError::Unclear(unclear) => {
            let message = format!(
                "{}: it is not known whether this statement has had its effect",
                unclear.revision
            );
            let failure = Failure::new(FailureCode::Conflict, message);
            let mut failure = at(failure, &unclear.source, Some(unclear.line), None);
            let mut details = std::mem::take(&mut failure.details).into_vec();
            details.extend(of_statement(&unclear.statement));
            details.push(
                "it ran outside a transaction when the last run was cut off: look at the database for what it does"
                    .to_owned(),
            );
            failure.details(details).hint(format!(
                "if it has: `cogway repair --resume-at {}`; if it has not: `cogway repair --resume-at {}`; then run {} again. \
                 If you do the rest by hand: `cogway repair --{} {}`",
                unclear.part + 1,
                unclear.part,
                quoted(again),
                done_by_hand(unclear.direction),
                unclear.revision,
            ))
        }
        RunError::ChangedHalf { ref revision, ref source_of, .. } => {
            at(new(FailureCode::Conflict), source_of, None, None).hint(format!(
                "put back what was changed of the part that is done, or say where to go on: `cogway repair --resume-at N`; \
                 `cogway repair --reverted {revision}` forgets it, and leaves what it did"
            ))
        }
        RunError::Step(failure) => of_step(*failure, context),
        RunError::Interrupted { done, left, half } => {
            let mut details = progress(&done, &left);
            details.extend(half.iter().flat_map(|half| of_half(half)));
            Failure::new(FailureCode::Interrupted, message)
                .details(details)
                .hint(format!("run {} again: it goes on where this ended", quoted(again)))
        }
    }
}

/// A command in the quotes that commands have; words as they are.
pub(super) fn quoted(again: &str) -> String {
    if again.starts_with("cogway ") {
        format!("`{again}`")
    } else {
        again.to_owned()
    }
}

/// A target that cannot be understood.
fn of_target(error: &TargetError) -> Failure {
    match error {
        TargetError::Unknown { text, .. } if text.trim().is_empty() => {
            Failure::usage("the target is empty").hint(error.hint())
        }
        // It may hold a password.
        TargetError::Unknown { text, .. } if text.contains("://") => Failure::usage("a URL is no target")
            .hint("name the database with --database-url; a target is a revision, head, base, +N or -N"),
        _ => Failure::usage(error.to_string()).hint(error.hint()),
    }
}

fn of_loss(loss: &cogway_migrate::runner::Loss) -> Failure {
    let mut details = Vec::new();
    for (holder, rows) in &loss.rows {
        let rows = format!("{rows} {}", if *rows == 1 { "row" } else { "rows" });
        details.push(match holder.column {
            Some(_) => format!("{holder}: a value in {rows}"),
            None => format!("{holder}: {rows}"),
        });
    }
    for id in &loss.beyond {
        details.push(format!("{id}: on another branch than what was named"));
    }
    let message = match (&loss.untried, loss.rows.is_empty(), loss.beyond.is_empty()) {
        (Some(untried), ..) if untried.certain => format!(
            "the down of {} fails when it is tried, and nothing was run: {}",
            untried.revision,
            one_line(&untried.message)
        ),
        (Some(untried), ..) => format!(
            "what {} drops cannot be known before it is run: {}",
            untried.revision,
            one_line(&untried.message)
        ),
        (None, false, true) => "this would drop what holds rows, and nothing was run".to_owned(),
        (None, true, _) => "this would take back more than was named, and nothing was run".to_owned(),
        (None, false, false) => {
            "this would drop what holds rows and take back more than was named, and nothing was run"
                .to_owned()
        }
    };
    let hint = match (&loss.untried, loss.rows.is_empty()) {
        (None, true) => {
            "take that back too: --allow-data-loss; or only what came last, one by one: `cogway down -1`"
        }
        (None, false) => "keep what is in them elsewhere, then allow it: --allow-data-loss",
        (Some(untried), _) if untried.certain => {
            let id = &untried.revision;
            let hint = format!(
                "mend its down and record it with `cogway repair {id}`; or go back no further than to it: `cogway down {id}`"
            );
            return Failure::new(FailureCode::Migration, message)
                .details(details)
                .hint(hint);
        }
        (Some(_), _) => {
            "run it in spite of that: --allow-data-loss; should it fail, nothing of that revision is left"
        }
    };
    Failure::new(FailureCode::DataLoss, message)
        .details(details)
        .hint(hint)
}

fn ledger_refused(error: SessionError, message: String) -> Failure {
    let state = sqlstate(&error);
    let hint = match state.as_deref() {
        Some("42501") => {
            "the role needs CREATE on the database (GRANT CREATE ON DATABASE … TO …), or a schema cogway of its own: CREATE \
             SCHEMA cogway AUTHORIZATION …"
        }
        Some("25006") => {
            "this server only reads: it is a standby, or the session is read-only; name the primary"
        }
        _ if error.is_lost() => "the server went away; its log says why. Run the same again",
        Some(state) if state.starts_with("42") || state.starts_with("23") => super::LEDGER_HINT,
        _ => "the server's log may say more",
    };
    Failure {
        sqlstate: state,
        ..Failure::new(FailureCode::Server, message).hint(hint)
    }
}

pub(super) fn list<'a>(ids: impl IntoIterator<Item = &'a RevisionId>) -> String {
    const MOST: usize = 8;
    let ids: Vec<&str> = ids.into_iter().map(RevisionId::as_str).collect();
    match ids.len() {
        0..=MOST => ids.join(", "),
        many => format!("{} … {} ({many} revisions)", ids[..3].join(", "), ids[many - 1]),
    }
}
