//! The verbs that move a database: `up`, `down`, `to`.

use clap::Args;

use super::{DatabaseArgs, HistoryArgs, duration};
use crate::output::RunForm;

/// Apply revisions: all that are pending, or up to a target
///
/// Each revision runs in a transaction together with its entry in the ledger (schema cogway), unless it holds a statement
/// that PostgreSQL refuses in one, such as CREATE INDEX CONCURRENTLY: then it runs part by part, and a run that is cut
/// off goes on where it ended. One run at a time has the lock; others wait. A statement that waits longer than
/// --lock-timeout for a lock of the application's gives way, and is tried again.
#[derive(Args, Debug)]
#[command(after_help = "\
TARGET is head (the default), heads (all of them, where branches were not merged), an id or the beginning of one, a \
number, or +N for the next N.

Examples:
  cogway up                      everything that is pending
  cogway up +1                   the next revision only
  cogway up --dry-run            what would run
  cogway up --rehearse           run it in a transaction, roll it back, and say how it went
  cogway up --sql > change.sql   a script for psql, with the same result

What is to hold for every run goes into cogway.toml:
  [run]
  order = \"allow\"              as --order
  strict = true                as --strict
  exclude = [\"privileges\"]     what is no drift
  lock_timeout = \"5s\"
  wait = \"10min\"
  before = \"pg_dump -Fc -f before.dump\"
                               a command that must succeed before anything is changed

Exit codes: 0 done, 1 drift, with --strict, 2 wrong use, 3 no server, 4 a revision failed or another run holds the lock, \
5 the history conflicts (several heads, changed, unknown or late revisions), 130 interrupted.")]
pub(crate) struct Up {
    /// Where to: head, heads, a revision or +N
    #[arg(default_value = "head", allow_negative_numbers = true)]
    pub(crate) target: String,
    #[command(flatten)]
    pub(crate) order: OrderArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Take revisions back, down to a target
///
/// The down script of the files runs if it is what it was when the revision was applied; otherwise, or where there are no
/// files, the one that the ledger has kept. What would drop tables or columns that hold rows is refused and named, unless
/// --allow-data-loss is given. Revisions go in the order in which they came, the last first.
#[derive(Args, Debug)]
#[command(after_help = "\
TARGET is -N for the last N, base for all, or a revision (its id, the beginning of it, or its number): then that \
revision, with what it builds on, is all that is left.

Examples:
  cogway down -1                      the last revision
  cogway down 20240501 --dry-run      what would be taken back, to get to that revision
  cogway down base --allow-data-loss  everything, with the rows

Exit codes: 0 done, 1 rows would be lost, or drift, with --strict, 2 wrong use, 3 no server, 4 a down failed or another \
run holds the lock, 5 the history conflicts (no down, something is half done), 130 interrupted.")]
pub(crate) struct Down {
    /// Where to: a revision, -N or base
    #[arg(allow_negative_numbers = true)]
    pub(crate) target: String,
    /// Drop tables and columns although they hold rows, and take back other branches too
    #[arg(long)]
    pub(crate) allow_data_loss: bool,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Move to a revision, whichever way that is
///
/// Afterwards that revision and what it builds on is applied, and nothing else. What must go is taken back first, as with
/// down; then the rest is applied, as with up.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway to 20240501 --dry-run   what would be taken back, and what applied
  cogway to head                 also when a newer version of the program has applied more than
                                 these files know

Exit codes: as those of up and down.")]
pub(crate) struct To {
    /// Where to: a revision, head, heads, base, +N or -N
    #[arg(allow_negative_numbers = true)]
    pub(crate) target: String,
    /// Drop tables and columns although they hold rows, and take back other branches too
    #[arg(long)]
    pub(crate) allow_data_loss: bool,
    #[command(flatten)]
    pub(crate) order: OrderArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// What becomes of late revisions, where a run goes forward.
#[derive(Args, Debug)]
pub(crate) struct OrderArgs {
    /// What becomes of revisions that come late, after ones that build on them were applied: strict refuses, allow applies
    /// them [default: strict, or what cogway.toml says]
    // Behind --single-transaction, of the options that all of these verbs have.
    #[arg(
        long,
        value_enum,
        value_name = "POLICY",
        hide_possible_values = true,
        display_order = 5
    )]
    pub(crate) order: Option<OrderChoice>,
}

/// How to run.
#[derive(Args, Debug)]
pub(crate) struct RunArgs {
    /// Only list what would run
    #[arg(long, conflicts_with_all = ["sql", "rehearse"])]
    pub(crate) dry_run: bool,
    /// Only try: run everything in one transaction, and roll it back
    #[arg(long)]
    pub(crate) rehearse: bool,
    /// Only print a script for psql that does the same, entries in the ledger included
    #[arg(long, conflicts_with = "rehearse")]
    pub(crate) sql: bool,
    /// One transaction for all revisions: everything, or nothing
    #[arg(long)]
    pub(crate) single_transaction: bool,
    /// Refuse to run when the schema is not what the last run left, instead of warning
    #[arg(long)]
    pub(crate) strict: bool,
    /// How long a statement may wait for a lock, and others behind it, before it gives way and is tried again; 0 for ever
    /// [default: 2s]
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    pub(crate) lock_timeout: Option<std::time::Duration>,
    /// How long to wait for another run to end [default: 60s]
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    pub(crate) wait: Option<std::time::Duration>,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) database: DatabaseArgs,
    /// How to print what happens
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    pub(crate) output: RunForm,
}

/// What becomes of revisions that come late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OrderChoice {
    /// They are refused
    Strict,
    /// They are applied
    Allow,
}
