//! What a column means, and texts, numbers and moments that fit.
//!
//! A column `unit_price` holds prices, `producer.name` companies, `дата_рождения` dates of birth. Nothing in a catalog says
//! so but names, comments and types, so that is what is read: [`Meaning::of`] recognises a [`Sort`], and the rest follows.
//!
//! Texts are in the language that is asked for. Where the comments of a table or a column, or their names, are in Cyrillic
//! letters, they are Russian whatever is asked for, and `name_en` and `name_ru` are what they say.
//!
//! What belongs together in a row agrees: given name, surname, e-mail address and gender are those of one person; city,
//! region, country and postcode are of one place. Both follow from the `row` that all columns of a row share.

mod amounts;
mod calendar;
mod checksum;
mod digits;
mod distinct;
mod latin;
mod model;
mod moments;
pub(crate) mod names;
mod person;
mod recognise;
mod rules;
mod sort;
mod stems;
mod text;
mod words;

pub use amounts::{Amounts, Skew};
pub use moments::{Grain, Moments};
pub use sort::Sort;

use std::sync::Arc;

use super::chance::Chance;
use super::data_type::DataType;
use super::language::Language;
use model::Model;

/// What is known of a column before its meaning is.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Its table's schema.
    pub schema: &'a str,
    /// Its table.
    pub table: &'a str,
    /// The comment on its table.
    pub table_comment: Option<&'a str>,
    /// Its name.
    pub column: &'a str,
    /// The comment on it.
    pub comment: Option<&'a str>,
    /// The expression of its default.
    pub default: Option<&'a str>,
    /// Its type.
    pub data_type: &'a DataType,
    /// The language of texts, where nothing says another.
    pub language: Language,
}

/// What a column means.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    sort: Sort,
    language: Language,
    /// What the rows of its table are called: addresses on the net and names of files are made of that.
    about: Sort,
    /// Whose person or place it is, where a row has several; 0 for the row's own.
    who: u64,
    /// What numbers of documents begin with.
    prefix: &'static str,
    /// How many digits a hash has.
    hash_length: u32,
    amounts: Amounts,
    true_share: f64,
    null_share: f64,
    model: Option<Arc<Model>>,
}

impl Meaning {
    /// Of a column.
    pub fn of(subject: &Subject<'_>) -> Meaning {
        Meaning::recognise(subject)
    }

    /// A sort as such, of a column of which nothing else is known.
    pub fn plain(sort: Sort, language: Language) -> Meaning {
        Meaning {
            sort,
            language,
            about: Sort::Phrase,
            who: 0,
            prefix: "NO",
            hash_length: 64,
            amounts: Amounts::of(sort),
            true_share: 0.5,
            null_share: 0.1,
            model: None,
        }
    }

    /// The same, for a column that holds such values already; up to a hundred of them are enough. New JSON takes the shape
    /// of what there is: the same keys, and the same kinds of values. Texts that are from a small set (up to 20 distinct
    /// ones in 30 or more) are drawn from it.
    #[must_use]
    pub fn with_samples(mut self, samples: &[String]) -> Meaning {
        if let Some(model) = model::of_samples(&self, samples) {
            self.model = Some(model);
        }
        self
    }

    /// What sort of thing it is.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// The language of its texts.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Writes a text of its natural length. `row` is the same for all columns of a row, `chance` is of this column and row.
    pub fn text(&self, row: Chance, chance: &mut Chance, out: &mut String) {
        match self.model.as_deref() {
            Some(Model::OneOf(texts)) => out.push_str(chance.pick(texts).map_or("", |text| text)),
            _ => self.write(row, chance, out),
        }
    }

    /// Writes a text that no other ordinal has, not even when case is folded, of at most `limit` characters. `chance` is
    /// that of the column, the same for all ordinals. False, with nothing written, where there are not so many texts.
    pub fn distinct_text(&self, ordinal: u64, chance: Chance, limit: Option<u32>, out: &mut String) -> bool {
        self.write_distinct(ordinal, None, chance, limit, out)
    }

    /// The same in a row whose persons and things are those of `row`: the e-mail address agrees with the name beside it, and
    /// the slug with the title. All texts of a column are to be made by one of the two: between them there may be equal
    /// ones.
    pub fn distinct_text_in_row(
        &self,
        ordinal: u64,
        row: Chance,
        chance: Chance,
        limit: Option<u32>,
        out: &mut String,
    ) -> bool {
        self.write_distinct(ordinal, Some(row), chance, limit, out)
    }

    /// How many ordinals, from 0, there are distinct texts for within so many characters, at least; none where each has one.
    pub fn distinct_count(&self, limit: Option<u32>) -> Option<u64> {
        distinct::count(limit)
    }

    /// Its numbers.
    pub fn amounts(&self) -> Amounts {
        self.amounts
    }

    /// Its dates and times.
    pub fn moments(&self) -> Moments {
        Moments::of(self.sort)
    }

    /// In which share of rows it is true, from 0 to 1.
    pub fn true_share(&self) -> f64 {
        self.true_share
    }

    /// In which share of rows it is NULL, where it may be, from 0 to 1.
    pub fn null_share(&self) -> f64 {
        self.null_share
    }

    /// Where in the life of what a row describes such a moment stands: columns of one row come in this order.
    pub fn place_in_life(&self) -> Option<u8> {
        Moments::place_in_life(self.sort)
    }

    /// Writes JSON that fits: mostly an object; what [`Meaning::json_kind`] says.
    pub fn json(&self, row: Chance, chance: &mut Chance, out: &mut String) {
        match self.model.as_deref() {
            Some(Model::Json(shape)) => shape.write(row, chance, out),
            _ => {
                out.push_str("{\"value\": \"");
                let start = out.len();
                // Not JSON within JSON, without end.
                let sort = match self.sort {
                    Sort::Json => Sort::Phrase,
                    sort => sort,
                };
                Meaning { sort, ..self.clone() }.text(row, chance, out);
                model::escape(start, out);
                out.push_str("\"}");
            }
        }
    }

    /// What `jsonb_typeof` says of the JSON: `object`, or `array` where the column's default or samples are arrays.
    pub fn json_kind(&self) -> &'static str {
        match self.model.as_deref() {
            Some(Model::Json(shape)) => shape.kind(),
            _ => "object",
        }
    }
}

#[cfg(test)]
mod tests;
