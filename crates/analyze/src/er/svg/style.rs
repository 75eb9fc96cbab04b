//! The colours, in light and dark.

/// What a page must have for the pictures in it: a style sheet.
pub const STYLE: &str = include_str!("style.css");
