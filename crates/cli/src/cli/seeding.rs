//! `seed`: rows for any schema.

use std::num::NonZeroUsize;

use clap::{Args, ValueEnum};
use cogway_catalog::QualifiedName;
use cogway_workload::seed::Share;
use cogway_workload::seed::language::Language;

use super::DatabaseArgs;
use crate::output::RunForm;

/// Fill a database with rows that satisfy every constraint and look like life
///
/// The live schema is read, and every table gets rows: as many as --rows for the largest (facts, and tables that stand alone),
/// fewer for those that others refer to, a handful for reference data. Nothing needs to be configured, and nothing is known
/// of versions: any schema will do.
///
/// Rows that are there stay, and count: what is missing is added. The same seed gives the same rows, for any number of jobs;
/// ten times as many rows begin with those of before. Each table is filled in one transaction: a seeding that is ended leaves
/// the schema as it was, and no table half filled.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway seed                                    100 rows in the largest tables
  cogway seed --rows 10000 --table shop.category=20
  cogway seed --rows 100 --truncate --seed 7     empty the tables first; other rows
  SEED_COUNT=500 cogway seed                     for containers

In cogway.toml:
  [seed]
  rows = 1000
  language = \"russian\"
  [seed.tables]
  \"shop.category\" = 20
  \"shop.purchase_line\" = \"300%\"     of --rows

Exit codes: 0 done, 1 a table that was to be filled has no rows (the report says which constraint is
in the way), 2 wrong use, 3 no server, 130 interrupted.")]
pub(crate) struct Seed {
    /// How many rows the largest tables are to have; the others follow by their place
    #[arg(
        long,
        value_name = "N",
        env = "SEED_COUNT",
        help = "How many rows the largest tables are to have; the others follow by their place [default: 100]"
    )]
    pub(crate) rows: Option<u64>,
    /// The seed: another one gives other rows [default: 1]
    #[arg(long, value_name = "S")]
    pub(crate) seed: Option<u64>,
    /// How many rows this table is to have: shop.category=20, or a share of --rows: shop.line=300%
    #[arg(long = "table", value_name = "TABLE=M", value_parser = sized)]
    pub(crate) tables: Vec<(QualifiedName, Share)>,
    /// Empty the tables first
    #[arg(long)]
    pub(crate) truncate: bool,
    /// How many threads make rows [default: one a processor]
    #[arg(long, value_name = "J")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// The language of made-up texts [default: english]. Tables with comments in Russian get Russian ones in any case
    #[arg(
        long,
        value_enum,
        value_name = "LANGUAGE",
        hide_possible_values = true,
        help = "The language of made-up texts, english or russian [default: english]. Tables with comments in Russian get Russian ones in any case"
    )]
    pub(crate) language: Option<LanguageChoice>,
    #[command(flatten)]
    pub(crate) database: DatabaseArgs,
    /// How to print the report
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    pub(crate) output: RunForm,
}

/// A language, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LanguageChoice {
    /// English
    English,
    /// Russian
    Russian,
}

impl From<LanguageChoice> for Language {
    fn from(choice: LanguageChoice) -> Language {
        match choice {
            LanguageChoice::English => Language::English,
            LanguageChoice::Russian => Language::Russian,
        }
    }
}

fn sized(text: &str) -> Result<(QualifiedName, Share), String> {
    let wrong = "write TABLE=ROWS, or TABLE=PERCENT%: shop.category=20";
    let (table, size) = text.rsplit_once('=').ok_or(wrong)?;
    let table = crate::config::table(table).map_err(|failure| failure.message)?;
    Ok((table, share(size).ok_or(wrong)?))
}

/// A size: a number of rows, or a share of N in percent.
pub(crate) fn share(text: &str) -> Option<Share> {
    match text.trim().strip_suffix('%') {
        Some(percent) => {
            let percent: f64 = percent.trim().parse().ok()?;
            (percent.is_finite() && percent >= 0.0).then_some(Share::Part(percent / 100.0))
        }
        None => text.trim().parse().ok().map(Share::Fixed),
    }
}
