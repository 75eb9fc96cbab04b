//! Components side by side, in a picture of the shape of a screen.

mod room;

use super::component::Piece;
use super::{ASPECT, Point};
use room::Room;

/// Between two components.
const BETWEEN: i32 = 36;

/// Where components are.
#[derive(Default)]
pub(super) struct Packed {
    /// The left upper corner of each.
    pub(super) corners: Vec<Point>,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// Packs components, the largest of which is the first. Those that find room between its boxes and lines go there, the highest
/// first; the others go beside it. Of several widths of the picture that is taken with which it can be shown largest.
pub(super) fn pack(pieces: &[Piece]) -> Packed {
    let Some((largest, others)) = pieces.split_first() else {
        return Packed::default();
    };
    let mut inside = vec![None; others.len()];
    let mut order: Vec<usize> = (0..others.len()).collect();
    order.sort_by_key(|it| (std::cmp::Reverse(others[*it].height), *it));
    let mut room = Room::of(largest);
    for it in order {
        inside[it] = room.take(others[it].width, others[it].height);
    }
    let beside: Vec<(i32, i32)> = others
        .iter()
        .zip(&inside)
        .filter(|(_, inside)| inside.is_none())
        .map(|(piece, _)| (piece.width, piece.height))
        .collect();
    let sizes: Vec<(i32, i32)> = std::iter::once((largest.width, largest.height))
        .chain(beside)
        .collect();
    let packed = side_by_side(&sizes);
    let mut corners = packed.corners.into_iter();
    let corner = corners.next().unwrap_or(Point { x: 0, y: 0 });
    let others = inside.into_iter().map(|inside| match inside {
        Some(Point { x, y }) => Some(Point {
            x: corner.x + x,
            y: corner.y + y,
        }),
        None => corners.next(),
    });
    Packed {
        corners: std::iter::once(corner).chain(others.flatten()).collect(),
        ..packed
    }
}

/// Packs rectangles, given by width and height, with the best of several widths of the picture.
fn side_by_side(sizes: &[(i32, i32)]) -> Packed {
    let widest = sizes.iter().map(|size| size.0).max().unwrap_or(0);
    let area: f64 = sizes
        .iter()
        .map(|(width, height)| f64::from(width + BETWEEN) * f64::from(height + BETWEEN))
        .sum();
    let ideal = (area * ASPECT).sqrt();
    let mut best: Option<(f64, Packed)> = None;
    for percent in (80..=200).step_by(10) {
        #[expect(clippy::cast_possible_truncation, reason = "the width of a picture")]
        let width = widest.max((ideal * f64::from(percent) / 100.0) as i32);
        let packed = within(sizes, width);
        let shown = (f64::from(packed.width) / ASPECT).max(f64::from(packed.height));
        if best.as_ref().is_none_or(|(least, _)| shown < *least) {
            best = Some((shown, packed));
        }
    }
    best.map_or_else(|| within(sizes, widest), |(_, packed)| packed)
}

/// Packs rectangles, given by width and height: each, the highest first, goes as far up as it can, then as far left.
fn within(sizes: &[(i32, i32)], limit: i32) -> Packed {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|it| (std::cmp::Reverse(sizes[*it].1), *it));
    let mut packed = Packed {
        corners: vec![Point { x: 0, y: 0 }; sizes.len()],
        width: 0,
        height: 0,
    };
    // The lower edge of what is placed: from which x on, down to which y.
    let mut skyline: Vec<(i32, i32)> = vec![(0, 0)];
    for it in order {
        let (width, height) = (sizes[it].0 + BETWEEN, sizes[it].1 + BETWEEN);
        let fits = skyline
            .iter()
            .map(|step| step.0)
            .filter(|x| *x == 0 || x + width - BETWEEN <= limit);
        let depth = |x: i32| {
            let below = skyline.iter().enumerate().filter(|(at, step)| {
                let end = skyline.get(at + 1).map_or(i32::MAX, |next| next.0);
                step.0 < x + width && end > x
            });
            below.map(|(_, step)| step.1).max().unwrap_or(0)
        };
        let (y, x) = fits.map(|x| (depth(x), x)).min().unwrap_or((0, 0));
        packed.corners[it] = Point { x, y };
        packed.width = packed.width.max(x + width - BETWEEN);
        packed.height = packed.height.max(y + height - BETWEEN);
        let behind = skyline
            .iter()
            .rev()
            .find(|step| step.0 <= x + width)
            .map_or(0, |step| step.1);
        skyline.retain(|step| step.0 < x || step.0 > x + width);
        skyline.extend([(x, y + height), (x + width, behind)]);
        skyline.sort_unstable();
    }
    packed
}
