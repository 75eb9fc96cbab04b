//! Values that stand in a line: numbers, dates, times, labels. Each has a place, and places are whole numbers.
//!
//! What is allowed is a stretch of places, with some left out. What the column's meaning says is *near*: a stretch within
//! the first, where most values come from. Only when it is used up do others come.

mod made;
mod sort;

use crate::seed::allowed::Bound;
use crate::seed::chance::Chance;
use crate::seed::value::Value;

use super::scatter::{Scatter, around, below, small_below};

pub(super) use sort::{DAY, Sort, power};

/// A line of values, prepared for one column.
#[derive(Clone, Debug)]
pub(super) struct Line {
    sort: Sort,
    /// The places that are allowed.
    all: Stretch,
    /// Those that the meaning prefers: within all, and empty only when these are.
    near: Stretch,
    /// Places that are left out, in order, all of them allowed otherwise.
    except: Vec<i128>,
    /// Only every so manieth place is drawn, as long as there are any.
    grain: i128,
    /// How values are spread over what is near.
    spread: Spread,
    /// From when until when in a day, where moments are not spread over all of it.
    hours: Option<(i128, i128)>,
    /// How far a value is from another one of its row that it is compared with.
    reach: i128,
    /// In which order distinct values come.
    order: Order,
}

/// Places from here to there, both included; none where the first is behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) first: i128,
    pub(super) last: i128,
}

impl Stretch {
    fn count(self) -> i128 {
        self.last.saturating_sub(self.first).saturating_add(1).max(0)
    }

    fn is_empty(self) -> bool {
        self.first > self.last
    }

    fn has(self, place: i128) -> bool {
        self.first <= place && place <= self.last
    }

    #[must_use]
    fn within(self, other: Stretch) -> Stretch {
        Stretch {
            first: self.first.max(other.first),
            last: self.last.min(other.last),
        }
    }

    /// What of this lies in the other; where they do not meet, as much of the other as is nearest to this.
    #[must_use]
    fn moved_into(self, other: Stretch) -> Stretch {
        let both = self.within(other);
        if !both.is_empty() || self.is_empty() {
            return both;
        }
        let far = self.count() - 1;
        if self.last < other.first {
            Stretch {
                first: other.first,
                last: other.last.min(other.first.saturating_add(far)),
            }
        } else {
            Stretch {
                first: other.first.max(other.last.saturating_sub(far)),
                last: other.last,
            }
        }
    }
}

/// How values are spread.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spread {
    /// Each as often as any other.
    Even,
    /// Those at the beginning more often.
    Small,
    /// Of two: the second in this share of cases.
    Share(f64),
}

/// In which order distinct values come.
#[derive(Clone, Copy, Debug)]
enum Order {
    /// One after the other from the first that is near, as keys do; what is before it comes last.
    Ascending,
    /// What is near in a scattered order, then what is behind it, then what is before.
    Scattered {
        /// So many places are a whole; wholes come first.
        whole: i128,
        /// Whether the first of each whole comes first, rather than any.
        even: bool,
        scatter: Scatter,
    },
}

impl Line {
    /// A value.
    pub(super) fn draw(&self, chance: Chance) -> Option<Value> {
        self.place(self.near, self.all, self.spread, &[], chance)
            .map(|place| self.sort.value(place))
    }

    /// A value between these, and none of those.
    pub(super) fn draw_within(
        &self,
        low: Option<&Bound>,
        high: Option<&Bound>,
        not: &[Value],
        chance: Chance,
    ) -> Option<Value> {
        let all = self.narrowed(low, high);
        if all.is_empty() {
            return None;
        }
        let mut near = self.near.moved_into(all);
        let not: Vec<i128> = not.iter().filter_map(|value| self.exactly(value)).collect();
        let place = match (
            low.is_some() && all.first > self.all.first,
            high.is_some() && all.last < self.all.last,
        ) {
            // What follows another value of the row follows it soon, and what goes before it goes soon before.
            (true, false) => {
                near.last = near.last.min(near.first.saturating_add(self.reach));
                self.place(near, all, Spread::Small, &not, chance)
            }
            (false, true) => {
                near.first = near.first.max(near.last.saturating_sub(self.reach));
                let mirrored = self.place(near, all, Spread::Small, &[], chance)?;
                let place = near.first.saturating_add(near.last).saturating_sub(mirrored);
                if near.has(place) && !self.is_left_out(place, &not) {
                    Some(place)
                } else {
                    self.place(near, all, Spread::Even, &not, chance)
                }
            }
            _ => self.place(near, all, self.spread, &not, chance),
        };
        place.map(|place| self.sort.value(place))
    }

    /// The `ordinal`-th of all values.
    pub(super) fn distinct(&self, chance: Chance, ordinal: u64) -> Option<Value> {
        self.distinct_place(chance, ordinal)
            .map(|place| self.sort.value(place))
    }

    /// How many values there are; none where more than 2^60.
    pub(super) fn capacity(&self) -> Option<u64> {
        let count = self.all.count() - self.except.len() as i128;
        u64::try_from(count).ok().filter(|count| *count <= 1 << 60)
    }

    /// The values' sort.
    pub(super) fn sort(&self) -> &Sort {
        &self.sort
    }

    /// The places that are allowed.
    pub(super) fn all(&self) -> Stretch {
        self.all
    }

    /// The places that are preferred.
    pub(super) fn near(&self) -> Stretch {
        self.near
    }

    /// A place, as `draw` would choose it.
    pub(super) fn drawn_place(&self, chance: Chance) -> Option<i128> {
        self.place(self.near, self.all, self.spread, &[], chance)
    }

    /// The place of a value, where it has one that is allowed.
    fn exactly(&self, value: &Value) -> Option<i128> {
        let (place, exact) = self.sort.floor(value)?;
        (exact && self.all.has(place)).then_some(place)
    }

    /// What is allowed between these.
    fn narrowed(&self, low: Option<&Bound>, high: Option<&Bound>) -> Stretch {
        let mut all = self.all;
        if let Some(first) = low.and_then(|low| first_place(&self.sort, low)) {
            all.first = all.first.max(first);
        }
        if let Some(last) = high.and_then(|high| last_place(&self.sort, high)) {
            all.last = all.last.min(last);
        }
        all
    }

    fn is_left_out(&self, place: i128, not: &[i128]) -> bool {
        not.contains(&place) || self.except.binary_search(&place).is_ok()
    }

    fn place(
        &self,
        near: Stretch,
        all: Stretch,
        spread: Spread,
        not: &[i128],
        mut chance: Chance,
    ) -> Option<i128> {
        if near.is_empty() {
            return None;
        }
        let mut place = near.first;
        for _ in 0..4 {
            place = self.sample(near, spread, &mut chance);
            if !self.is_left_out(place, not) {
                return Some(place);
            }
        }
        // Chance does not find what is left when nearly all is left out: the next one that is not.
        for _ in 0..=self.except.len() + not.len() {
            place = if place >= all.last { all.first } else { place + 1 };
            if !self.is_left_out(place, not) {
                return Some(place);
            }
        }
        None
    }

    fn sample(&self, near: Stretch, spread: Spread, chance: &mut Chance) -> i128 {
        if let Spread::Share(share) = spread {
            return if chance.happens(share) {
                near.last
            } else {
                near.first
            };
        }
        let (grain, first, last) = self.grains(near);
        let count = last - first + 1;
        let index = match spread {
            Spread::Small => small_below(chance, count),
            Spread::Even | Spread::Share(_) => below(chance, count),
        };
        let place = (first + index) * grain;
        match self.hours {
            Some((from, until)) => {
                let day = self.day();
                let (days, time) = divided(place, day);
                let moved = days * day + from + divided(time * (until - from), day).0;
                let moved = moved - divided(moved, grain).1;
                if near.has(moved) { moved } else { place }
            }
            None => place,
        }
    }

    /// The coarsest step that finds a place in a stretch, and the first and last that it finds, counted in steps.
    fn grains(&self, near: Stretch) -> (i128, i128, i128) {
        let (below, rest) = divided(near.first, self.grain);
        let first = below + i128::from(rest != 0);
        let last = divided(near.last, self.grain).0;
        if first <= last {
            (self.grain, first, last)
        } else {
            (1, near.first, near.last)
        }
    }

    /// A day, in places, where places are parts of one.
    fn day(&self) -> i128 {
        match self.sort {
            Sort::Timestamp { unit } => (DAY / unit).max(1),
            _ => 1,
        }
    }

    fn distinct_place(&self, chance: Chance, ordinal: u64) -> Option<i128> {
        match self.order {
            Order::Ascending => self.ascending(i128::from(ordinal)),
            Order::Scattered { whole, even, scatter } => around(
                ordinal,
                self.except.len(),
                |ordinal| self.scattered(chance, ordinal, whole, even, &scatter),
                |place| self.except.binary_search(place).ok(),
            ),
        }
    }

    fn ascending(&self, ordinal: i128) -> Option<i128> {
        let start = self.near.first;
        let mut place = start.checked_add(ordinal)?;
        let before = self.except.partition_point(|except| *except < start);
        for except in &self.except[before..] {
            if *except <= place {
                place += 1;
            }
        }
        if self.all.has(place) {
            return Some(place);
        }
        let behind = self.all.last - start + 1 - (self.except.len() - before) as i128;
        let mut place = start - 1 - (ordinal - behind);
        for except in self.except[..before].iter().rev() {
            if *except >= place {
                place -= 1;
            }
        }
        self.all.has(place).then_some(place)
    }

    fn scattered(
        &self,
        chance: Chance,
        ordinal: u64,
        whole: i128,
        even: bool,
        scatter: &Scatter,
    ) -> Option<i128> {
        let near = self.near;
        let wholes = near.count() / whole;
        let index = i128::from(ordinal);
        let place = if index < wholes * whole {
            let among = scatter.place(chance, (index % wholes) as u64)?;
            let mut part = index / wholes;
            if !even {
                let mut chance = chance.at(among);
                part = (part + below(&mut chance, whole)) % whole;
            }
            near.first + i128::from(among) * whole + part
        } else if index < near.count() {
            near.first + index
        } else {
            let rest = index - near.count();
            let behind = self.all.last - near.last;
            if rest < behind {
                near.last + 1 + rest
            } else {
                near.first - 1 - (rest - behind)
            }
        };
        self.all.has(place).then_some(place)
    }
}

/// The quotient, rounded down, and the rest, never negative. Numbers of 128 bits take many times as long, and are rare.
fn divided(number: i128, by: i128) -> (i128, i128) {
    match (i64::try_from(number), i64::try_from(by)) {
        (Ok(number), Ok(by)) if by > 1 => (
            i128::from(number.div_euclid(by)),
            i128::from(number.rem_euclid(by)),
        ),
        (_, Ok(1)) => (number, 0),
        _ => (number.div_euclid(by), number.rem_euclid(by)),
    }
}

/// The first place that a lower bound allows; none where it says nothing of such values.
fn first_place(sort: &Sort, low: &Bound) -> Option<i128> {
    let (place, exact) = sort.floor(&low.value)?;
    Some(if exact && low.included {
        place
    } else {
        place.saturating_add(1)
    })
}

/// The last place that an upper bound allows.
fn last_place(sort: &Sort, high: &Bound) -> Option<i128> {
    let (place, exact) = sort.floor(&high.value)?;
    Some(if exact && !high.included {
        place.saturating_sub(1)
    } else {
        place
    })
}
