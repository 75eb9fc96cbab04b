//! Distinct texts of a pattern: its language, counted.
//!
//! A shape is a text with a set of characters at each place. Its texts can be counted like numbers, each digit with its
//! own base. Two shapes that differ in length, or at some place have no character in common, have no text in common.

use std::collections::HashSet;
use std::sync::Arc;

use crate::seed::chance::Chance;

use super::super::scatter::Scatter;
use super::grammar::{Kind, Part};

/// Shapes of a pattern's language of which no two have a text in common.
#[derive(Clone, Debug)]
pub(super) struct Shapes(Vec<Shape>);

#[derive(Clone, Debug)]
struct Shape {
    places: Vec<Arc<[char]>>,
    /// How many texts it has; not more than enough.
    count: u64,
    scatter: Scatter,
}

/// More texts than anybody needs.
const ENOUGH: u64 = 1 << 60;

/// So many ways of putting a text of one length together are looked at.
const WAYS: usize = 24;

/// So many shapes are looked at.
const SHAPES: usize = 256;

impl Shapes {
    /// Those of a grammar with lengths from least to most: first those of a length that is liked, then longer ones, then
    /// shorter ones.
    pub(super) fn new(grammar: &Part, least: usize, most: usize, liked: usize) -> Shapes {
        let (shorter, longer): (Vec<usize>, Vec<usize>) = grammar
            .lengths
            .iter()
            .filter(|length| (least..=most).contains(length))
            .partition(|length| *length < liked);
        let mut all: Vec<Shape> = Vec::new();
        let mut sum = 0_u64;
        for length in longer.into_iter().chain(shorter.into_iter().rev()).take(SHAPES) {
            let mut ways = Vec::new();
            ways_of(grammar, length, WAYS, &mut |places| ways.push(places));
            let begin = all.len();
            for places in ways {
                if all[begin..].iter().all(|shape| shape.is_apart(&places)) {
                    let shape = Shape::new(places);
                    sum = sum.saturating_add(shape.count);
                    all.push(shape);
                }
            }
            if sum >= ENOUGH {
                break;
            }
        }
        Shapes(all)
    }

    /// How many texts they have.
    pub(super) fn count(&self) -> u64 {
        let sum = self
            .0
            .iter()
            .fold(0_u64, |sum, shape| sum.saturating_add(shape.count));
        sum.min(ENOUGH)
    }

    /// Is there one of them that ends with a blank?
    pub(super) fn may_end_with_blank(&self) -> bool {
        self.0
            .iter()
            .any(|shape| shape.places.last().is_none_or(|place| place.contains(&' ')))
    }

    /// Writes the `ordinal`-th text; false behind the last.
    pub(super) fn write(&self, chance: Chance, mut ordinal: u64, out: &mut String) -> bool {
        for shape in &self.0 {
            if ordinal >= shape.count {
                ordinal -= shape.count;
                continue;
            }
            let Some(mut number) = shape.scatter.place(chance, ordinal) else {
                return false;
            };
            // From behind; turned round when all is known. Places before those that hold the number may have anything.
            let mut text: Vec<char> = Vec::with_capacity(shape.places.len());
            let mut more = chance.at(ordinal);
            let mut left = shape.count;
            for place in shape.places.iter().rev() {
                let base = place.len() as u64;
                let letter = if left > 1 { number % base } else { more.below(base) };
                text.extend(place.get(letter as usize));
                number /= base;
                left = left.div_ceil(base);
            }
            out.extend(text.iter().rev());
            return true;
        }
        false
    }
}

impl Shape {
    fn new(places: Vec<Arc<[char]>>) -> Shape {
        let count = places.iter().fold(1_u64, |count, place| {
            count.saturating_mul(place.len() as u64).min(ENOUGH)
        });
        Shape {
            places,
            count,
            scatter: Scatter::new(count),
        }
    }

    /// Has it no text in common with that of these places, of the same length, not even when case is folded?
    fn is_apart(&self, places: &[Arc<[char]>]) -> bool {
        self.places.iter().zip(places).any(|(one, other)| {
            if Arc::ptr_eq(one, other) {
                return false;
            }
            let folded: HashSet<String> = one.iter().map(|char| char.to_lowercase().collect()).collect();
            !other.iter().any(|char| {
                let char: String = char.to_lowercase().collect();
                folded.contains(&char)
            })
        })
    }
}

/// Gives some of the ways in which a part is a text of that length: what has several lengths takes about as much as its
/// neighbours first.
fn ways_of(part: &Part, length: usize, limit: usize, give: &mut dyn FnMut(Vec<Arc<[char]>>)) {
    if limit == 0 || !part.lengths.has(length) {
        return;
    }
    match &part.kind {
        Kind::Empty => give(Vec::new()),
        Kind::Letter(letters) => give(vec![letters.clone()]),
        Kind::Sequence(parts, rest) => {
            let mut begun: Vec<(Vec<Arc<[char]>>, usize)> = vec![(Vec::new(), length)];
            for (index, (part, rest)) in parts.iter().zip(&rest[1..]).enumerate() {
                let behind = parts.len() - index;
                begun = extended(begun, part, |left, own| rest.has(left - own), behind, limit);
            }
            begun.into_iter().for_each(|(places, _)| give(places));
        }
        Kind::Choice(parts) => {
            let mut left = limit;
            for part in parts {
                ways_of(part, length, left, &mut |places| {
                    left = left.saturating_sub(1);
                    give(places);
                });
            }
        }
        Kind::Repeat {
            part,
            least,
            together,
            ..
        } => {
            let mut left = limit;
            // Many repetitions are many places for characters to differ in.
            for count in (*least..together.len())
                .rev()
                .filter(|count| together[*count].has(length))
            {
                if left == 0 {
                    break;
                }
                let mut begun: Vec<(Vec<Arc<[char]>>, usize)> = vec![(Vec::new(), length)];
                for index in 0..count {
                    let rest = &together[count - index - 1];
                    begun = extended(
                        begun,
                        part,
                        |left, own| own > 0 && rest.has(left - own),
                        count - index,
                        left,
                    );
                }
                left = left.saturating_sub(begun.len());
                begun.into_iter().for_each(|(places, _)| give(places));
            }
        }
    }
}

/// Ways that have begun, each with what is left of its length, with one more part at their end.
fn extended(
    begun: Vec<(Vec<Arc<[char]>>, usize)>,
    part: &Part,
    fits: impl Fn(usize, usize) -> bool,
    behind: usize,
    limit: usize,
) -> Vec<(Vec<Arc<[char]>>, usize)> {
    let mut extended = Vec::new();
    for (places, left) in begun {
        let mut lengths: Vec<usize> = part
            .lengths
            .iter()
            .filter(|own| *own <= left && fits(left, *own))
            .collect();
        let fair = left.div_ceil(behind);
        lengths.sort_by_key(|own| own.abs_diff(fair));
        for own in lengths {
            if extended.len() >= limit {
                return extended;
            }
            ways_of(part, own, limit - extended.len(), &mut |more| {
                let places = places.iter().cloned().chain(more).collect();
                extended.push((places, left - own));
            });
        }
    }
    extended
}
