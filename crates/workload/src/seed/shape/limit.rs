//! Comparisons of a column with what is computed from others.

use cogway_catalog::sql::Expression;

use super::atom::{Outcome, Reasoner};
use super::narrow::State;
use super::term::{Term, is_column};
use crate::seed::allowed::{Compare, Nullness};
use crate::seed::evaluate::Compiled;

impl Reasoner<'_> {
    /// Finds a column that can be drawn last, within what the others leave. The condition itself is still to be checked:
    /// what is moved to the other side may be rounded there.
    pub(super) fn limited(
        &self,
        state: &mut State,
        left: &Expression,
        compare: Compare,
        right: &Expression,
        tolerant: bool,
    ) -> Outcome {
        if compare == Compare::NotEqual {
            return Outcome::Inexact;
        }
        let mut columns: Vec<usize> = Vec::new();
        for name in left.columns().into_iter().chain(right.columns()) {
            match self.place(name) {
                Some(column) if !columns.contains(&column) => columns.push(column),
                Some(_) => {}
                None => return Outcome::Inexact,
            }
        }
        if !tolerant && !columns.iter().all(|column| state.never_null(*column)) {
            return Outcome::Contradiction;
        }
        let mut candidates: Vec<(bool, usize, Compare, Expression)> = Vec::new();
        for column in columns {
            let name = &self.columns[column].name;
            if occurrences(left, name) + occurrences(right, name) != 1 {
                continue;
            }
            let (side, other, compare) = match occurrences(left, name) {
                1 => (left, right, compare),
                _ => (right, left, compare.turned()),
            };
            let bare = is_column(side);
            if let Some((compare, limit)) = self.isolated(side, compare, other.clone(), name) {
                candidates.push((bare, column, compare, limit));
            }
        }
        // The column that stands alone, or else the last.
        candidates.sort_by_key(|(bare, column, ..)| (*bare, *column));
        for (_, column, compare, limit) in candidates.into_iter().rev() {
            if self.take(state, column, compare, limit, tolerant) {
                break;
            }
        }
        Outcome::Inexact
    }

    /// Adds a limit, if nothing speaks against it.
    pub(super) fn take(
        &self,
        state: &mut State,
        column: usize,
        compare: Compare,
        limit: Expression,
        tolerant: bool,
    ) -> bool {
        let operator = match compare {
            Compare::Equal | Compare::NotEqual => "=",
            _ => "<",
        };
        let compared = Expression::binary(
            operator,
            Expression::Column(self.columns[column].name.clone()),
            limit.clone(),
        );
        if Compiled::of(&compared, self.columns).is_err() {
            return false;
        }
        let sources: Vec<usize> = limit
            .columns()
            .iter()
            .filter_map(|name| self.place(name))
            .collect();
        if sources.is_empty() {
            let side = Expression::Column(self.columns[column].name.clone());
            // What this leaves is checked anyway; a contradiction will show there.
            let mut narrowed = state.clone();
            let term = Term::Column(column);
            if self.with_constant(&mut narrowed, &term, &side, compare, &limit, tolerant)
                != Outcome::Contradiction
            {
                *state = narrowed;
                return true;
            }
            return false;
        }
        let is_part = self.parents[column].is_some();
        if is_part
            && sources
                .iter()
                .any(|source| self.parents[*source] != self.parents[column])
        {
            return false;
        }
        if sources.iter().any(|source| depends(state, self, *source, column)) {
            return false;
        }
        if compare != Compare::Equal {
            state.limits.push((column, compare, limit));
            return true;
        }
        let taken = state.computed.iter().any(|(other, _)| *other == column)
            || state.columns[column].one_of.is_some()
            || state.columns[column].null == Nullness::Always
            || Compiled::assigned(&limit, self.columns, &self.columns[column].data_type).is_err();
        if taken {
            return false;
        }
        if state.columns[column].null == Nullness::Never {
            // What is computed from NULL is NULL.
            let known = sources
                .iter()
                .all(|source| state.columns[*source].null != Nullness::Always);
            if !known {
                return false;
            }
            for source in sources {
                state.never_null(source);
            }
        }
        state.computed.push((column, limit));
        true
    }

    /// The comparison with the column alone on its left.
    fn isolated(
        &self,
        side: &Expression,
        compare: Compare,
        other: Expression,
        name: &str,
    ) -> Option<(Compare, Expression)> {
        let within = |part: &Expression| occurrences(part, name) == 1;
        match side {
            Expression::Column(_) => Some((compare, other)),
            Expression::Cast(of, _) => match self.term(side) {
                Some(Term::Column(_)) => self.isolated(of, compare, other, name),
                // Sums of whole numbers are cast as a whole.
                _ if is_sum(of) => self.isolated(of, compare, other, name),
                _ => None,
            },
            Expression::Prefix(operator, of) if operator == "-" => self.isolated(
                of,
                compare.turned(),
                Expression::Prefix("-".to_owned(), Box::new(other)),
                name,
            ),
            Expression::Binary(operator, left, right) => match operator.as_str() {
                "+" if within(left) => {
                    let rest = Expression::binary("-", other, right.as_ref().clone());
                    self.isolated(left, compare, rest, name)
                }
                "+" => {
                    let rest = Expression::binary("-", other, left.as_ref().clone());
                    self.isolated(right, compare, rest, name)
                }
                "-" if within(left) => {
                    let rest = Expression::binary("+", other, right.as_ref().clone());
                    self.isolated(left, compare, rest, name)
                }
                "-" => {
                    let rest = Expression::binary("-", left.as_ref().clone(), other);
                    self.isolated(right, compare.turned(), rest, name)
                }
                _ => None,
            },
            // Somebody is older when they were born earlier.
            Expression::Call(call) if call.name == "age" && call.arguments.len() == 1 => {
                let today = Expression::Keyword("current_date".to_owned());
                let rest = Expression::binary("-", today, other);
                self.isolated(&call.arguments[0].value, compare.turned(), rest, name)
            }
            _ => None,
        }
    }
}

fn is_sum(expression: &Expression) -> bool {
    matches!(expression, Expression::Binary(operator, ..) if matches!(operator.as_str(), "+" | "-"))
}

fn occurrences(expression: &Expression, name: &str) -> usize {
    let mut count = 0;
    expression.visit(&mut |part| {
        if matches!(part, Expression::Column(other) if other == name) {
            count += 1;
        }
    });
    count
}

/// Is a column drawn after another, because its limits are computed from that?
fn depends(state: &State, reasoner: &Reasoner<'_>, column: usize, on: usize) -> bool {
    let mut seen = vec![false; reasoner.columns.len()];
    let mut open = vec![column];
    while let Some(next) = open.pop() {
        if next == on {
            return true;
        }
        if std::mem::replace(&mut seen[next], true) {
            continue;
        }
        // A part comes with its whole.
        open.extend(reasoner.parents[next]);
        let limits = state.limits.iter().map(|(column, _, of)| (column, of));
        let computed = state.computed.iter().map(|(column, of)| (column, of));
        for (_, of) in limits.chain(computed).filter(|(column, _)| **column == next) {
            open.extend(of.columns().iter().filter_map(|name| reasoner.place(name)));
        }
    }
    false
}
