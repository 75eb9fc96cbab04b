//! A pattern as a grammar: what makes texts that match it, rather than what recognises them.

use std::sync::Arc;

use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::seed::allowed::Case;
use crate::seed::chance::Chance;

/// A part of a text.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) kind: Kind,
    /// Which lengths it can have, in characters: up to the greatest that is of interest.
    pub(super) lengths: Lengths,
}

/// What a part consists of.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Nothing.
    Empty,
    /// One of these characters.
    Letter(Arc<[char]>),
    /// One after the other; with the lengths that all from the n-th on can have together.
    Sequence(Vec<Part>, Vec<Lengths>),
    /// One of them.
    Choice(Vec<Part>),
    /// The same again and again; with the lengths that n of them can have together, from n = 0.
    Repeat {
        part: Box<Part>,
        least: usize,
        most: Option<usize>,
        together: Vec<Lengths>,
    },
}

/// A set of lengths, up to the greatest that is of interest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lengths {
    /// From the lowest bit of the first on.
    bits: Vec<u64>,
    most: usize,
}

impl Lengths {
    fn none(most: usize) -> Lengths {
        Lengths {
            bits: vec![0; most / 64 + 1],
            most,
        }
    }

    fn only(length: usize, most: usize) -> Lengths {
        let mut all = Lengths::none(most);
        if length <= most {
            all.bits[length / 64] = 1 << (length % 64);
        }
        all
    }

    pub(super) fn has(&self, length: usize) -> bool {
        let word = self.bits.get(length / 64);
        word.is_some_and(|word| word >> (length % 64) & 1 == 1)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        (0..=self.most).filter(|length| self.has(*length))
    }

    fn add(&mut self, other: &Lengths) {
        for (one, other) in self.bits.iter_mut().zip(&other.bits) {
            *one |= other;
        }
    }

    fn remove(&mut self, length: usize) {
        if let Some(word) = self.bits.get_mut(length / 64) {
            *word &= !(1 << (length % 64));
        }
    }

    fn followed_by(&self, other: &Lengths) -> Lengths {
        let mut sums = Lengths::none(self.most);
        for one in self.iter() {
            let (words, bits) = (one / 64, one % 64);
            let mut carried = 0;
            for (sum, word) in sums.bits[words..].iter_mut().zip(&other.bits) {
                *sum |= word << bits | carried;
                carried = if bits == 0 { 0 } else { word >> (64 - bits) };
            }
        }
        // What is longer is of no interest.
        let last = self.most % 64;
        if let Some(word) = sums.bits.last_mut() {
            *word &= u64::MAX >> (63 - last);
        }
        sums
    }
}

/// A class of so many characters is not a list of what somebody wants.
const LARGE: usize = 2048;

/// Of groups that have several lengths, so many repetitions are looked at. Of single letters, all.
const GROUPS: usize = 48;

/// The grammar of a pattern, for texts of at most so many characters, with letters of a case where there is a choice.
/// What a pattern leaves open at its ends may be anything, so there is a part for that. None where it is too deep.
pub(super) fn grammar(hir: &Hir, most: usize, case: Case) -> Option<Part> {
    let maker = Maker { most, case };
    let branches = match hir.kind() {
        HirKind::Alternation(branches) => branches.as_slice(),
        _ => std::slice::from_ref(hir),
    };
    let parts = branches
        .iter()
        .map(|branch| maker.open_ended(branch))
        .collect::<Option<Vec<_>>>()?;
    Some(maker.choice(parts))
}

/// Does it look around anywhere but for the ends of the text, at its own ends? Then not all that its grammar makes matches.
pub(super) fn looks_around(hir: &Hir) -> bool {
    let branches = match hir.kind() {
        HirKind::Alternation(branches) => branches.as_slice(),
        _ => std::slice::from_ref(hir),
    };
    branches.iter().any(|branch| {
        let parts = match branch.kind() {
            HirKind::Concat(parts) => parts.as_slice(),
            _ => std::slice::from_ref(branch),
        };
        let last = parts.len().saturating_sub(1);
        parts.iter().enumerate().any(|(index, part)| match part.kind() {
            HirKind::Look(Look::Start) => index > 0,
            HirKind::Look(Look::End) => index < last,
            _ => !part.properties().look_set().is_empty(),
        })
    })
}

struct Maker {
    most: usize,
    case: Case,
}

impl Maker {
    fn open_ended(&self, branch: &Hir) -> Option<Part> {
        let (begins, ends) = match branch.kind() {
            HirKind::Concat(parts) => (parts.first().map(Hir::kind), parts.last().map(Hir::kind)),
            kind => (Some(kind), Some(kind)),
        };
        let is_begun = matches!(begins, Some(HirKind::Look(Look::Start)));
        let is_ended = matches!(ends, Some(HirKind::Look(Look::End)));
        let part = self.part(branch)?;
        // A word is not to grow together with another one, where its ends are asked for.
        let is_apart = branch.properties().look_set().contains_word();
        let letters = || self.letter(('a'..='z').chain('0'..='9').collect());
        let words = |least, most| match is_apart {
            false => self.repeat(letters(), least, most),
            true if is_ended => {
                self.sequence(vec![self.repeat(letters(), least, most), self.letter(vec![' '])])
            }
            true => self.sequence(vec![self.letter(vec![' ']), self.repeat(letters(), least, most)]),
        };
        let around = |part: Part, more: Part| match is_ended {
            true => self.sequence(vec![more, part]),
            false => self.sequence(vec![part, more]),
        };
        Some(match (is_begun, is_ended) {
            (true, true) => part,
            _ => self.choice(vec![
                around(part.clone(), words(4, None)),
                around(part.clone(), words(1, Some(3))),
                part,
            ]),
        })
    }

    fn part(&self, hir: &Hir) -> Option<Part> {
        Some(match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => self.empty(),
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).ok()?;
                let letters = text.chars().map(|char| self.letter(vec![char])).collect();
                self.sequence(letters)
            }
            HirKind::Class(Class::Unicode(class)) => {
                let ranges: Vec<_> = class.iter().map(|range| (range.start(), range.end())).collect();
                self.letter(letters(&ranges, self.case))
            }
            HirKind::Class(Class::Bytes(class)) => {
                let ranges: Vec<_> = class
                    .iter()
                    .filter(|range| range.start().is_ascii())
                    .map(|range| (char::from(range.start()), char::from(range.end().min(0x7f))))
                    .collect();
                self.letter(letters(&ranges, self.case))
            }
            HirKind::Repetition(repetition) => self.repeat(
                self.part(&repetition.sub)?,
                repetition.min as usize,
                repetition.max.map(|most| most as usize),
            ),
            HirKind::Capture(capture) => self.part(&capture.sub)?,
            HirKind::Concat(parts) => {
                self.sequence(parts.iter().map(|part| self.part(part)).collect::<Option<_>>()?)
            }
            HirKind::Alternation(parts) => {
                self.choice(parts.iter().map(|part| self.part(part)).collect::<Option<_>>()?)
            }
        })
    }

    fn empty(&self) -> Part {
        Part {
            kind: Kind::Empty,
            lengths: Lengths::only(0, self.most),
        }
    }

    fn letter(&self, letters: Vec<char>) -> Part {
        let lengths = match letters.is_empty() {
            true => Lengths::none(self.most),
            false => Lengths::only(1, self.most),
        };
        Part {
            kind: Kind::Letter(letters.into()),
            lengths,
        }
    }

    fn sequence(&self, parts: Vec<Part>) -> Part {
        let mut rest = vec![Lengths::only(0, self.most)];
        for part in parts.iter().rev() {
            let last = &rest[rest.len() - 1];
            rest.push(part.lengths.followed_by(last));
        }
        rest.reverse();
        Part {
            lengths: rest[0].clone(),
            kind: Kind::Sequence(parts, rest),
        }
    }

    fn choice(&self, parts: Vec<Part>) -> Part {
        let mut lengths = Lengths::none(self.most);
        for part in &parts {
            lengths.add(&part.lengths);
        }
        Part {
            kind: Kind::Choice(parts),
            lengths,
        }
    }

    fn repeat(&self, part: Part, least: usize, most: Option<usize>) -> Part {
        // Repetitions of nothing add nothing: what can be empty may also be missing.
        let least = if part.lengths.has(0) { 0 } else { least };
        let limit = match part.kind {
            Kind::Letter(_) => self.most,
            _ => self.most.min(least.max(GROUPS)),
        };
        let limit = most.map_or(limit, |most| most.min(limit));
        let mut one = part.lengths.clone();
        one.remove(0);
        let mut lengths = Lengths::none(self.most);
        let mut together = vec![Lengths::only(0, self.most)];
        for count in 0..=limit {
            if count > 0 {
                let more = match part.kind {
                    Kind::Letter(_) if one.has(1) => Lengths::only(count, self.most),
                    _ => together[count - 1].followed_by(&one),
                };
                together.push(more);
            }
            if count >= least {
                lengths.add(&together[count]);
            }
        }
        Part {
            kind: Kind::Repeat {
                part: Box::new(part),
                least,
                most,
                together,
            },
            lengths,
        }
    }
}

impl Part {
    /// Writes a text as one would write an example: nothing is repeated for long.
    pub(super) fn walk(&self, chance: &mut Chance, out: &mut String) {
        match &self.kind {
            Kind::Empty => {}
            Kind::Letter(letters) => out.extend(chance.pick(letters)),
            Kind::Sequence(parts, _) => {
                for part in parts {
                    part.walk(chance, out);
                }
            }
            Kind::Choice(parts) => {
                if let Some(part) = chance.pick(parts) {
                    part.walk(chance, out);
                }
            }
            Kind::Repeat {
                part, least, most, ..
            } => {
                let letters: &[char] = match &part.kind {
                    Kind::Letter(letters) => letters,
                    _ => &[],
                };
                let more = match (most, !letters.is_empty()) {
                    (None, true) if letters.iter().all(|letter| letter.is_whitespace()) => 0,
                    (None, true) if letters.iter().all(char::is_ascii_digit) => chance.below(4),
                    (Some(most), _) => chance.below((most.saturating_sub(*least).min(9) + 1) as u64),
                    (None, true) if *least > 0 => 2 + chance.below(7),
                    (None, true) => chance.below(7),
                    (None, false) => chance.below(3),
                };
                for _ in 0..*least + more as usize {
                    part.walk(chance, out);
                }
            }
        }
    }

    /// Writes a text of exactly that many characters, which must be one of its lengths.
    pub(super) fn fill(&self, length: usize, chance: &mut Chance, out: &mut String) {
        match &self.kind {
            Kind::Empty => {}
            Kind::Letter(letters) => out.extend(chance.pick(letters)),
            Kind::Sequence(parts, rest) => {
                let mut left = length;
                for (part, rest) in parts.iter().zip(&rest[1..]) {
                    let fitting = |own: &usize| *own <= left && rest.has(left - own);
                    let Some(own) = picked(part.lengths.iter().filter(fitting), chance) else {
                        return;
                    };
                    part.fill(own, chance, out);
                    left -= own;
                }
            }
            Kind::Choice(parts) => {
                let fitting = parts.iter().filter(|part| part.lengths.has(length));
                if let Some(part) = picked(fitting, chance) {
                    part.fill(length, chance, out);
                }
            }
            Kind::Repeat {
                part,
                least,
                together,
                ..
            } => {
                let fitting = (*least..together.len()).filter(|count| together[*count].has(length));
                let Some(count) = picked(fitting, chance) else {
                    return;
                };
                let mut left = length;
                for rest in together[..count].iter().rev() {
                    let fitting = |own: &usize| *own > 0 && *own <= left && rest.has(left - own);
                    let Some(own) = picked(part.lengths.iter().filter(fitting), chance) else {
                        return;
                    };
                    part.fill(own, chance, out);
                    left -= own;
                }
            }
        }
    }
}

/// One of what an iterator gives.
fn picked<T>(mut from: impl Iterator<Item = T> + Clone, chance: &mut Chance) -> Option<T> {
    let count = from.clone().count() as u64;
    from.nth(chance.below(count) as usize)
}

/// The letters of a class that texts are made of: of those that read well, each in one case only, so that texts which
/// differ also differ when case is folded.
fn letters(ranges: &[(char, char)], case: Case) -> Vec<char> {
    let has = |char: char| ranges.iter().any(|(low, high)| *low <= char && char <= *high);
    let other_case = |char: char| {
        let other = match case {
            Case::Upper => single(char.to_uppercase()),
            Case::Any | Case::Lower => single(char.to_lowercase()),
        };
        other.filter(|other| *other != char)
    };
    let reads = |char: char| !other_case(char).is_some_and(has);
    let of = |all: &mut dyn Iterator<Item = char>| -> Vec<char> {
        all.filter(|char| has(*char) && reads(*char)).take(256).collect()
    };
    let word = of(&mut ('a'..='z').chain('A'..='Z').chain('0'..='9'));
    if !word.is_empty() {
        return word;
    }
    // A small class names the letters that it wants; a great one is everything but some.
    let all = || ranges.iter().flat_map(|(low, high)| *low..=*high).take(LARGE);
    let words = match all().count() < LARGE {
        true => of(&mut all().filter(|char| char.is_alphanumeric())),
        false => Vec::new(),
    };
    if !words.is_empty() {
        return words;
    }
    let ascii = of(&mut ('!'..='~'));
    if !ascii.is_empty() {
        return ascii;
    }
    if has(' ') {
        return vec![' '];
    }
    let printable = of(&mut all().filter(|char| !char.is_control() && !char.is_whitespace()));
    if !printable.is_empty() {
        return printable;
    }
    of(&mut all().filter(|char| *char != '\0'))
}

fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}
