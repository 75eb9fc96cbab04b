//! The verbs that write files: `init`, `new`, `merge`, `rebase`.

use std::path::PathBuf;

use clap::Args;

use super::{HistoryArgs, ServerArgs};
use crate::output::PlainForm;

/// Begin: write cogway.toml, and a folder for migrations where there is none
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway init
  cogway init --dir db/migrations --format goose   for migrations that are there already")]
pub(crate) struct Init {
    /// The folder for the migrations [default: migrations]
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Whose format they are in: cogway, golang-migrate, dbmate, goose, sqlx, diesel, flyway, refinery or sqitch. Where it
    /// is not said, each run tells it from the files; an empty folder is Cogway's own
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// How to print what was written
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
}

/// Write the files of a new revision, in the format of the history
///
/// The scripts are empty but for a comment: what they are to do is yours to write. Nothing that is there is overwritten.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway new \"add surname to users\"
  cogway new hotfix --parent 20240501   on an older revision: a second head, to be merged later

Exit codes: 0 written, 2 wrong use, 5 there are several heads, and --parent does not say which.")]
pub(crate) struct New {
    /// What it does, in a few words
    pub(crate) name: String,
    /// The revision it builds on, instead of the head. May be given several times; `base` for none
    #[arg(long, value_name = "REV")]
    pub(crate) parent: Vec<String>,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    /// How to print what was written
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
}

/// Join all heads by a revision that builds on them
///
/// First the branches are run on a private server, in both orders. Where they do not go together (both add the same
/// column, one alters what the other drops, the result depends on the order), nothing is written, and every conflict is
/// named with both revisions.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway merge \"join surname and patronymic\"
  cogway merge joined --accept-order     though the result depends on which branch is applied first

Exit codes: 0 written, 2 there is nothing to join, 5 the branches conflict.")]
pub(crate) struct Merge {
    /// What is joined, in a few words
    pub(crate) name: String,
    /// Join although what comes out depends on which branch was applied first
    #[arg(long)]
    pub(crate) accept_order: bool,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    /// How to print what was written
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
}

/// Let a revision, with all that builds on it, build on another one
///
/// First both are run on a private server, in both orders, as merge does. Where what comes out depends on the order, it is
/// said: the order is settled now, and databases that have gone the other way differ.
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  cogway rebase 20240502 --onto 20240501

Exit codes: 0 written, 2 it cannot build on that, 5 the branches conflict.")]
pub(crate) struct Rebase {
    /// The first revision that is to move
    pub(crate) revision: String,
    /// The revision that it is to build on
    #[arg(long, value_name = "REV")]
    pub(crate) onto: String,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    /// How to print what was written
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
}
