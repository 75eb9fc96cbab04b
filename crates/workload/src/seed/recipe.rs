//! How the rows of a table are made: what is decided once, before the first of them.

mod cook;
mod key;
mod partition;

use std::sync::Arc;

use super::allowed::Allowed;
use super::chance::Chance;
use super::data_type::DataType;
use super::draw::Drawer;
use super::evaluate::Compiled;
use super::shape::Limit;
use super::size::Share;
use super::table::Table;
use super::value::Value;

pub(crate) use cook::{Before, Context, cook};

/// How the rows of a table are made.
#[derive(Debug)]
pub(crate) struct Recipe {
    pub(crate) table: Table,
    /// How its size follows from N.
    pub(crate) share: Share,
    /// Of the table.
    pub(crate) chance: Chance,
    /// Of each column.
    pub(crate) chances: Vec<Chance>,
    /// Where the value of each column comes from.
    pub(crate) sources: Vec<Source>,
    /// How often each column is NULL, where it may be.
    pub(crate) null_shares: Vec<f64>,
    /// The ways in which all conditions together can hold; one is chosen for each row.
    pub(crate) variants: Vec<Variant>,
    /// The weights of the variants, each with those before it.
    pub(crate) weights: Vec<u64>,
    pub(crate) relationships: Vec<Relationship>,
    /// Conditions that each row is to be tried against, with the names of their constraints.
    pub(crate) checks: Vec<(String, Compiled)>,
    /// What is to be watched for duplicates.
    pub(crate) watched: Vec<Watched>,
    /// What only PostgreSQL can judge: the constraint, and what hinders.
    pub(crate) judged: Vec<(String, String)>,
    /// How many rows keys of few values leave room for; none where they set no limit. With the name of the key.
    pub(crate) most: Option<(u64, String)>,
    /// How PostgreSQL computes columns, as far as that is understood.
    pub(crate) generated: Vec<(usize, Compiled)>,
    /// How many rows were there before.
    pub(crate) before: u64,
}

/// Where the value of a column comes from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// PostgreSQL computes it.
    Left,
    /// It counts, from the first that is free.
    Serial {
        first: i64,
        increment: i64,
        /// None of the numbers goes beyond this.
        last: i64,
    },
    /// Another one for each row.
    Distinct,
    /// Another one for each row with the same values in these columns.
    Counted { group: Vec<usize> },
    /// The beginning of a span that meets no other with the same values in these columns; the end goes into another
    /// column.
    Span { end: usize, group: Vec<usize> },
    /// The end of such a span.
    SpanEnd,
    /// A parent has it.
    Referenced,
    /// Drawn.
    Drawn,
}

/// One way in which all conditions of a table can hold.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) allowed: Vec<Allowed>,
    /// None for columns that are not drawn.
    pub(crate) drawers: Vec<Option<Arc<Drawer>>>,
    /// All columns but those that PostgreSQL computes, those that others need first.
    pub(crate) order: Vec<usize>,
    /// What is computed from other columns of the row.
    pub(crate) computed: Vec<Option<Compiled>>,
    /// What is drawn, and then replaced by what is computed from it.
    pub(crate) adjusted: Vec<Option<Compiled>>,
    /// Bounds that are computed from other columns of the row.
    pub(crate) limits: Vec<Vec<Limit>>,
}

/// A foreign key, as it is filled.
#[derive(Clone, Debug)]
pub(crate) struct Relationship {
    /// Which of the table's references it is.
    pub(crate) reference: usize,
    pub(crate) way: Way,
    /// How often it is NULL, where it may be.
    pub(crate) null_share: f64,
    /// The columns that are set to NULL then; empty where it may not be.
    pub(crate) nulled: Vec<usize>,
}

/// How a parent is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// By chance, some far more often than others.
    Any,
    /// Each at most once: the one with the number of the row.
    Once,
    /// Each at most once: the next that no row has chosen yet, where conditions say which rows refer to one.
    Next,
    /// A row of the same table, one that was made before.
    Own,
    /// Likewise, each at most once: the row before.
    OwnOnce,
}

/// Something that must be unique, and is not by the way its values are made.
#[derive(Debug)]
pub(crate) struct Watched {
    pub(crate) name: String,
    pub(crate) parts: Vec<WatchedPart>,
    /// Only for rows with this.
    pub(crate) predicate: Option<Compiled>,
    pub(crate) nulls_are_equal: bool,
    /// Does another attempt at the same ordinal lead to the same values?
    pub(crate) is_fixed: bool,
}

/// A part of what is watched.
#[derive(Debug)]
pub(crate) enum WatchedPart {
    Column(usize),
    Computed(Compiled, DataType),
}

impl Recipe {
    /// The value of a column that depends on the ordinal alone.
    pub(crate) fn fixed_value(&self, column: usize, ordinal: u64) -> Option<Value> {
        match &self.sources[column] {
            Source::Serial {
                first,
                increment,
                last,
            } => {
                let steps = i64::try_from(ordinal - self.before.min(ordinal)).ok()?;
                let value = steps.checked_mul(*increment)?.checked_add(*first)?;
                let is_beyond = if *increment > 0 {
                    value > *last
                } else {
                    value < *last
                };
                (!is_beyond).then_some(Value::Int(value))
            }
            Source::Distinct => {
                let drawer = self.variants.first()?.drawers[column].as_ref()?;
                // Rows that were there may have any of few values: after the last one comes the first again, and all keys
                // are watched.
                let ordinal = match drawer.capacity() {
                    Some(capacity) if self.before > 0 => ordinal % capacity.max(1),
                    _ => ordinal,
                };
                drawer.distinct_in_row(self.chance.at(ordinal), self.chances[column], ordinal)
            }
            _ => None,
        }
    }

    /// The number that a column that counts has got to with an ordinal: its own, or the last one that there is.
    pub(crate) fn last_number(&self, column: usize, ordinal: u64) -> Option<i64> {
        let Source::Serial {
            first,
            increment,
            last,
        } = self.sources[column]
        else {
            return None;
        };
        let steps = i128::from(ordinal - self.before.min(ordinal));
        let room = (i128::from(last) - i128::from(first)) / i128::from(increment);
        let steps = i64::try_from(steps.min(room)).ok().filter(|steps| *steps >= 0)?;
        steps.checked_mul(increment)?.checked_add(first)
    }

    /// How many values a column can have; none where more than anybody counts.
    pub(crate) fn capacity(&self, column: usize) -> Option<u64> {
        let drawers = self
            .variants
            .iter()
            .filter_map(|variant| variant.drawers[column].as_ref());
        drawers.filter_map(|drawer| drawer.capacity()).min()
    }

    /// Do the values of these columns depend on the ordinal alone?
    pub(crate) fn are_fixed(&self, columns: &[usize]) -> bool {
        columns
            .iter()
            .all(|&column| matches!(self.sources[column], Source::Serial { .. } | Source::Distinct))
    }

    /// Can each row be made without those before it?
    pub(crate) fn is_free(&self) -> bool {
        self.watched.is_empty()
            && !self
                .sources
                .iter()
                .any(|source| matches!(source, Source::Counted { .. } | Source::Span { .. }))
            && self
                .relationships
                .iter()
                .all(|relationship| match relationship.way {
                    Way::Any | Way::Once => true,
                    Way::Next => false,
                    Way::Own | Way::OwnOnce => {
                        let to = &self.table.references[relationship.reference].to_columns;
                        let places: Option<Vec<usize>> =
                            to.iter().map(|name| self.table.place(name.as_str())).collect();
                        places.is_some_and(|places| self.are_fixed(&places))
                    }
                })
    }

    /// The variant of a row.
    pub(crate) fn variant(&self, bits: u64) -> &Variant {
        let total = self.weights.last().copied().unwrap_or(1);
        let at = ((u128::from(bits) * u128::from(total)) >> 64) as u64;
        let place = self.weights.partition_point(|&weight| weight <= at);
        &self.variants[place.min(self.variants.len() - 1)]
    }
}
