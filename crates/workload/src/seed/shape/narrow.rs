//! What is left of the columns when conditions are added one after the other.

use std::cmp::Ordering;

use cogway_catalog::sql::Expression;

use crate::seed::allowed::{Allowed, Bound, Case, Compare, Nullness, Span};
use crate::seed::column::Column;
use crate::seed::data_type::{DataType, TextForm};
use crate::seed::evaluate::Compiled;
use crate::seed::value::Value;

/// An alternative that is being narrowed.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) columns: Vec<Allowed>,
    /// Comparisons of columns with each other.
    pub(super) relations: Vec<(usize, Compare, usize)>,
    /// Comparisons of columns with what is computed from others.
    pub(super) limits: Vec<(usize, Compare, Expression)>,
    /// Columns that are computed from others.
    pub(super) computed: Vec<(usize, Expression)>,
    /// Columns that are drawn and then changed.
    pub(super) adjusted: Vec<(usize, Expression)>,
    /// Conditions on single columns, for lists.
    pub(super) filters: Vec<Filter>,
    /// The demands of which more is asked than is in here, by number.
    pub(super) inexact: Vec<usize>,
}

/// A condition that is on one column alone.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    pub(super) column: usize,
    /// It must not be false.
    pub(super) condition: Compiled,
    /// The demand that it belongs to, where there is nothing else of it in here.
    pub(super) opaque: Option<usize>,
}

/// Whole numbers within such a distance are listed when a condition on them is not understood.
const LISTED: i64 = 1_000;

impl State {
    pub(super) fn of(columns: &[Column]) -> State {
        let allowed = |column: &Column| Allowed {
            null: if column.not_null {
                Nullness::Never
            } else {
                Nullness::Free
            },
            ..Allowed::default()
        };
        State {
            columns: columns.iter().map(allowed).collect(),
            relations: Vec::new(),
            limits: Vec::new(),
            computed: Vec::new(),
            adjusted: Vec::new(),
            filters: Vec::new(),
            inexact: Vec::new(),
        }
    }

    /// The column is never NULL. False when it always is.
    pub(super) fn never_null(&mut self, column: usize) -> bool {
        let allowed = &mut self.columns[column];
        match allowed.null {
            Nullness::Always => false,
            _ => {
                allowed.null = Nullness::Never;
                true
            }
        }
    }

    /// The column is always NULL. False when it never is.
    pub(super) fn always_null(&mut self, column: usize) -> bool {
        let allowed = &mut self.columns[column];
        match allowed.null {
            Nullness::Never => false,
            _ => {
                *allowed = Allowed {
                    null: Nullness::Always,
                    ..Allowed::default()
                };
                true
            }
        }
    }

    /// Narrows what a column may be. `tolerant` leaves NULL as it is; otherwise NULL is out. False when nothing is left.
    pub(super) fn narrow(
        &mut self,
        column: usize,
        of: &DataType,
        tolerant: bool,
        by: impl FnOnce(&mut Allowed),
    ) -> bool {
        if !tolerant && !self.never_null(column) {
            return false;
        }
        let allowed = &mut self.columns[column];
        if allowed.null == Nullness::Always {
            return true;
        }
        by(allowed);
        settled(allowed, of) || self.always_null(column)
    }

    /// Carries what is known of columns over to those that they are compared with, and filters lists. False when nothing is
    /// left.
    pub(super) fn finish(&mut self, columns: &[Column], parents: &[Option<usize>]) -> bool {
        self.inexact.sort_unstable();
        self.inexact.dedup();
        if !self.break_cycles(columns) || !self.join_parts(parents) {
            return false;
        }
        if self.relations.is_empty() {
            return self.filter(columns);
        }
        // Each round carries what is known one step further.
        for _ in 0..=columns.len() {
            let before = self.columns.clone();
            for (one, compare, two) in self.relations.clone() {
                if !(self.carry(one, compare, two, columns)
                    && self.carry(two, compare.turned(), one, columns))
                {
                    return false;
                }
            }
            if !self.filter(columns) {
                return false;
            }
            if before == self.columns {
                break;
            }
        }
        true
    }

    /// Where a part is, there is the whole; where there is no whole, there is no part.
    fn join_parts(&mut self, parents: &[Option<usize>]) -> bool {
        let pairs = || (0..parents.len()).filter_map(|part| Some((part, parents[part]?)));
        for (part, whole) in pairs().rev() {
            if self.columns[part].null == Nullness::Never && !self.never_null(whole) {
                return false;
            }
        }
        pairs().all(|(part, whole)| self.columns[whole].null != Nullness::Always || self.always_null(part))
    }

    /// The demands of which not every row that this allows is known to meet them: each once, in order.
    pub(super) fn open(&self) -> Vec<usize> {
        let mut open = self.inexact.clone();
        for filter in &self.filters {
            let allowed = &self.columns[filter.column];
            let listed = allowed.one_of.is_some() || allowed.null == Nullness::Always;
            open.extend(filter.opaque.filter(|_| !listed));
        }
        open.sort_unstable();
        open.dedup();
        open
    }

    /// Leaves of each list what its column's conditions accept, and makes lists where that is how they can be met.
    fn filter(&mut self, columns: &[Column]) -> bool {
        let mut row = vec![Value::Null; columns.len()];
        for filter in self.filters.clone() {
            let column = filter.column;
            let allowed = &mut self.columns[column];
            if allowed.null == Nullness::Always {
                continue;
            }
            if filter.opaque.is_some() && allowed.one_of.is_none() {
                allowed.one_of = enumerated(allowed, &columns[column].data_type);
            }
            if let Some(list) = &mut allowed.one_of {
                list.retain(|value| {
                    row[column] = value.clone();
                    filter.condition.passes(&row)
                });
                row[column] = Value::Null;
                if list.is_empty() && !self.always_null(column) {
                    return false;
                }
            }
        }
        true
    }

    /// Narrows the first column by what is known of the second.
    fn carry(&mut self, one: usize, compare: Compare, two: usize, columns: &[Column]) -> bool {
        let other = &self.columns[two];
        if self.columns[one].null == Nullness::Always || other.null == Nullness::Always {
            return true;
        }
        let (of, of_other) = (columns[one].data_type.base(), columns[two].data_type.base());
        if std::mem::discriminant(of) != std::mem::discriminant(of_other) || matches!(of, DataType::Text(_)) {
            return true;
        }
        let bound = |included: bool| {
            move |bound: &Bound| Bound {
                value: bound.value.clone(),
                included: bound.included && included,
            }
        };
        let (low, high, list) = match compare {
            Compare::Equal => (other.low.clone(), other.high.clone(), other.one_of.clone()),
            Compare::Less => (None, greatest(other).as_ref().map(bound(false)), None),
            Compare::LessOrEqual => (None, greatest(other).as_ref().map(bound(true)), None),
            Compare::Greater => (least(other).as_ref().map(bound(false)), None, None),
            Compare::GreaterOrEqual => (least(other).as_ref().map(bound(true)), None, None),
            Compare::NotEqual => return true,
        };
        self.narrow(one, &columns[one].data_type, true, |allowed| {
            if let Some(low) = low {
                raise(allowed, low);
            }
            if let Some(high) = high {
                lower(allowed, high);
            }
            if let Some(list) = list {
                restrict(allowed, list);
            }
        })
    }

    /// Columns that would each have to be less than the next, and the last less than the first: one of them is NULL, or there
    /// is no such row.
    fn break_cycles(&mut self, columns: &[Column]) -> bool {
        loop {
            let Some(cycle) = self.cycle(columns.len()) else {
                return true;
            };
            let Some(nullable) = cycle
                .iter()
                .rev()
                .find(|column| self.columns[**column].null == Nullness::Free)
            else {
                return false;
            };
            if !self.always_null(*nullable) {
                return false;
            }
        }
    }

    /// A cycle of comparisons, one of them strict, between columns that are not always NULL.
    fn cycle(&self, count: usize) -> Option<Vec<usize>> {
        let mut involved: Vec<usize> = self
            .relations
            .iter()
            .flat_map(|(one, _, two)| [*one, *two])
            .collect();
        involved.sort_unstable();
        involved.dedup();
        if involved.is_empty() {
            return None;
        }
        // Whether one column is below another, and whether strictly so, by whatever way.
        let mut below: Vec<Vec<Option<bool>>> = vec![vec![None; count]; count];
        let mut add = |one: usize, two: usize, strict: bool| {
            let known = &mut below[one][two];
            *known = Some(known.unwrap_or(false) || strict);
        };
        let live = |column: usize| self.columns[column].null != Nullness::Always;
        for (one, compare, two) in &self.relations {
            if !live(*one) || !live(*two) {
                continue;
            }
            match compare {
                Compare::Less => add(*one, *two, true),
                Compare::LessOrEqual => add(*one, *two, false),
                Compare::Greater => add(*two, *one, true),
                Compare::GreaterOrEqual => add(*two, *one, false),
                Compare::Equal => {
                    add(*one, *two, false);
                    add(*two, *one, false);
                }
                Compare::NotEqual => {}
            }
        }
        for &through in &involved {
            for &one in &involved {
                let Some(first) = below[one][through] else {
                    continue;
                };
                let onward = below[through].clone();
                for (known, second) in below[one].iter_mut().zip(onward) {
                    if let Some(second) = second {
                        *known = Some(known.unwrap_or(false) || first || second);
                    }
                }
            }
        }
        let start = (0..count).find(|column| below[*column][*column] == Some(true))?;
        Some(
            (0..count)
                .filter(|other| below[start][*other].is_some() && below[*other][start].is_some())
                .collect(),
        )
    }
}

/// The least that a column may be.
fn least(allowed: &Allowed) -> Option<Bound> {
    match &allowed.one_of {
        Some(list) => extreme(list, Ordering::Less),
        None => allowed.low.clone(),
    }
}

fn greatest(allowed: &Allowed) -> Option<Bound> {
    match &allowed.one_of {
        Some(list) => extreme(list, Ordering::Greater),
        None => allowed.high.clone(),
    }
}

fn extreme(list: &[Value], side: Ordering) -> Option<Bound> {
    let mut best = list.first()?;
    for value in list {
        if value.compare(best)? == side {
            best = value;
        }
    }
    Some(Bound {
        value: best.clone(),
        included: true,
    })
}

/// Not less than that.
pub(super) fn raise(allowed: &mut Allowed, bound: Bound) {
    let tighter = match &allowed.low {
        None => true,
        Some(low) => match bound.value.compare(&low.value) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => low.included && !bound.included,
            _ => false,
        },
    };
    if tighter {
        allowed.low = Some(bound);
    }
}

/// Not more than that.
pub(super) fn lower(allowed: &mut Allowed, bound: Bound) {
    let tighter = match &allowed.high {
        None => true,
        Some(high) => match bound.value.compare(&high.value) {
            Some(Ordering::Less) => true,
            Some(Ordering::Equal) => high.included && !bound.included,
            _ => false,
        },
    };
    if tighter {
        allowed.high = Some(bound);
    }
}

/// One of those.
pub(super) fn restrict(allowed: &mut Allowed, list: Vec<Value>) {
    match &mut allowed.one_of {
        None => {
            let mut unique: Vec<Value> = Vec::with_capacity(list.len());
            for value in list {
                if value != Value::Null && !unique.contains(&value) {
                    unique.push(value);
                }
            }
            allowed.one_of = Some(unique);
        }
        Some(known) => known.retain(|value| list.iter().any(|other| same(value, other))),
    }
}

/// None of those.
pub(super) fn exclude(allowed: &mut Allowed, value: Value) {
    if !allowed.none_of.iter().any(|other| same(other, &value)) {
        allowed.none_of.push(value);
    }
}

/// Both spans.
pub(super) fn cut(span: &mut Span, least: Option<u32>, most: Option<u32>) {
    span.least = span.least.max(least);
    span.most = match (span.most, most) {
        (Some(one), Some(two)) => Some(one.min(two)),
        (one, two) => one.or(two),
    };
}

fn same(one: &Value, two: &Value) -> bool {
    one.compare(two) == Some(Ordering::Equal) || one == two
}

/// Brings what is known into one form. False when nothing but NULL is left.
fn settled(allowed: &mut Allowed, of: &DataType) -> bool {
    let of = of.base();
    close(allowed, of);
    let crossed = |span: Span| matches!((span.least, span.most), (Some(least), Some(most)) if least > most);
    if crossed(allowed.length) || crossed(allowed.octets) || crossed(allowed.network.mask) {
        return false;
    }
    if let (Some(low), Some(high)) = (&allowed.low, &allowed.high) {
        match low.value.compare(&high.value) {
            Some(Ordering::Greater) => return false,
            Some(Ordering::Equal) if !(low.included && high.included) => return false,
            _ => {}
        }
    }
    if let DataType::Text(TextForm::Varchar(Some(limit)) | TextForm::Char(limit)) = of
        && allowed.length.least.is_some_and(|least| least > *limit)
    {
        return false;
    }
    if allowed.one_of.is_none() && !allowed.none_of.is_empty() {
        // What is left of a few values is a list.
        allowed.one_of = match of {
            DataType::Bool => Some(vec![Value::Bool(false), Value::Bool(true)]),
            DataType::Enum(_, labels) => Some(labels.iter().cloned().map(Value::Text).collect()),
            _ => None,
        };
    }
    if let Some(mut list) = allowed.one_of.take() {
        list.retain(|value| fits(value, allowed));
        let none = list.is_empty();
        allowed.one_of = Some(list);
        if none {
            return false;
        }
        allowed.none_of.clear();
    }
    true
}

/// Whole numbers and days: bounds are included.
fn close(allowed: &mut Allowed, of: &DataType) {
    let step = |bound: &mut Option<Bound>, by: i64| {
        let Some(bound) = bound.as_mut().filter(|bound| !bound.included) else {
            return;
        };
        let next = match &bound.value {
            Value::Int(number) => number.checked_add(by).map(Value::Int),
            Value::Date(days) => i32::try_from(by)
                .ok()
                .and_then(|by| days.checked_add(by))
                .map(Value::Date),
            _ => None,
        };
        if let Some(next) = next {
            bound.value = next;
            bound.included = true;
        }
    };
    if matches!(of, DataType::Int(_) | DataType::Date) {
        step(&mut allowed.low, 1);
        step(&mut allowed.high, -1);
    }
}

/// Is the value within bounds and lengths, and not excluded?
fn fits(value: &Value, allowed: &Allowed) -> bool {
    let above = allowed
        .low
        .as_ref()
        .is_none_or(|low| match value.compare(&low.value) {
            Some(order) => order.is_gt() || (low.included && order.is_eq()),
            None => true,
        });
    let below = allowed
        .high
        .as_ref()
        .is_none_or(|high| match value.compare(&high.value) {
            Some(order) => order.is_lt() || (high.included && order.is_eq()),
            None => true,
        });
    let (length, octets) = match value {
        Value::Text(text) => (Some(text.chars().count()), Some(text.len())),
        Value::Bytes(bytes) => (None, Some(bytes.len())),
        Value::Array(elements) => (Some(elements.len()), None),
        _ => (None, None),
    };
    let spans = |span: Span, count: Option<usize>| match count {
        None => true,
        Some(count) => {
            span.least.is_none_or(|least| count >= least as usize)
                && span.most.is_none_or(|most| count <= most as usize)
        }
    };
    let case = match (value, allowed.case) {
        (Value::Text(text), Case::Lower) => text.to_lowercase() == *text,
        (Value::Text(text), Case::Upper) => text.to_uppercase() == *text,
        _ => true,
    };
    let trimmed = match value {
        Value::Text(text) if allowed.trimmed => text.trim_matches(' ') == text,
        _ => true,
    };
    above
        && below
        && spans(allowed.length, length)
        && spans(allowed.octets, octets)
        && case
        && trimmed
        && !allowed.none_of.iter().any(|other| same(value, other))
}

/// All values, where they are few.
fn enumerated(allowed: &Allowed, of: &DataType) -> Option<Vec<Value>> {
    let list: Vec<Value> = match of.base() {
        DataType::Bool => vec![Value::Bool(false), Value::Bool(true)],
        DataType::Enum(_, labels) => labels.iter().cloned().map(Value::Text).collect(),
        DataType::Int(_) => {
            let (Some(low), Some(high)) = (&allowed.low, &allowed.high) else {
                return None;
            };
            let (Value::Int(low), Value::Int(high)) = (&low.value, &high.value) else {
                return None;
            };
            if high.checked_sub(*low)? > LISTED {
                return None;
            }
            (*low..=*high).map(Value::Int).collect()
        }
        _ => return None,
    };
    Some(list.into_iter().filter(|value| fits(value, allowed)).collect())
}
