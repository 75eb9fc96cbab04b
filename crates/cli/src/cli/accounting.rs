//! The verbs that write into the ledger and run nothing: `adopt`, `repair`.

use clap::Args;

use super::{DatabaseArgs, HistoryArgs};
use crate::output::PlainForm;

/// Take over a database that another tool has moved so far
///
/// Reads the table in which the tool keeps account, checks it against the files, and fills the ledger with it. Nothing
/// is run, and the tool's table stays as it is. Where no tool kept account, --baseline says what is applied.
#[derive(Args, Debug)]
#[command(
    group = clap::ArgGroup::new("whose").required(true),
    after_help = "\
Examples:
  cogway adopt --from golang-migrate --dry-run
  cogway adopt --from diesel
  cogway adopt --from flyway --table shop.flyway_schema_history
  cogway adopt --baseline 20240501   no tool's table: it is there, with what it builds on

Exit codes: 0 done, 2 wrong use, 3 no server, 4 another run holds the lock, 5 the table and the files do not go together."
)]
pub(crate) struct Adopt {
    /// The tool: golang-migrate, dbmate, goose, sqlx, diesel, flyway, refinery, alembic or sqitch
    #[arg(long, value_name = "TOOL", group = "whose")]
    pub(crate) from: Option<String>,
    /// The revision that the database is at: it and all that it builds on is taken for applied. `head` for all
    #[arg(long, value_name = "REV", group = "whose")]
    pub(crate) baseline: Option<String>,
    /// The tool's table, where it is not the usual one
    #[arg(long, value_name = "TABLE", conflicts_with = "baseline")]
    pub(crate) table: Option<String>,
    /// Only say what would be taken over
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) database: DatabaseArgs,
    /// How to print it
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
}

/// Correct the ledger: take changed files as they are, or say what became of a revision
///
/// Without options it shows what has changed in the files of applied revisions, and records them as they are now. Nothing
/// is run in any case, and the schema stays as it is.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway repair --dry-run            what has changed since it was applied
  cogway repair 20240501             record the files of this revision as they are
  cogway repair --resume-at 3        go on with a half applied revision at its third part
  cogway repair --applied 20240501   it was applied by hand, all of it
  cogway repair --schema             what is there is right: later checks compare with it

Exit codes: 0 done, 2 wrong use, 3 no server, 4 another run holds the lock.")]
pub(crate) struct Repair {
    /// The revisions to record anew; all that changed where none is named
    #[arg(value_name = "REV")]
    pub(crate) revisions: Vec<String>,
    /// Say that this revision is applied, all of it
    #[arg(long, value_name = "REV", conflicts_with_all = ["revisions", "reverted", "resume_at", "schema"])]
    pub(crate) applied: Option<String>,
    /// Say that this revision is not applied, not even by half
    #[arg(long, value_name = "REV", conflicts_with_all = ["revisions", "resume_at", "schema"])]
    pub(crate) reverted: Option<String>,
    /// Go on with the revision that is half done at this part, counted from 1, when it is run next
    #[arg(long, value_name = "N", conflicts_with_all = ["revisions", "schema"])]
    pub(crate) resume_at: Option<usize>,
    /// Take the schema as it is for right, and compare with it from now on
    #[arg(long, conflicts_with = "revisions")]
    pub(crate) schema: bool,
    /// Only say what would be corrected
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) database: DatabaseArgs,
    /// How to print it
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
}
