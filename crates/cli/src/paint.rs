//! Colours, where there are to be any.

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
