//! Colours, where there are to be any.

use std::borrow::Cow;
use std::fmt::Display;

/// Whether text gets colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// Text as it is.
    Plain,
    /// With ANSI escapes.
    Colours,
}

/// What a piece of text is, and so which colour it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// A headline.
    Strong,
    /// Well done.
    Good,
    /// Wrong.
    Bad,
    /// Less wrong, or allowed.
    Doubtful,
    /// Something to do or to type.
    Advice,
    /// Beside the point.
    Quiet,
}

impl Paint {
    /// A text in its colour.
    pub(crate) fn text(self, tone: Tone, text: impl Display) -> String {
        let text = text.to_string();
        let code = match tone {
            _ if self == Paint::Plain || text.is_empty() => return text,
            Tone::Strong => "1",
            Tone::Good => "32",
            Tone::Bad => "1;31",
            Tone::Doubtful => "33",
            Tone::Advice => "36",
            Tone::Quiet => "2",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}

/// A text of somebody else's, such as the name of a file, in one line and without what a terminal would obey: control
/// characters are shown as Rust writes them, `\n` and `\u{1b}`. Tabs stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let is_obeyed = |c: char| c.is_control() && c != '\t';
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_obeyed(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        let check = |text: &str, expect: &str| assert_eq!(visible(text), expect);
        check("Größe 'x'", "Größe 'x'");
        check("a\nb\x1b[31mc\u{9b}", "a\\nb\\u{1b}[31mc\\u{9b}");
    }
}
