//! Leads the lines through the channels, and gives columns and channels their widths.

use std::collections::BTreeSet;

use super::component::PlacedBox;
use super::graph::Graph;
use super::order::{Grid, Pin, Slot, SlotForm};
use super::track::{NEAR, Span, Tracks, tracks};
use super::{Line, Point, Side};

/// The room that the symbol at the end of a line takes, with some space.
const SYMBOL: i32 = 22;
/// Between two tracks.
const TRACK: i32 = 8;
/// A channel without lines.
const EMPTY: i32 = 30;
/// Boxes of a column are made equally wide, if that widens none by more.
const STRETCH: i32 = 140;
/// How often ends are moved before two lines are left on each other.
const ATTEMPTS: usize = 6;
/// So far from the middle of its row an end may be.
const IN_ROW: i32 = 8;

/// A component that is drawn.
#[derive(Debug, Default)]
pub(super) struct Routed {
    pub(super) width: i32,
    pub(super) height: i32,
    /// In the order of the graph; `entity` is still the place in it.
    pub(super) boxes: Vec<PlacedBox>,
    /// In the order of the graph; `relation` is still the place in it.
    pub(super) lines: Vec<Line>,
    pub(super) crossings: usize,
}

/// Leads all lines. The ends of some are moved a little.
pub(super) fn route(graph: &Graph, grid: &mut Grid) -> Routed {
    let by_channel: Vec<Vec<usize>> = (0..=grid.columns.len())
        .map(|channel| {
            (0..grid.wires.len())
                .filter(|wire| grid.wires[*wire].channel == channel)
                .collect()
        })
        .collect();
    let tracks: Vec<Tracks> = by_channel
        .iter()
        .map(|wires| without_covered(grid, wires))
        .collect();
    let borders = Borders::new(grid, &by_channel, &tracks);
    let mut track_x = vec![None; grid.wires.len()];
    for (channel, (wires, tracks)) in by_channel.iter().zip(&tracks).enumerate() {
        for (wire, track) in wires.iter().zip(&tracks.of) {
            track_x[*wire] = track.map(|track| {
                let track = i32::try_from(track).unwrap_or_default();
                borders.first_track[channel] + track * TRACK
            });
        }
    }
    let boxes = (0..graph.nodes.len())
        .map(|node| {
            let slot = &grid.slots[node];
            PlacedBox {
                entity: node,
                x: borders.columns[slot.column].0,
                y: slot.y,
                width: borders.box_widths[node],
                height: graph.nodes[node].height,
            }
        })
        .collect();
    let lines = lines(graph, grid, &borders, &track_x);
    let lowest_line = lines
        .iter()
        .flat_map(|line| &line.points)
        .map(|point| point.y)
        .max();
    let lowest_box = grid.slots.iter().map(|slot| slot.y + slot.height).max();
    Routed {
        width: borders.width,
        height: lowest_line.max(lowest_box).unwrap_or(0),
        boxes,
        lines,
        crossings: tracks.iter().map(|tracks| tracks.crossings).sum(),
    }
}

/// The tracks of a channel, with ends moved where one wire would lie on another.
fn without_covered(grid: &mut Grid, wires: &[usize]) -> Tracks {
    let mut found = tracks(&spans(grid, wires));
    for _ in 0..ATTEMPTS {
        let mut changed = false;
        for &(left, right) in &found.covered {
            // Of the left one the end on the right border is in the way, of the right one that on the left border.
            changed |=
                freed(grid, wires, wires[left], Side::Left) || freed(grid, wires, wires[right], Side::Right);
        }
        if !changed {
            break;
        }
        found = tracks(&spans(grid, wires));
    }
    found
}

/// Moves an end of a wire to where no end on the other border of the channel is near, alone or with all ends of its row;
/// `false` where there is no such place.
fn freed(grid: &mut Grid, wires: &[usize], wire: usize, side: Side) -> bool {
    let Some(pin) = grid.wires[wire].pins.into_iter().find(|pin| pin.side == side) else {
        return false;
    };
    let opposite: Vec<i32> = wires
        .iter()
        .flat_map(|wire| &grid.wires[*wire].pins)
        .filter(|other| other.side != side)
        .map(|other| grid.y_of(other))
        .collect();
    let is_clear = |y: i32| opposite.iter().all(|other| (y - other).abs() >= NEAR);
    let moves = (1..=2 * IN_ROW).flat_map(|by| [by, -by]);
    match grid.slots[pin.slot].form {
        // On its other side the line is led already.
        SlotForm::Pass if side == Side::Right => false,
        SlotForm::Pass => {
            let column = grid.columns[grid.slots[pin.slot].column].iter();
            let others: Vec<Slot> = column
                .filter(|it| **it != pin.slot)
                .map(|it| grid.slots[*it])
                .collect();
            let has_room = |y: i32| {
                others
                    .iter()
                    .all(|other| y + 5 <= other.y || other.y + other.height + 5 <= y)
            };
            let place = moves
                .map(|by| grid.slots[pin.slot].y + by)
                .find(|y| has_room(*y) && is_clear(*y));
            if let Some(y) = place {
                grid.slots[pin.slot].y = y;
            }
            place.is_some()
        }
        SlotForm::Box => {
            let top = grid.slots[pin.slot].y;
            let of_row = |other: &Pin| other.slot == pin.slot && other.side == side && other.row == pin.row;
            let ends = grid.wires_of[pin.slot]
                .iter()
                .flat_map(|wire| grid.wires[*wire].pins);
            let row: BTreeSet<i32> = ends
                .filter(|other| of_row(other))
                .map(|other| other.offset)
                .collect();
            let fits = |offset: i32| (offset - pin.row).abs() <= IN_ROW && is_clear(top + offset);
            let alone = |by: &i32| {
                let offset = pin.offset + by;
                let mut others = row.iter().filter(|other| **other != pin.offset);
                fits(offset) && others.all(|other| (other - offset).abs() >= NEAR)
            };
            let together = |by: &i32| row.iter().all(|offset| fits(offset + by));
            let (by, all) = match moves.clone().find(alone) {
                Some(by) => (by, false),
                None => match moves.clone().find(together) {
                    Some(by) => (by, true),
                    None => return false,
                },
            };
            for wire in grid.wires_of[pin.slot].clone() {
                for other in &mut grid.wires[wire].pins {
                    if of_row(other) && (all || other.offset == pin.offset) {
                        other.offset += by;
                    }
                }
            }
            true
        }
    }
}

fn spans(grid: &Grid, wires: &[usize]) -> Vec<Span> {
    let end = |pin: &Pin| (grid.y_of(pin), pin.side);
    wires
        .iter()
        .map(|wire| {
            let [a, b] = &grid.wires[*wire].pins;
            Span {
                ends: [end(a), end(b)],
            }
        })
        .collect()
}

/// Where columns and channels begin and end.
struct Borders {
    /// The left and right border of each column.
    columns: Vec<(i32, i32)>,
    /// The first track of each channel.
    first_track: Vec<i32>,
    /// The width of each box.
    box_widths: Vec<i32>,
    width: i32,
}

impl Borders {
    fn new(grid: &Grid, by_channel: &[Vec<usize>], tracks: &[Tracks]) -> Borders {
        let mut borders = Borders {
            columns: Vec::new(),
            first_track: Vec::new(),
            box_widths: grid.slots.iter().map(|slot| slot.width).collect(),
            width: 0,
        };
        let mut x = 0;
        for (channel, (wires, tracks)) in by_channel.iter().zip(tracks).enumerate() {
            let is_outside = channel == 0 || channel == grid.columns.len();
            let has_side = |side: Side| {
                let mut pins = wires.iter().flat_map(|wire| grid.wires[*wire].pins);
                pins.any(|pin| pin.side == side)
            };
            let room = |side: Side| if is_outside && !has_side(side) { 0 } else { SYMBOL };
            let steps = i32::try_from(tracks.number.saturating_sub(1)).unwrap_or_default() * TRACK;
            let width = match (wires.is_empty(), is_outside) {
                (true, true) => 0,
                (true, false) => EMPTY,
                (false, _) => (room(Side::Right) + steps + room(Side::Left)).max(EMPTY),
            };
            borders.first_track.push(x + room(Side::Right));
            x += width;
            if let Some(column) = grid.columns.get(channel) {
                let widths = || {
                    column
                        .iter()
                        .map(|slot| grid.slots[*slot].width)
                        .filter(|width| *width > 0)
                };
                let widest = widths().max().unwrap_or(0);
                for slot in column
                    .iter()
                    .filter(|slot| grid.slots[**slot].form == SlotForm::Box)
                {
                    let width = &mut borders.box_widths[*slot];
                    if widest - *width <= STRETCH {
                        *width = widest;
                    }
                }
                borders.columns.push((x, x + widest));
                x += widest;
            }
        }
        borders.width = x;
        borders
    }

    /// Where a line leaves a slot.
    fn x(&self, grid: &Grid, pin: &Pin) -> i32 {
        let slot = &grid.slots[pin.slot];
        let (left, right) = self.columns[slot.column];
        match (pin.side, slot.form) {
            (Side::Left, _) => left,
            (Side::Right, SlotForm::Box) => left + self.box_widths[pin.slot],
            (Side::Right, SlotForm::Pass) => right,
        }
    }
}

fn lines(graph: &Graph, grid: &Grid, borders: &Borders, track_x: &[Option<i32>]) -> Vec<Line> {
    let mut wires_of_edge: Vec<Vec<usize>> = vec![Vec::new(); graph.edges.len()];
    for (place, wire) in grid.wires.iter().enumerate() {
        wires_of_edge[wire.edge].push(place);
    }
    graph
        .edges
        .iter()
        .zip(&wires_of_edge)
        .enumerate()
        .map(|(relation, (edge, wires))| {
            let mut points = Vec::new();
            for &wire in wires {
                let [a, b] = &grid.wires[wire].pins;
                let (from, to) = (grid.y_of(a), grid.y_of(b));
                let corner = |x: i32, y: i32| Point { x, y };
                points.push(corner(borders.x(grid, a), from));
                if let Some(x) = track_x[wire] {
                    points.extend([corner(x, from), corner(x, to)]);
                }
                points.push(corner(borders.x(grid, b), to));
            }
            let first = wires.first().map(|wire| grid.wires[*wire].pins[0]);
            let last = wires.last().map(|wire| grid.wires[*wire].pins[1]);
            let sides = first
                .zip(last)
                .map_or((Side::Right, Side::Left), |(a, b)| (a.side, b.side));
            // Wires go from left to right; lines from the parent to the child. Within a column they do so already.
            let is_reversed = sides.0 != sides.1 && first.is_some_and(|pin| pin.slot != edge.parent.node);
            if is_reversed {
                points.reverse();
            }
            let (parent_side, child_side) = if is_reversed { (sides.1, sides.0) } else { sides };
            Line {
                relation,
                points: without_needless(&points),
                parent_side,
                child_side,
            }
        })
        .collect()
}

/// Corners only: no point twice, and none in the middle of a straight piece.
fn without_needless(points: &[Point]) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::with_capacity(points.len());
    for &point in points {
        if corners.last() == Some(&point) {
            continue;
        }
        if let [.., a, b] = corners.as_slice()
            && ((a.x == b.x && b.x == point.x) || (a.y == b.y && b.y == point.y))
        {
            corners.pop();
        }
        corners.push(point);
    }
    corners
}
