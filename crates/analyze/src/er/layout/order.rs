//! The order of the boxes in each column, with what passes through it.
//!
//! A line that crosses whole columns takes a place in each of them, as a box of no height. The order is found by sweeps over
//! the columns: each box wants to be where the other ends of its lines are on average (the barycentre), and the boxes are
//! sorted by that; then neighbours change places where fewer lines cross so. The best order of all sweeps stays.

use std::collections::{BTreeMap, BTreeSet};

use super::Side;
use super::graph::{Columns, Graph, Symbol};

/// Sweeps over the columns.
const SWEEPS: usize = 16;

/// What stands in the columns, and how it is connected.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// The boxes in the order of the graph, then what passes.
    pub(super) slots: Vec<Slot>,
    /// The slots of each column from above.
    pub(super) columns: Vec<Vec<usize>>,
    /// Pieces of lines, each within one channel.
    pub(super) wires: Vec<Wire>,
    /// The wires that end at each slot.
    pub(super) wires_of: Vec<Vec<usize>>,
}

/// Something that stands in a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) column: usize,
    pub(super) form: SlotForm,
    pub(super) width: i32,
    pub(super) height: i32,
    /// The upper edge.
    pub(super) y: i32,
}

/// What stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SlotForm {
    Box,
    /// A line on its way through.
    Pass,
}

/// A piece of a line, in a channel: the space before the first column is channel 0, that behind it channel 1, and so on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wire {
    pub(super) edge: usize,
    pub(super) channel: usize,
    pub(super) pins: [Pin; 2],
}

/// An end of a wire.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pin {
    pub(super) slot: usize,
    /// The middle of its row, below the slot's upper edge.
    pub(super) row: i32,
    /// Where it is, below the slot's upper edge: in its row.
    pub(super) offset: i32,
    /// On which side of the slot: the channel is there.
    pub(super) side: Side,
}

impl Wire {
    /// Do its ends stand in two columns?
    pub(super) fn leads_across(&self) -> bool {
        self.pins[0].side != self.pins[1].side
    }

    /// The end at a slot, and the other one. A wire from a box to itself has one of its ends first.
    pub(super) fn seen_from(&self, slot: usize) -> (Pin, Pin) {
        match self.pins {
            [a, b] if a.slot == slot => (a, b),
            [a, b] => (b, a),
        }
    }
}

impl Grid {
    /// The height of a wire's end.
    pub(super) fn y_of(&self, pin: &Pin) -> i32 {
        self.slots[pin.slot].y + pin.offset
    }

    fn new(graph: &Graph, columns: &Columns) -> Grid {
        let count = columns.iter().copied().max().map_or(0, |last| last + 1);
        let mut grid = Grid {
            columns: vec![Vec::new(); count],
            ..Grid::default()
        };
        for (node, column) in graph.nodes.iter().zip(columns) {
            grid.add(Slot {
                column: *column,
                form: SlotForm::Box,
                width: node.width,
                height: node.height,
                y: 0,
            });
        }
        let offsets = Offsets::new(graph, columns, count);
        for (edge, ends) in graph.edges.iter().enumerate() {
            let (from, to) = sides(columns, count, ends.parent.node, ends.child.node);
            let parent = offsets.pin(&ends.parent, from);
            let child = offsets.pin(&ends.child, to);
            if from == to {
                let column = columns[ends.parent.node];
                let channel = if from == Side::Right { column + 1 } else { column };
                grid.wires.push(Wire {
                    edge,
                    channel,
                    pins: [parent, child],
                });
                continue;
            }
            let (mut left, right) = if from == Side::Right {
                (parent, child)
            } else {
                (child, parent)
            };
            for channel in columns[left.slot] + 1..=columns[right.slot] {
                let next = if channel == columns[right.slot] {
                    right
                } else {
                    let slot = grid.add(Slot {
                        column: channel,
                        form: SlotForm::Pass,
                        width: 0,
                        height: 0,
                        y: 0,
                    });
                    Pin {
                        slot,
                        row: 0,
                        offset: 0,
                        side: Side::Left,
                    }
                };
                grid.wires.push(Wire {
                    edge,
                    channel,
                    pins: [left, next],
                });
                left = Pin {
                    side: Side::Right,
                    ..next
                };
            }
        }
        grid.wires_of = vec![Vec::new(); grid.slots.len()];
        for (place, wire) in grid.wires.iter().enumerate() {
            let [a, b] = wire.pins.map(|pin| pin.slot);
            grid.wires_of[a].push(place);
            if a != b {
                grid.wires_of[b].push(place);
            }
        }
        grid
    }

    fn add(&mut self, slot: Slot) -> usize {
        let place = self.slots.len();
        self.columns[slot.column].push(place);
        self.slots.push(slot);
        place
    }

    /// Stacks a column, its middle at 0.
    fn stack(&mut self, column: usize) {
        let gap = |slot: &Slot| slot.height + if slot.form == SlotForm::Box { 20 } else { 12 };
        let all: i32 = self.columns[column]
            .iter()
            .map(|slot| gap(&self.slots[*slot]))
            .sum();
        let mut y = -all / 2;
        for slot in &self.columns[column] {
            let slot = &mut self.slots[*slot];
            slot.y = y;
            y += gap(slot);
        }
    }

    /// Where a slot wants to have its upper edge, by its wires on some sides; where it is, if it has none there.
    fn wanted(&self, slot: usize, look: Look) -> i64 {
        let (mut sum, mut number) = (0, 0);
        for wire in &self.wires_of[slot] {
            let (own, other) = self.wires[*wire].seen_from(slot);
            let counts = match look {
                Look::Left => own.side == Side::Left,
                Look::Right => own.side == Side::Right,
                Look::Both => true,
            };
            if counts && other.slot != slot {
                sum += i64::from(self.y_of(&other) - own.offset);
                number += 1;
            }
        }
        if number == 0 {
            i64::from(self.slots[slot].y)
        } else {
            sum / number
        }
    }

    fn sort_column(&mut self, column: usize, look: Look) {
        let mut slots = std::mem::take(&mut self.columns[column]);
        slots.sort_by_cached_key(|slot| 2 * self.wanted(*slot, look) + i64::from(self.slots[*slot].height));
        self.columns[column] = slots;
        self.stack(column);
    }

    /// Lets neighbours change places where fewer lines cross so.
    fn exchange_neighbours(&mut self, column: usize) {
        for _ in 0..4 {
            let mut changed = false;
            for at in 1..self.columns[column].len() {
                let (upper, lower) = (self.columns[column][at - 1], self.columns[column][at]);
                let (now, then) = self.crossings_of(upper, lower);
                if then < now {
                    self.columns[column].swap(at - 1, at);
                    changed = true;
                }
            }
            self.stack(column);
            if !changed {
                break;
            }
        }
    }

    /// How often the lines of two neighbours cross, as they are and the other way round.
    fn crossings_of(&self, upper: usize, lower: usize) -> (usize, usize) {
        let (mut now, mut then) = (0, 0);
        for a in &self.wires_of[upper] {
            let (own_a, other_a) = self.wires[*a].seen_from(upper);
            for b in &self.wires_of[lower] {
                let (own_b, other_b) = self.wires[*b].seen_from(lower);
                if own_a.side == own_b.side && other_a.slot != lower && other_b.slot != upper {
                    let (a, b) = (self.y_of(&other_a), self.y_of(&other_b));
                    now += usize::from(a > b);
                    then += usize::from(a < b);
                }
            }
        }
        (now, then)
    }

    /// How often lines cross, and how far they lead up or down.
    fn cost(&self) -> Cost {
        let mut channels: Vec<Vec<(i32, i32)>> = vec![Vec::new(); self.columns.len() + 1];
        let mut length = 0;
        for wire in &self.wires {
            let [a, b] = &wire.pins;
            let (a, b) = (self.y_of(a), self.y_of(b));
            length += i64::from(a.abs_diff(b));
            if wire.leads_across() {
                channels[wire.channel].push((a, b));
            }
        }
        let mut crossings = 0;
        for wires in &channels {
            for (at, a) in wires.iter().enumerate() {
                let cross = |b: &&(i32, i32)| (a.0 < b.0 && a.1 > b.1) || (a.0 > b.0 && a.1 < b.1);
                crossings += wires[at + 1..].iter().filter(cross).count();
            }
        }
        (crossings, length)
    }
}

/// How often lines cross, then how far they lead up or down.
type Cost = (usize, i64);

/// Which lines decide where a box goes.
#[derive(Clone, Copy)]
enum Look {
    Left,
    Right,
    Both,
}

/// Finds the order.
pub(super) fn order(graph: &Graph, columns: &Columns) -> Grid {
    let mut grid = Grid::new(graph, columns);
    begin_with_neighbours_together(graph, &mut grid);
    let last = grid.columns.len();
    let mut best: Option<(Cost, Vec<Vec<usize>>)> = None;
    for sweep in 0..SWEEPS {
        let to_the_right = sweep % 2 == 0;
        for step in 0..last {
            let column = if to_the_right { step } else { last - 1 - step };
            let look = match (sweep % 4 < 2 || sweep < 4, to_the_right) {
                (true, true) => Look::Left,
                (true, false) => Look::Right,
                (false, _) => Look::Both,
            };
            grid.sort_column(column, look);
        }
        for column in 0..last {
            grid.exchange_neighbours(column);
        }
        let cost = grid.cost();
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, grid.columns.clone()));
        }
    }
    if let Some((_, columns)) = best {
        grid.columns = columns;
        (0..last).for_each(|column| grid.stack(column));
    }
    grid
}

/// In the order in which a walk along the lines meets them, from the box with most lines.
fn begin_with_neighbours_together(graph: &Graph, grid: &mut Grid) {
    let neighbours = graph.neighbours();
    let mut met: Vec<Option<usize>> = vec![None; graph.nodes.len()];
    let mut number = 0;
    let mut starts: Vec<usize> = (0..graph.nodes.len()).collect();
    starts.sort_by_key(|node| (std::cmp::Reverse(neighbours[*node].len()), *node));
    for start in starts {
        let mut stack = vec![start];
        while let Some(node) = stack.pop() {
            if met[node].is_none() {
                met[node] = Some(number);
                number += 1;
                stack.extend(neighbours[node].iter().rev());
            }
        }
    }
    let first_wire = |slot: usize| {
        let ends = grid.wires_of[slot]
            .first()
            .map(|wire| graph.edges[grid.wires[*wire].edge]);
        ends.and_then(|ends| met[ends.parent.node].max(met[ends.child.node]))
    };
    let key: Vec<Option<usize>> = (0..grid.slots.len())
        .map(|slot| met.get(slot).copied().flatten().or_else(|| first_wire(slot)))
        .collect();
    for column in 0..grid.columns.len() {
        grid.columns[column].sort_by_key(|slot| (key[*slot], *slot));
        grid.stack(column);
    }
}

/// On which sides a line leaves its boxes: towards each other; within a column on the right, but in the last one.
fn sides(columns: &Columns, count: usize, parent: usize, child: usize) -> (Side, Side) {
    match columns[parent].cmp(&columns[child]) {
        std::cmp::Ordering::Less => (Side::Right, Side::Left),
        std::cmp::Ordering::Greater => (Side::Left, Side::Right),
        std::cmp::Ordering::Equal if count > 1 && columns[parent] + 1 == count => (Side::Left, Side::Left),
        std::cmp::Ordering::Equal => (Side::Right, Side::Right),
    }
}

/// At which heights lines end at a row, where several symbols are needed there.
struct Offsets(BTreeMap<(usize, i32, Side), BTreeSet<Symbol>>);

impl Offsets {
    fn new(graph: &Graph, columns: &Columns, count: usize) -> Offsets {
        let mut symbols: BTreeMap<(usize, i32, Side), BTreeSet<Symbol>> = BTreeMap::new();
        for edge in &graph.edges {
            let (from, to) = sides(columns, count, edge.parent.node, edge.child.node);
            for (end, side) in [(&edge.parent, from), (&edge.child, to)] {
                symbols
                    .entry((end.node, end.row, side))
                    .or_default()
                    .insert(end.symbol);
            }
        }
        Offsets(symbols)
    }

    fn pin(&self, end: &super::graph::End, side: Side) -> Pin {
        let symbols = self.0.get(&(end.node, end.row, side));
        let number = symbols.map_or(1, BTreeSet::len);
        let place = symbols.map_or(0, |symbols| {
            symbols.iter().take_while(|it| **it < end.symbol).count()
        });
        // Spread over the row.
        let count = |number: usize| i32::try_from(number).unwrap_or_default();
        let shift = match number {
            0 | 1 => 0,
            2 => 8 * count(place) - 4,
            more => 14 * count(place) / count(more - 1) - 7,
        };
        Pin {
            slot: end.node,
            row: end.row,
            offset: end.row + shift,
            side,
        }
    }
}
