//! What stands at the ends of lines, and what it means.

use std::fmt::Write;

use crate::er::Cardinality;
use crate::er::layout::{Point, Side};

/// So wide a picture must be for its legend.
pub(super) const LEGEND_WIDTH: i32 = 900;

/// The crow's foot at an end: `at` is the edge of the box, and the line leaves it on that side.
pub(super) fn end(at: Point, side: Side, cardinality: Cardinality) -> String {
    let Point { x, y } = at;
    let out = match side {
        Side::Right => 1,
        Side::Left => -1,
    };
    let bar = |distance: i32| format!("M{} {}v8", x + out * distance, y - 4);
    let foot = || format!("M{x} {}L{} {y}L{x} {}", y - 4, x + out * 10, y + 4);
    let (strokes, ring) = match cardinality {
        Cardinality::ExactlyOne => (bar(6) + &bar(10), None),
        Cardinality::ZeroOrOne => (bar(6), Some(12)),
        Cardinality::OneOrMany => (foot() + &bar(13), None),
        Cardinality::ZeroOrMany => (foot(), Some(14)),
    };
    let ring = ring.map_or_else(String::new, |distance| {
        format!("<circle cx=\"{}\" cy=\"{y}\" r=\"3.5\"/>", x + out * distance)
    });
    format!("<path d=\"{strokes}\"/>{ring}")
}

/// Says what the symbols and marks mean, from a height on.
pub(super) fn legend(svg: &mut String, y: i32) {
    let y = y + 14;
    let mut x = 16;
    svg.push_str("<g class=\"legend hue7\">\n");
    for cardinality in [
        Cardinality::ExactlyOne,
        Cardinality::ZeroOrOne,
        Cardinality::ZeroOrMany,
    ] {
        // Writing to memory cannot fail.
        let _ = writeln!(
            svg,
            "<g class=\"line\"><path d=\"M{x} {y}h34\"/>{}</g>\
             <path class=\"edge\" d=\"M{x} {}v14\"/><text class=\"type start\" x=\"{}\" y=\"{}\">{}</text>",
            end(Point { x, y }, Side::Right, cardinality),
            y - 7,
            x + 40,
            y + 4,
            cardinality.words(),
        );
        x += 140;
    }
    let _ = writeln!(
        svg,
        "<text class=\"type start\" x=\"{x}\" y=\"{}\">PK primary key · FK foreign key · U unique · ? can be NULL</text></g>",
        y + 4
    );
}
