//! `normalize`: the normal forms of tables.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use cogway_analyze::dependency::Nulls;
use cogway_analyze::normal_form::NormalForm;

use super::{DatabaseArgs, HistoryArgs, ServerArgs};
use crate::output::FailureForm;

/// Say in which normal form each table is, which dependencies keep it from a higher one, and how to take it apart
///
/// What depends on what is known from keys and unique constraints, and from what you have confirmed in dependencies.toml,
/// beside cogway.toml. What the rows hold besides is listed, for you to confirm or to reject: rows can refute a dependency,
/// and never prove one. Until it is confirmed, it does not count.
///
/// The database is read in one transaction, and nothing in it is changed. Without a database, or with --dir, the history is
/// built on a private server, and the rows are those that its revisions insert.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway normalize                                  every table of the database
  cogway normalize --at-least 3nf --no-data         for CI: keys and verdicts only
  cogway normalize shop.address --error 0.01        what holds but for one row in a hundred
  cogway normalize --csv addresses.csv              a file, before there is a table
  cogway normalize --write-revision shop.address    the revision that takes it apart

A verdict in dependencies.toml, confirmed or rejected, with its reason:
  [[dependency]]
  table = \"shop.address\"
  determinant = [\"postcode\"]
  dependent = [\"city\"]
  verdict = \"confirmed\"
  because = \"a postcode belongs to one city, says the post\"

Exit codes: 0 done, 1 a table is below --at-least, or rows contradict what was confirmed, 2 wrong
use, 3 no server, 4 the history does not apply, 130 interrupted.")]
pub(crate) struct Normalize {
    /// The tables: shop.address, or address for public.address [default: all]
    #[arg(value_name = "TABLE")]
    pub(crate) tables: Vec<String>,
    /// End with 1 when a table is in a lower normal form than this
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) at_least: Option<Form>,
    /// The verdicts on dependencies, instead of the dependencies.toml beside cogway.toml or beside the folder of --dir
    #[arg(long, value_name = "FILE", conflicts_with = "csv")]
    pub(crate) verdicts: Option<PathBuf>,
    /// Write the revision that takes this table apart, into the history: new tables, rows carried over, and back
    #[arg(long, value_name = "TABLE", conflicts_with = "csv")]
    pub(crate) write_revision: Option<String>,
    /// Write the keys and dependencies of all tables, with their normal forms, as Markdown; `-` for stdout
    #[arg(long, value_name = "FILE", conflicts_with = "csv")]
    pub(crate) markdown: Option<PathBuf>,
    /// Judge the rows of this CSV file, with a header, instead of a database. An empty field is NULL
    #[arg(long, value_name = "FILE", conflicts_with_all = ["tables", "database_url", "dir", "format", "no_data"])]
    pub(crate) csv: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) database: DatabaseArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    /// How to print the report
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    pub(crate) output: CheckForm,
    // The last, since its heading is also that of what follows.
    #[command(flatten)]
    pub(crate) search: SearchArgs,
}

/// What to look for in the rows.
#[derive(Args, Debug)]
#[command(next_help_heading = "What to look for in the rows")]
pub(crate) struct SearchArgs {
    /// Look at no rows
    #[arg(long, conflicts_with_all = ["error", "largest", "sample", "all_rows", "nulls", "count_found", "least_support", "most_by_chance"])]
    pub(crate) no_data: bool,
    /// List what holds but for this share of rows, from 0 to 1: those that would have to go
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, value_parser = share)]
    pub(crate) error: f64,
    /// How many columns a determinant has at most
    #[arg(long, value_name = "COLUMNS", default_value_t = 3)]
    pub(crate) largest: usize,
    /// Of larger tables, look at about so many rows, chosen at random and the same each time
    #[arg(long, value_name = "ROWS", default_value_t = 100_000)]
    pub(crate) sample: usize,
    /// Look at all rows, however many
    #[arg(long, conflicts_with = "sample")]
    pub(crate) all_rows: bool,
    /// Whether NULLs agree with each other
    #[arg(long, value_enum, value_name = "HOW", default_value_t = NullsChoice::Equal)]
    pub(crate) nulls: NullsChoice,
    /// List only what so many rows bear out: rows that agree with another one in the determinant
    #[arg(long, value_name = "ROWS", default_value_t = 10)]
    pub(crate) least_support: usize,
    /// List only what is no chance: fewer dependencies than these, with as many columns in the determinant, would be
    /// expected to hold as well if no column had to do with another; `inf` lists all
    #[arg(long, value_name = "NUMBER", default_value_t = 1.0, value_parser = number)]
    pub(crate) most_by_chance: f64,
    /// Let what is found and not decided count as if it were confirmed
    #[arg(long)]
    pub(crate) count_found: bool,
}

/// A normal form, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// First
    #[value(name = "1nf")]
    First,
    /// Second: nothing depends on a part of a key
    #[value(name = "2nf")]
    Second,
    /// Third: nothing outside the keys depends on anything but a key
    #[value(name = "3nf")]
    Third,
    /// Boyce-Codd: nothing at all depends on anything but a key
    #[value(name = "bcnf")]
    BoyceCodd,
}

impl From<Form> for NormalForm {
    fn from(form: Form) -> NormalForm {
        match form {
            Form::First => NormalForm::First,
            Form::Second => NormalForm::Second,
            Form::Third => NormalForm::Third,
            Form::BoyceCodd => NormalForm::BoyceCodd,
        }
    }
}

/// Which NULLs agree, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum NullsChoice {
    /// NULL agrees with NULL, as in GROUP BY
    Equal,
    /// NULL agrees with nothing, as in a unique constraint
    Distinct,
}

impl From<NullsChoice> for Nulls {
    fn from(choice: NullsChoice) -> Nulls {
        match choice {
            NullsChoice::Equal => Nulls::Equal,
            NullsChoice::Distinct => Nulls::Distinct,
        }
    }
}

/// The forms of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckForm {
    /// Text for people
    #[default]
    Human,
    /// One JSON document
    Json,
    /// JUnit XML, for the test reports of CI systems
    Junit,
    /// Annotations of a pull request on GitHub
    Github,
}

impl From<CheckForm> for FailureForm {
    fn from(form: CheckForm) -> FailureForm {
        match form {
            CheckForm::Json => FailureForm::Json,
            CheckForm::Human | CheckForm::Junit | CheckForm::Github => FailureForm::Text,
        }
    }
}

/// A number from 0.
fn number(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number >= 0.0 => Ok(number),
        _ => Err("write a number from 0, or inf".to_owned()),
    }
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("write a number from 0 to 1: 0.01 is one row in a hundred".to_owned()),
    }
}
