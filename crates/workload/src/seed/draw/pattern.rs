//! Texts that match patterns.
//!
//! What the column's meaning writes is taken where it matches: e-mail addresses look better than what a regular
//! expression says of them. Otherwise texts are made from the grammar of one of the patterns, and the other patterns
//! judge them.

mod grammar;
mod shape;
mod translate;

use std::sync::{Arc, OnceLock};

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;

use crate::seed::allowed::{Allowed, Case, Pattern, PatternForm};
use crate::seed::chance::Chance;
use crate::seed::data_type::TextForm;
use crate::seed::meaning::Meaning;
use crate::seed::value::Value;

use super::permit::Permit;
use super::text::{Fit, Texts};

use grammar::{Part, grammar, looks_around};
use shape::Shapes;
use translate::translate;

/// A pattern, prepared for judging texts.
#[derive(Clone, Debug)]
pub(super) struct Matcher {
    regex: Regex,
    wanted: bool,
    /// How many characters the text is filled up to with blanks before it is judged.
    width: usize,
}

impl Matcher {
    /// That of a pattern for texts of which the type fills up those that are shorter than its width; none where it cannot be
    /// judged here.
    pub(super) fn new(pattern: &Pattern, width: Option<usize>) -> Option<Matcher> {
        let translated = translate(pattern)?;
        let regex = RegexBuilder::new(&translated.text)
            .dot_matches_new_line(true)
            .case_insensitive(!translated.case_sensitive)
            .build()
            .ok()?;
        Some(Matcher {
            regex,
            wanted: pattern.wanted,
            width: width.filter(|_| pattern.filled).unwrap_or(0),
        })
    }

    /// Does the text match, or not match, as it must?
    pub(super) fn is_satisfied(&self, text: &str) -> bool {
        let short = match self.width {
            0 => 0,
            width => width.saturating_sub(text.chars().count()),
        };
        if short == 0 {
            return self.regex.is_match(text) == self.wanted;
        }
        let mut filled = String::with_capacity(text.len() + short);
        filled.push_str(text);
        filled.extend(std::iter::repeat_n(' ', short));
        self.regex.is_match(&filled) == self.wanted
    }
}

/// Makes texts that match patterns, for one column.
#[derive(Clone, Debug)]
pub(super) struct Patterns {
    permit: Permit,
    fit: Fit,
    /// What the meaning writes, where that matches often enough.
    own: Option<Texts>,
    made: Option<Made>,
    /// How distinct texts are made. Only keys ask for them, and it takes many texts to find out.
    distinct: OnceLock<Distinct>,
}

/// What makes texts from a grammar.
#[derive(Clone, Debug)]
struct Made {
    grammar: Part,
    /// The lengths that are allowed.
    lengths: Vec<usize>,
    /// Are they made with the blanks at their end that the type fills them up with?
    filled: bool,
    /// Is every text of the grammar allowed, if its length is?
    is_sure: bool,
}

/// How distinct texts are made.
#[derive(Clone, Debug)]
enum Distinct {
    /// They are the meaning's.
    Own,
    /// They are those of the shapes. One in so many of them is taken, so that one of them is allowed.
    Shapes(Shapes, u64),
    /// They are these.
    Few(Vec<String>),
}

const ATTEMPTS: u64 = 64;

/// So many texts of the meaning are looked at, of which so many must match.
const LOOKED_AT: u64 = 16;
const MATCHING: usize = 4;

/// Texts are made with up to so many characters more than they must have.
const ROOM: usize = 64;

/// Up to so many texts are looked at one by one.
const FEW: u64 = 1 << 15;

impl Patterns {
    /// For what is allowed of a column of text; the permit is of the same.
    pub(super) fn new(form: TextForm, allowed: &Allowed, meaning: Arc<Meaning>, permit: &Permit) -> Patterns {
        let texts = Texts::new(form, allowed, meaning);
        let fit = Fit::new(form, allowed);
        let admits = |text: &str| fit.holds(text) && permit.admits_text(text);
        let chance = Chance::new(0);
        let hits = (0..LOOKED_AT)
            .filter_map(|number| texts.draw(chance.at(number), chance.at(number + 1000)))
            .filter(|text| admits(text))
            .count();
        let made = made(form, allowed, &fit, permit);
        Patterns {
            permit: permit.clone(),
            fit,
            own: (hits >= MATCHING || made.is_none()).then_some(texts),
            made,
            distinct: OnceLock::new(),
        }
    }

    /// A text.
    pub(super) fn draw(&self, row: Chance, chance: Chance) -> Option<Value> {
        let own_attempts = if self.made.is_some() { 8 } else { ATTEMPTS };
        let own = self.own.as_ref().and_then(|own| {
            (0..own_attempts).find_map(|attempt| {
                let chance = if attempt == 0 { chance } else { chance.at(attempt) };
                self.admitted(own.draw(row, chance)?)
            })
        });
        own.or_else(|| {
            let made = self.made.as_ref()?;
            (0..ATTEMPTS)
                .find_map(|attempt| self.admitted(made.draw(attempt, chance.at(ATTEMPTS + attempt))?))
        })
    }

    /// The `ordinal`-th text, which agrees with the row where there is one.
    pub(super) fn distinct(&self, row: Option<Chance>, chance: Chance, ordinal: u64) -> Option<Value> {
        match self.way() {
            Distinct::Own => self.own.as_ref()?.distinct(row, chance, ordinal).map(Value::Text),
            Distinct::Few(few) => few.get(usize::try_from(ordinal).ok()?).cloned().map(Value::Text),
            Distinct::Shapes(shapes, stride) => {
                let filled = self.made.as_ref()?.filled;
                (0..*stride).find_map(|attempt| {
                    let mut text = String::new();
                    let ordinal = ordinal.checked_mul(*stride)?.checked_add(attempt)?;
                    let is_there = shapes.write(chance, ordinal, &mut text);
                    if filled {
                        text.truncate(text.trim_end_matches(' ').len());
                    }
                    (is_there && self.admits(&text)).then_some(Value::Text(text))
                })
            }
        }
    }

    /// How many distinct texts there are at the least; none where more than 2^60.
    pub(super) fn capacity(&self) -> Option<u64> {
        match self.way() {
            Distinct::Own => self.own.as_ref().map_or(Some(0), Texts::capacity),
            Distinct::Few(few) => Some(few.len() as u64),
            Distinct::Shapes(shapes, stride) => {
                Some(shapes.count() / stride).filter(|count| *count < 1 << 60)
            }
        }
    }

    fn way(&self) -> &Distinct {
        self.distinct.get_or_init(|| match (&self.own, &self.made) {
            (Some(own), _) if self.is_own_distinct(own) => Distinct::Own,
            (_, Some(made)) => self.counted(made),
            _ => Distinct::Few(Vec::new()),
        })
    }

    /// May distinct texts be the meaning's, because all of them match?
    fn is_own_distinct(&self, own: &Texts) -> bool {
        let chance = Chance::new(0);
        let capacity = own.capacity();
        (0..64)
            .chain((6..40).map(|exponent| 1 << exponent))
            .filter(|ordinal| capacity.is_none_or(|count| *ordinal < count))
            .all(|ordinal| {
                own.distinct(None, chance, ordinal)
                    .is_some_and(|text| self.admits(&text))
            })
    }

    fn counted(&self, made: &Made) -> Distinct {
        let mut examples: Vec<usize> = (0..16)
            .map(|number| {
                let mut text = String::new();
                made.grammar.walk(&mut Chance::new(number), &mut text);
                text.chars().count()
            })
            .collect();
        examples.sort_unstable();
        let (least, most) = match made.filled {
            true => (made.lengths.first().copied(), made.lengths.last().copied()),
            false => (Some(self.fit.least()), Some(self.fit.most())),
        };
        let shapes = Shapes::new(
            &made.grammar,
            least.unwrap_or(0),
            most.unwrap_or(0),
            examples[examples.len() / 2],
        );
        if made.is_sure && !(self.permit.is_padded() && shapes.may_end_with_blank()) {
            return Distinct::Shapes(shapes, 1);
        }
        let nth = |ordinal| {
            let mut text = String::new();
            let is_there = shapes.write(Chance::new(2), ordinal, &mut text);
            if made.filled {
                text.truncate(text.trim_end_matches(' ').len());
            }
            is_there.then_some(text)
        };
        let count = shapes.count();
        if count <= FEW {
            return Distinct::Few(
                (0..count)
                    .filter_map(nth)
                    .filter(|text| self.admits(text))
                    .collect(),
            );
        }
        let hits = (0..200).filter_map(nth).filter(|text| self.admits(text)).count();
        match hits {
            0 => Distinct::Few(Vec::new()),
            200 => Distinct::Shapes(shapes, 8),
            100.. => Distinct::Shapes(shapes, 32),
            _ => Distinct::Shapes(shapes, 256),
        }
    }

    fn admits(&self, text: &str) -> bool {
        self.fit.holds(text) && self.permit.admits_text(text)
    }

    fn admitted(&self, text: String) -> Option<Value> {
        self.fit
            .holds(&text)
            .then_some(Value::Text(text))
            .filter(|value| self.permit.admits(value))
    }
}

impl Made {
    fn draw(&self, attempt: u64, mut chance: Chance) -> Option<String> {
        let mut text = String::new();
        // Examples first; where these have the wrong length, one of the lengths that are right.
        if attempt < 16 && !self.filled {
            self.grammar.walk(&mut chance, &mut text);
        } else {
            self.grammar
                .fill(*chance.pick(&self.lengths)?, &mut chance, &mut text);
        }
        if self.filled {
            text.truncate(text.trim_end_matches(' ').len());
        }
        Some(text)
    }
}

/// The best grammar: that whose texts are allowed most often.
fn made(form: TextForm, allowed: &Allowed, fit: &Fit, permit: &Permit) -> Option<Made> {
    let wanted = allowed.patterns.iter().filter(|pattern| pattern.wanted);
    let mut hirs: Vec<(Hir, bool)> = wanted
        .filter_map(|pattern| Some((parsed(pattern)?, pattern.filled)))
        .collect();
    let is_only = hirs.len() == 1 && allowed.patterns.len() == 1;
    if hirs.is_empty() {
        // What must not match says nothing of what may: one of the usual sorts of letters will do.
        let filled = allowed.patterns.iter().any(|pattern| pattern.filled);
        hirs.extend(
            ["^[a-z]+$", "^[A-Z]+$", "^[0-9]+$", "^[a-z0-9]+$", "^[а-я]+$"]
                .iter()
                .filter_map(|usual| {
                    let hir = parsed(&Pattern {
                        text: (*usual).into(),
                        form: PatternForm::Regex,
                        case_sensitive: true,
                        wanted: true,
                        filled,
                    });
                    Some((hir?, filled))
                }),
        );
    }
    let is_open = allowed.case == Case::Any && !allowed.trimmed && fit.most_octets().is_none();
    let mut best: Option<(usize, Made)> = None;
    for (hir, filled) in &hirs {
        let width = match form {
            TextForm::Char(width) if *filled => Some(width as usize),
            _ => None,
        };
        let (from, to) = width.map_or((fit.least(), fit.most()), |width| (width, width));
        let most = to.min(from.saturating_add(2 * ROOM));
        let least = hir.properties().minimum_len().unwrap_or(0).max(from);
        let Some(grammar) = grammar(
            hir,
            most.max(least.saturating_add(ROOM)).min(to).min(4096),
            allowed.case,
        ) else {
            continue;
        };
        let lengths: Vec<usize> = grammar
            .lengths
            .iter()
            .filter(|length| (from..=to).contains(length))
            .take(ROOM)
            .collect();
        let made = Made {
            grammar,
            lengths,
            filled: width.is_some(),
            is_sure: is_only && is_open && !looks_around(hir),
        };
        if hirs.len() == 1 {
            return Some(made);
        }
        let hits = (0..ATTEMPTS / 2)
            .filter_map(|number| made.draw(number, Chance::new(1).at(number)))
            .filter(|text| fit.holds(text) && permit.admits_text(text))
            .count();
        if best.as_ref().is_none_or(|(most, _)| hits > *most) {
            best = Some((hits, made));
        }
    }
    best.map(|(_, made)| made)
}

fn parsed(pattern: &Pattern) -> Option<Hir> {
    let translated = translate(pattern)?;
    ParserBuilder::new()
        .dot_matches_new_line(true)
        .case_insensitive(!translated.case_sensitive)
        .build()
        .parse(&translated.text)
        .ok()
}
