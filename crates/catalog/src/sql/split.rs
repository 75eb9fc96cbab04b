//! Cutting a script into statements where PostgreSQL cuts it.

use std::fmt;
use std::ops::Range;

use super::kind::{self, StatementKind};
use super::token::{self, Quoted, TokenKind};

/// One statement of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement<'a> {
    /// The statement, from its first token to its last: no `;`, no white space or comment around it.
    pub text: &'a str,
    /// The byte in the script at which `text` begins.
    pub offset: usize,
    /// The byte behind everything that belongs to the statement: its `;`, the rows of a `COPY`, the line of a command to
    /// `psql`. Between the end of one statement and the offset of the next lie only white space, comments and lone `;`.
    pub end: usize,
    /// The line of the script, from 1, on which `text` begins.
    pub line: usize,
    /// What it does to its transaction.
    pub kind: StatementKind,
}

/// Why a script cannot be cut into statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind}")]
pub struct SplitError {
    /// The line, from 1, on which the fault begins.
    pub line: usize,
    /// The byte in the script at which the fault begins.
    pub offset: usize,
    /// What is wrong.
    pub kind: SplitErrorKind,
}

/// What is wrong with a script that cannot be cut into statements. PostgreSQL refuses all of these as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitErrorKind {
    /// Something is opened and never closed.
    Unterminated(Quoted),
    /// A NUL character: PostgreSQL's protocol ends the script there.
    Nul,
    /// Something other than a comment stands behind `COPY … FROM STDIN;` on its line; the rows begin on the next.
    TextBehindCopy,
    /// The script is larger than the largest message PostgreSQL takes, 1 GiB.
    TooLarge,
}

impl fmt::Display for SplitErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SplitErrorKind::Unterminated(quoted) => write!(f, "this {quoted} is never closed"),
            SplitErrorKind::Nul => f.write_str("a NUL character, which PostgreSQL cannot take"),
            SplitErrorKind::TextBehindCopy => f.write_str(
                "the rows of COPY … FROM STDIN begin on the next line; nothing else may stand on this one",
            ),
            SplitErrorKind::TooLarge => {
                f.write_str("the script is larger than 1 GiB, the most PostgreSQL takes at once")
            }
        }
    }
}

/// The largest message that the server reads, `PQ_LARGE_MESSAGE_LIMIT` in `src/include/libpq/libpq.h`.
const LARGEST_MESSAGE: usize = 0x3fff_ffff;

/// Cuts a script into its statements, the way PostgreSQL's simple query protocol does.
///
/// Sent whole in one simple query, the script is answered with one `CommandComplete` for each statement, in this order,
/// until one fails: the index of a failure is the index here. Empty statements count for nothing. A `;` inside quotes,
/// comments, parentheses (`CREATE RULE … DO ALSO (a; b)`) or the `BEGIN ATOMIC … END` body of a function or procedure
/// does not end a statement.
///
/// Two things that only `psql` understands are recognised, because dumps and Sqitch's scripts contain them: a backslash
/// begins a command to `psql` that takes up the rest of its line, and rows follow `COPY … FROM STDIN` up to a line `\.`.
/// The server refuses scripts with either.
///
/// Strings are read with `standard_conforming_strings = on`, the default since PostgreSQL 9.1. A byte order mark at the
/// start is skipped. Parentheses that never close make the rest one statement, whose error is PostgreSQL's to report.
///
/// Sources: <https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-SIMPLE-QUERY>, and
/// `src/fe_utils/psqlscan.l` for `psql`.
///
/// # Errors
///
/// [`SplitError`] when a quote or comment is never closed, and for what else PostgreSQL cannot take as a script.
pub fn split(script: &str) -> Result<Vec<Statement<'_>>, SplitError> {
    Splitter {
        script,
        counted: 0,
        line: 1,
        open: None,
        statements: Vec::new(),
    }
    .run()
}

/// The bytes inside `BEGIN; … COMMIT;`, if the script wraps itself into exactly one transaction.
///
/// That is so when the first statement is `BEGIN` or `START TRANSACTION` without a mode, the last `COMMIT` or `END`, and
/// none between opens or closes a transaction (savepoints may stand between). The inside then does the same in any other
/// transaction.
///
/// ```
/// # use cogway_catalog::sql::{split, wrapped_in_transaction};
/// let script = "BEGIN;\nCREATE TABLE t ();\nCOMMIT;\n";
/// assert_eq!(&script[wrapped_in_transaction(&split(script)?).unwrap()], "\nCREATE TABLE t ();\n");
/// # Ok::<(), cogway_catalog::sql::SplitError>(())
/// ```
pub fn wrapped_in_transaction(statements: &[Statement<'_>]) -> Option<Range<usize>> {
    let [first, inside @ .., last] = statements else {
        return None;
    };
    let wrapped = kind::is_plain_begin(first.text)
        && last.kind == StatementKind::Commit
        && !inside.iter().any(|statement| statement.kind.bounds_transaction());
    wrapped.then_some(first.end..last.offset)
}

struct Splitter<'a> {
    script: &'a str,
    /// Up to which byte the lines were counted.
    counted: usize,
    line: usize,
    open: Option<Open>,
    statements: Vec<Statement<'a>>,
}

/// A statement whose end was not reached yet.
struct Open {
    start: usize,
    /// The end of its last token so far.
    end: usize,
    depth: usize,
    head: Head,
    body: Body,
}

/// How far the first words of a statement are those of `CREATE [OR REPLACE] FUNCTION | PROCEDURE`.
#[derive(Clone, Copy, PartialEq)]
enum Head {
    Nothing,
    Create,
    CreateOr,
    CreateOrReplace,
    Routine,
    Other,
}

/// Where in a `BEGIN ATOMIC … END` body we are.
#[derive(Clone, Copy, PartialEq)]
enum Body {
    None,
    Begin,
    /// Between two statements of the body. `END` closes the body only here: anywhere else it belongs to a `CASE`.
    Between,
    Within,
}

impl<'a> Splitter<'a> {
    fn run(mut self) -> Result<Vec<Statement<'a>>, SplitError> {
        if let Some(offset) = self.script.bytes().position(|byte| byte == 0) {
            return Err(self.error(offset, SplitErrorKind::Nul));
        }
        if self.script.len() >= LARGEST_MESSAGE {
            return Err(self.error(0, SplitErrorKind::TooLarge));
        }
        let mut at = 0;
        loop {
            let next = token::next(self.script, at);
            let Some(token) = next.map_err(|quoted| self.error(at, SplitErrorKind::Unterminated(quoted)))?
            else {
                break;
            };
            at = match token.kind {
                TokenKind::Blank => token.end,
                TokenKind::Backslash => self.meta_command(token.start),
                TokenKind::Semicolon
                    if self
                        .open
                        .as_mut()
                        .is_some_and(|open| open.take_semicolon(token.end)) =>
                {
                    token.end
                }
                TokenKind::Semicolon => self.close(token.end)?,
                kind => {
                    let text = self.script.get(token.start..token.end).unwrap_or_default();
                    self.open
                        .get_or_insert(Open::new(token.start))
                        .push(kind, text, token.end);
                    token.end
                }
            };
        }
        self.close(self.script.len())?;
        Ok(self.statements)
    }

    /// Ends the open statement, if there is one; gives the byte at which the script goes on.
    fn close(&mut self, end: usize) -> Result<usize, SplitError> {
        let Some(open) = self.open.take() else {
            return Ok(end);
        };
        let text = self.script.get(open.start..open.end).unwrap_or_default();
        let mut kind = kind::classify(text);
        let mut end = end;
        if let StatementKind::CopyFromStdin { data } = &mut kind {
            (*data, end) = self.rows(end)?;
        }
        let line = self.line_of(open.start);
        self.statements.push(Statement {
            text,
            offset: open.start,
            end,
            line,
            kind,
        });
        Ok(end)
    }

    /// The rows behind a `COPY` that ends at `end`, and the byte behind their closing `\.`.
    fn rows(&mut self, end: usize) -> Result<(Range<usize>, usize), SplitError> {
        let rest = self.script.get(end..).unwrap_or_default();
        let line = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
        if !super::is_blank(rest.get(..line).unwrap_or_default()) {
            return Err(self.error(end, SplitErrorKind::TextBehindCopy));
        }
        let start = end + line;
        let mut at = start;
        while let Some(rest) = self.script.get(at..).filter(|rest| !rest.is_empty()) {
            let next = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
            if matches!(rest.get(..next), Some("\\." | "\\.\n" | "\\.\r\n" | "\\.\r")) {
                return Ok((start..at, at + next));
            }
            at += next;
        }
        Ok((start..at, at))
    }

    /// Takes the rest of the line as a command to `psql`; gives the byte behind it.
    fn meta_command(&mut self, start: usize) -> usize {
        // `SELECT 1 \gset` sends the statement before it. Rows cannot follow it, so `close` cannot fail; and the server
        // refuses every script with a backslash outside quotes, so no count of its answers is lost.
        if let Some(open) = self.open.take() {
            let text = self.script.get(open.start..open.end).unwrap_or_default();
            let line = self.line_of(open.start);
            let kind = match kind::classify(text) {
                StatementKind::CopyFromStdin { .. } => StatementKind::CopyFromStdin { data: start..start },
                kind => kind,
            };
            self.statements.push(Statement {
                text,
                offset: open.start,
                end: open.end,
                line,
                kind,
            });
        }
        let rest = self.script.get(start..).unwrap_or_default();
        let text = rest.lines().next().unwrap_or_default().trim_end();
        let end = start + text.len();
        let line = self.line_of(start);
        self.statements.push(Statement {
            text,
            offset: start,
            end,
            line,
            kind: StatementKind::PsqlMeta,
        });
        end
    }

    /// The line of a byte; bytes must be asked for in rising order.
    fn line_of(&mut self, offset: usize) -> usize {
        let skipped = self
            .script
            .as_bytes()
            .get(self.counted..offset)
            .unwrap_or_default();
        self.line += skipped.iter().filter(|&&byte| byte == b'\n').count();
        self.counted = self.counted.max(offset);
        self.line
    }

    fn error(&mut self, offset: usize, kind: SplitErrorKind) -> SplitError {
        SplitError {
            line: self.line_of(offset),
            offset,
            kind,
        }
    }
}

impl Open {
    fn new(start: usize) -> Self {
        Open {
            start,
            end: start,
            depth: 0,
            head: Head::Nothing,
            body: Body::None,
        }
    }

    /// Takes in a `;` that does not end the statement; false if it does.
    fn take_semicolon(&mut self, end: usize) -> bool {
        let inside = self.depth > 0 || matches!(self.body, Body::Between | Body::Within);
        if inside {
            self.end = end;
            if self.depth == 0 {
                self.body = Body::Between;
            }
        }
        inside
    }

    fn push(&mut self, kind: TokenKind, text: &str, end: usize) {
        self.end = end;
        match kind {
            TokenKind::Open => self.depth += 1,
            TokenKind::Close => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        let is = |keyword: &str| kind == TokenKind::Word && text.eq_ignore_ascii_case(keyword);
        self.head = match self.head {
            Head::Nothing if is("create") => Head::Create,
            Head::Create if is("or") => Head::CreateOr,
            Head::CreateOr if is("replace") => Head::CreateOrReplace,
            Head::Create | Head::CreateOrReplace if is("function") || is("procedure") => Head::Routine,
            Head::Routine => Head::Routine,
            _ => Head::Other,
        };
        if self.head != Head::Routine || self.depth > 0 {
            return;
        }
        self.body = match self.body {
            Body::None if is("begin") => Body::Begin,
            Body::Begin if is("atomic") => Body::Between,
            Body::Between if is("end") => Body::None,
            Body::Between | Body::Within => Body::Within,
            Body::None | Body::Begin => Body::None,
        };
    }
}
