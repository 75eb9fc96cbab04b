//! The bytes that a script may have had where a tool took its checksum.
//!
//! Tools that hash whole files hash their byte order marks and line breaks too, and git gives the same file other line
//! breaks on Windows. A history has lost the mark, and has the line breaks of the machine that it was read on.

/// How far the bytes are from those of the file that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// They are the same, but perhaps for the mark at the beginning.
    None,
    /// Lines end in another way.
    LineBreaks,
}

/// The ways in which a script can have been written, the likeliest first.
pub(super) fn renderings(text: &str) -> impl Iterator<Item = (Difference, String)> {
    let unix = text.replace("\r\n", "\n");
    let windows = unix.replace('\n', "\r\n");
    let texts = [
        (Difference::None, text.to_owned()),
        (Difference::LineBreaks, unix),
        (Difference::LineBreaks, windows),
    ];
    texts.into_iter().flat_map(|(difference, text)| {
        let marked = format!("\u{feff}{text}");
        [(difference, text), (difference, marked)]
    })
}
