//! From the conditions on a table's rows to the shapes that rows may have.
//!
//! A CHECK is solved, not tried: it is taken apart into the ways in which it comes true, and each way says of single columns
//! what they may be. The ways of all conditions, combined, are the shapes; those that contradict themselves are dropped.
//! What is left over, because nothing is known of how to draw it, is evaluated on each row that was drawn, or left to
//! PostgreSQL.
//!
//! The conditions of the columns' domains are among the demands without being named.

mod atom;
mod collection;
mod condition;
mod constant;
mod count;
mod domain;
mod limit;
mod narrow;
mod part;
mod term;
#[cfg(test)]
mod tests;
mod weigh;

use cogway_catalog::sql::Expression;

use super::allowed::{Allowed, Bound, Compare, Nullness, Relation};
use super::chance::Chance;
use super::column::Column;
use super::data_type::DataType;
use super::evaluate::{Compiled, Obstacle};
use super::value::Value;
use atom::Reasoner;
use condition::{Want, Ways, ways};
use narrow::State;
use part::Parts;
use term::{Fit, fitted};

pub use domain::of_domain;

/// More shapes than that are not kept: a choice of them is.
const SHAPES: usize = 256;

/// More combinations than that are not tried in one step: a choice of them is.
const COMBINATIONS: usize = 1_024;

/// A condition that rows must meet, or should.
#[derive(Clone, Debug)]
pub struct Demand {
    /// The name of the constraint.
    pub name: String,
    /// The condition. It is met where it is true or NULL.
    pub expression: Expression,
    /// What happens when it cannot be met.
    pub strength: Strength,
}

/// How much a demand counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// Rows that do not meet it are refused.
    Must,
    /// It is dropped where it contradicts others, and never checked.
    Wish,
}

/// What the rows of a table may look like.
#[derive(Clone, Debug)]
pub struct Shapes {
    /// The alternatives, the heaviest first. There is at least one.
    pub shapes: Vec<Shape>,
    /// Conditions that are to be evaluated on each row that was drawn, with the number of their demand: ask
    /// [`Compiled::passes`].
    pub checks: Vec<(usize, Compiled)>,
    /// Conditions that only PostgreSQL can judge, with the number of their demand and the reason.
    pub judged: Vec<(usize, Obstacle)>,
    /// The names of all demands by their numbers: those that were handed over come first, then those of domains.
    pub names: Vec<String>,
}

/// One way in which rows meet all demands.
#[derive(Clone, Debug)]
pub struct Shape {
    /// How often rows are of this shape, compared with others.
    pub weight: u32,
    /// What each column may be.
    pub columns: Vec<Allowed>,
    /// The order in which columns are drawn: each once, those that others depend on first.
    pub order: Vec<usize>,
    /// Columns that are not drawn but computed from those before them. Values are of the column's type.
    pub computed: Vec<(usize, Compiled)>,
    /// Columns that are drawn and then replaced by what is computed from them, so that `x = lower(x)` holds.
    pub adjusted: Vec<(usize, Compiled)>,
    /// Further bounds of columns, computed from those before them.
    pub limits: Vec<Limit>,
}

/// A bound of a column that is computed from columns before it.
#[derive(Clone, Debug)]
pub struct Limit {
    /// The column.
    pub column: usize,
    /// How it is compared with the bound.
    pub compare: Compare,
    /// The bound, in whatever type comes of it.
    pub value: Compiled,
}

/// Demands that no row can meet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no row can meet {}: {reason}", constraints.join(", "))]
pub struct Unsatisfiable {
    /// The names of the constraints that contradict each other.
    pub constraints: Vec<String>,
    /// What is in the way, in words.
    pub reason: String,
}

/// Solves demands on the rows of a table with these columns.
///
/// # Errors
///
/// When demands contradict each other so that no shape is left.
pub fn solve(columns: &[Column], demands: &[Demand]) -> Result<Shapes, Unsatisfiable> {
    let mut all: Vec<Demand> = demands.to_vec();
    let mut plain = columns.to_vec();
    let mut unread = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        plain[place].not_null |= domain::refuses_null(&column.data_type);
        take_checks(column, &mut all, &mut unread);
    }
    let mut elements: Vec<Option<Box<Allowed>>> = vec![None; columns.len()];
    for (place, column) in columns.iter().enumerate() {
        elements[place] = domain::within_arrays(&column.data_type, &mut all, &mut unread);
    }
    // With parts of values as columns of their own; where that goes wrong, without.
    let mut parts = Parts::of(&plain);
    let mut rewritten: Vec<Demand> = Vec::with_capacity(all.len());
    let mut seen = plain.len();
    loop {
        while let Some(demand) = all.get(rewritten.len()) {
            rewritten.push(Demand {
                expression: parts.rewritten(&demand.expression),
                ..demand.clone()
            });
        }
        // Parts may be of domains, too.
        let Some(part) = parts.columns.get(seen) else {
            break;
        };
        let mut of_part = Vec::new();
        take_checks(part, &mut of_part, &mut Vec::new());
        for demand in of_part {
            rewritten.push(Demand {
                expression: parts.rewritten(&demand.expression),
                ..demand.clone()
            });
            all.push(Demand {
                expression: parts.written_out(&demand.expression),
                ..demand
            });
        }
        seen += 1;
    }
    let solved = solved(&parts, &elements, &rewritten);
    let (parts, (states, dropped), rewritten) = match solved {
        Ok(solved) => (parts, solved, rewritten),
        Err(contradiction) if parts.is_empty() => return Err(contradiction),
        Err(_) => {
            let parts = Parts::of(&plain);
            let solved = self::solved(&parts, &elements, &all)?;
            (parts, solved, all.clone())
        }
    };
    let mut shapes: Vec<Shape> = Vec::new();
    // What is said of parts is not known to hold for what is put together from them.
    let mut inexact: Vec<bool> = all
        .iter()
        .zip(&rewritten)
        .map(|(demand, rewritten)| demand.expression != rewritten.expression)
        .collect();
    for state in &states {
        for demand in state.open() {
            inexact[demand] = true;
        }
        // What others are computed into is not what was drawn.
        for (demand, inexact) in all.iter().zip(&mut inexact) {
            let names = demand.expression.columns();
            let changed = state
                .computed
                .iter()
                .chain(&state.adjusted)
                .map(|(column, _)| *column);
            *inexact |= changed
                .into_iter()
                .any(|column| names.contains(&parts.columns[column].name.as_str()));
        }
        shapes.push(shape(&plain, &parts, state));
    }
    weigh::weigh(&mut shapes, &plain);
    let mut checks = Vec::new();
    let mut judged = unread;
    for (number, demand) in all.iter().enumerate() {
        if !inexact[number] || demand.strength == Strength::Wish || dropped.contains(&number) {
            continue;
        }
        match Compiled::of(&demand.expression, &plain) {
            Ok(check) => checks.push((number, check)),
            Err(obstacle) => judged.push((number, obstacle)),
        }
    }
    judged.sort_by_key(|(number, _)| *number);
    Ok(Shapes {
        shapes,
        checks,
        judged,
        names: all.into_iter().map(|demand| demand.name).collect(),
    })
}

/// Adds the conditions of a column's domains.
fn take_checks(column: &Column, all: &mut Vec<Demand>, unread: &mut Vec<(usize, Obstacle)>) {
    for check in domain::checks(column) {
        match check {
            Ok(demand) => all.push(demand),
            Err((name, obstacle)) => {
                all.push(Demand {
                    name,
                    expression: Expression::Bool(true),
                    strength: Strength::Must,
                });
                unread.push((all.len() - 1, obstacle));
            }
        }
    }
}

/// The states in which demands on these columns are met, where this is known of elements of arrays.
fn solved(
    parts: &Parts,
    elements: &[Option<Box<Allowed>>],
    demands: &[Demand],
) -> Result<(Vec<State>, Vec<usize>), Unsatisfiable> {
    let reasoner = Reasoner {
        columns: &parts.columns,
        parents: &parts.parents,
    };
    let mut base = State::of(&parts.columns);
    for (allowed, element) in base.columns.iter_mut().zip(elements) {
        allowed.element.clone_from(element);
    }
    combine(&reasoner, base, demands)
}

/// The states in which all demands are met, and the wishes that had to be dropped.
fn combine(
    reasoner: &Reasoner<'_>,
    base: State,
    demands: &[Demand],
) -> Result<(Vec<State>, Vec<usize>), Unsatisfiable> {
    let mut steps: Vec<(usize, Ways)> = demands
        .iter()
        .map(|demand| ways(&demand.expression, Want::NotFalse, reasoner.columns))
        .enumerate()
        .collect();
    // What leaves no choice first: it rules out choices of others. Wishes last.
    steps.sort_by_key(|(number, ways)| (demands[*number].strength == Strength::Wish, ways.len(), *number));
    let mut states = vec![base];
    let mut dropped = Vec::new();
    let mut met: Vec<usize> = Vec::new();
    for (number, ways) in steps {
        let next = step(reasoner, &states, &ways, number);
        if !next.is_empty() {
            states = next;
            met.push(number);
        } else if demands[number].strength == Strength::Wish {
            dropped.push(number);
        } else {
            return Err(contradiction(reasoner, demands, &met, number));
        }
    }
    Ok((states, dropped))
}

/// Each state with each way.
fn step(reasoner: &Reasoner<'_>, states: &[State], ways: &Ways, demand: usize) -> Vec<State> {
    let pairs = chosen(states.len().saturating_mul(ways.len()), COMBINATIONS, demand);
    let mut next: Vec<State> = Vec::new();
    let mut siblings: Vec<State> = Vec::new();
    let mut parent = 0;
    for pair in pairs {
        if pair / ways.len() != parent {
            parent = pair / ways.len();
            next.append(&mut weigh::reduced(std::mem::take(&mut siblings)));
        }
        let mut state = states[parent].clone();
        let consistent = ways[pair % ways.len()]
            .iter()
            .all(|literal| reasoner.add(&mut state, literal, demand));
        if consistent && state.finish(reasoner.columns, reasoner.parents) {
            siblings.push(state);
        }
    }
    next.append(&mut weigh::reduced(siblings));
    let mut choice = chosen(next.len(), SHAPES, demand).into_iter().peekable();
    let mut place = 0;
    next.retain(|_| {
        let kept = choice.next_if_eq(&place).is_some();
        place += 1;
        kept
    });
    next
}

/// So many of them at most, in order: a choice that is spread over all, the same each time, and another one for each demand.
fn chosen(count: usize, most: usize, demand: usize) -> Vec<usize> {
    if count <= most {
        return (0..count).collect();
    }
    let chance = Chance::new(0).at(demand as u64);
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by_cached_key(|place| chance.at(*place as u64).bits());
    places.truncate(most);
    places.sort_unstable();
    places
}

/// Who is in whose way: the demand that could not be added, and those before it that share columns with it.
fn contradiction(reasoner: &Reasoner<'_>, demands: &[Demand], met: &[usize], last: usize) -> Unsatisfiable {
    let names = demands[last].expression.columns();
    let columns = reasoner.columns;
    let alone = |numbers: &[usize]| {
        let mut states = vec![State::of(columns)];
        for number in numbers {
            let ways = ways(&demands[*number].expression, Want::NotFalse, columns);
            states = step(reasoner, &states, &ways, *number);
        }
        states.is_empty()
    };
    let related: Vec<usize> = met
        .iter()
        .copied()
        .filter(|number| {
            let others = demands[*number].expression.columns();
            others.iter().any(|name| names.contains(name))
        })
        .collect();
    let culprits = if alone(&[last]) {
        Vec::new()
    } else {
        // One other is enough where it is one of them.
        match related.iter().find(|number| alone(&[**number, last])) {
            Some(number) => vec![*number],
            None => related,
        }
    };
    let on = match names.as_slice() {
        [] => "it is never true".to_owned(),
        [single] => format!("nothing is left that {single} may be"),
        several => format!("nothing is left that {} may be together", several.join(", ")),
    };
    Unsatisfiable {
        constraints: culprits
            .into_iter()
            .chain([last])
            .map(|number| demands[number].name.clone())
            .collect(),
        reason: on,
    }
}

fn shape(columns: &[Column], parts: &Parts, state: &State) -> Shape {
    let place = |name: &str| columns.iter().position(|column| column.name == name);
    let mut sources: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    let limits = state.limits.iter().map(|(column, _, of)| (*column, of));
    let computed = state.computed.iter().map(|(column, of)| (*column, of));
    for (column, of) in limits
        .chain(computed)
        .filter(|(column, _)| *column < columns.len())
    {
        let of = parts.written_out(of);
        sources[column].extend(of.columns().into_iter().filter_map(place));
    }
    // The first column of those whose sources are all there, again and again. Sources never go round in a circle.
    let mut order: Vec<usize> = Vec::with_capacity(columns.len());
    while order.len() < columns.len() {
        let ready = |column: &usize| {
            !order.contains(column) && sources[*column].iter().all(|source| order.contains(source))
        };
        match (0..columns.len()).find(ready) {
            Some(next) => order.push(next),
            None => break,
        }
    }
    let rank = |column: usize| order.iter().position(|other| *other == column);
    let mut allowed = state.columns.clone();
    parts.fold(state, &mut allowed);
    for (one, compare, two) in &state.relations {
        let is_drawn = |column: &usize| {
            allowed
                .get(*column)
                .is_some_and(|allowed| allowed.null != Nullness::Always)
        };
        if !is_drawn(one) || !is_drawn(two) {
            continue;
        }
        let (later, compare, earlier) = if rank(*one) > rank(*two) {
            (*one, *compare, *two)
        } else {
            (*two, compare.turned(), *one)
        };
        let relation = Relation {
            compare,
            column: earlier,
        };
        if !allowed[later].relations.contains(&relation) {
            allowed[later].relations.push(relation);
        }
    }
    let live = |column: usize| column < columns.len() && state.columns[column].null != Nullness::Always;
    let limits = state
        .limits
        .iter()
        .filter(|(column, ..)| live(*column))
        .filter_map(|(column, compare, of)| {
            Some(Limit {
                column: *column,
                compare: *compare,
                value: Compiled::of(&parts.written_out(of), columns).ok()?,
            })
        });
    let replaced = |list: &[(usize, Expression)]| -> Vec<(usize, Compiled)> {
        list.iter()
            .filter(|(column, _)| live(*column))
            .filter_map(|(column, of)| {
                let of = parts.written_out(of);
                let value = Compiled::assigned(&of, columns, &columns[*column].data_type).ok()?;
                Some((*column, value))
            })
            .collect()
    };
    Shape {
        weight: 1,
        computed: replaced(&state.computed),
        adjusted: replaced(&state.adjusted),
        limits: limits.collect(),
        columns: allowed,
        order,
    }
}

impl Limit {
    /// The bound for a row, as a value of the column's type; none where there is no bound, because what it is computed from
    /// is NULL or has no result.
    pub fn bound(&self, row: &[Value], of: &DataType) -> Option<(Compare, Value)> {
        match fitted(&self.value.value(row)?, self.compare, of.base()) {
            Fit::Compare(compare, value) => Some((compare, value)),
            Fit::Always | Fit::Never | Fit::Unknown => None,
        }
    }

    /// The same as bounds: not less than the first, not more than the second.
    pub fn bounds(&self, row: &[Value], of: &DataType) -> (Option<Bound>, Option<Bound>) {
        let Some((compare, value)) = self.bound(row, of) else {
            return (None, None);
        };
        let bound = |included: bool| Bound {
            value: value.clone(),
            included,
        };
        match compare {
            Compare::Equal => (Some(bound(true)), Some(bound(true))),
            Compare::NotEqual => (None, None),
            Compare::Less => (None, Some(bound(false))),
            Compare::LessOrEqual => (None, Some(bound(true))),
            Compare::Greater => (Some(bound(false)), None),
            Compare::GreaterOrEqual => (Some(bound(true)), None),
        }
    }
}
