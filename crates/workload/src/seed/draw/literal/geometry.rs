//! Shapes in the plane: no two of one kind overlap.

use std::fmt::Write as _;

/// A geometric type.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Point,
    Line,
    Lseg,
    Box,
    Path,
    Polygon,
    Circle,
}

/// So many shapes stand beside each other, before the next ones stand above them.
const WIDE: u64 = 1000;

impl Shape {
    pub(super) fn of(name: &str) -> Option<Shape> {
        Some(match name {
            "point" => Shape::Point,
            "line" => Shape::Line,
            "lseg" => Shape::Lseg,
            "box" => Shape::Box,
            "path" => Shape::Path,
            "polygon" => Shape::Polygon,
            "circle" => Shape::Circle,
            _ => return None,
        })
    }

    /// Writes the one of a number: within a square with sides of 2, and 1 from the next square.
    pub(super) fn write(self, number: u64, out: &mut String) {
        let (x, y) = (number % WIDE * 3, u128::from(number / WIDE) * 3);
        let (right, above) = (x + 2, y + 2);
        let _ = match self {
            Shape::Point => write!(out, "({x},{y})"),
            Shape::Line => write!(out, "{{1,-1,{number}}}"),
            Shape::Lseg => write!(out, "[({x},{y}),({right},{above})]"),
            Shape::Box => write!(out, "({right},{above}),({x},{y})"),
            Shape::Path => write!(out, "[({x},{y}),({right},{y}),({right},{above})]"),
            Shape::Polygon => write!(out, "(({x},{y}),({right},{y}),({right},{above}),({x},{above}))"),
            Shape::Circle => write!(out, "<({},{}),1>", x + 1, y + 1),
        };
    }
}
