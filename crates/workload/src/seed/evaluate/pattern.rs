//! Patterns of texts: `LIKE`, `SIMILAR TO` and regular expressions, translated into those of the crate `regex`.

use regex::{Regex, RegexBuilder};

use super::Obstacle;
use super::text::lower_case;

/// A pattern that is ready to be matched.
#[derive(Clone, Debug)]
pub(super) enum Matcher {
    /// The text is this, as it is.
    Whole(String),
    /// The text begins so.
    Start(String),
    /// This is in the text.
    Within(String),
    /// Anything else.
    Regex(Regex),
}

impl Matcher {
    pub(super) fn matches(&self, text: &str) -> bool {
        match self {
            Matcher::Whole(whole) => text == whole,
            Matcher::Start(start) => text.starts_with(start.as_str()),
            Matcher::Within(part) => text.contains(part.as_str()),
            Matcher::Regex(regex) => regex.is_match(text),
        }
    }

    /// `LIKE`, or `ILIKE` where case does not count. `\` escapes.
    pub(super) fn like(pattern: &str, case_counts: bool) -> Result<Matcher, Obstacle> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut rest = pattern.chars();
        while let Some(next) = rest.next() {
            pieces.push(match next {
                '%' => Piece::Any,
                '_' => Piece::One,
                '\\' => Piece::Char(rest.next().ok_or_else(|| {
                    Obstacle::new(format!("the pattern `{pattern}`, which ends with an escape"))
                })?),
                other => Piece::Char(other),
            });
        }
        if case_counts && let Some(simple) = simple(&pieces) {
            return Ok(simple);
        }
        let mut regex = String::from("^");
        for piece in pieces {
            match piece {
                Piece::Any => regex.push_str(".*"),
                Piece::One => regex.push('.'),
                Piece::Char(c) if case_counts => regex.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
                Piece::Char(c) => {
                    regex.push_str(&regex::escape(&lower_case(c.encode_utf8(&mut [0; 4]))));
                }
            }
        }
        regex.push('$');
        build(&regex, case_counts, pattern)
    }

    /// `~`, or `~*` where case does not count: found anywhere in the text.
    pub(super) fn regex(pattern: &str, case_counts: bool) -> Result<Matcher, Obstacle> {
        build(&translate(pattern)?, case_counts, pattern)
    }
}

/// A regular expression whose matches are looked at, rather than whether there is one.
#[derive(Clone, Debug)]
pub(super) struct Search {
    regex: Regex,
    with: String,
    all: bool,
}

impl Search {
    /// A pattern, what its first match or all of them are replaced with, and whether case counts.
    pub(super) fn new(pattern: &str, with: &str, all: bool, case_counts: bool) -> Result<Search, Obstacle> {
        // PostgreSQL takes the longest of several alternatives, and the crate the first.
        if pattern.contains('|') || ["*?", "+?", "??", "}?"].iter().any(|lazy| pattern.contains(lazy)) {
            return Err(Obstacle::new(format!("what is found by the pattern `{pattern}`")));
        }
        let Matcher::Regex(regex) = Matcher::regex(pattern, case_counts)? else {
            return Err(Obstacle::new(format!("the pattern `{pattern}`")));
        };
        let mut template = String::new();
        let mut rest = with.chars();
        while let Some(next) = rest.next() {
            match next {
                '$' => template.push_str("$$"),
                '\\' => match rest.next() {
                    Some(group @ '1'..='9') => template.push_str(&format!("${{{group}}}")),
                    Some('&') => template.push_str("${0}"),
                    Some('\\') | None => template.push('\\'),
                    Some(_) => return Err(Obstacle::new(format!("the replacement `{with}`"))),
                },
                other => template.push(other),
            }
        }
        Ok(Search {
            regex,
            with: template,
            all,
        })
    }

    /// The text with what is found replaced.
    pub(super) fn replaced(&self, text: &str) -> String {
        let limit = usize::from(!self.all);
        self.regex.replacen(text, limit, self.with.as_str()).into_owned()
    }

    /// What the groups of the first match are, or the whole match where it has no groups; none without a match.
    pub(super) fn found(&self, text: &str) -> Option<Vec<Option<String>>> {
        let captures = self.regex.captures(text)?;
        let first = usize::from(captures.len() > 1);
        let group = |place| {
            captures
                .get(place)
                .map(|group: regex::Match<'_>| group.as_str().to_owned())
        };
        Some((first..captures.len()).map(group).collect())
    }
}

enum Piece {
    Any,
    One,
    Char(char),
}

/// Without regular expressions, where it can be done.
fn simple(pieces: &[Piece]) -> Option<Matcher> {
    let literal = |pieces: &[Piece]| {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Char(c) => Some(*c),
                Piece::Any | Piece::One => None,
            })
            .collect::<Option<String>>()
    };
    match pieces {
        [Piece::Any, inner @ .., Piece::Any] => literal(inner).map(Matcher::Within),
        [inner @ .., Piece::Any] => literal(inner).map(Matcher::Start),
        all => literal(all).map(Matcher::Whole),
    }
}

fn build(regex: &str, case_counts: bool, pattern: &str) -> Result<Matcher, Obstacle> {
    RegexBuilder::new(regex)
        // In PostgreSQL a dot takes line breaks too, and anchors are at the ends of the text only.
        .dot_matches_new_line(true)
        .case_insensitive(!case_counts)
        .size_limit(1 << 20)
        .build()
        .map(Matcher::Regex)
        .map_err(|_| Obstacle::new(format!("the pattern `{pattern}`")))
}

/// From `SIMILAR TO` to PostgreSQL's regular expressions.
/// Source: `similar_escape_internal` in PostgreSQL's `regexp.c`.
pub(super) fn similar_to_regex(pattern: &str) -> Result<String, Obstacle> {
    let mut regex = String::from("^(?:");
    let mut rest = pattern.chars();
    let mut in_class = false;
    while let Some(next) = rest.next() {
        match next {
            '\\' => match rest.next() {
                Some('"') | None => return Err(Obstacle::new(format!("the pattern `{pattern}`"))),
                Some(escaped) => {
                    regex.push('\\');
                    regex.push(escaped);
                }
            },
            c if in_class => {
                in_class = c != ']';
                regex.push(c);
            }
            '[' => {
                in_class = true;
                regex.push('[');
            }
            '%' => regex.push_str(".*"),
            '_' => regex.push('.'),
            '(' => regex.push_str("(?:"),
            '.' | '^' | '$' => {
                regex.push('\\');
                regex.push(next);
            }
            c => regex.push(c),
        }
    }
    regex.push_str(")$");
    Ok(regex)
}

/// From PostgreSQL's advanced regular expressions to those of the crate `regex`, which mean the same in nearly everything
/// that both have. <https://www.postgresql.org/docs/current/functions-matching.html#FUNCTIONS-POSIX-REGEXP>
fn translate(pattern: &str) -> Result<String, Obstacle> {
    let refused = || Obstacle::new(format!("the pattern `{pattern}`"));
    let mut rest = pattern;
    if rest.starts_with("***") {
        return Err(refused());
    }
    let mut out = String::new();
    if let Some(options) = rest.strip_prefix("(?")
        && options.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        // Options for the whole pattern: of them, these mean what they mean here.
        let (options, behind) = options.split_once(')').ok_or_else(refused)?;
        match options {
            "i" => out.push_str("(?i)"),
            "c" | "s" => {}
            _ => return Err(refused()),
        }
        rest = behind;
    }
    let mut characters = rest.chars().peekable();
    // Where a quantifier would be without anything before it, PostgreSQL raises an error, and so would the crate.
    while let Some(next) = characters.next() {
        match next {
            '\\' => match characters.next().ok_or_else(refused)? {
                'm' => out.push_str(r"\b{start}"),
                'M' => out.push_str(r"\b{end}"),
                'y' => out.push_str(r"\b"),
                'Y' => out.push_str(r"\B"),
                'A' => out.push_str(r"\A"),
                'Z' => out.push_str(r"\z"),
                'a' => out.push_str(r"\x07"),
                'b' => out.push_str(r"\x08"),
                'B' => out.push_str(r"\\"),
                'e' => out.push_str(r"\x1b"),
                'd' => out.push_str("[0-9]"),
                'D' => out.push_str("[^0-9]"),
                class @ ('s' | 'S' | 'w' | 'W' | 'n' | 't' | 'r' | 'f' | 'v') => {
                    out.push('\\');
                    out.push(class);
                }
                letter if letter.is_ascii_alphanumeric() => return Err(refused()),
                other => push_literal(other, &mut out),
            },
            '[' => {
                let mut class = String::new();
                if characters.next_if_eq(&'^').is_some() {
                    class.push('^');
                }
                let mut first = true;
                loop {
                    let c = characters.next().ok_or_else(refused)?;
                    match c {
                        ']' if !first => break,
                        '[' if matches!(characters.peek(), Some(':')) => {
                            let mut name = String::from("[");
                            loop {
                                let c = characters.next().ok_or_else(refused)?;
                                name.push(c);
                                if c == ':' && name.len() > 2 && characters.next_if_eq(&']').is_some() {
                                    name.push(']');
                                    break;
                                }
                                if !(c.is_ascii_alphabetic() || c == ':') {
                                    return Err(refused());
                                }
                            }
                            class.push_str(posix_class(&name).ok_or_else(refused)?);
                        }
                        '[' if matches!(characters.peek(), Some('.' | '=')) => return Err(refused()),
                        '\\' => match characters.next().ok_or_else(refused)? {
                            'd' => class.push_str("0-9"),
                            c @ ('s' | 'w' | 'n' | 't' | 'r' | 'f' | 'v') => {
                                class.push('\\');
                                class.push(c);
                            }
                            c if c.is_ascii_alphanumeric() => return Err(refused()),
                            c => push_literal(c, &mut class),
                        },
                        // A range, as in both.
                        '-' if !first && !matches!(characters.peek(), Some(']')) => class.push('-'),
                        c => push_literal(c, &mut class),
                    }
                    first = false;
                }
                out.push('[');
                out.push_str(&class);
                out.push(']');
            }
            '(' => {
                out.push('(');
                if characters.next_if_eq(&'?').is_some() {
                    match characters.next() {
                        Some(':') => out.push_str("?:"),
                        // Looking ahead and behind.
                        _ => return Err(refused()),
                    }
                }
            }
            '^' => out.push_str(r"\A"),
            '$' => out.push_str(r"\z"),
            '{' if !matches!(characters.peek(), Some('0'..='9')) => out.push_str(r"\{"),
            '}' if !out.ends_with(|c: char| c.is_ascii_digit() || c == ',') => out.push_str(r"\}"),
            other => out.push(other),
        }
    }
    Ok(out)
}

fn push_literal(c: char, out: &mut String) {
    if c.is_ascii_punctuation() {
        out.push('\\');
    }
    out.push(c);
}

/// Classes with a name take letters of all languages, as those of PostgreSQL with a locale do.
fn posix_class(name: &str) -> Option<&'static str> {
    Some(match name {
        "[:alpha:]" => r"\p{Alphabetic}",
        "[:digit:]" => "0-9",
        "[:alnum:]" => r"\p{Alphabetic}0-9",
        "[:upper:]" => r"\p{Uppercase}",
        "[:lower:]" => r"\p{Lowercase}",
        "[:space:]" => r"\s",
        "[:blank:]" => r" \t",
        "[:punct:]" => "[[:punct:]]",
        "[:xdigit:]" => "0-9A-Fa-f",
        "[:cntrl:]" => r"\p{Cc}",
        "[:word:]" => r"\w",
        _ => return None,
    })
}
