//! Where everything of a diagram is put: boxes in columns, and lines between the rows of their keys.
//!
//! The way is that of Sugiyama, Tagawa and Toda (*Methods for Visual Understanding of Hierarchical System Structures*, 1981),
//! turned to the side: parents to the left, children to the right.
//!
//! 1. Tables that are related, however far, make a component; each is laid out alone, and in the end they are packed together:
//!    where the largest has room between its boxes and lines, small ones go there.
//! 2. `columns` puts each box into a column: in layers first, then moved until the columns are about as high as each other.
//! 3. `order` puts the boxes of a column into an order in which few lines cross.
//! 4. `place` gives them their heights, so that lines are straight where they can be.
//! 5. `route` leads the lines: up and down only between columns, each on a track of its own; through a column only between two
//!    boxes. So no line crosses a box.
//!
//! Lengths are in pixels. Nothing here is random: the same diagram has the same layout.

mod card;
mod columns;
mod component;
mod graph;
mod order;
mod pack;
mod place;
mod route;
mod track;

use super::Diagram;
pub(super) use card::shown;
pub use card::{Card, HEADER, ROW, Row, TAG};

/// How much of a table is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Every column.
    Full,
    /// The columns of keys, and those that foreign keys refer to.
    Keys,
    /// Every column of this table, and the keys of the others.
    Around(usize),
    /// No column.
    Names,
}

/// A point of the picture, from its left upper corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// To the right.
    pub x: i32,
    /// Downwards.
    pub y: i32,
}

/// The side of a box on which a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

/// The line of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its place among the relations.
    pub relation: usize,
    /// Its corners from the parent to the child; two neighbours are on one horizontal or vertical.
    pub points: Vec<Point>,
    /// Where it ends at the parent's box.
    pub parent_side: Side,
    /// Where it ends at the child's box.
    pub child_side: Side,
}

/// Where everything is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// How wide the picture is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
    /// The boxes, in the order of the entities.
    pub cards: Vec<Card>,
    /// The lines, in the order of the relations.
    pub lines: Vec<Line>,
}

/// How wide a picture should be for its height: that of a usual screen.
const ASPECT: f64 = 1.6;

/// Between the picture's edge and what is on it.
const MARGIN: i32 = 16;

/// Lays a diagram out.
pub fn layout(diagram: &Diagram, detail: Detail) -> Layout {
    let cards = card::cards(diagram, detail);
    let (mut pieces, packed) = arrange(component::components(diagram, &cards));
    let mut layout = Layout {
        width: packed.width + 2 * MARGIN,
        height: packed.height + 2 * MARGIN,
        cards,
        lines: Vec::new(),
    };
    for (piece, corner) in pieces.iter_mut().zip(&packed.corners) {
        for placed in &piece.boxes {
            if let Some(card) = layout.cards.get_mut(placed.entity) {
                card.x = placed.x + corner.x + MARGIN;
                card.y = placed.y + corner.y + MARGIN;
                card.width = placed.width;
            }
        }
        for mut line in piece.lines.drain(..) {
            for point in &mut line.points {
                point.x += corner.x + MARGIN;
                point.y += corner.y + MARGIN;
            }
            layout.lines.push(line);
        }
    }
    layout.lines.sort_by_key(|line| line.relation);
    layout
}

/// Lays the components out, and packs them. For the largest of them that layout is taken with which the whole is best.
fn arrange(mut components: Vec<component::Component>) -> (Vec<component::Piece>, pack::Packed) {
    let Some(largest) = (0..components.len())
        .rev()
        .max_by_key(|it| components[*it].number_of_tables())
    else {
        return (Vec::new(), pack::Packed::default());
    };
    let largest = components.remove(largest);
    let mut pieces = vec![component::Piece::default()];
    pieces.extend(components.iter().map(component::Component::lay_out));
    let mut best: Option<(f64, component::Piece, pack::Packed)> = None;
    for picture in largest.pictures() {
        pieces[0] = picture;
        let packed = pack::pack(&pieces);
        let cost = pieces[0].cost((packed.width, packed.height));
        if best.as_ref().is_none_or(|(least, _, _)| cost < *least) {
            best = Some((cost, std::mem::take(&mut pieces[0]), packed));
        }
    }
    let packed = best.map_or_else(pack::Packed::default, |(_, picture, packed)| {
        pieces[0] = picture;
        packed
    });
    (pieces, packed)
}
