//! What stands at the ends of lines, and what it means.

use std::fmt::Write;

use crate::er::layout::{Point, Side};
use crate::er::{Cardinality, Checked, Diagram};

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

/// Says what the symbols and marks of a diagram mean.
pub(super) struct Legend {
    ends: Vec<Cardinality>,
    dashed: bool,
}

/// How wide a sign is, with its words.
const ENTRY: i32 = 140;
/// How wide the words about marks are.
const MARKS: i32 = 464;

impl Legend {
    /// The legend of a diagram: what every diagram may have, and what is rare where there is some.
    pub(super) fn of(diagram: &Diagram) -> Legend {
        let mut ends = vec![
            Cardinality::ExactlyOne,
            Cardinality::ZeroOrOne,
            Cardinality::ZeroOrMany,
        ];
        let relations = || diagram.relations.iter();
        if relations().any(|it| [it.parent_end, it.child_end].contains(&Cardinality::OneOrMany)) {
            ends.push(Cardinality::OneOrMany);
        }
        Legend {
            ends,
            dashed: relations().any(|it| it.checked != Checked::Always),
        }
    }

    /// So wide a picture must be for it.
    pub(super) fn width(&self) -> i32 {
        let entries = i32::try_from(self.ends.len()).unwrap_or_default() + if self.dashed { 1 } else { 0 };
        16 + ENTRY * entries + MARKS
    }

    /// Writes it from a height on.
    pub(super) fn draw(&self, svg: &mut String, y: i32) {
        let y = y + 14;
        let mut x = 16;
        svg.push_str("<g class=\"legend hue7\">\n");
        // Writing to memory cannot fail, here and below.
        let words = |svg: &mut String, x: i32, words: &str| {
            let _ = write!(
                svg,
                "<text class=\"type start\" x=\"{x}\" y=\"{}\">{words}</text>",
                y + 4
            );
        };
        for cardinality in &self.ends {
            let _ = write!(
                svg,
                "<g class=\"line\"><path d=\"M{x} {y}h34\"/>{}</g>\
                 <path class=\"edge\" d=\"M{x} {}v14\"/>",
                end(Point { x, y }, Side::Right, *cardinality),
                y - 7,
            );
            words(svg, x + 40, cardinality.words());
            svg.push('\n');
            x += ENTRY;
        }
        if self.dashed {
            let _ = write!(svg, "<g class=\"line dashed\"><path d=\"M{x} {y}h34\"/></g>");
            words(svg, x + 40, "not all rows");
            svg.push('\n');
            x += ENTRY;
        }
        words(
            svg,
            x,
            "PK primary key · FK foreign key · U unique · ? can be NULL",
        );
        svg.push_str("</g>\n");
    }
}
