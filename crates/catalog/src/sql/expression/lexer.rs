//! The tokens of an expression.

use squawk_lexer::{LiteralKind, TokenKind as Lexed};

use super::super::token::Quoted;
use super::ExpressionError;

/// A token, and the bytes it takes up in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A bare word, folded to lower case.
    Word(String),
    /// A name in quotes, without them.
    Quoted(String),
    /// A number.
    Number,
    /// A string constant, without quotes and escapes.
    String(String),
    /// A bit string, in bits.
    Bits(String),
    /// An operator, by PostgreSQL's rule of the longest.
    Operator(String),
    /// One of `( ) [ ] , . ; : { }` or a stray character.
    Mark(char),
    /// `::`
    Cast,
    /// `=>`
    Arrow,
    /// Behind the last one.
    End,
}

/// All tokens of a text, with one for its end.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ExpressionError> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    // Where the last token began that is an operator and may go on.
    let mut run: Option<(usize, usize)> = None;
    for lexed in squawk_lexer::tokenize(text) {
        let (start, end) = (at, at + lexed.len as usize);
        at = end;
        let piece = text.get(start..end).unwrap_or_default();
        if is_operator(lexed.kind) {
            run = Some((run.map_or(start, |(start, _)| start), end));
            continue;
        }
        if let Some((start, end)) = run.take() {
            push_operators(text, start, end, &mut tokens);
        }
        let unclosed = |what| Err(ExpressionError::Unclosed { at: start, what });
        let kind = match lexed.kind {
            Lexed::Whitespace | Lexed::LineComment | Lexed::BlockComment { terminated: true } => continue,
            Lexed::BlockComment { terminated: false } => return unclosed(Quoted::Comment),
            Lexed::Ident => TokenKind::Word(piece.to_ascii_lowercase()),
            Lexed::QuotedIdent {
                terminated: false, ..
            } => return unclosed(Quoted::Name),
            Lexed::QuotedIdent { .. } => TokenKind::Quoted(without_quotes(piece, '"')),
            Lexed::Literal { kind } => match kind {
                LiteralKind::Int { .. } | LiteralKind::Numeric { .. } => TokenKind::Number,
                LiteralKind::DollarQuotedString { terminated: false } => {
                    return unclosed(Quoted::DollarString);
                }
                LiteralKind::Str { terminated: false }
                | LiteralKind::EscStr { terminated: false }
                | LiteralKind::NationalStr { terminated: false }
                | LiteralKind::ByteStr { terminated: false }
                | LiteralKind::BitStr { terminated: false }
                | LiteralKind::UnicodeEscStr { terminated: false } => return unclosed(Quoted::String),
                LiteralKind::DollarQuotedString { .. } => TokenKind::String(without_dollars(piece)),
                LiteralKind::EscStr { .. } => TokenKind::String(unescape(&without_quotes(piece, '\''))),
                LiteralKind::BitStr { .. } => TokenKind::Bits(without_quotes(piece, '\'')),
                LiteralKind::ByteStr { .. } => TokenKind::Bits(
                    without_quotes(piece, '\'')
                        .chars()
                        .filter_map(|digit| digit.to_digit(16))
                        .map(|digit| format!("{digit:04b}"))
                        .collect(),
                ),
                LiteralKind::Str { .. }
                | LiteralKind::NationalStr { .. }
                | LiteralKind::UnicodeEscStr { .. } => TokenKind::String(without_quotes(piece, '\'')),
            },
            Lexed::Colon => match tokens.last_mut() {
                Some(last) if last.kind == TokenKind::Mark(':') && last.end == start => {
                    last.kind = TokenKind::Cast;
                    last.end = end;
                    continue;
                }
                _ => TokenKind::Mark(':'),
            },
            _ => TokenKind::Mark(piece.chars().next().unwrap_or(' ')),
        };
        tokens.push(Token { kind, start, end });
    }
    if let Some((start, end)) = run {
        push_operators(text, start, end, &mut tokens);
    }
    tokens.push(Token {
        kind: TokenKind::End,
        start: at,
        end: at,
    });
    Ok(tokens)
}

fn is_operator(kind: Lexed) -> bool {
    matches!(
        kind,
        Lexed::Plus
            | Lexed::Minus
            | Lexed::Star
            | Lexed::Slash
            | Lexed::Lt
            | Lexed::Gt
            | Lexed::Eq
            | Lexed::Tilde
            | Lexed::Bang
            | Lexed::At
            | Lexed::Pound
            | Lexed::Percent
            | Lexed::Caret
            | Lexed::And
            | Lexed::Or
            | Lexed::Backtick
            | Lexed::Question
    )
}

/// Operators are as long as can be, but those of SQL itself do not swallow a sign behind them: `a*-b`. That is so unless
/// they hold one of the characters that standard SQL has no operators with.
fn push_operators(text: &str, start: usize, end: usize, tokens: &mut Vec<Token>) {
    let mut start = start;
    while start < end {
        let whole = text.get(start..end).unwrap_or_default();
        let mut name = whole;
        if !whole.contains(['~', '!', '@', '#', '^', '&', '|', '`', '?', '%']) {
            while name.len() > 1 && name.ends_with(['+', '-']) {
                name = &name[..name.len() - 1];
            }
        }
        let kind = match name {
            "=>" => TokenKind::Arrow,
            // The same operator in two spellings.
            "!=" => TokenKind::Operator("<>".to_owned()),
            name => TokenKind::Operator(name.to_owned()),
        };
        tokens.push(Token {
            kind,
            start,
            end: start + name.len(),
        });
        start += name.len().max(1);
    }
}

/// What is between the first and the last quote, with quotes that are doubled written once.
fn without_quotes(piece: &str, quote: char) -> String {
    let start = piece.find(quote).map_or(0, |at| at + 1);
    let end = piece.rfind(quote).unwrap_or(piece.len()).max(start);
    let doubled = [quote, quote].iter().collect::<String>();
    piece[start..end].replace(&doubled, quote.encode_utf8(&mut [0; 4]))
}

fn without_dollars(piece: &str) -> String {
    let tag = piece
        .get(1..)
        .and_then(|rest| rest.find('$'))
        .map_or(0, |at| at + 2);
    piece
        .get(tag..piece.len().saturating_sub(tag))
        .unwrap_or_default()
        .to_owned()
}

/// The inside of `E'…'`, with doubled quotes undone already.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(next) = rest.next() {
        if next != '\\' {
            out.push(next);
            continue;
        }
        let Some(escaped) = rest.next() else { break };
        let (radix, most) = match escaped {
            'x' => (16, 2),
            'u' => (16, 4),
            'U' => (16, 8),
            '0'..='7' => (8, 3),
            _ => {
                out.push(match escaped {
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    other => other,
                });
                continue;
            }
        };
        let mut code = if radix == 8 { escaped.to_digit(8) } else { None };
        let mut digits = usize::from(code.is_some());
        while digits < most
            && let Some(digit) = rest.peek().and_then(|next| next.to_digit(radix))
        {
            code = Some(code.unwrap_or(0).wrapping_mul(radix).wrapping_add(digit));
            digits += 1;
            rest.next();
        }
        out.push(code.and_then(char::from_u32).unwrap_or(escaped));
    }
    out
}
