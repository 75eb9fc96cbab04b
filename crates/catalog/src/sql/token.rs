//! The tokens of PostgreSQL's SQL, as far as it takes to find the ends of statements.

use std::fmt;

use squawk_lexer::{BOM, LiteralKind, TokenKind as Lexed};

/// What a token is, as coarse as splitting and classifying need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// White space or a comment: nothing, for PostgreSQL.
    Blank,
    /// A bare word: a keyword or a name.
    Word,
    /// A string constant of any form.
    Text,
    /// `;`
    Semicolon,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `\`: the start of a command to `psql`; the server knows no such character outside quotes.
    Backslash,
    /// Anything else: quoted names, numbers, operators.
    Other,
}

/// A token and the bytes it takes up in the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Something that is opened by one mark and closed by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoted {
    /// A string constant, `'…'`, `E'…'`, `U&'…'` and the like.
    String,
    /// A dollar-quoted string constant, `$tag$…$tag$`.
    DollarString,
    /// A quoted name, `"…"`.
    Name,
    /// A comment `/* … */`.
    Comment,
}

impl fmt::Display for Quoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Quoted::String => "string ('…')",
            Quoted::DollarString => "dollar-quoted string ($$…$$)",
            Quoted::Name => "quoted name (\"…\")",
            Quoted::Comment => "comment (/* … */)",
        })
    }
}

/// The token at byte `at`, or `None` at the end of the script; the error says what is opened at `at` and never closed.
///
/// The lexer is started anew for each token, which costs it nothing, because some stretches of a script are not SQL
/// (`psql` commands, COPY data) and must be stepped over.
pub(super) fn next(script: &str, at: usize) -> Result<Option<Token>, Quoted> {
    let rest = script.get(at..).unwrap_or_default();
    if at > 0 && rest.starts_with(BOM) {
        // The lexer skips a byte order mark wherever it is started. Only the very first one is none of PostgreSQL's
        // business; any other is a character of a name to it.
        return Ok(Some(Token {
            kind: TokenKind::Word,
            start: at,
            end: at + BOM.len(),
        }));
    }
    let Some(lexed) = squawk_lexer::tokenize(rest).next() else {
        return Ok(None);
    };
    let mut end = at + lexed.len as usize;
    let kind = match lexed.kind {
        Lexed::Whitespace | Lexed::LineComment | Lexed::BlockComment { terminated: true } => TokenKind::Blank,
        Lexed::BlockComment { terminated: false } => return Err(Quoted::Comment),
        Lexed::Ident => TokenKind::Word,
        Lexed::QuotedIdent {
            terminated: false, ..
        } => return Err(Quoted::Name),
        Lexed::Semi => TokenKind::Semicolon,
        Lexed::OpenParen => TokenKind::Open,
        Lexed::CloseParen => TokenKind::Close,
        Lexed::Literal { kind } => match kind {
            LiteralKind::Int { .. } | LiteralKind::Numeric { .. } => TokenKind::Other,
            LiteralKind::DollarQuotedString { terminated } => {
                if !terminated {
                    return Err(Quoted::DollarString);
                }
                TokenKind::Text
            }
            LiteralKind::EscStr { terminated } => {
                if !terminated {
                    return Err(Quoted::String);
                }
                end = end_of_continued_escape_string(script, end)?;
                TokenKind::Text
            }
            LiteralKind::Str { terminated }
            | LiteralKind::NationalStr { terminated }
            | LiteralKind::ByteStr { terminated }
            | LiteralKind::BitStr { terminated }
            | LiteralKind::UnicodeEscStr { terminated } => {
                if !terminated {
                    return Err(Quoted::String);
                }
                TokenKind::Text
            }
        },
        _ if rest.starts_with('\\') => TokenKind::Backslash,
        _ => TokenKind::Other,
    };
    Ok(Some(Token { kind, start: at, end }))
}

/// The end of an `E'…'` constant that goes on in further quotes on the following lines.
///
/// Two string constants with a line break between them are one, and the second is read by the rules of the first: in
/// `E'a'` newline `'it\'s'` the backslash escapes. The lexer reads each piece by its own prefix, which would end the
/// second piece too early.
///
/// Source: <https://www.postgresql.org/docs/18/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS>.
fn end_of_continued_escape_string(script: &str, end: usize) -> Result<usize, Quoted> {
    let mut end = end;
    while let Some(piece) = continuation(script, end) {
        let bytes = script.as_bytes();
        let mut at = piece + 1;
        end = loop {
            match bytes.get(at) {
                None => return Err(Quoted::String),
                Some(b'\\') => at += 2,
                Some(b'\'') if bytes.get(at + 1) == Some(&b'\'') => at += 2,
                Some(b'\'') => break at + 1,
                Some(_) => at += 1,
            }
        };
    }
    Ok(end)
}

/// Where the next piece of a string constant begins, if only white space with a line break lies between.
fn continuation(script: &str, end: usize) -> Option<usize> {
    let mut at = end;
    let mut broken = false;
    loop {
        let rest = script.get(at..)?;
        if rest.starts_with('\'') {
            return broken.then_some(at);
        }
        let lexed = squawk_lexer::tokenize(rest).next()?;
        match lexed.kind {
            Lexed::Whitespace if !rest.starts_with(BOM) => {
                let text = rest.get(..lexed.len as usize)?;
                broken |= text.contains(['\n', '\r']);
            }
            Lexed::LineComment => {}
            _ => return None,
        }
        at += lexed.len as usize;
    }
}
