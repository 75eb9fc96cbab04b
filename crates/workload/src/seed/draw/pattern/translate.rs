//! PostgreSQL's languages of patterns, translated into the one of the crate `regex`.
//!
//! See <https://www.postgresql.org/docs/current/functions-matching.html>.

use std::iter::Peekable;
use std::str::Chars;

use crate::seed::allowed::{Pattern, PatternForm};

/// A pattern in the language of the crate `regex`, where `.` is to match line ends, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Translated {
    pub(super) text: String,
    pub(super) case_sensitive: bool,
}

/// Translates a pattern; none where it has something that has no counterpart: back references, looking ahead.
pub(super) fn translate(pattern: &Pattern) -> Option<Translated> {
    let mut case_sensitive = pattern.case_sensitive;
    let text = match pattern.form {
        PatternForm::Like => like(&pattern.text)?,
        PatternForm::Similar => similar(&pattern.text)?,
        PatternForm::Regex => regex(&pattern.text, &mut case_sensitive)?,
    };
    Some(Translated { text, case_sensitive })
}

fn like(pattern: &str) -> Option<String> {
    let mut out = String::from(r"\A");
    let mut chars = pattern.chars();
    while let Some(char) = chars.next() {
        match char {
            '%' => out.push_str(".*"),
            '_' => out.push('.'),
            '\\' => push_literal(chars.next()?, &mut out),
            other => push_literal(other, &mut out),
        }
    }
    out.push_str(r"\z");
    Some(out)
}

fn similar(pattern: &str) -> Option<String> {
    let mut out = String::from(r"\A(?:");
    let mut chars = pattern.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '%' => out.push_str(".*"),
            '_' => out.push('.'),
            '\\' => push_literal(chars.next()?, &mut out),
            '(' => out.push_str("(?:"),
            '|' | ')' | '*' | '+' | '?' => out.push(char),
            '{' => bound(&mut chars, &mut out)?,
            '[' => bracket(&mut chars, &mut out)?,
            other => push_literal(other, &mut out),
        }
    }
    out.push_str(r")\z");
    Some(out)
}

fn regex(pattern: &str, case_sensitive: &mut bool) -> Option<String> {
    if let Some(literal) = pattern.strip_prefix("***=") {
        return Some(regex_syntax::escape(literal));
    }
    let pattern = pattern.strip_prefix("***:").unwrap_or(pattern);
    if pattern.starts_with("***") {
        return None;
    }
    let pattern = options(pattern, case_sensitive)?;
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut chars = pattern.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' => escape(&mut chars, &mut out)?,
            '[' => bracket(&mut chars, &mut out)?,
            '(' => match chars.next_if_eq(&'?') {
                None => out.push_str("(?:"),
                Some(_) => {
                    chars.next_if_eq(&':')?;
                    out.push_str("(?:");
                }
            },
            '{' if chars.peek().is_some_and(char::is_ascii_digit) => bound(&mut chars, &mut out)?,
            '*' | '+' | '?' | '|' | ')' | '^' | '$' | '.' => out.push(char),
            other => push_literal(other, &mut out),
        }
    }
    Some(out)
}

/// The options at the beginning: `(?i)`. The pattern without them; none where they make it another language.
fn options<'a>(pattern: &'a str, case_sensitive: &mut bool) -> Option<&'a str> {
    let Some(rest) = pattern.strip_prefix("(?") else {
        return Some(pattern);
    };
    let Some((letters, rest)) = rest.split_once(')') else {
        return Some(pattern);
    };
    if letters.is_empty() || !letters.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return Some(pattern);
    }
    for letter in letters.chars() {
        match letter {
            'i' => *case_sensitive = false,
            'c' => *case_sensitive = true,
            's' | 'e' | 't' => {}
            _ => return None,
        }
    }
    Some(rest)
}

fn push_literal(char: char, out: &mut String) {
    if regex_syntax::is_meta_character(char) {
        out.push('\\');
    }
    out.push(char);
}

/// What follows a backslash outside of brackets.
fn escape(chars: &mut Peekable<Chars<'_>>, out: &mut String) -> Option<()> {
    match chars.next()? {
        'm' => out.push_str(r"\b{start}"),
        'M' => out.push_str(r"\b{end}"),
        'y' => out.push_str(r"\b"),
        'Y' => out.push_str(r"\B"),
        'A' => out.push_str(r"\A"),
        'Z' => out.push_str(r"\z"),
        'd' => out.push_str("[0-9]"),
        'D' => out.push_str("[^0-9]"),
        class @ ('w' | 'W' | 's' | 'S') => {
            out.push('\\');
            out.push(class);
        }
        other => push_literal(character(other, chars)?, out),
    }
    Some(())
}

/// The character that an escape stands for, inside of brackets or outside.
fn character(first: char, chars: &mut Peekable<Chars<'_>>) -> Option<char> {
    let mut hex = |digits: usize| {
        let mut number = 0_u32;
        for _ in 0..digits {
            number = number.checked_mul(16)?.checked_add(chars.next()?.to_digit(16)?)?;
        }
        char::from_u32(number)
    };
    Some(match first {
        'a' => '\x07',
        'b' => '\x08',
        'B' => '\\',
        'e' => '\x1b',
        'f' => '\x0c',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\x0b',
        'u' => hex(4)?,
        'U' => hex(8)?,
        'x' => {
            let mut number = 0_u32;
            while let Some(digit) = chars.peek().and_then(|char| char.to_digit(16)) {
                number = number.checked_mul(16)?.checked_add(digit)?;
                chars.next();
            }
            char::from_u32(number)?
        }
        // Back references, and what has no meaning.
        other if other.is_alphanumeric() => return None,
        other => other,
    })
}

/// What follows `{`: `2}`, `2,}` or `2,4}`.
fn bound(chars: &mut Peekable<Chars<'_>>, out: &mut String) -> Option<()> {
    out.push('{');
    for char in chars.by_ref() {
        match char {
            '0'..='9' | ',' => out.push(char),
            '}' => {
                out.push('}');
                return Some(());
            }
            _ => return None,
        }
    }
    None
}

/// A member of a bracket expression.
enum Member {
    Character(char),
    Set(String),
}

/// What follows `[`, up to its end.
fn bracket(chars: &mut Peekable<Chars<'_>>, out: &mut String) -> Option<()> {
    // `[[:<:]]` and `[[:>:]]` are no sets of characters: they are where words begin and end.
    let ahead: String = chars.clone().take(6).collect();
    if let Some(edge) = [("[:<:]]", r"\b{start}"), ("[:>:]]", r"\b{end}")]
        .into_iter()
        .find_map(|(written, meant)| (ahead == written).then_some(meant))
    {
        out.push_str(edge);
        chars.nth(5);
        return Some(());
    }
    out.push('[');
    if chars.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    let mut is_first = true;
    loop {
        let first = match chars.next()? {
            ']' if !is_first => break,
            other => member(other, chars)?,
        };
        is_first = false;
        match first {
            Member::Set(set) => out.push_str(&set),
            Member::Character(low) => {
                push_member(low, out);
                let mut ahead = chars.clone();
                if ahead.next() == Some('-') && ahead.next().is_some_and(|char| char != ']') {
                    chars.next();
                    let next = chars.next()?;
                    let Member::Character(high) = member(next, chars)? else {
                        return None;
                    };
                    out.push('-');
                    push_member(high, out);
                }
            }
        }
    }
    out.push(']');
    Some(())
}

fn member(first: char, chars: &mut Peekable<Chars<'_>>) -> Option<Member> {
    Some(match first {
        '[' => match chars.peek() {
            Some(&mark @ (':' | '.' | '=')) => {
                chars.next();
                let mut name = String::new();
                loop {
                    match chars.next()? {
                        end if end == mark && chars.peek() == Some(&']') => {
                            chars.next();
                            break;
                        }
                        other => name.push(other),
                    }
                }
                if mark == ':' {
                    Member::Set(format!("[:{name}:]"))
                } else {
                    let mut only = name.chars();
                    match (only.next(), only.next()) {
                        (Some(char), None) => Member::Character(char),
                        _ => return None,
                    }
                }
            }
            _ => Member::Character('['),
        },
        '\\' => match chars.next()? {
            'd' => Member::Set("0-9".into()),
            class @ ('w' | 's' | 'W' | 'S') => Member::Set(format!("\\{class}")),
            'D' => Member::Set("[^0-9]".into()),
            other => Member::Character(character(other, chars)?),
        },
        other => Member::Character(other),
    })
}

/// Writes a character into brackets, where the crate has more of them with a meaning than PostgreSQL.
fn push_member(char: char, out: &mut String) {
    if matches!(char, '\\' | '[' | ']' | '^' | '-' | '&' | '~') {
        out.push('\\');
    }
    out.push(char);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: PatternForm, pattern: &str, matching: &[&str], other: &[&str]) {
        let translated = translate(&Pattern {
            text: pattern.into(),
            form,
            case_sensitive: true,
            wanted: true,
            filled: false,
        })
        .unwrap_or_else(|| panic!("not translated: {pattern}"));
        let regex = regex::RegexBuilder::new(&translated.text)
            .dot_matches_new_line(true)
            .case_insensitive(!translated.case_sensitive)
            .build()
            .unwrap_or_else(|why| panic!("{pattern} -> {}: {why}", translated.text));
        for text in matching {
            assert!(
                regex.is_match(text),
                "{pattern} -> {} must match {text:?}",
                translated.text
            );
        }
        for text in other {
            assert!(
                !regex.is_match(text),
                "{pattern} -> {} must not match {text:?}",
                translated.text
            );
        }
    }

    #[test]
    fn patterns_mean_the_same() {
        use PatternForm::{Like, Regex, Similar};
        check(Like, "a%", &["a", "ab\nc"], &["ba", "A"]);
        check(Like, r"100\%_", &["100%x"], &["100%", "1000x"]);
        check(Like, "a.c*", &["a.c*"], &["abc"]);
        check(Similar, "(a|b)%", &["a", "bcd"], &["cab"]);
        check(Similar, "[A-Z]{2}_", &["ABc"], &["AB", "xABc"]);
        check(Similar, "a.b^", &["a.b^"], &["axb^"]);
        check(Regex, r"^[a-z]\w+\.\d{2}$", &["ab_.12"], &["a.12", "ab.1"]);
        check(Regex, r"[]a]", &["]", "a"], &["b"]);
        check(Regex, r"^[^]a]$", &["b"], &["]", "a"]);
        check(Regex, r"^[a-]+$", &["a-a"], &["b"]);
        check(Regex, r"^[\w.+-]+$", &["a.b+c-d_"], &["a b"]);
        check(Regex, r"^[[:alpha:]_]+$", &["ab_"], &["a1"]);
        check(Regex, r"^[&&~~a]+$", &["&~a"], &["b"]);
        check(Regex, r"\mcat\M", &["a cat"], &["cats"]);
        check(Regex, r"[[:<:]]cat[[:>:]]", &["a cat"], &["cats"]);
        check(Regex, r"^a{,2}$", &["a{,2}"], &["aa"]);
        check(Regex, r"(?i)^abc$", &["ABC"], &["abd"]);
        check(Regex, "***=a.c", &["xa.c"], &["abc"]);
        check(Regex, r"^\u0041\x42$", &["AB"], &["ab"]);
        check(Regex, r"^#[0-9a-f]{6}$", &["#00ff00"], &["00ff00"]);
        check(Regex, r"^[[.-.]a]$", &["-", "a"], &["."]);
    }

    #[test]
    fn what_has_no_counterpart_is_refused() {
        for pattern in [r"(a)\1", "(?=a)b", "(?!a)b", "(?<=a)b", "(?x)a b", "[a", "a\\"] {
            let mut case_sensitive = true;
            assert_eq!(regex(pattern, &mut case_sensitive), None, "{pattern}");
        }
    }
}
