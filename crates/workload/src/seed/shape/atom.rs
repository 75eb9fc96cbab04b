//! What a simple condition leaves of the columns that it is about.

use cogway_catalog::sql::{Expression, IsTest};

use super::condition::Literal;
use super::narrow::{Filter, State, cut, exclude, restrict};
use super::term::Term;
use crate::seed::allowed::{Allowed, Case, Compare, Nullness, Pattern, PatternForm};
use crate::seed::column::Column;
use crate::seed::data_type::{DataType, TextForm};
use crate::seed::evaluate::{Clock, Compiled};
use crate::seed::value::Value;

/// What came of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Every row that the state allows meets it.
    Exact,
    /// Not every one does.
    Inexact,
    /// None does.
    Contradiction,
}

use Outcome::{Contradiction, Exact, Inexact};

pub(super) fn exact(consistent: bool) -> Outcome {
    if consistent { Exact } else { Contradiction }
}

/// Adds conditions to states.
pub(super) struct Reasoner<'a> {
    pub(super) columns: &'a [Column],
    /// What each column is a part of, where it is no column of the table.
    pub(super) parents: &'a [Option<usize>],
}

impl Reasoner<'_> {
    /// Adds a condition that belongs to a demand. False when nothing is left.
    pub(super) fn add(&self, state: &mut State, literal: &Literal, demand: usize) -> bool {
        let names = literal.expression.columns();
        if names.is_empty() {
            return self.constant(state, literal, demand);
        }
        let places: Option<Vec<usize>> = names.iter().map(|name| self.place(name)).collect();
        let outcome = match places {
            Some(_) => self.translated(state, literal),
            None => Inexact,
        };
        if outcome == Contradiction {
            return false;
        }
        if let Some([column]) = places.as_deref()
            && let Ok(condition) = Compiled::of(&required(literal), self.columns)
        {
            if state.columns[*column].null == Nullness::Always && outcome == Exact {
                return true;
            }
            state.filters.push(Filter {
                column: *column,
                condition,
                opaque: (outcome == Inexact).then_some(demand),
            });
        } else if outcome == Inexact {
            state.inexact.push(demand);
        }
        true
    }

    /// A condition without columns is true, or is not.
    fn constant(&self, state: &mut State, literal: &Literal, demand: usize) -> bool {
        match Compiled::of(&required(literal), self.columns) {
            Ok(condition) => condition.passes(&[]),
            Err(_) => {
                state.inexact.push(demand);
                true
            }
        }
    }

    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    pub(super) fn data_type(&self, column: usize) -> &DataType {
        self.columns[column].data_type.base()
    }

    fn translated(&self, state: &mut State, literal: &Literal) -> Outcome {
        let Literal {
            expression,
            positive,
            tolerant,
        } = literal;
        match expression {
            Expression::Column(name) => match self.place(name) {
                Some(column) => self.narrow(state, column, *tolerant, |allowed| {
                    restrict(allowed, vec![Value::Bool(*positive)]);
                }),
                None => Inexact,
            },
            Expression::Is {
                of,
                test: IsTest::Null,
                negated,
            } => self.null(state, of, *positive != *negated),
            Expression::Binary(operator, left, right) => match Compare::of(operator) {
                Some(compare) => {
                    let compare = if *positive { compare } else { compare.negated() };
                    self.compared(state, left, compare, right, *tolerant)
                }
                None => self.operator(state, operator, left, right, literal),
            },
            Expression::Quantified {
                left,
                operator,
                quantifier,
                array,
            } => self.quantified(state, left, operator, *quantifier, array, literal),
            Expression::Call(call) => self.call(state, call, *positive, *tolerant),
            _ => Inexact,
        }
    }

    pub(super) fn narrow(
        &self,
        state: &mut State,
        column: usize,
        tolerant: bool,
        by: impl FnOnce(&mut Allowed),
    ) -> Outcome {
        exact(state.narrow(column, &self.columns[column].data_type, tolerant, by))
    }

    /// `IS NULL`, or `IS NOT NULL`.
    fn null(&self, state: &mut State, of: &Expression, null: bool) -> Outcome {
        if let Some(Term::Column(column)) = self.term(of) {
            return exact(if null {
                state.always_null(column)
            } else {
                state.never_null(column)
            });
        }
        let Expression::Call(call) = of else {
            return Inexact;
        };
        let arguments: Vec<&Expression> = call.arguments.iter().map(|argument| &argument.value).collect();
        match (call.name.as_str(), arguments.as_slice()) {
            ("array_length" | "array_upper", [array, _]) => {
                let Some(Term::Column(column)) = self.term(array) else {
                    return Inexact;
                };
                let (least, most) = if null { (None, Some(0)) } else { (Some(1), None) };
                self.narrow(state, column, null, |allowed| {
                    cut(&mut allowed.length, least, most)
                })
            }
            ("array_position", [array, sought]) if null => {
                let Some(Term::Column(column)) = self.term(array) else {
                    return Inexact;
                };
                let Some((value, _)) = self.constants(sought) else {
                    return Inexact;
                };
                self.narrow(state, column, true, |allowed| {
                    let element = allowed.element.get_or_insert_default();
                    match value {
                        Value::Null => element.null = Nullness::Never,
                        value => exclude(element, value),
                    }
                })
            }
            _ => Inexact,
        }
    }

    /// A constant's value at the earliest and at the latest that the clock can say.
    pub(super) fn constants(&self, expression: &Expression) -> Option<(Value, Value)> {
        if !expression.columns().is_empty() {
            return None;
        }
        let compiled = Compiled::of(expression, self.columns).ok()?;
        let value = |clock| compiled.value_at(&[], clock);
        Some((value(Clock::EARLIEST)?, value(Clock::LATEST)?))
    }

    fn compared(
        &self,
        state: &mut State,
        left: &Expression,
        compare: Compare,
        right: &Expression,
        tolerant: bool,
    ) -> Outcome {
        let terms = (self.term(left), self.term(right));
        if let Some(outcome) = self.fixed_form(state, left, compare, right, tolerant) {
            return outcome;
        }
        match terms {
            (Some(term), _) if right.columns().is_empty() => {
                self.with_constant(state, &term, left, compare, right, tolerant)
            }
            (_, Some(term)) if left.columns().is_empty() => {
                self.with_constant(state, &term, right, compare.turned(), left, tolerant)
            }
            (Some(Term::Column(one)), Some(Term::Column(two))) => {
                self.related(state, one, compare, two, tolerant)
            }
            _ => self.limited(state, left, compare, right, tolerant),
        }
    }

    /// `x = lower(x)` and the like.
    fn fixed_form(
        &self,
        state: &mut State,
        left: &Expression,
        compare: Compare,
        right: &Expression,
        tolerant: bool,
    ) -> Option<Outcome> {
        if compare != Compare::Equal {
            return None;
        }
        let (column, term, changed) = match (self.term(left), self.term(right)) {
            (Some(Term::Column(column)), Some(term)) => (column, term, right),
            (Some(term), Some(Term::Column(column))) => (column, term, left),
            (Some(Term::Column(column)), None) => (column, Term::Other, right),
            (None, Some(Term::Column(column))) => (column, Term::Other, left),
            _ => return None,
        };
        if let Some(pattern) = self.left_out(column, changed) {
            return Some(self.with_pattern(state, column, tolerant, pattern));
        }
        match term {
            Term::Lower(of) if of == column => Some(self.narrow(state, column, tolerant, |allowed| {
                allowed.case = Case::Lower;
            })),
            Term::Upper(of) if of == column => Some(self.narrow(state, column, tolerant, |allowed| {
                allowed.case = Case::Upper;
            })),
            Term::Trimmed(of) if of == column => Some(self.narrow(state, column, tolerant, |allowed| {
                allowed.trimmed = true;
            })),
            Term::Column(of) if of == column => Some(match tolerant {
                true => Exact,
                false => exact(state.never_null(column)),
            }),
            // What is done to a value once more changes nothing, for functions that bring values into a form.
            Term::Other
                if changed.columns() == [self.columns[column].name.as_str()] && is_idempotent(changed) =>
            {
                let consistent = tolerant || state.never_null(column);
                let known = state.adjusted.iter().any(|(other, _)| *other == column);
                if consistent && !known && state.columns[column].one_of.is_none() {
                    state.adjusted.push((column, changed.clone()));
                }
                Some(if consistent { Inexact } else { Contradiction })
            }
            _ => None,
        }
    }

    /// What a text has none of when it stays as it is without that: `regexp_replace(x, '[^A-Z]', '', 'g')`.
    fn left_out(&self, column: usize, changed: &Expression) -> Option<Pattern> {
        let Expression::Call(call) = changed else {
            return None;
        };
        let [of, pattern, with, flags @ ..] = call.arguments.as_slice() else {
            return None;
        };
        let text = |of: &Expression| match self.constants(of)? {
            (Value::Text(text), _) => Some(text),
            _ => None,
        };
        let flags = match flags {
            [] => String::new(),
            [flags] => text(&flags.value)?,
            _ => return None,
        };
        let is_such = call.name == "regexp_replace"
            && matches!(self.term(&of.value), Some(Term::Column(other)) if other == column)
            && text(&with.value)?.is_empty()
            && flags.chars().all(|flag| matches!(flag, 'g' | 'i'))
            && matches!(self.data_type(column), DataType::Text(form) if !matches!(form, TextForm::Char(_)));
        if !is_such {
            return None;
        }
        // What is found in nothing is found everywhere.
        let nothing = Expression::Cast(Box::new(Expression::String(String::new())), "text".to_owned());
        let in_nothing = Expression::binary("~", nothing, pattern.value.clone());
        if self.constants(&in_nothing)?.0 != Value::Bool(false) {
            return None;
        }
        Some(Pattern {
            text: text(&pattern.value)?,
            form: PatternForm::Regex,
            case_sensitive: !flags.contains('i'),
            wanted: false,
            filled: false,
        })
    }

    /// Two columns.
    fn related(
        &self,
        state: &mut State,
        one: usize,
        compare: Compare,
        two: usize,
        tolerant: bool,
    ) -> Outcome {
        let known = tolerant || (state.never_null(one) && state.never_null(two));
        if !known {
            return Contradiction;
        }
        if one == two {
            let same = matches!(
                compare,
                Compare::Equal | Compare::LessOrEqual | Compare::GreaterOrEqual
            );
            return exact(same || (tolerant && state.always_null(one)));
        }
        if self.parents[one] != self.parents[two] {
            // A part of another column's value: that is drawn first.
            let (drawn, compare, other) = match (self.parents[one], self.parents[two]) {
                (None, _) => (one, compare, two),
                (_, None) => (two, compare.turned(), one),
                _ => return Inexact,
            };
            let limit = Expression::Column(self.columns[other].name.clone());
            self.take(state, drawn, compare, limit, tolerant);
            return Inexact;
        }
        let relation = (one, compare, two);
        if !state.relations.contains(&relation) && !state.relations.contains(&(two, compare.turned(), one)) {
            state.relations.push(relation);
        }
        let (of, of_other) = (self.data_type(one), self.data_type(two));
        let comparable = Compiled::of(
            &Expression::binary(
                match compare {
                    Compare::Equal | Compare::NotEqual => "=",
                    _ => "<",
                },
                Expression::Column(self.columns[one].name.clone()),
                Expression::Column(self.columns[two].name.clone()),
            ),
            self.columns,
        );
        // Values of different types may be rounded when they are put from one into the other.
        let alike = std::mem::discriminant(of) == std::mem::discriminant(of_other)
            && !matches!(of, DataType::Numeric(_) | DataType::Float(_) if of != of_other);
        if comparable.is_ok() && alike {
            Exact
        } else {
            Inexact
        }
    }
}

/// The condition that must not be false for the literal to hold.
pub(super) fn required(literal: &Literal) -> Expression {
    let condition = match literal.positive {
        true => literal.expression.clone(),
        false => Expression::Not(Box::new(literal.expression.clone())),
    };
    match literal.tolerant {
        true => condition,
        false => Expression::Is {
            of: Box::new(condition),
            test: IsTest::True,
            negated: false,
        },
    }
}

fn is_idempotent(expression: &Expression) -> bool {
    match expression {
        Expression::Cast(of, _) => matches!(of.as_ref(), Expression::Column(_)) || is_idempotent(of),
        Expression::Call(call) => {
            let inner = call.arguments.iter().all(|argument| {
                let value = &argument.value;
                value.columns().is_empty() || super::term::is_column(value) || is_idempotent(value)
            });
            inner
                && matches!(
                    call.name.as_str(),
                    "lower"
                        | "upper"
                        | "initcap"
                        | "btrim"
                        | "ltrim"
                        | "rtrim"
                        | "date_trunc"
                        | "round"
                        | "trunc"
                        | "floor"
                        | "ceil"
                        | "ceiling"
                        | "abs"
                        | "replace"
                        | "left"
                        | "array_remove"
                )
        }
        _ => false,
    }
}
