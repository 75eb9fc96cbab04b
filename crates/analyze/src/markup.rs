//! Names and comments within HTML and SVG. They are written by anybody, and must never become markup.

use std::fmt;

/// A text that is shown as it is: `{}` writes it so that HTML and XML read it back as text, in elements and in attributes.
///
/// Control characters, which XML does not allow, are shown as the pictures that Unicode has for them, so that nobody
/// overlooks them; so are characters that would turn the direction of what follows.
pub(crate) struct Text<'a>(pub(crate) &'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c => fmt::Write::write_char(f, visible(c))?,
            }
        }
        Ok(())
    }
}

/// A character that can be shown: itself, or what stands for it.
pub(crate) fn visible(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => {
            '\u{fffd}'
        }
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn texts_stay_texts() {
        for (text, expect) in [
            ("a & b", "a &amp; b"),
            (
                "<script>alert('1')</script>",
                "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;",
            ),
            ("\" onload=\"", "&quot; onload=&quot;"),
            ("a\u{1}b\u{202e}c\u{ffff}", "a\u{2401}b\u{fffd}c\u{fffd}"),
            ("注文", "注文"),
        ] {
            assert_eq!(Text(text).to_string(), expect);
        }
    }
}
