//! Judging whether a value is one that is allowed: what was made by other means than places in a line is shown to it.

use std::cmp::Ordering;

use crate::seed::allowed::{Allowed, Bound, Case, Span};
use crate::seed::data_type::{DataType, TextForm};
use crate::seed::value::Value;

use super::pattern::Matcher;

/// What is allowed, prepared for judging.
#[derive(Clone, Debug)]
pub(super) struct Permit {
    none_of: Vec<Value>,
    low: Option<Bound>,
    high: Option<Bound>,
    length: Span,
    octets: Span,
    case: Case,
    trimmed: bool,
    matchers: Vec<Matcher>,
    of: DataType,
    /// Of each of these lists, one value is among the elements of an array.
    includes: Vec<Vec<Value>>,
    /// Does it let everything pass?
    open: bool,
}

impl Permit {
    /// That of a type which is no domain. None where a pattern cannot be judged here.
    pub(super) fn new(of: &DataType, allowed: &Allowed) -> Option<Permit> {
        let width = match of {
            DataType::Text(TextForm::Char(width)) => Some(*width as usize),
            _ => None,
        };
        let matchers = allowed
            .patterns
            .iter()
            .map(|pattern| Matcher::new(pattern, width))
            .collect::<Option<Vec<_>>>()?;
        // That of JSON is one of its elements, and the value is written with so many.
        let length = match of {
            DataType::Json(_) => Span::default(),
            _ => allowed.length,
        };
        let open = allowed.none_of.is_empty()
            && allowed.low.is_none()
            && allowed.high.is_none()
            && length == Span::default()
            && allowed.octets == Span::default()
            && allowed.case == Case::Any
            && !allowed.trimmed
            && allowed.includes.is_empty()
            && matchers.is_empty();
        Some(Permit {
            none_of: allowed.none_of.clone(),
            low: allowed.low.clone(),
            high: allowed.high.clone(),
            length,
            octets: allowed.octets,
            case: allowed.case,
            trimmed: allowed.trimmed,
            matchers,
            of: of.clone(),
            includes: allowed.includes.clone(),
            open,
        })
    }

    /// That which lets everything pass.
    pub(super) fn open(of: &DataType) -> Permit {
        Permit {
            none_of: Vec::new(),
            low: None,
            high: None,
            length: Span::default(),
            octets: Span::default(),
            case: Case::Any,
            trimmed: false,
            matchers: Vec::new(),
            of: of.clone(),
            includes: Vec::new(),
            open: true,
        }
    }

    /// Is this value allowed?
    pub(super) fn admits(&self, value: &Value) -> bool {
        self.open || (self.forbidden(value).is_none() && self.admits_otherwise(value))
    }

    /// Which of the values that are named as not allowed it is.
    pub(super) fn forbidden(&self, value: &Value) -> Option<usize> {
        self.none_of.iter().position(|other| self.same(value, other))
    }

    /// How many values are named as not allowed.
    pub(super) fn forbidden_count(&self) -> usize {
        self.none_of.len()
    }

    /// Is it allowed, leaving aside the values that are named as not?
    pub(super) fn admits_otherwise(&self, value: &Value) -> bool {
        if self.open {
            return true;
        }
        self.is_between(value, self.low.as_ref(), self.high.as_ref())
            && match value {
                Value::Text(text) => self.admits_text(text),
                Value::Bytes(bytes) => holds(self.octets, bytes.len()) && holds(self.length, bytes.len()),
                Value::Array(elements) => {
                    let among = |list: &Vec<Value>| list.iter().any(|value| elements.contains(value));
                    holds(self.length, elements.len()) && self.includes.iter().all(among)
                }
                _ => true,
            }
    }

    /// Is it between these, and none of those?
    pub(super) fn is_within(
        &self,
        value: &Value,
        low: Option<&Bound>,
        high: Option<&Bound>,
        not: &[Value],
    ) -> bool {
        self.is_between(value, low, high) && !not.iter().any(|other| self.same(value, other))
    }

    /// Is it allowed as a text, by its own looks?
    pub(super) fn admits_text(&self, text: &str) -> bool {
        holds(self.octets, text.len())
            && (self.length == Span::default() || holds(self.length, text.chars().count()))
            && match self.case {
                Case::Any => true,
                Case::Lower => !text.chars().any(char::is_uppercase),
                Case::Upper => !text.chars().any(char::is_lowercase),
            }
            && (!self.trimmed || text.trim() == text)
            && !(self.is_padded() && text.ends_with(' '))
            && self.matchers.iter().all(|matcher| matcher.is_satisfied(text))
    }

    /// Is it a type that fills texts up with blanks, so that those at the end of one get lost?
    pub(super) fn is_padded(&self) -> bool {
        matches!(self.of, DataType::Text(TextForm::Char(_)))
    }

    fn same(&self, value: &Value, other: &Value) -> bool {
        value == other || value.compare_as(other, &self.of) == Some(Ordering::Equal)
    }

    /// What cannot be compared here is not held against it.
    fn is_between(&self, value: &Value, low: Option<&Bound>, high: Option<&Bound>) -> bool {
        let fits = |bound: Option<&Bound>, outside: Ordering| {
            let Some(bound) = bound else { return true };
            match value.compare_as(&bound.value, &self.of) {
                Some(Ordering::Equal) => bound.included,
                Some(other) => other != outside,
                None => true,
            }
        };
        fits(low, Ordering::Less) && fits(high, Ordering::Greater)
    }
}

fn holds(span: Span, length: usize) -> bool {
    span.least.is_none_or(|least| length >= least as usize)
        && span.most.is_none_or(|most| length <= most as usize)
}
