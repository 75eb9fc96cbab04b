//! What may be typed. The comments here are the help texts.

mod accounting;
mod documenting;
pub(crate) mod duration;
mod looking;
mod moving;
mod normalizing;
mod seeding;
mod writing;

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub(crate) use accounting::{Adopt, Repair};
pub(crate) use documenting::{DetailChoice, Doc, DocumentForm};
pub(crate) use looking::{Check, Heads, History, Status};
pub(crate) use moving::{Down, OrderChoice, RunArgs, To, Up};
pub(crate) use normalizing::{CheckForm, Normalize};
pub(crate) use seeding::{LanguageChoice, Seed, share};
pub(crate) use writing::{Init, Merge, New, Rebase};

use crate::output::{FailureForm, PlainForm, ReportForm};
use crate::printer::{ColourChoice, Talk};

/// Takes a PostgreSQL schema up and down, and proves every step before production sees it
///
/// Cogway moves a database through its history of revisions and keeps account of it in a ledger within the database. It
/// proves a history on a private server: each revision up, down and up again, with the whole catalog compared after each
/// step. It works on the files of golang-migrate, dbmate, goose, sqlx, diesel, Flyway, refinery and Sqitch as they are, and
/// on its own.
#[derive(Debug, Parser)]
#[command(
    name = "cogway",
    version,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = "\
Examples:
  cogway demo                      see what it does, on a small bookshop
  cogway init                      begin with an empty history
  cogway verify --dir migrations   prove your own migrations
  cogway up                        apply what is pending
  cogway help verify               everything about a verb

Exit codes:
  0  done, nothing found
  1  a check found something
  2  wrong use or configuration
  3  PostgreSQL cannot be reached or started
  4  a migration failed
  5  the history conflicts
  130  interrupted"
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// What every verb takes.
#[derive(Args, Debug)]
pub(crate) struct Common {
    /// The configuration, instead of the cogway.toml of this directory or the nearest above
    #[arg(long, global = true, value_name = "FILE", help_heading = "Common options")]
    pub(crate) config: Option<PathBuf>,
    /// Say nothing on stderr but errors, and show no progress
    #[arg(
        short,
        long,
        global = true,
        conflicts_with = "verbose",
        help_heading = "Common options"
    )]
    pub(crate) quiet: bool,
    /// Say more: every revision, every difference, what is allowed
    #[arg(short, long, global = true, help_heading = "Common options")]
    pub(crate) verbose: bool,
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value_t,
        hide_possible_values = true,
        help = "When to use colours: auto (on terminals, unless NO_COLOR is set), always or never",
        help_heading = "Common options"
    )]
    pub(crate) color: ColourChoice,
}

impl Common {
    pub(crate) fn talk(&self) -> Talk {
        match (self.quiet, self.verbose) {
            (true, _) => Talk::Quiet,
            (false, true) => Talk::Verbose,
            (false, false) => Talk::Usual,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    Init(Init),
    New(New),
    Status(Status),
    History(History),
    Heads(Heads),
    Up(Up),
    Down(Down),
    To(To),
    Merge(Merge),
    Rebase(Rebase),
    Check(Check),
    Adopt(Adopt),
    Repair(Repair),
    Verify(Verify),
    Snapshot(Snapshot),
    Seed(Seed),
    Doc(Doc),
    Normalize(Normalize),
    Pg(Pg),
    Demo(Demo),
    Completion(Completion),
}

impl Verb {
    /// As it is typed, and as JSON documents say it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Verb::Init(_) => "init",
            Verb::New(_) => "new",
            Verb::Status(_) => "status",
            Verb::History(_) => "history",
            Verb::Heads(_) => "heads",
            Verb::Up(_) => "up",
            Verb::Down(_) => "down",
            Verb::To(_) => "to",
            Verb::Merge(_) => "merge",
            Verb::Rebase(_) => "rebase",
            Verb::Check(_) => "check",
            Verb::Adopt(_) => "adopt",
            Verb::Repair(_) => "repair",
            Verb::Verify(_) => "verify",
            Verb::Snapshot(_) => "snapshot",
            Verb::Seed(_) => "seed",
            Verb::Doc(_) => "doc",
            Verb::Normalize(_) => "normalize",
            Verb::Pg(_) => "pg",
            Verb::Demo(_) => "demo",
            Verb::Completion(_) => "completion",
        }
    }

    /// Whether failures are told in JSON as well.
    pub(crate) fn failure_form(&self) -> FailureForm {
        match self {
            Verb::Init(args) => args.output.into(),
            Verb::New(args) => args.output.into(),
            Verb::Status(args) => args.output.into(),
            Verb::History(args) => args.output.into(),
            Verb::Heads(args) => args.output.into(),
            Verb::Up(args) => args.run.output.into(),
            Verb::Down(args) => args.run.output.into(),
            Verb::To(args) => args.run.output.into(),
            Verb::Merge(args) => args.output.into(),
            Verb::Rebase(args) => args.output.into(),
            Verb::Check(args) => args.output.into(),
            Verb::Adopt(args) => args.output.into(),
            Verb::Repair(args) => args.output.into(),
            Verb::Verify(args) => args.output.into(),
            Verb::Snapshot(args) => args.output.into(),
            Verb::Seed(args) => args.output.into(),
            Verb::Doc(args) => args.output.into(),
            Verb::Normalize(args) => args.output.into(),
            Verb::Pg(args) => args.output.into(),
            Verb::Demo(args) => args.output.into(),
            Verb::Completion(args) => args.output.into(),
        }
    }
}

/// Prove every revision of a history: up, down, up again
///
/// For each revision in order: up, read the catalog, down, read, up again, read. What down does not restore, and what
/// the second up makes differently, is a finding. After a finding the proof goes on from the state that a plain up
/// leaves, so that one run reports the whole history.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway verify                                    the folder of cogway.toml, or migrations
  cogway verify --dir db/migrations --data country,currency
  cogway verify --from 20240501 --fail-fast        only what is new, until something is found
  cogway verify --populated 1000                   on rows too, as production has them
  cogway verify --output junit > report.xml

Findings that are known and accepted go into cogway.toml, each with its reason:
  [[verify.allow]]
  revision = \"20240501120000\"
  kind = \"down_missing\"
  reason = \"drops a column that nobody has read for a year\"

Exit codes: 0 nothing found, 1 findings, 2 wrong use or configuration, 3 PostgreSQL cannot be
started or reached, 4 a revision before --from does not apply, 130 interrupted.")]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    /// The first revision to prove; those before are only run up. An id, or the beginning of one
    #[arg(long, value_name = "REV")]
    pub(crate) from: Option<String>,
    /// The last revision to prove. An id, or the beginning of one
    #[arg(long, value_name = "REV")]
    pub(crate) to: Option<String>,
    /// Stop at the first revision with a finding
    #[arg(long)]
    pub(crate) fail_fast: bool,
    /// How many parts of the history to prove side by side, each on a server of its own [default: as many as there are
    /// processors]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<std::num::NonZeroUsize>,
    /// Compare the rows of these tables too: reference data that programs rely on. `all` for every table
    #[arg(long, value_name = "TABLE", num_args = 1.., value_delimiter = ',')]
    pub(crate) data: Vec<String>,
    /// Prove on rows as well: fill every table with up to N rows before the next revision runs, by its place as `cogway
    /// seed --rows N` does; 100 without N. Finds changes that fail on rows, and values that down does not bring back
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "100")]
    pub(crate) populated: Option<NonZeroU32>,
    #[command(flatten)]
    pub(crate) exclude: ExcludeArgs,
    /// Prove on this server instead of a private one. Only named here: the environment does not choose it, since the
    /// proof makes and drops databases there. The role must be allowed to create databases
    #[arg(long, value_name = "URL")]
    pub(crate) database_url: Option<String>,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    /// How to print the report
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    pub(crate) output: ReportForm,
}

/// Print the schema of a database, or the one that a history makes, as canonical JSON with a fingerprint
///
/// Two databases have the same fingerprint exactly when nothing tells their schemas apart: another server, another day,
/// another order of creation make no difference. Without --dir and --at, the database is the one of --database-url,
/// DATABASE_URL or libpq's variables (PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD); if none is set, the history of
/// cogway.toml or of the folder migrations.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway snapshot --dir migrations > schema.json
  cogway snapshot --dir migrations --at 0007 --output human
  cogway snapshot --database-url postgresql://me@db.example/shop --exclude owners privileges")]
pub(crate) struct Snapshot {
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    /// Up to and including this revision. An id, or the beginning of one
    #[arg(long, value_name = "REV", conflicts_with = "database_url")]
    pub(crate) at: Option<String>,
    /// The database to read; nothing in it is changed. Otherwise DATABASE_URL
    #[arg(long, value_name = "URL", conflicts_with_all = ["dir", "format"])]
    pub(crate) database_url: Option<String>,
    #[command(flatten)]
    pub(crate) exclude: ExcludeArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    /// How to print it: json is the canonical catalog, human its fingerprint and counts
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Json)]
    pub(crate) output: PlainForm,
}

/// A private PostgreSQL server for development, which lasts
///
/// The server of a project: a Unix socket and no TCP port, its data in .cogway/pg beside cogway.toml (or in this
/// directory where there is none). It runs until it is stopped.
#[derive(Args, Debug)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "\
Examples:
  cogway pg start
  psql \"$(cogway pg url)\"
  cogway pg stop"
)]
pub(crate) struct Pg {
    /// How to print what there is to say
    #[arg(long, global = true, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
    #[command(subcommand)]
    pub(crate) action: PgAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PgAction {
    /// Start it, unless it runs, and print its URL. The first start makes the data
    #[command(after_help = "Example:\n  cogway pg start --pg-bin /usr/lib/postgresql/16/bin")]
    Start(ServerArgs),
    /// Stop it. The data stay
    #[command(after_help = "Example:\n  cogway pg stop")]
    Stop,
    /// Say whether it runs, and where
    #[command(after_help = "Example:\n  cogway pg status --output json")]
    Status,
    /// Print its URL, for psql and every driver
    #[command(after_help = "Example:\n  psql \"$(cogway pg url)\"")]
    Url {
        /// The database
        #[arg(default_value = cogway_pg::scratch::GROUND_DATABASE)]
        database: String,
    },
}

/// See what Cogway does: it proves a bookshop's history, and a copy of it with the usual mistakes
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway demo
  cogway demo --keep bookshop      leaves both histories in the folder bookshop, to look at and to play with")]
pub(crate) struct Demo {
    /// Write the two histories into this folder, and leave them there
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    /// How to print it: json is both reports as one document
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
}

/// Print the completion script of a shell
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway completion bash > ~/.local/share/bash-completion/completions/cogway
  cogway completion fish > ~/.config/fish/completions/cogway.fish")]
pub(crate) struct Completion {
    /// Whose
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
    /// How to print it: human is the script itself, json a document with it
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
}

/// Which history.
#[derive(Args, Debug)]
pub(crate) struct HistoryArgs {
    /// The folder with the migrations. Otherwise that of cogway.toml, or migrations
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Whose format it is in: cogway, golang-migrate, dbmate, goose, sqlx, diesel, flyway, refinery or sqitch; auto
    /// tells them apart from the files, and says why
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
}

/// Which database.
#[derive(Args, Debug)]
pub(crate) struct DatabaseArgs {
    /// The database. Otherwise DATABASE_URL, or libpq's variables (PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD), or the
    /// development server of this project where `cogway pg start` has started one
    #[arg(long, value_name = "URL")]
    pub(crate) database_url: Option<String>,
}

/// What to leave out.
#[derive(Args, Debug)]
pub(crate) struct ExcludeArgs {
    /// Leave this out of comparisons: column-order, comments, owners, privileges, storage
    #[arg(long, value_name = "ASPECT", num_args = 1.., value_delimiter = ',', value_parser = aspect)]
    pub(crate) exclude: Vec<cogway_catalog::Aspect>,
}

/// Which PostgreSQL to start.
#[derive(Args, Debug)]
pub(crate) struct ServerArgs {
    /// The directory of PostgreSQL's programs, instead of that of COGWAY_PG_BIN or the newest that is installed
    #[arg(long, value_name = "DIR")]
    pub(crate) pg_bin: Option<PathBuf>,
}

/// An aspect by the name that `cogway.toml` and JSON have for it.
fn aspect(name: &str) -> Result<cogway_catalog::Aspect, String> {
    use serde::de::IntoDeserializer;
    let deserializer: serde::de::value::StrDeserializer<'_, serde::de::value::Error> =
        name.into_deserializer();
    serde::Deserialize::deserialize(deserializer)
        .map_err(|_| "there are column-order, comments, owners, privileges and storage".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn clap_finds_nothing_wrong() {
        super::Cli::command().debug_assert();
    }
}
