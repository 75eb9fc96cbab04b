//! How wide a text is in a monospaced font, without a browser to ask.

/// The width of a text in cells: two for a wide character of East Asia, none for what is put on top of another one.
///
/// Source of the wide ones: <https://www.unicode.org/reports/tr11/>, W and F, in whole blocks.
pub(super) fn cells(text: &str) -> u32 {
    text.chars().map(of_char).sum()
}

fn of_char(c: char) -> u32 {
    match u32::from(c) {
        0x0300..=0x036F | 0x200B..=0x200F | 0x20D0..=0x20FF | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xA960..=0xA97F
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F000..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn widths() {
        for (text, expect) in [
            ("", 0),
            ("order_id", 8),
            ("注文", 4),
            ("é", 1),
            ("e\u{301}", 1),
            ("🚀", 2),
        ] {
            assert_eq!(cells(text), expect, "{text}");
        }
    }
}
