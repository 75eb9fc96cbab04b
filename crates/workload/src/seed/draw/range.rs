//! Ranges and multiranges. Distinct ones do not overlap either: that is what ranges are mostly asked for.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::seed::allowed::{Allowed, Bound, Part, Which};
use crate::seed::chance::Chance;
use crate::seed::data_type::DataType;
use crate::seed::meaning::Meaning;
use crate::seed::value::{Range, Value};

use super::line::{DAY, Line, Sort, power};
use super::part::{Parts, tighter};
use super::scatter::below;
use super::{ATTEMPTS, retried};

/// Makes ranges for one column.
#[derive(Clone, Debug)]
pub(super) struct Ranges {
    /// The line that their ends are on.
    line: Line,
    /// So many places are a step: ranges are so many of them long.
    step: i128,
    /// The longest one, in steps. Distinct ones are so far from each other.
    longest: i128,
    multiple: Multiple,
    /// Both ends, where something is known of one of them.
    ends: Option<Ends>,
}

/// The ends of ranges of which something is known.
#[derive(Clone, Debug)]
pub(super) struct Ends {
    parts: Parts,
    /// Does the lower end come first?
    is_upward: bool,
}

impl Ends {
    /// Those of ranges of a type, whose ends are all within what is allowed of an element. None where nothing else is known.
    pub(super) fn new(
        of: &DataType,
        element: &Allowed,
        known: &[Part],
        meaning: &Arc<Meaning>,
    ) -> Option<Ends> {
        let position = |which: &Which| known.iter().position(|part| part.which == *which);
        let (lower, upper) = (position(&Which::Lower), position(&Which::Upper));
        let mut parts = known.to_vec();
        let open = |which: Which| Part {
            which,
            name: String::new(),
            data_type: of.clone(),
            allowed: element.clone(),
            computed: None,
            limits: Vec::new(),
        };
        let is_upward = match (lower, upper) {
            (None, None) => return None,
            (Some(_), None) => {
                parts.push(open(Which::Upper));
                true
            }
            // What it is compared with would have another place.
            (None, Some(_)) => {
                parts.push(open(Which::Lower));
                false
            }
            (Some(lower), Some(upper)) => lower < upper,
        };
        Some(Ends {
            parts: Parts::new(&parts, |_| Arc::clone(meaning)),
            is_upward,
        })
    }

    /// A range whose first end is this, or any; not longer than some other.
    fn range(&self, first: Option<Value>, row: Chance, chance: Chance) -> Option<Range> {
        let first = match first {
            Some(first) => first,
            None => self.parts.next(&[], true, row, chance)?,
        };
        let so_far = [first];
        let second = if so_far[0] == Value::Null || !self.parts.is_drawn(1) {
            self.parts.next(&so_far, true, row, chance)?
        } else {
            let (low, high, not) = self.parts.bounds(&so_far);
            let beside = Some(Bound {
                value: so_far[0].clone(),
                included: false,
            });
            let (low, high) = match self.is_upward {
                true => (tighter(low, beside, Ordering::Greater), high),
                false => (low, tighter(high, beside, Ordering::Less)),
            };
            self.parts
                .drawer(1)
                .draw_within(low.as_ref(), high.as_ref(), &not, row, chance.at(1))?
        };
        let [first] = so_far;
        let (low, high) = if self.is_upward {
            (first, second)
        } else {
            (second, first)
        };
        let is_empty =
            low != Value::Null && high != Value::Null && low.compare(&high) != Some(Ordering::Less);
        let end = |value: Value| Some(value).filter(|value| *value != Value::Null);
        let low_included = low != Value::Null;
        (!is_empty).then(|| Range::Span {
            low: end(low),
            high: end(high),
            low_included,
            high_included: false,
        })
    }

    /// The end that tells distinct ranges apart: the first that is drawn.
    fn key(&self) -> usize {
        usize::from(!self.parts.is_drawn(0))
    }

    /// The `ordinal`-th.
    fn distinct(&self, chance: Chance, ordinal: u64) -> Option<Range> {
        let end = self.parts.drawer(self.key()).distinct(chance, ordinal)?;
        if self.key() == 0 {
            let own = chance.at(ordinal);
            return (0..ATTEMPTS).find_map(|attempt| self.range(Some(end.clone()), own, own.at(attempt)));
        }
        let (low, high) = match self.is_upward {
            true => (None, Some(end)),
            false => (Some(end), None),
        };
        Some(Range::Span {
            low_included: low.is_some(),
            low,
            high,
            high_included: false,
        })
    }
}

/// Is it a range, or several?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Multiple {
    Range,
    Multirange,
}

impl Ranges {
    /// Those with ends on a line.
    pub(super) fn new(line: Line, multiple: Multiple, ends: Option<Ends>) -> Ranges {
        let (step, longest) = match line.sort() {
            Sort::Timestamp { unit } => (DAY / 24 / unit, 8),
            Sort::Time { unit } | Sort::TimeTz { unit } => (DAY / 96 / unit, 4),
            Sort::Interval { unit } => (DAY / 24 / unit, 8),
            Sort::Date => (1, 14),
            Sort::Decimal { scale } | Sort::Float { scale, .. } => {
                (power(u32::try_from(*scale).unwrap_or(0)), 10)
            }
            _ => (1, 10),
        };
        // Where there is little room, ranges are short.
        let room = line.all().last.saturating_sub(line.all().first);
        let step = step.min(room).max(1);
        Ranges {
            longest: longest.min(room / step).max(1),
            step,
            line,
            multiple,
            ends,
        }
    }

    /// A value.
    pub(super) fn draw(&self, row: Chance, mut chance: Chance) -> Option<Value> {
        if let Some(ends) = &self.ends {
            return retried(chance, |chance| {
                ends.range(None, row, chance).map(|range| self.one(range))
            });
        }
        let all = self.line.all();
        let mut low = self.line.drawn_place(chance)?;
        let coarse = match self.line.sort() {
            Sort::Timestamp { .. } => (self.step / 4).max(1),
            _ => 1,
        };
        let rounded = low - low.rem_euclid(coarse);
        if rounded >= all.first {
            low = rounded;
        }
        let length = self.step * (1 + below(&mut chance.at(1), self.longest));
        let high = low.saturating_add(length).min(all.last);
        if high <= low {
            low = high.saturating_sub(length).max(all.first);
        }
        if low >= high {
            return None;
        }
        let first = self.range(low, high);
        Some(match self.multiple {
            Multiple::Range => Value::Range(Box::new(first)),
            Multiple::Multirange => {
                let mut ranges = vec![first];
                let (low, end) = (high.saturating_add(length), high.saturating_add(2 * length));
                if end <= all.last && chance.happens(0.3) {
                    ranges.push(self.range(low, end));
                }
                Value::Multirange(ranges)
            }
        })
    }

    /// The `ordinal`-th, which overlaps with no other.
    pub(super) fn distinct(&self, chance: Chance, ordinal: u64) -> Option<Value> {
        if let Some(ends) = &self.ends {
            return ends.distinct(chance, ordinal).map(|range| self.one(range));
        }
        let (behind, before) = self.slots();
        let slot = self.step * self.longest;
        let start = self.line.near().first;
        let ordinal_ = i128::from(ordinal);
        let low = if ordinal_ < behind {
            start + ordinal_ * slot
        } else if ordinal_ - behind < before {
            start - (ordinal_ - behind + 1) * slot
        } else {
            return None;
        };
        let length = self.step * (1 + below(&mut chance.at(ordinal), self.longest));
        Some(self.one(self.range(low, low + length)))
    }

    fn one(&self, range: Range) -> Value {
        match self.multiple {
            Multiple::Range => Value::Range(Box::new(range)),
            Multiple::Multirange => Value::Multirange(vec![range]),
        }
    }

    /// How many there are that do not overlap; none where more than 2^60.
    pub(super) fn capacity(&self) -> Option<u64> {
        if let Some(ends) = &self.ends {
            return ends.parts.drawer(ends.key()).capacity();
        }
        let (behind, before) = self.slots();
        u64::try_from(behind + before)
            .ok()
            .filter(|count| *count <= 1 << 60)
    }

    /// How many ranges have room from where values begin on, and before.
    fn slots(&self) -> (i128, i128) {
        let (all, slot) = (self.line.all(), self.step * self.longest);
        let start = self.line.near().first;
        if self.line.near().last < start {
            return (0, 0);
        }
        (
            (all.last - start).max(0) / slot,
            (start - all.first).max(0) / slot,
        )
    }

    fn range(&self, low: i128, high: i128) -> Range {
        Range::Span {
            low: Some(self.line.sort().value(low)),
            high: Some(self.line.sort().value(high)),
            low_included: true,
            high_included: false,
        }
    }
}
