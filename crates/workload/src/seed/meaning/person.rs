//! The person of a row, and the place.

use super::words::{City, Name, Names, common, lists};
use crate::seed::chance::Chance;
use crate::seed::language::Language;

/// A person. The same `row` gives the same person in every column.
pub(super) struct Person {
    pub(super) names: &'static Names,
    pub(super) given: &'static Name,
    pub(super) surname: &'static Name,
    pub(super) woman: bool,
    /// What else follows from the person.
    pub(super) chance: Chance,
}

impl Person {
    pub(super) fn of(mut row: Chance, language: Language) -> Person {
        let bits = row.bits();
        let woman = bits & 1 == 0;
        let names = &lists(language).persons[usize::from(!woman)];
        Person {
            names,
            given: one(&names.given, bits >> 1 & 0xFF_FFFF),
            surname: one(&names.surnames, bits >> 25 & 0xFF_FFFF),
            woman,
            chance: row,
        }
    }

    /// `Anna Clark`, `Анна Кузнецова`.
    pub(super) fn write_full_name(&self, out: &mut String) {
        out.push_str(&self.given.text);
        out.push(' ');
        out.push_str(&self.surname.text);
    }

    /// `anna.clark`, `aclark`, `clark.anna`, `annaclark`: letters and dots only.
    pub(super) fn write_login(&self, out: &mut String) {
        let (given, surname) = (&self.given.latin, &self.surname.latin);
        let (first, between, second) = match { self.chance }.below(8) {
            0..=3 => (given.as_str(), ".", surname),
            4 | 5 => (given.get(..1).unwrap_or(given), "", surname),
            6 => (surname.as_str(), ".", given),
            _ => (given.as_str(), "", surname),
        };
        out.push_str(first);
        out.push_str(between);
        out.push_str(second);
    }

    /// The domain of the person's e-mail address.
    pub(super) fn domain(&self) -> &'static str {
        let domains = &common().domains;
        self.chance.at(1).pick(domains).copied().unwrap_or_default()
    }
}

/// The place of a row.
pub(super) struct Place {
    pub(super) city: &'static City,
    chance: Chance,
}

impl Place {
    pub(super) fn of(mut row: Chance, language: Language) -> Place {
        let cities = &lists(language).cities;
        Place {
            city: one(cities, row.bits() & 0xFF_FFFF),
            chance: row,
        }
    }

    pub(super) fn write_postcode(&self, out: &mut String) {
        let mut chance = self.chance;
        for mark in self.city.postcode.chars() {
            match mark {
                '#' => out.push(char::from(b'0' + chance.below(10) as u8)),
                // Not I or O, which are taken for digits.
                '@' => out.push(char::from(b"ABCDEFGHJKLMNPRSTUVWXYZ"[chance.below(23) as usize])),
                _ => out.push(mark),
            }
        }
    }
}

/// One of a list that is never empty, by a number of 24 bits.
fn one<T>(list: &[T], number: u64) -> &T {
    &list[((number * list.len() as u64) >> 24) as usize]
}
