//! How far down each box is, so that lines are as straight as the order allows.
//!
//! Column by column, each box wants to be where its lines would be straight on average. What comes nearest to that in the
//! sense of least squares, with all distances kept, is an isotonic regression, which pooling adjacent violators solves.
//! In the end single boxes are moved so that lines become quite straight.

use std::collections::BTreeMap;

use super::Side;
use super::order::{Grid, Slot, SlotForm};

const SWEEPS: usize = 24;

/// Gives all slots their heights.
pub(super) fn place(grid: &mut Grid) {
    let limit = grid
        .columns
        .iter()
        .map(|column| needed(grid, column))
        .max()
        .unwrap_or(0);
    // A little more than the highest column needs, so that it too can give way.
    let limit = f64::from(limit) * 1.03 + 40.0;
    let mut y: Vec<f64> = grid
        .slots
        .iter()
        .map(|slot| f64::from(slot.y) + limit / 2.0)
        .collect();
    for sweep in 0..SWEEPS {
        let look = match sweep {
            _ if sweep >= SWEEPS / 2 => None,
            _ if sweep % 2 == 0 => Some(Side::Left),
            _ => Some(Side::Right),
        };
        for step in 0..grid.columns.len() {
            let column = if sweep % 2 == 0 {
                step
            } else {
                grid.columns.len() - 1 - step
            };
            settle(grid, column, look, limit, &mut y);
        }
    }
    for column in &grid.columns {
        let mut end: Option<(i32, Slot)> = None;
        for slot in column {
            #[expect(clippy::cast_possible_truncation, reason = "the height of a picture")]
            let wanted = y[*slot].round() as i32;
            let slot = &mut grid.slots[*slot];
            slot.y = end.map_or(wanted, |(y, above)| wanted.max(y + distance(&above, slot)));
            end = Some((slot.y, *slot));
        }
    }
    for _ in 0..4 {
        straighten(grid);
    }
    let top = grid.slots.iter().map(|slot| slot.y).min().unwrap_or(0);
    grid.slots.iter_mut().for_each(|slot| slot.y -= top);
    sort_ends(grid);
}

/// Where a row has several ends, gives those whose lines lead upwards the upper places.
fn sort_ends(grid: &mut Grid) {
    // The ends at a row, by their heights, with where their lines lead, one after another.
    let mut rows: BTreeMap<(usize, i32, Side), BTreeMap<i32, Vec<i32>>> = BTreeMap::new();
    for wire in &grid.wires {
        for (pin, other) in [(&wire.pins[0], &wire.pins[1]), (&wire.pins[1], &wire.pins[0])] {
            let ends = rows.entry((pin.slot, pin.row, pin.side)).or_default();
            ends.entry(pin.offset).or_default().push(grid.y_of(other));
        }
    }
    for (row, ends) in rows.iter().filter(|(_, ends)| ends.len() > 1) {
        let offsets: Vec<i32> = ends.keys().copied().collect();
        let mut sorted: Vec<(i64, i32)> = ends
            .iter()
            .map(|(offset, heights)| {
                let sum: i64 = heights.iter().map(|y| i64::from(*y)).sum();
                (sum / i64::try_from(heights.len()).unwrap_or(1), *offset)
            })
            .collect();
        sorted.sort_unstable();
        let new: BTreeMap<i32, i32> = sorted.iter().map(|(_, old)| *old).zip(offsets).collect();
        for pin in grid.wires.iter_mut().flat_map(|wire| &mut wire.pins) {
            if (pin.slot, pin.row, pin.side) == *row {
                pin.offset = new.get(&pin.offset).copied().unwrap_or(pin.offset);
            }
        }
    }
}

/// From the upper edge of one to the upper edge of the next, at least.
fn distance(above: &Slot, below: &Slot) -> i32 {
    above.height
        + match (above.form, below.form) {
            (SlotForm::Box, SlotForm::Box) => 20,
            (SlotForm::Pass, SlotForm::Pass) => 11,
            _ => 14,
        }
}

fn needed(grid: &Grid, column: &[usize]) -> i32 {
    let distances = column
        .windows(2)
        .map(|pair| distance(&grid.slots[pair[0]], &grid.slots[pair[1]]));
    distances.sum::<i32>() + column.last().map_or(0, |slot| grid.slots[*slot].height)
}

/// Lines that pass through columns should be straight before others.
fn weight(grid: &Grid, a: usize, b: usize) -> f64 {
    match (grid.slots[a].form, grid.slots[b].form) {
        (SlotForm::Pass, SlotForm::Pass) => 8.0,
        (SlotForm::Box, SlotForm::Box) => 1.0,
        _ => 2.0,
    }
}

/// Moves the slots of a column to where their lines want them.
fn settle(grid: &Grid, column: usize, look: Option<Side>, limit: f64, y: &mut [f64]) {
    let slots = &grid.columns[column];
    // Without the distances, an order that is kept is all that is asked for.
    let mut before = 0.0;
    let mut blocks: Vec<Block> = Vec::with_capacity(slots.len());
    let mut starts = Vec::with_capacity(slots.len());
    for (at, slot) in slots.iter().enumerate() {
        if let Some(above) = at.checked_sub(1) {
            before += f64::from(distance(&grid.slots[slots[above]], &grid.slots[*slot]));
        }
        starts.push(before);
        let (mut sum, mut weights) = (0.0, 0.0);
        for wire in &grid.wires_of[*slot] {
            let (own, other) = grid.wires[*wire].seen_from(*slot);
            if other.slot != *slot && look.is_none_or(|side| side == own.side) {
                let weight = weight(grid, *slot, other.slot);
                sum += weight * (y[other.slot] + f64::from(other.offset - own.offset));
                weights += weight;
            }
        }
        // It also wants to stay where it is, a little.
        sum += 0.05 * y[*slot];
        weights += 0.05;
        blocks.push(Block {
            mean: sum / weights - before,
            weight: weights,
            slots: 1,
        });
        while let [.., above, below] = blocks.as_slice()
            && above.mean > below.mean
        {
            let weight = above.weight + below.weight;
            let pooled = Block {
                mean: (above.mean * above.weight + below.mean * below.weight) / weight,
                weight,
                slots: above.slots + below.slots,
            };
            blocks.truncate(blocks.len() - 2);
            blocks.push(pooled);
        }
    }
    let room = (limit - f64::from(needed(grid, slots))).max(0.0);
    let means = blocks
        .iter()
        .flat_map(|block| std::iter::repeat_n(block.mean, block.slots));
    for ((slot, start), mean) in slots.iter().zip(&starts).zip(means) {
        y[*slot] = mean.clamp(0.0, room) + start;
    }
}

/// Slots that stand as near as they can.
struct Block {
    mean: f64,
    weight: f64,
    slots: usize,
}

/// Moves each slot, between its neighbours, to where most of its lines are quite straight.
fn straighten(grid: &mut Grid) {
    let bottom = grid
        .slots
        .iter()
        .map(|slot| slot.y + slot.height)
        .max()
        .unwrap_or(0);
    let top = grid.slots.iter().map(|slot| slot.y).min().unwrap_or(0);
    for column in 0..grid.columns.len() {
        for at in 0..grid.columns[column].len() {
            let slot = grid.columns[column][at];
            let own = grid.slots[slot];
            let neighbour = |at: Option<usize>| {
                at.and_then(|at| grid.columns[column].get(at))
                    .map(|it| grid.slots[*it])
            };
            let least = neighbour(at.checked_sub(1)).map_or(top, |above| above.y + distance(&above, &own));
            let most =
                neighbour(Some(at + 1)).map_or(bottom - own.height, |below| below.y - distance(&own, &below));
            let others: Vec<(i32, f64)> = grid.wires_of[slot]
                .iter()
                .map(|wire| grid.wires[*wire])
                .filter(super::order::Wire::leads_across)
                .map(|wire| {
                    let (pin, other) = wire.seen_from(slot);
                    (grid.y_of(&other) - pin.offset, weight(grid, slot, other.slot))
                })
                .collect();
            let value = |y: i32| -> (f64, i64) {
                let straight = others
                    .iter()
                    .filter(|(wanted, _)| *wanted == y)
                    .map(|(_, weight)| weight)
                    .sum();
                let bent: i64 = others
                    .iter()
                    .map(|(wanted, _)| i64::from(wanted.abs_diff(y)))
                    .sum();
                (straight, -bent)
            };
            let candidates = others
                .iter()
                .map(|(wanted, _)| *wanted)
                .filter(|y| (least..=most).contains(y));
            let mut best = (value(own.y), own.y);
            for y in candidates {
                let value = value(y);
                // Not far out of the way of the other lines, only to make one straight.
                if value.0 > best.0.0 && value.1 > best.0.1 - 120 || value.0 >= best.0.0 && value.1 > best.0.1
                {
                    best = (value, y);
                }
            }
            grid.slots[slot].y = best.1;
        }
    }
}
