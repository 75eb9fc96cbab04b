//! Texts that are bound by lengths and letters, but by no pattern.

mod fitted;

use std::sync::Arc;

use crate::seed::allowed::{Allowed, Case};
use crate::seed::chance::Chance;
use crate::seed::data_type::TextForm;
use crate::seed::meaning::Meaning;

use super::scatter::Scatter;

pub(super) use fitted::Fit;

/// Makes texts for one column.
#[derive(Clone, Debug)]
pub(super) struct Texts {
    meaning: Arc<Meaning>,
    fit: Fit,
    way: Way,
}

/// How distinct texts are made.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// The meaning's own, which it keeps apart within so many characters. Too short ones are filled up at the end.
    Own { limit: Option<u32> },
    /// So many letters and digits.
    Code { width: u32, scatter: Option<Scatter> },
}

/// Behind so many characters of base 36, all ordinals have a code.
const ALL: u32 = 13;

impl Texts {
    /// For a column of text.
    pub(super) fn new(form: TextForm, allowed: &Allowed, meaning: Arc<Meaning>) -> Texts {
        let fit = Fit::new(form, allowed);
        let way = Way::of(&fit, &meaning);
        Texts { meaning, fit, way }
    }

    /// A text; none where lengths contradict each other.
    pub(super) fn draw(&self, row: Chance, mut chance: Chance) -> Option<String> {
        let mut text = String::new();
        self.meaning.text(row, &mut chance, &mut text);
        self.fit
            .fit(&mut text, |more| self.meaning.text(row, &mut chance, more))
            .then_some(text)
    }

    /// The `ordinal`-th text: no other one has the same, not even when case is folded. It agrees with the row, where there is
    /// one.
    pub(super) fn distinct(&self, row: Option<Chance>, chance: Chance, ordinal: u64) -> Option<String> {
        let mut text = String::new();
        match &self.way {
            Way::Own { limit } => {
                let is_written = match row {
                    Some(row) => self
                        .meaning
                        .distinct_text_in_row(ordinal, row, chance, *limit, &mut text),
                    None => self.meaning.distinct_text(ordinal, chance, *limit, &mut text),
                };
                if !is_written {
                    return None;
                }
                self.fit.fold(&mut text);
                // Distinct texts do not end in a full stop, so those that are filled up with some stay distinct.
                for _ in text.chars().count()..self.fit.least() {
                    text.push('.');
                }
            }
            Way::Code { width, scatter } => {
                let number = match scatter {
                    Some(scatter) => scatter.place(chance, ordinal)?,
                    None => ordinal,
                };
                push_code(number, *width, self.fit.case(), &mut text);
            }
        }
        self.fit.holds(&text).then_some(text)
    }

    /// How many distinct texts there are at the least; none where more than 2^60.
    pub(super) fn capacity(&self) -> Option<u64> {
        match &self.way {
            _ if self.fit.is_contradictory() => Some(0),
            Way::Own { limit } => self.meaning.distinct_count(*limit),
            Way::Code { width, .. } => codes(*width),
        }
        .filter(|count| *count <= 1 << 60)
    }
}

impl Way {
    fn of(fit: &Fit, meaning: &Meaning) -> Way {
        let most = fit.most();
        let limit = u32::try_from(most).ok();
        let code = Way::Code {
            width: limit.unwrap_or(ALL),
            scatter: limit.and_then(codes).filter(|count| *count > 0).map(Scatter::new),
        };
        // Letters that are no ASCII take two bytes at the most, in the languages that there are.
        let limit = match fit.most_octets() {
            Some(octets) if octets < 2 * most => u32::try_from(octets / 2).ok(),
            _ => limit,
        };
        // Texts that are all of one length are codes; unless the meaning's are of that length by themselves, as hashes.
        let exact = fit.least() == most;
        let chance = Chance::new(0);
        let mut text = String::new();
        let own_fit = [0, 1, 1000, 1_000_000].into_iter().all(|ordinal| {
            text.clear();
            meaning.distinct_text(ordinal, chance, limit, &mut text) && {
                let length = text.chars().count();
                length >= fit.least() && length <= most
            }
        });
        if limit == Some(0) || (exact && !own_fit) {
            code
        } else {
            Way::Own { limit }
        }
    }
}

/// How many codes of so many letters and digits there are.
fn codes(width: u32) -> Option<u64> {
    36_u64.checked_pow(width).filter(|count| *count <= 1 << 60)
}

/// Writes a number in letters and digits, exactly so many.
fn push_code(number: u64, width: u32, case: Case, out: &mut String) {
    let digits: &[u8; 36] = match case {
        Case::Upper => b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        Case::Any | Case::Lower => b"0123456789abcdefghijklmnopqrstuvwxyz",
    };
    for place in (0..width).rev() {
        let digit = match 36_u64.checked_pow(place) {
            Some(power) => number / power % 36,
            None => 0,
        };
        out.push(char::from(digits[digit as usize]));
    }
}
