//! The words of one statement, for classifying it.

use super::token::{self, TokenKind};

/// One token of a statement that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word<'a> {
    Bare(&'a str),
    Text,
    Open,
    Close,
    Other(&'a str),
    End,
}

impl Word<'_> {
    pub(super) fn is(self, keyword: &str) -> bool {
        matches!(self, Word::Bare(word) if word.eq_ignore_ascii_case(keyword))
    }

    /// Which of the keywords the word is, in their spelling; an empty string if none.
    pub(super) fn one_of(self, keywords: &[&'static str]) -> &'static str {
        keywords
            .iter()
            .find(|keyword| self.is(keyword))
            .copied()
            .unwrap_or_default()
    }
}

/// Whether a statement begins with these words, in whatever case; comments and white space do not count.
///
/// ```
/// # use cogway_catalog::sql::begins_with;
/// assert!(begins_with("/* slow */ DROP  INDEX i", &["drop", "index"]));
/// assert!(!begins_with("drop table t", &["drop", "index"]));
/// ```
pub fn begins_with(statement: &str, words: &[&str]) -> bool {
    let mut read = Words::new(statement);
    words.iter().all(|word| read.next().is(word))
}

pub(super) struct Words<'a> {
    statement: &'a str,
    at: usize,
    pub(super) ended: bool,
}

impl<'a> Words<'a> {
    pub(super) fn new(statement: &'a str) -> Self {
        Words {
            statement,
            at: 0,
            ended: false,
        }
    }

    pub(super) fn next(&mut self) -> Word<'a> {
        while let Ok(Some(token)) = token::next(self.statement, self.at) {
            self.at = token.end;
            let text = self.statement.get(token.start..token.end).unwrap_or_default();
            return match token.kind {
                TokenKind::Blank => continue,
                TokenKind::Word => Word::Bare(text),
                TokenKind::Text => Word::Text,
                TokenKind::Open => Word::Open,
                TokenKind::Close => Word::Close,
                TokenKind::Semicolon | TokenKind::Backslash | TokenKind::Other => Word::Other(text),
            };
        }
        self.ended = true;
        Word::End
    }

    /// The next word, past the noise word `WORK` or `TRANSACTION`.
    pub(super) fn after_work(&mut self) -> Word<'a> {
        match self.next() {
            word if word.is("work") || word.is("transaction") => self.next(),
            word => word,
        }
    }

    /// The options of a list whose opening parenthesis was read, each with whether it is switched off; up to the
    /// closing parenthesis.
    pub(super) fn options(&mut self) -> impl Iterator<Item = (&'a str, bool)> {
        let mut ended = false;
        std::iter::from_fn(move || {
            let mut name = None;
            let mut off = false;
            let mut depth = 0usize;
            while !ended {
                match self.next() {
                    Word::End => ended = true,
                    Word::Close if depth == 0 => ended = true,
                    Word::Close => depth -= 1,
                    Word::Open => depth += 1,
                    Word::Other(",") if depth == 0 => break,
                    Word::Bare(word) if name.is_none() => name = Some(word),
                    word => off |= word.is("false") || word.is("off") || word == Word::Other("0"),
                }
            }
            name.map(|name| (name, off))
        })
    }

    /// Whether a list in parentheses further on switches the option off. The words read so far stay read.
    pub(super) fn option_is_off(&self, option: &str) -> bool {
        let mut ahead = Words { ..*self };
        loop {
            match ahead.next() {
                Word::End => return false,
                Word::Open
                    if ahead
                        .options()
                        .any(|(name, off)| off && name.eq_ignore_ascii_case(option)) =>
                {
                    return true;
                }
                _ => {}
            }
        }
    }
}

/// Whether a name stands in a text as a word of its own, quoted or not, in whatever case.
///
/// ```
/// # use cogway_catalog::sql::mentions;
/// assert!(mentions("create index \"By_Day\" on t (a)", "By_Day"));
/// assert!(mentions("CREATE INDEX by_day ON t (a)", "by_day"));
/// assert!(!mentions("create index by_day2 on t (a)", "by_day"));
/// ```
pub fn mentions(text: &str, name: &str) -> bool {
    let mut words = Words::new(text);
    loop {
        match words.next() {
            Word::End => return false,
            Word::Bare(word) if word.to_lowercase() == name => return true,
            Word::Other(word)
                if word
                    .strip_prefix('"')
                    .and_then(|word| word.strip_suffix('"'))
                    .is_some_and(|word| word.replace("\"\"", "\"") == name) =>
            {
                return true;
            }
            _ => {}
        }
    }
}

/// A statement without its first word `CONCURRENTLY`, so that it can run in a transaction.
///
/// ```
/// # use cogway_catalog::sql::not_concurrently;
/// assert_eq!(not_concurrently("drop index /* concurrently */ Concurrently i"), "drop index /* concurrently */  i");
/// ```
pub fn not_concurrently(statement: &str) -> String {
    let mut at = 0;
    while let Ok(Some(token)) = token::next(statement, at) {
        let text = statement.get(token.start..token.end).unwrap_or_default();
        if token.kind == TokenKind::Word && text.eq_ignore_ascii_case("concurrently") {
            let (before, after) = (&statement[..token.start], &statement[token.end..]);
            return format!("{before}{after}");
        }
        at = token.end;
    }
    statement.to_owned()
}
