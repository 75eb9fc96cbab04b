//! The verb that draws and describes a schema: `doc`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{DatabaseArgs, HistoryArgs, ServerArgs};
use crate::output::PlainForm;

/// Write a document of a schema, with a diagram of its tables and how they are related
///
/// One page that needs nothing else and no network: every table with its columns, keys, constraints, indexes and
/// triggers, who refers to it, and a picture of it with its neighbours; views, types, functions; and the diagram of the
/// whole. Or the same as Markdown with diagrams in Mermaid, which GitHub draws, or a diagram alone.
///
/// Without --dir, --format and --at, the schema is that of the database: of --database-url, DATABASE_URL, libpq's
/// variables, or the development server of this project. If there is none, it is the one that the history makes, on a
/// private server.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cogway doc                                the database, into schema.html
  cogway doc --dir migrations --out docs/   what the history makes, in every form
  cogway doc --table orders --as mermaid --out -
  cogway doc --out orders.svg --table orders,order_line --detail full")]
pub(crate) struct Doc {
    /// The file to write, or a folder, which has a `/` at its end or is there: all forms go into it. `-` for stdout
    #[arg(long, value_name = "PATH", default_value = "schema.html")]
    pub(crate) out: PathBuf,
    /// What to write. Otherwise by the ending of the file: .html, .md, .svg or .mmd; html to stdout
    #[arg(long = "as", value_enum, value_name = "FORM")]
    pub(crate) form: Option<DocumentForm>,
    /// Only these tables; diagrams also show those that they refer to or that refer to them
    #[arg(long, value_name = "TABLE", num_args = 1.., value_delimiter = ',')]
    pub(crate) table: Vec<String>,
    /// Only what is in these schemas; diagrams also show the tables of others that are related with theirs
    #[arg(long, value_name = "SCHEMA", num_args = 1.., value_delimiter = ',')]
    pub(crate) schema: Vec<String>,
    /// How much of a table the diagram of the whole shows: full is every column, keys the columns of keys, auto is full
    /// up to 60 tables
    #[arg(
        long,
        value_enum,
        value_name = "DETAIL",
        default_value_t,
        hide_possible_values = true
    )]
    pub(crate) detail: DetailChoice,
    /// Up to and including this revision of the history. An id, or the beginning of one
    #[arg(long, value_name = "REV", conflicts_with = "database_url")]
    pub(crate) at: Option<String>,
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    #[command(flatten)]
    pub(crate) database: DatabaseArgs,
    #[command(flatten)]
    pub(crate) server: ServerArgs,
    /// How to say what was written
    #[arg(long, value_enum, value_name = "FORM", default_value_t = PlainForm::Human)]
    pub(crate) output: PlainForm,
}

/// The forms of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocumentForm {
    /// A page for browsers
    Html,
    /// Markdown with diagrams in Mermaid
    Markdown,
    /// The diagram alone
    Svg,
    /// The diagram alone, as text
    Mermaid,
}

impl DocumentForm {
    /// All of them.
    pub(crate) const ALL: [DocumentForm; 4] = [
        DocumentForm::Html,
        DocumentForm::Markdown,
        DocumentForm::Svg,
        DocumentForm::Mermaid,
    ];

    /// How files of it end.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            DocumentForm::Html => "html",
            DocumentForm::Markdown => "md",
            DocumentForm::Svg => "svg",
            DocumentForm::Mermaid => "mmd",
        }
    }
}

/// How much of a table is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DetailChoice {
    /// By the number of tables
    #[default]
    Auto,
    /// Every column
    Full,
    /// The columns of keys
    Keys,
}
