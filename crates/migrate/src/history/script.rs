//! The SQL of one direction of a revision.

use std::path::PathBuf;
use std::sync::Arc;

use cogway_catalog::sql::{self, LineColumn};

/// A script and the way its tool runs it.
#[derive(Debug, Clone)]
pub struct Script {
    /// The file it is in.
    pub path: PathBuf,
    /// The SQL, without a byte order mark, otherwise byte for byte as in the file: line breaks are kept, and a section of
    /// a file keeps its lines. What a tool would not send to PostgreSQL is overwritten with blanks of the same length.
    pub text: Arc<str>,
    /// The line of the file, from 1, on which `text` begins. Scripts begin at the start of a line.
    pub first_line: usize,
    /// The transaction its tool runs it in.
    pub transaction: TransactionMode,
}

/// How a tool wraps a script into transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransactionMode {
    /// The tool wraps the script into one transaction. A statement that cannot run in one fails, as it does in the tool.
    Single,
    /// One transaction, unless a statement cannot run in one: then statement by statement.
    Auto,
    /// Sent whole, as one simple query: PostgreSQL's implicit transaction around several statements, none around a single
    /// one. <https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT>
    Implicit,
    /// Each statement on its own, as `psql` sends them.
    PerStatement,
}

impl Script {
    /// Whether the script holds nothing but white space and comments.
    pub fn is_blank(&self) -> bool {
        sql::is_blank(&self.text)
    }

    /// Where in the file lies the position that PostgreSQL gave with an error; `text` must be what it was sent.
    pub fn place(&self, position: usize) -> LineColumn {
        let place = sql::position_to_line_column(&self.text, position);
        LineColumn {
            line: place.line + self.first_line.saturating_sub(1),
            ..place
        }
    }
}
