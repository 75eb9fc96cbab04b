//! Texts to be searched, and what to search for.

use std::fmt::Write as _;

use crate::seed::chance::Chance;
use crate::seed::meaning::Meaning;

/// A type of full text search.
#[derive(Clone, Copy, Debug)]
pub(super) enum Search {
    Vector,
    Query,
}

impl Search {
    pub(super) fn of(name: &str) -> Option<Search> {
        Some(match name {
            "tsvector" => Search::Vector,
            "tsquery" => Search::Query,
            _ => return None,
        })
    }

    /// Writes the words of a text of the column's kind, and the number as one of them.
    pub(super) fn write(
        self,
        number: u64,
        meaning: &Meaning,
        row: Chance,
        chance: &mut Chance,
        out: &mut String,
    ) {
        let mut text = String::new();
        meaning.text(row, chance, &mut text);
        let text = text.to_lowercase();
        let words = text
            .split(|char: char| !char.is_alphanumeric())
            .filter(|word| !word.is_empty());
        match self {
            Search::Vector => {
                for (index, word) in words.take(200).enumerate() {
                    let _ = write!(out, "'{word}':{} ", index + 1);
                }
                let _ = write!(out, "'n{number}'");
            }
            Search::Query => {
                for word in words.take(2) {
                    let _ = write!(out, "'{word}' & ");
                }
                let _ = write!(out, "'n{number}'");
            }
        }
    }
}
