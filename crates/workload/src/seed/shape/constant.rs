//! Columns compared with constants.

use cogway_catalog::sql::Expression;

use super::atom::Outcome::{self, Contradiction, Exact, Inexact};
use super::atom::{Reasoner, exact};
use super::narrow::{State, cut, exclude, lower, raise, restrict};
use super::term::{Fit, Term, fitted};
use crate::seed::allowed::{Allowed, Bound, Compare};
use crate::seed::data_type::DataType;
use crate::seed::evaluate::Compiled;
use crate::seed::value::Value;

impl Reasoner<'_> {
    pub(super) fn with_constant(
        &self,
        state: &mut State,
        term: &Term,
        side: &Expression,
        compare: Compare,
        constant: &Expression,
        tolerant: bool,
    ) -> Outcome {
        let Some((early, late)) = self.constants_like(side, constant) else {
            return Inexact;
        };
        if early == Value::Null || late == Value::Null {
            // Whatever it is compared with.
            return if tolerant { Exact } else { Contradiction };
        }
        let constant = match compare {
            Compare::Less | Compare::LessOrEqual => match early.compare(&late) {
                Some(order) if order.is_gt() => late,
                _ => early,
            },
            Compare::Greater | Compare::GreaterOrEqual => match early.compare(&late) {
                Some(order) if order.is_lt() => late,
                _ => early,
            },
            // Nothing is the same as the clock whenever that may be, and nothing that is drawn is between these moments.
            Compare::Equal if early != late => return Contradiction,
            Compare::NotEqual if early != late => return if tolerant { Exact } else { Inexact },
            Compare::Equal | Compare::NotEqual => early,
        };
        match term {
            Term::Column(column) => self.bounded(state, *column, side, compare, &constant, tolerant),
            Term::Length(column) => self.counted(state, *column, compare, &constant, tolerant, |allowed| {
                &mut allowed.length
            }),
            Term::TrimmedLength(column) => {
                let outcome = self.counted(state, *column, compare, &constant, tolerant, |allowed| {
                    &mut allowed.length
                });
                match outcome {
                    Exact => self.narrow(state, *column, tolerant, |allowed| allowed.trimmed = true),
                    other => other,
                }
            }
            Term::Elements(column) => {
                let array = Value::Text("array".to_owned());
                match self.kind(state, *column, Compare::Equal, array, tolerant) {
                    Exact => self.counted(state, *column, compare, &constant, tolerant, |allowed| {
                        &mut allowed.length
                    }),
                    other => other,
                }
            }
            Term::MaskLength(column) => {
                self.counted(state, *column, compare, &constant, tolerant, |allowed| {
                    &mut allowed.network.mask
                })
            }
            Term::Family(column) => match (compare, &constant) {
                (Compare::Equal, Value::Int(family @ (4 | 6))) => {
                    self.family(state, *column, *family == 6, tolerant)
                }
                (Compare::NotEqual, Value::Int(family @ (4 | 6))) => {
                    self.family(state, *column, *family == 4, tolerant)
                }
                _ => Inexact,
            },
            Term::Octets(column) => self.counted(state, *column, compare, &constant, tolerant, |allowed| {
                &mut allowed.octets
            }),
            Term::ArrayLength(column) => {
                // An array without elements has no length, which is NULL.
                let outcome = self.counted(state, *column, compare, &constant, tolerant, |allowed| {
                    &mut allowed.length
                });
                match outcome {
                    Exact if !tolerant => self.narrow(state, *column, false, |allowed| {
                        cut(&mut allowed.length, Some(1), None)
                    }),
                    other => other,
                }
            }
            Term::Kind(column) => self.kind(state, *column, compare, constant, tolerant),
            Term::Lower(column) | Term::Upper(column) | Term::Trimmed(column) => {
                self.changed_text(state, term, *column, compare, constant, tolerant)
            }
            Term::Year(column) => self.year(state, *column, compare, &constant, tolerant),
            Term::Day(column) => self.day(state, *column, compare, &constant, tolerant),
            Term::Other => Inexact,
        }
    }

    /// JSON of a kind.
    fn kind(
        &self,
        state: &mut State,
        column: usize,
        compare: Compare,
        constant: Value,
        tolerant: bool,
    ) -> Outcome {
        let (Compare::Equal, Value::Text(kind)) = (compare, constant) else {
            return Inexact;
        };
        let known = state.columns[column].json_kind.as_ref();
        if known.is_some_and(|known| *known != kind) {
            let null = tolerant && state.always_null(column);
            return exact(null);
        }
        self.narrow(state, column, tolerant, |allowed| allowed.json_kind = Some(kind))
    }

    /// Addresses of IPv4, or of IPv6.
    fn family(&self, state: &mut State, column: usize, is_v6: bool, tolerant: bool) -> Outcome {
        let known = state.columns[column].network.is_v6;
        if known.is_some_and(|known| known != is_v6) {
            return exact(tolerant && state.always_null(column));
        }
        self.narrow(state, column, tolerant, |allowed| {
            allowed.network.is_v6 = Some(is_v6);
        })
    }

    /// The constant, where one without a type takes that of the other side.
    pub(super) fn constants_like(&self, side: &Expression, constant: &Expression) -> Option<(Value, Value)> {
        if !matches!(constant, Expression::String(_) | Expression::Prefix(..)) {
            return self.constants(constant);
        }
        let compiled = Compiled::of(side, self.columns).ok()?;
        let value = match (constant, compiled.data_type()) {
            (Expression::String(text), Some(of)) => Value::parse(text, of.base())?,
            _ => return self.constants(constant),
        };
        Some((value.clone(), value))
    }

    /// A column and a constant.
    fn bounded(
        &self,
        state: &mut State,
        column: usize,
        side: &Expression,
        compare: Compare,
        constant: &Value,
        tolerant: bool,
    ) -> Outcome {
        let of = self.data_type(column);
        let (compare, value) = match fitted(constant, compare, of) {
            Fit::Compare(compare, value) => (compare, value),
            Fit::Always => {
                return match tolerant {
                    true => Exact,
                    false => exact(state.never_null(column)),
                };
            }
            Fit::Never => return exact(tolerant && state.always_null(column)),
            Fit::Unknown => return Inexact,
        };
        let text = matches!(of, DataType::Text(_));
        if compare == Compare::NotEqual && text && value == Value::Text(String::new()) {
            // Nothing else is that short.
            return self.narrow(state, column, tolerant, |allowed| {
                cut(&mut allowed.length, Some(1), None)
            });
        }
        if let DataType::Enum(_, labels) = of {
            return self.narrow(state, column, tolerant, |allowed| {
                let within = labels.iter().cloned().map(Value::Text).filter(|label| {
                    label
                        .compare_as(&value, of)
                        .is_some_and(|order| compare.holds(order))
                });
                restrict(allowed, within.collect());
            });
        }
        let bound = |included: bool| Bound {
            value: value.clone(),
            included,
        };
        let ordered = !matches!(compare, Compare::Equal | Compare::NotEqual);
        let outcome = self.narrow(state, column, tolerant, |allowed| match compare {
            Compare::Equal => restrict(allowed, vec![value.clone()]),
            Compare::NotEqual => exclude(allowed, value.clone()),
            Compare::Less => lower(allowed, bound(false)),
            Compare::LessOrEqual => lower(allowed, bound(true)),
            Compare::Greater => raise(allowed, bound(false)),
            Compare::GreaterOrEqual => raise(allowed, bound(true)),
        });
        let known = Compiled::of(&Expression::binary("<", side.clone(), side.clone()), self.columns).is_ok();
        match outcome {
            // The order of texts is that of a language, of which bytes are a guess; and of some types, only PostgreSQL knows
            // which notations are of one value.
            Exact if (ordered && !known) || matches!(value, Value::Literal(_)) => Inexact,
            outcome => outcome,
        }
    }

    fn counted(
        &self,
        state: &mut State,
        column: usize,
        compare: Compare,
        constant: &Value,
        tolerant: bool,
        span: fn(&mut Allowed) -> &mut crate::seed::allowed::Span,
    ) -> Outcome {
        let count = match fitted(
            constant,
            compare,
            &DataType::Int(crate::seed::data_type::IntWidth::Big),
        ) {
            Fit::Compare(compare, Value::Int(count)) => (compare, count),
            Fit::Always => {
                return if tolerant {
                    Exact
                } else {
                    exact(state.never_null(column))
                };
            }
            Fit::Never => return exact(tolerant && state.always_null(column)),
            _ => return Inexact,
        };
        let (least, most) = match count {
            (Compare::Equal, count) => (Some(count), Some(count)),
            (Compare::Less, count) => (None, Some(count.saturating_sub(1))),
            (Compare::LessOrEqual, count) => (None, Some(count)),
            (Compare::Greater, count) => (Some(count.saturating_add(1)), None),
            (Compare::GreaterOrEqual, count) => (Some(count), None),
            (Compare::NotEqual, 0) => (Some(1), None),
            (Compare::NotEqual, count) if count < 0 => (None, None),
            // Either side of a length is taken for both.
            (Compare::NotEqual, count) => (None, Some(count - 1)),
        };
        if most.is_some_and(|most| most < 0) {
            return exact(tolerant && state.always_null(column));
        }
        let size = |count: i64| u32::try_from(count.max(0)).unwrap_or(u32::MAX);
        self.narrow(state, column, tolerant, |allowed| {
            cut(span(allowed), least.map(size), most.map(size));
        })
    }

    /// `lower(x) = 'abc'`: of all texts that become so, the one that is so already.
    fn changed_text(
        &self,
        state: &mut State,
        term: &Term,
        column: usize,
        compare: Compare,
        constant: Value,
        tolerant: bool,
    ) -> Outcome {
        let Value::Text(text) = &constant else {
            return Inexact;
        };
        match compare {
            Compare::Equal if term.leaves(text) => self.narrow(state, column, tolerant, |allowed| {
                restrict(allowed, vec![constant]);
            }),
            Compare::Equal => exact(tolerant && state.always_null(column)),
            Compare::NotEqual if text.is_empty() && matches!(term, Term::Trimmed(_)) => {
                self.narrow(state, column, tolerant, |allowed| {
                    allowed.trimmed = true;
                    cut(&mut allowed.length, Some(1), None);
                })
            }
            Compare::NotEqual if text.is_empty() => self.narrow(state, column, tolerant, |allowed| {
                cut(&mut allowed.length, Some(1), None)
            }),
            _ => Inexact,
        }
    }

    /// The year of a moment.
    fn year(
        &self,
        state: &mut State,
        column: usize,
        compare: Compare,
        constant: &Value,
        tolerant: bool,
    ) -> Outcome {
        let integer = DataType::Int(crate::seed::data_type::IntWidth::Big);
        let Fit::Compare(compare, Value::Int(year)) = fitted(constant, compare, &integer) else {
            return Inexact;
        };
        let first = |year: i64| {
            let civil = crate::seed::value::moment::Civil {
                year: i32::try_from(year)
                    .ok()
                    .filter(|year| (1..9_999).contains(year))?,
                month: 1,
                day: 1,
            };
            civil.days().map(Value::Date)
        };
        let (Some(begin), Some(end)) = (first(year), first(year.saturating_add(1))) else {
            return Inexact;
        };
        let moments = match compare {
            Compare::Equal => vec![(Compare::GreaterOrEqual, begin), (Compare::Less, end)],
            Compare::Less => vec![(Compare::Less, begin)],
            Compare::LessOrEqual => vec![(Compare::Less, end)],
            Compare::Greater => vec![(Compare::GreaterOrEqual, end)],
            Compare::GreaterOrEqual => vec![(Compare::GreaterOrEqual, begin)],
            Compare::NotEqual => return Inexact,
        };
        self.all_bounds(state, column, moments, tolerant)
    }

    /// The day of a moment.
    fn day(
        &self,
        state: &mut State,
        column: usize,
        compare: Compare,
        constant: &Value,
        tolerant: bool,
    ) -> Outcome {
        let Value::Date(day) = fitted_day(constant, compare) else {
            return Inexact;
        };
        let Some(next) = day.checked_add(1).map(Value::Date) else {
            return Inexact;
        };
        let day = Value::Date(day);
        let moments = match compare {
            Compare::Equal => vec![(Compare::GreaterOrEqual, day), (Compare::Less, next)],
            Compare::Less => vec![(Compare::Less, day)],
            Compare::LessOrEqual => vec![(Compare::Less, next)],
            Compare::Greater => vec![(Compare::GreaterOrEqual, next)],
            Compare::GreaterOrEqual => vec![(Compare::GreaterOrEqual, day)],
            Compare::NotEqual => return Inexact,
        };
        self.all_bounds(state, column, moments, tolerant)
    }

    fn all_bounds(
        &self,
        state: &mut State,
        column: usize,
        bounds: Vec<(Compare, Value)>,
        tolerant: bool,
    ) -> Outcome {
        let side = Expression::Column(self.columns[column].name.clone());
        for (compare, value) in bounds {
            let outcome = self.bounded(state, column, &side, compare, &value, tolerant);
            if outcome != Exact {
                return outcome;
            }
        }
        Exact
    }
}

/// The last day for which a comparison with a moment's day is the same.
fn fitted_day(constant: &Value, compare: Compare) -> Value {
    match fitted(constant, compare, &DataType::Date) {
        Fit::Compare(same, day) if same == compare => day,
        _ => Value::Null,
    }
}
