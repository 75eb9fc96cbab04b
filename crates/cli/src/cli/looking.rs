//! The verbs that look and change nothing: `status`, `history`, `heads`, `check`.

use clap::Args;

use super::{DatabaseArgs, ExcludeArgs, HistoryArgs};
use crate::output::PlainForm;

/// Say where a database stands
///
/// What is applied, and what is pending; what is applied and not in the files (unknown), and what has changed in the files
/// since it was applied; whether branches were not merged; and whether the schema is what the last run left (drift).
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway status
  cogway status --output json | jq .pending
  cogway status --exit-code      1 when something is pending, for scripts

Exit codes: 0 done, 1 something is open, with --exit-code, 2 wrong use, 3 no server.")]
pub(crate) struct Status {
    /// End with 1 when anything is pending, unknown, changed, half done or drifted
    #[arg(long)]
    pub(crate) exit_code: bool,
    #[command(flatten)]
    pub(crate) exclude: ExcludeArgs,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) database: DatabaseArgs,
    /// How to print it
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
}

/// List the revisions, newest first; with --graph, who builds on whom
///
/// Where a database is named, it says which are applied, and when. Without one, it reads the files alone.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway history
  cogway history --graph")]
pub(crate) struct History {
    /// Draw who builds on whom
    #[arg(long)]
    pub(crate) graph: bool,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) database: DatabaseArgs,
    /// How to print it
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
}

/// Name the heads: the revisions on which no other builds
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  cogway heads

Several heads are branches that nobody has merged: `cogway merge` and `cogway rebase` make them one.

Exit codes: 0 one head or none, 5 several.")]
pub(crate) struct Heads {
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    /// How to print it
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
}

/// Compare the live schema with what the last run left, object by object
///
/// It needs no files: each run of Cogway records the schema that it leaves.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway check                        has somebody changed production by hand?
  cogway check --exclude privileges
  cogway repair --schema              what is there is right: later checks compare with it

Exit codes: 0 no drift, 1 drift, or nothing to compare with, 2 wrong use, 3 no server.")]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) exclude: ExcludeArgs,
    #[command(flatten)]
    pub(crate) database: DatabaseArgs,
    /// How to print it
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
}
