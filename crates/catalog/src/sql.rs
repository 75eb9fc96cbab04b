//! SQL as text: quoting, splitting a script into statements, classifying a statement.
//!
//! What a statement *means* is left to PostgreSQL. What can be said of its text without a server is said here, and
//! nothing else: where one statement ends and the next begins, whether it opens or closes a transaction, whether it can
//! run inside one, and how a name or a value is written so that PostgreSQL reads it back unchanged.
//!
//! ```
//! use cogway_catalog::sql::{self, StatementKind};
//!
//! let statements = sql::split("CREATE TABLE t (id int); -- why; not\nDROP INDEX CONCURRENTLY i;")?;
//! assert_eq!(statements.len(), 2);
//! assert_eq!(statements[1].text, "DROP INDEX CONCURRENTLY i");
//! assert_eq!(statements[1].line, 2);
//! assert_eq!(statements[1].kind, StatementKind::OutsideTransaction("DROP INDEX CONCURRENTLY"));
//! assert_eq!(sql::quote_ident("Order"), "\"Order\"");
//! # Ok::<(), sql::SplitError>(())
//! ```

mod checksum;
mod expression;
mod kind;
mod place;
mod quote;
mod reserved;
mod split;
mod token;
mod words;

pub use checksum::Checksum;
pub use expression::{
    Argument, Call, Expression, ExpressionError, IsTest, PartitionBound, PartitionEnd, PartitionKey,
    PartitionMethod, Quantifier, parse_expression, parse_index_key,
};
pub use kind::StatementKind;
pub use place::{LineColumn, position_to_line_column};
pub use quote::{quote_ident, quote_literal, quote_qualified};
pub use split::{SplitError, SplitErrorKind, Statement, split, wrapped_in_transaction};
pub use token::Quoted;
pub use words::{begins_with, mentions, not_concurrently};

/// Whether a script holds nothing but white space, comments and lone `;`, so that PostgreSQL has nothing to do.
///
/// A comment that is never closed is not blank: PostgreSQL refuses it. A byte order mark at the very start is white space.
///
/// ```
/// # use cogway_catalog::sql::is_blank;
/// assert!(is_blank(" -- This file should undo anything in `up.sql`\n/* nothing /* nested */ */"));
/// assert!(!is_blank("SELECT 1"));
/// ```
pub fn is_blank(script: &str) -> bool {
    let mut at = 0;
    loop {
        match token::next(script, at) {
            Ok(None) => return true,
            Ok(Some(token))
                if matches!(token.kind, token::TokenKind::Blank | token::TokenKind::Semicolon) =>
            {
                at = token.end;
            }
            Ok(Some(_)) | Err(_) => return false,
        }
    }
}

#[cfg(test)]
mod tests;
