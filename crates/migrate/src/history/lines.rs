//! The lines of a script, for the tools that put directives into comments.

/// A line of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Its number, from 1.
    pub(super) number: usize,
    /// The byte at which it begins.
    pub(super) start: usize,
    /// The byte behind its line break.
    pub(super) end: usize,
    /// Its text, without `\n` or `\r\n`.
    pub(super) text: &'a str,
}

/// The lines of a text, in order.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut end = 0;
    text.split_inclusive('\n').enumerate().map(move |(index, whole)| {
        let start = end;
        end += whole.len();
        let text = whole
            .strip_suffix('\n')
            .map_or(whole, |line| line.strip_suffix('\r').unwrap_or(line));
        Line {
            number: index + 1,
            start,
            end,
            text,
        }
    })
}

/// Overwrites everything but line breaks with blanks, so that what follows keeps its place.
pub(super) fn blank(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if matches!(byte, b'\n' | b'\r') {
                char::from(byte)
            } else {
                ' '
            }
        })
        .collect()
}

/// The number of leading ASCII digits.
pub(super) fn leading_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}
