//! The tracks of a channel: which line goes up or down how far to the right.
//!
//! A channel is the space between two columns. A wire comes in at heights on its left and its right border, and has one
//! piece that leads up or down. Which of two wires has that piece further left decides how often they cross.

use super::Side;

/// Two lines that are nearer than this look like one.
pub(super) const NEAR: i32 = 3;
/// Two pieces on one track have at least this distance.
const APART: i32 = 8;
/// What lies on another wire costs more than any number of crossings.
const COVERED: i32 = 1000;

/// A wire, as far as tracks are concerned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// The heights of its ends, and the borders on which they are.
    pub(super) ends: [(i32, Side); 2],
}

impl Span {
    fn at(&self, side: Side) -> impl Iterator<Item = i32> {
        // An end at a box's right side is on the left border of the channel.
        self.ends
            .into_iter()
            .filter(move |end| end.1 == side)
            .map(|end| end.0)
    }

    fn range(&self) -> (i32, i32) {
        let [a, b] = self.ends.map(|end| end.0);
        (a.min(b), a.max(b))
    }

    /// Does it lead straight across?
    pub(super) fn is_straight(&self) -> bool {
        self.ends[0].0 == self.ends[1].0 && self.ends[0].1 != self.ends[1].1
    }
}

/// Where the wires of a channel go up or down.
#[derive(Debug, Default)]
pub(super) struct Tracks {
    /// The track of each wire, from the left; straight ones have none.
    pub(super) of: Vec<Option<usize>>,
    /// How many there are.
    pub(super) number: usize,
    /// How often wires cross.
    pub(super) crossings: usize,
    /// Pairs of which one would lie on the other.
    pub(super) covered: Vec<(usize, usize)>,
}

/// Finds tracks on which few wires cross: each wire in turn goes to the best place in the order of all (sifting).
pub(super) fn tracks(spans: &[Span]) -> Tracks {
    let count = spans.len();
    let mut cost = vec![0; count * count];
    for a in 0..count {
        for b in 0..count {
            if a != b {
                cost[a * count + b] = cost_of(&spans[a], &spans[b]);
            }
        }
    }
    let before = |a: usize, b: usize| cost[a * count + b];
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|it| {
        let [first, second] = spans[*it].ends;
        let (left, right) = if first.1 == Side::Right {
            (first.0, second.0)
        } else {
            (second.0, first.0)
        };
        // Downwards: the lowest first. Upwards: the highest first.
        if right > left {
            (0, -left, *it)
        } else {
            (1, left, *it)
        }
    });
    for _ in 0..6 {
        let mut changed = false;
        for wire in 0..count {
            let Some(from) = order.iter().position(|it| *it == wire) else {
                continue;
            };
            order.remove(from);
            let mut now: i32 = order.iter().map(|other| before(wire, *other)).sum();
            let (mut best, mut to) = (now, 0);
            let mut at_from = now;
            for (place, other) in order.iter().enumerate() {
                now += before(*other, wire) - before(wire, *other);
                if now < best {
                    (best, to) = (now, place + 1);
                }
                if place + 1 == from {
                    at_from = now;
                }
            }
            let to = if best < at_from { to } else { from };
            order.insert(to, wire);
            changed |= to != from;
        }
        if !changed {
            break;
        }
    }
    let mut tracks = Tracks {
        of: vec![None; count],
        ..Tracks::default()
    };
    for (place, &wire) in order.iter().enumerate() {
        for &earlier in &order[..place] {
            let cost = before(earlier, wire);
            tracks.crossings += usize::try_from(cost % COVERED).unwrap_or_default();
            if cost >= COVERED {
                tracks.covered.push((earlier, wire));
            }
        }
        if spans[wire].is_straight() {
            continue;
        }
        let (least, most) = spans[wire].range();
        let beside = order[..place].iter().filter(|other| {
            let range = spans[**other].range();
            least - APART < range.1 && range.0 < most + APART
        });
        let track = beside
            .filter_map(|other| tracks.of[*other])
            .max()
            .map_or(0, |track| track + 1);
        tracks.of[wire] = Some(track);
        tracks.number = tracks.number.max(track + 1);
    }
    tracks
}

/// How often two wires cross, the first one on a track further left.
fn cost_of(first: &Span, second: &Span) -> i32 {
    let within = |y: i32, (least, most): (i32, i32)| i32::from(least < y && y < most);
    let crossings: i32 = first
        .at(Side::Left)
        .map(|y| within(y, second.range()))
        .sum::<i32>()
        + second
            .at(Side::Right)
            .map(|y| within(y, first.range()))
            .sum::<i32>();
    let is_covered = first.at(Side::Left).any(|y| {
        second
            .at(Side::Right)
            .any(|other| y.abs_diff(other) < NEAR.unsigned_abs())
    });
    crossings + if is_covered { COVERED } else { 0 }
}
