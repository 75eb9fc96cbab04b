//! Places in a text, as people count them.

use std::fmt;

/// A place in a text: line and column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// The line, from 1. Lines end with a line feed, as in editors and in `psql`.
    pub line: usize,
    /// The column, from 1, in characters (Unicode scalar values; a tab is one).
    pub column: usize,
}

impl fmt::Display for LineColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Where in `text` the position lies that PostgreSQL gave with an error.
///
/// PostgreSQL counts characters, not bytes, from 1, over the whole query string it was sent; `text` must be that string.
/// Position 0, which it never sends, is read as 1; a position behind the end gives the end ("syntax error at end of
/// input" points one behind the last character).
///
/// Source: field `P` of <https://www.postgresql.org/docs/18/protocol-error-fields.html>.
///
/// ```
/// # use cogway_catalog::sql::{LineColumn, position_to_line_column};
/// assert_eq!(position_to_line_column("SELECT 'ä';\nSELEC 1", 13), LineColumn { line: 2, column: 1 });
/// ```
pub fn position_to_line_column(text: &str, position: usize) -> LineColumn {
    let mut place = LineColumn { line: 1, column: 1 };
    for c in text.chars().take(position.saturating_sub(1)) {
        if c == '\n' {
            place = LineColumn {
                line: place.line + 1,
                column: 1,
            };
        } else {
            place.column += 1;
        }
    }
    place
}
