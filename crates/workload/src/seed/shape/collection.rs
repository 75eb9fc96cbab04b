//! Patterns, lists, elements of arrays, and functions that are conditions.

use cogway_catalog::sql::{Call, Expression, Quantifier};

use super::atom::Outcome::{self, Contradiction, Exact, Inexact};
use super::atom::{Reasoner, exact};
use super::condition::Literal;
use super::narrow::{State, cut, exclude, lower, raise, restrict};
use super::term::{Fit, Term, fitted};
use crate::seed::allowed::{Allowed, Bound, Case, Compare, Nullness, Pattern, PatternForm};
use crate::seed::data_type::{DataType, TextForm};
use crate::seed::evaluate::Compiled;
use crate::seed::value::{Network, Range, Value};

impl Reasoner<'_> {
    /// Operators that are no comparisons.
    pub(super) fn operator(
        &self,
        state: &mut State,
        operator: &str,
        left: &Expression,
        right: &Expression,
        literal: &Literal,
    ) -> Outcome {
        let Literal {
            positive, tolerant, ..
        } = literal;
        if let Some((form, case_sensitive, wanted)) = pattern_operator(operator) {
            return self.pattern(
                state,
                left,
                right,
                form,
                case_sensitive,
                wanted == *positive,
                *tolerant,
            );
        }
        if let Some(turned) = turned(operator)
            && left.columns().is_empty()
        {
            return self.operator(state, turned, right, left, literal);
        }
        let Some(Term::Column(column)) = self.term(left) else {
            return Inexact;
        };
        match (operator, self.data_type(column), self.constants(right)) {
            ("<<" | "<<=", DataType::Other("inet" | "cidr"), Some((Value::Literal(network), _))) => {
                let strictly = operator == "<<";
                self.within_network(state, column, &network, strictly, *positive, *tolerant)
            }
            ("^@", DataType::Text(_), Some((Value::Text(start), _))) => {
                let escaped: String = start
                    .chars()
                    .flat_map(|c| {
                        let special = matches!(c, '%' | '_' | '\\');
                        special.then_some('\\').into_iter().chain([c])
                    })
                    .collect();
                self.with_pattern(
                    state,
                    column,
                    *tolerant,
                    Pattern {
                        text: format!("{escaped}%"),
                        form: PatternForm::Like,
                        case_sensitive: true,
                        wanted: *positive,
                        filled: false,
                    },
                )
            }
            ("<@", DataType::Array(_), Some((Value::Array(elements), _))) if *positive => {
                self.narrow(state, column, *tolerant, |allowed| {
                    let element = allowed.element.get_or_insert_default();
                    element.null = Nullness::Never;
                    restrict(element, elements);
                })
            }
            ("@>", DataType::Array(_), Some((Value::Array(elements), _))) if *positive => {
                if elements.contains(&Value::Null) {
                    return exact(*tolerant && state.always_null(column));
                }
                let least = u32::try_from(elements.len()).unwrap_or(u32::MAX);
                self.narrow(state, column, *tolerant, |allowed| {
                    include(allowed, elements.into_iter().map(|element| vec![element]));
                    cut(&mut allowed.length, Some(least), None);
                })
            }
            ("&&", DataType::Array(_), Some((Value::Array(elements), _))) if *positive => {
                let known = elements.into_iter().filter(|element| *element != Value::Null);
                let known: Vec<Value> = known.collect();
                if known.is_empty() {
                    return exact(*tolerant && state.always_null(column));
                }
                self.narrow(state, column, *tolerant, |allowed| {
                    include(allowed, [known]);
                    cut(&mut allowed.length, Some(1), None);
                })
            }
            // None of them is among its elements: what is not in one of both is not in both either.
            ("&&" | "@>", DataType::Array(_), Some((Value::Array(elements), _))) => {
                let known: Vec<Value> = elements
                    .into_iter()
                    .filter(|element| *element != Value::Null)
                    .collect();
                let outcome = self.narrow(state, column, *tolerant, |allowed| {
                    let element = allowed.element.get_or_insert_default();
                    let all = if operator == "&&" { known.len() } else { 1 };
                    known
                        .into_iter()
                        .take(all)
                        .for_each(|value| exclude(element, value));
                });
                match outcome {
                    Exact if operator == "@>" => Inexact,
                    outcome => outcome,
                }
            }
            _ => Inexact,
        }
    }

    /// Addresses within a network, or outside of it.
    fn within_network(
        &self,
        state: &mut State,
        column: usize,
        network: &str,
        strictly: bool,
        positive: bool,
        tolerant: bool,
    ) -> Outcome {
        let Some(outer) = Network::parse(network) else {
            return Inexact;
        };
        if !positive {
            let outcome = self.narrow(state, column, tolerant, |allowed| {
                allowed.network.outside.push(network.to_owned());
            });
            return if outcome == Exact { Inexact } else { outcome };
        }
        let bounds = &state.columns[column].network;
        let known = bounds.within.as_deref().and_then(Network::parse);
        let least = outer.bits + u32::from(strictly);
        let is_open = known.is_none_or(|known| known.meets(outer))
            && bounds.is_v6.is_none_or(|is_v6| is_v6 == outer.is_v6)
            && least <= outer.width();
        if !is_open {
            return exact(tolerant && state.always_null(column));
        }
        self.narrow(state, column, tolerant, |allowed| {
            allowed.network.is_v6 = Some(outer.is_v6);
            cut(&mut allowed.network.mask, Some(least), None);
            if known.is_none_or(|known| known.bits < outer.bits) {
                allowed.network.within = Some(network.to_owned());
            }
        })
    }

    #[expect(clippy::too_many_arguments, reason = "they are the parts of one operator")]
    fn pattern(
        &self,
        state: &mut State,
        of: &Expression,
        pattern: &Expression,
        form: PatternForm,
        case_sensitive: bool,
        wanted: bool,
        tolerant: bool,
    ) -> Outcome {
        let (column, case) = match self.term(of) {
            Some(Term::Column(column)) => (column, Case::Any),
            Some(Term::Lower(column)) => (column, Case::Lower),
            Some(Term::Upper(column)) => (column, Case::Upper),
            _ => return Inexact,
        };
        let DataType::Text(text) = self.data_type(column) else {
            return Inexact;
        };
        let (text, form) = match (pattern, text) {
            (Expression::Call(call), _) if call.name.starts_with("similar_") && call.arguments.len() == 1 => {
                (&call.arguments[0].value, PatternForm::Similar)
            }
            (pattern, _) => (pattern, form),
        };
        let Some((Value::Text(text), _)) = self.constants(text) else {
            return Inexact;
        };
        let compared = Compiled::of(of, self.columns).ok();
        let compared = compared.as_ref().and_then(|compiled| compiled.data_type());
        let folds = compared.map(DataType::base) == Some(&DataType::Text(TextForm::Citext));
        let filled = compared.is_some_and(|of| matches!(of.base(), DataType::Text(TextForm::Char(_))));
        if case != Case::Any {
            // Of all texts that become so, those that are so already.
            let outcome = self.narrow(state, column, tolerant, |allowed| allowed.case = case);
            if outcome == Contradiction {
                return Contradiction;
            }
        }
        self.with_pattern(
            state,
            column,
            tolerant,
            Pattern {
                text,
                form,
                case_sensitive: case_sensitive && !folds,
                wanted,
                filled,
            },
        )
    }

    pub(super) fn with_pattern(
        &self,
        state: &mut State,
        column: usize,
        tolerant: bool,
        pattern: Pattern,
    ) -> Outcome {
        self.narrow(state, column, tolerant, |allowed| {
            if !allowed.patterns.contains(&pattern) {
                allowed.patterns.push(pattern);
            }
        })
    }

    /// Lists, and elements of arrays.
    pub(super) fn quantified(
        &self,
        state: &mut State,
        left: &Expression,
        operator: &str,
        quantifier: Quantifier,
        array: &Expression,
        literal: &Literal,
    ) -> Outcome {
        let Literal {
            positive, tolerant, ..
        } = literal;
        let Some(compare) = Compare::of(operator) else {
            return Inexact;
        };
        // Not any is all not.
        let (compare, all) = match (positive, quantifier) {
            (true, Quantifier::Any) => (compare, false),
            (true, Quantifier::All) => (compare, true),
            (false, Quantifier::Any) => (compare.negated(), true),
            (false, Quantifier::All) => (compare.negated(), false),
        };
        if let Some(Term::Column(column)) = self.term(array)
            && let DataType::Array(element) = self.data_type(column)
        {
            return self.elements(state, column, element, left, compare, all, *tolerant);
        }
        let Some(term) = self.term(left) else {
            return Inexact;
        };
        let list = match self.list_like(left, array) {
            Some(list) => list,
            None => return Inexact,
        };
        let column = term.column();
        match (term, compare, all) {
            (Term::Column(column), Compare::Equal, false) => {
                if list.contains(&Value::Null) && *tolerant {
                    // Whatever is not in the list may be NULL's equal.
                    return Exact;
                }
                let of = self.data_type(column);
                let values = list.iter().filter_map(|value| match fitted(value, compare, of) {
                    Fit::Compare(_, value) => Some(value),
                    _ => None,
                });
                let values: Vec<Value> = values.collect();
                let certain = !values.iter().any(|value| matches!(value, Value::Literal(_)));
                match self.narrow(state, column, *tolerant, |allowed| restrict(allowed, values)) {
                    Exact if !certain => Inexact,
                    outcome => outcome,
                }
            }
            (Term::Column(column), Compare::NotEqual, true) => {
                if list.contains(&Value::Null) && !*tolerant {
                    return Contradiction;
                }
                let of = self.data_type(column);
                let mut outcome = if *tolerant {
                    Exact
                } else {
                    exact(state.never_null(column))
                };
                for value in list.iter().filter(|value| **value != Value::Null) {
                    match fitted(value, compare, of) {
                        Fit::Compare(Compare::NotEqual, value) => {
                            if matches!(value, Value::Literal(_)) {
                                outcome = Inexact;
                            }
                            if self.narrow(state, column, true, |allowed| exclude(allowed, value))
                                == Contradiction
                            {
                                return Contradiction;
                            }
                        }
                        Fit::Always => {}
                        _ => outcome = Inexact,
                    }
                }
                outcome
            }
            (term @ (Term::Lower(_) | Term::Upper(_) | Term::Trimmed(_)), Compare::Equal, false) => {
                let Some(column) = column else { return Inexact };
                let values = list
                    .into_iter()
                    .filter(|value| matches!(value, Value::Text(text) if term.leaves(text)));
                let values: Vec<Value> = values.collect();
                self.narrow(state, column, *tolerant, |allowed| restrict(allowed, values))
            }
            _ => Inexact,
        }
    }

    /// A constant array, whose elements take the type of the other side where they have none.
    fn list_like(&self, left: &Expression, array: &Expression) -> Option<Vec<Value>> {
        if let Expression::Array(parts) = array
            && parts.iter().all(|part| {
                matches!(
                    part,
                    Expression::String(_) | Expression::Null | Expression::Number(_)
                )
            })
        {
            let values = parts
                .iter()
                .map(|part| self.constants_like(left, part).map(|(value, _)| value));
            return values.collect();
        }
        match self.constants(array)? {
            (Value::Array(list), late) if late == Value::Array(list.clone()) => Some(list),
            _ => None,
        }
    }

    /// A constant compared with elements of a column.
    #[expect(clippy::too_many_arguments, reason = "they are the parts of one operator")]
    fn elements(
        &self,
        state: &mut State,
        column: usize,
        element: &DataType,
        constant: &Expression,
        compare: Compare,
        all: bool,
        tolerant: bool,
    ) -> Outcome {
        let Some((value, late)) = self.constants(constant) else {
            return Inexact;
        };
        if value != late || value == Value::Null {
            return Inexact;
        }
        let Fit::Compare(compare, value) = fitted(&value, compare.turned(), element.base()) else {
            return Inexact;
        };
        if !all {
            return match compare {
                Compare::Equal => self.narrow(state, column, tolerant, |allowed| {
                    include(allowed, [vec![value]]);
                    cut(&mut allowed.length, Some(1), None);
                }),
                _ => Inexact,
            };
        }
        let ordered = !matches!(compare, Compare::Equal | Compare::NotEqual);
        if ordered && matches!(element.base(), DataType::Text(_) | DataType::Enum(..)) {
            return Inexact;
        }
        self.narrow(state, column, tolerant, |allowed| {
            let element = allowed.element.get_or_insert_default();
            if !tolerant {
                element.null = Nullness::Never;
            }
            let bound = |included: bool| Bound {
                value: value.clone(),
                included,
            };
            match compare {
                Compare::Equal => restrict(element, vec![value]),
                Compare::NotEqual => exclude(element, value),
                Compare::Less => lower(element, bound(false)),
                Compare::LessOrEqual => lower(element, bound(true)),
                Compare::Greater => raise(element, bound(false)),
                Compare::GreaterOrEqual => raise(element, bound(true)),
            }
        })
    }

    pub(super) fn call(&self, state: &mut State, call: &Call, positive: bool, tolerant: bool) -> Outcome {
        let arguments: Vec<&Expression> = call.arguments.iter().map(|argument| &argument.value).collect();
        let column = |expression: &Expression| match self.term(expression) {
            Some(Term::Column(column)) => Some(column),
            _ => None,
        };
        match (call.name.as_str(), arguments.as_slice()) {
            ("isempty", [range]) => match column(range) {
                Some(column) => self.narrow(state, column, tolerant, |allowed| {
                    let empty = Value::Range(Box::new(Range::Empty));
                    if positive {
                        restrict(allowed, vec![empty]);
                    } else {
                        exclude(allowed, empty);
                    }
                }),
                None => Inexact,
            },
            ("starts_with", [text, start]) => {
                let literal = Literal {
                    expression: Expression::Null,
                    positive,
                    tolerant,
                };
                self.operator(state, "^@", text, start, &literal)
            }
            // Nothing that is drawn is infinite.
            ("isfinite", [moment]) if positive => match column(moment) {
                Some(column) if tolerant => {
                    let _ = column;
                    Exact
                }
                Some(column) => exact(state.never_null(column)),
                None => Inexact,
            },
            _ => Inexact,
        }
    }
}

/// One of each of these lists is among the elements of an array.
fn include(allowed: &mut Allowed, lists: impl IntoIterator<Item = Vec<Value>>) {
    for list in lists {
        if !allowed.includes.contains(&list) {
            allowed.includes.push(list);
        }
    }
}

/// The operator that says the same with both sides exchanged, of those that are no comparisons.
fn turned(operator: &str) -> Option<&'static str> {
    Some(match operator {
        ">>" => "<<",
        ">>=" => "<<=",
        "<@" => "@>",
        "@>" => "<@",
        "&&" => "&&",
        _ => return None,
    })
}

fn pattern_operator(operator: &str) -> Option<(PatternForm, bool, bool)> {
    Some(match operator {
        "~~" => (PatternForm::Like, true, true),
        "!~~" => (PatternForm::Like, true, false),
        "~~*" => (PatternForm::Like, false, true),
        "!~~*" => (PatternForm::Like, false, false),
        "~" => (PatternForm::Regex, true, true),
        "!~" => (PatternForm::Regex, true, false),
        "~*" => (PatternForm::Regex, false, true),
        "!~*" => (PatternForm::Regex, false, false),
        _ => return None,
    })
}
