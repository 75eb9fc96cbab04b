//! Parts of values as columns of their own: members of JSON, ends of ranges, fields of composite types.
//!
//! What a condition says of `(data ->> 'n')::integer` it says of a column that is an integer. So conditions are rewritten to
//! such columns, solved like all others, and what is found of these columns is put into what is allowed of those that they
//! are parts of.

use cogway_catalog::sql::{Expression, IsTest};

use super::narrow::State;
use crate::seed::allowed::{Allowed, Compare, Nullness, Part, Relation, Which};
use crate::seed::column::Column;
use crate::seed::data_type::{DataType, JsonForm, TextForm};
use crate::seed::evaluate::{Compiled, find_type};
use crate::seed::value::Value;

/// The columns of a table, and behind them the parts of their values that conditions speak of.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub(super) columns: Vec<Column>,
    /// What each is a part of; none for the table's own columns.
    pub(super) parents: Vec<Option<usize>>,
    origins: Vec<Origin>,
    /// How many columns the table has.
    own: usize,
}

/// Where a part comes from.
#[derive(Clone, Debug)]
struct Origin {
    which: Which,
    source: Expression,
}

impl Parts {
    /// Those of a table, of which no parts are known yet.
    pub(super) fn of(columns: &[Column]) -> Parts {
        Parts {
            columns: columns.to_vec(),
            parents: vec![None; columns.len()],
            origins: Vec::new(),
            own: columns.len(),
        }
    }

    /// Are there any?
    pub(super) fn is_empty(&self) -> bool {
        self.columns.len() == self.own
    }

    /// A condition with each part of a value in it replaced by its column.
    pub(super) fn rewritten(&mut self, expression: &Expression) -> Expression {
        expression.replaced(&mut |part| self.replacement(part))
    }

    /// What is computed from parts, with these written out again.
    pub(super) fn written_out(&self, expression: &Expression) -> Expression {
        expression.replaced(&mut |part| match part {
            Expression::Column(name) => {
                let place = self.columns.iter().position(|column| column.name == *name)?;
                Some(self.origins.get(place.checked_sub(self.own)?)?.source.clone())
            }
            _ => None,
        })
    }

    fn replacement(&mut self, expression: &Expression) -> Option<Expression> {
        match expression {
            Expression::Cast(of, written) => {
                let Expression::Binary(operator, ..) = of.as_ref() else {
                    return None;
                };
                if !matches!(operator.as_str(), "->>" | "#>>") {
                    return None;
                }
                let to = find_type(written, &self.columns);
                let is_scalar = matches!(
                    to.base(),
                    DataType::Bool
                        | DataType::Int(_)
                        | DataType::Float(_)
                        | DataType::Numeric(_)
                        | DataType::Date
                        | DataType::Timestamp(_)
                        | DataType::TimestampTz(_)
                        | DataType::Uuid
                        | DataType::Enum(..)
                );
                if !is_scalar {
                    return None;
                }
                self.extracted(of, &to, expression)
                    .map(|place| self.column(place))
            }
            Expression::Binary(operator, base, key) => match operator.as_str() {
                "->>" | "#>>" => {
                    let text = DataType::Text(TextForm::Text);
                    self.extracted(expression, &text, expression)
                        .map(|place| self.column(place))
                }
                "?" => {
                    let name = constant_text(key)?;
                    let base = self.whole(base)?;
                    let there = self.is_there(base, vec![name])?;
                    Some(self.guarded(base, there))
                }
                "?&" | "?|" => {
                    let names = self.constant_texts(key)?;
                    let base = self.whole(base)?;
                    let there = names
                        .into_iter()
                        .map(|name| self.is_there(base, vec![name]))
                        .collect::<Option<Vec<_>>>()?;
                    let joined = match (there.len(), operator.as_str()) {
                        (0, _) => return None,
                        (1, _) => there.into_iter().next()?,
                        (_, "?&") => Expression::And(there),
                        _ => Expression::Or(there),
                    };
                    Some(self.guarded(base, joined))
                }
                "@>" => {
                    let Some(serde_json::Value::Object(members)) =
                        constant_text(key).and_then(|text| serde_json::from_str(&text).ok())
                    else {
                        return None;
                    };
                    let base = self.whole(base)?;
                    if members.is_empty() || !is_json(&self.columns[base].data_type) {
                        return None;
                    }
                    let mut all = Vec::new();
                    for (name, value) in members {
                        if value.is_object() || value.is_array() {
                            return None;
                        }
                        let member = self.member(base, name, DataType::Json(JsonForm::Binary));
                        let constant = Expression::Cast(
                            Box::new(Expression::String(value.to_string())),
                            "jsonb".to_owned(),
                        );
                        all.push(is_known(self.column(member)));
                        all.push(Expression::binary("=", self.column(member), constant));
                    }
                    Some(self.guarded(base, Expression::And(all)))
                }
                _ => self.whole_part(expression),
            },
            Expression::Call(call) if matches!(call.name.as_str(), "lower_inf" | "upper_inf") => {
                let [argument] = call.arguments.as_slice() else {
                    return None;
                };
                let range = self.whole(&argument.value)?;
                let end = self.end(range, call.name == "lower_inf")?;
                let infinite = Expression::Is {
                    of: Box::new(self.column(end)),
                    test: IsTest::Null,
                    negated: false,
                };
                Some(self.guarded(range, infinite))
            }
            _ => self.whole_part(expression),
        }
    }

    /// A part by itself.
    fn whole_part(&mut self, expression: &Expression) -> Option<Expression> {
        if matches!(expression, Expression::Column(_) | Expression::Cast(..)) {
            return None;
        }
        self.whole(expression).map(|place| self.column(place))
    }

    /// The place of the column that an expression is, or of the part that it is.
    fn whole(&mut self, expression: &Expression) -> Option<usize> {
        match expression {
            Expression::Column(name) => self.columns.iter().position(|column| column.name == *name),
            Expression::Cast(of, written) => {
                let place = match of.as_ref() {
                    Expression::String(_) | Expression::Null => return None,
                    of => self.whole(of)?,
                };
                let to = find_type(written, &self.columns);
                let from = self.columns[place].data_type.base();
                (from == to.base() || (is_json(from) && is_json(&to))).then_some(place)
            }
            Expression::Binary(operator, base, key) => {
                let path = match operator.as_str() {
                    "->" => vec![constant_text(key)?],
                    "#>" => self.constant_texts(key)?,
                    _ => return None,
                };
                let base = self.whole(base)?;
                self.path(base, path)
            }
            Expression::Subscript(base, key) => {
                let name = constant_text(key)?;
                let base = self.whole(base)?;
                self.path(base, vec![name])
            }
            Expression::Field(base, name) => {
                let base = self.whole(base)?;
                let DataType::Composite(_, fields) = self.columns[base].data_type.base() else {
                    return None;
                };
                let place = fields.iter().position(|(field, _)| field == name)?;
                let of = fields[place].1.clone();
                let source = Expression::Field(Box::new(self.source(base)), name.clone());
                Some(self.part(base, Which::Field(place), of, source))
            }
            Expression::Call(call) if call.schema.is_none() => {
                let is_lower = match call.name.as_str() {
                    "lower" => true,
                    "upper" => false,
                    _ => return None,
                };
                let [argument] = call.arguments.as_slice() else {
                    return None;
                };
                if !matches!(
                    argument.value,
                    Expression::Column(_) | Expression::Cast(..) | Expression::Field(..)
                ) {
                    return None;
                }
                let range = self.whole(&argument.value)?;
                self.end(range, is_lower)
            }
            _ => None,
        }
    }

    /// An end of a range.
    fn end(&mut self, range: usize, is_lower: bool) -> Option<usize> {
        let DataType::Range(_, bounds) = self.columns[range].data_type.base() else {
            return None;
        };
        let of = bounds.as_ref().clone();
        let (which, function) = match is_lower {
            true => (Which::Lower, "lower"),
            false => (Which::Upper, "upper"),
        };
        let source = Expression::call(function, [self.source(range)]);
        Some(self.part(range, which, of, source))
    }

    /// What `->>` and `#>>` give, as a value of this type.
    fn extracted(&mut self, of: &Expression, to: &DataType, source: &Expression) -> Option<usize> {
        let Expression::Binary(operator, base, key) = of else {
            return None;
        };
        let mut path = match operator.as_str() {
            "->>" => vec![constant_text(key)?],
            _ => self.constant_texts(key)?,
        };
        let last = path.pop()?;
        let base = self.whole(base)?;
        let parent = match path.is_empty() {
            true => base,
            false => self.path(base, path)?,
        };
        if !is_json(&self.columns[parent].data_type) {
            return None;
        }
        let source = self.written_out(source);
        Some(self.part(parent, Which::Member(last), to.clone(), source))
    }

    fn path(&mut self, base: usize, path: Vec<String>) -> Option<usize> {
        if path.is_empty() || !is_json(&self.columns[base].data_type) {
            return None;
        }
        let of = self.columns[base].data_type.base().clone();
        Some(
            path.into_iter()
                .fold(base, |parent, name| self.member(parent, name, of.clone())),
        )
    }

    fn member(&mut self, parent: usize, name: String, of: DataType) -> usize {
        let key = Expression::Cast(Box::new(Expression::String(name.clone())), "text".to_owned());
        let source = Expression::binary("->", self.source(parent), key);
        self.part(parent, Which::Member(name), of, source)
    }

    /// The condition that a member is there.
    fn is_there(&mut self, base: usize, path: Vec<String>) -> Option<Expression> {
        let member = self.path(base, path)?;
        Some(is_known(self.column(member)))
    }

    /// NULL where the whole is.
    fn guarded(&self, base: usize, condition: Expression) -> Expression {
        if self.columns[base].not_null {
            return condition;
        }
        let null = Expression::Is {
            of: Box::new(self.column(base)),
            test: IsTest::Null,
            negated: false,
        };
        Expression::Case {
            operand: None,
            branches: vec![(null, Expression::Null)],
            otherwise: Some(Box::new(condition)),
        }
    }

    fn column(&self, place: usize) -> Expression {
        Expression::Column(self.columns[place].name.clone())
    }

    fn source(&self, place: usize) -> Expression {
        match place.checked_sub(self.own) {
            Some(part) => self.origins[part].source.clone(),
            None => self.column(place),
        }
    }

    /// The place of a part, which becomes a column where it is none yet.
    fn part(&mut self, parent: usize, which: Which, of: DataType, source: Expression) -> usize {
        let known = (self.own..self.columns.len()).find(|place| {
            self.parents[*place] == Some(parent)
                && self.origins[*place - self.own].which == which
                && self.columns[*place].data_type == of
        });
        known.unwrap_or_else(|| {
            self.columns.push(Column {
                // No column can have such a name.
                name: format!("\0{source}"),
                data_type: of,
                not_null: false,
                comment: None,
            });
            self.parents.push(Some(parent));
            self.origins.push(Origin { which, source });
            self.columns.len() - 1
        })
    }

    fn constant_texts(&self, expression: &Expression) -> Option<Vec<String>> {
        if !expression.columns().is_empty() {
            return None;
        }
        let array = match expression {
            Expression::String(_) => &Expression::Cast(Box::new(expression.clone()), "text[]".to_owned()),
            other => other,
        };
        let Value::Array(elements) = Compiled::of(array, &[]).ok()?.value(&[])? else {
            return None;
        };
        elements
            .into_iter()
            .map(|element| match element {
                Value::Text(text) => Some(text),
                _ => None,
            })
            .collect()
    }

    /// Puts what is allowed of parts into what is allowed of the values that they are parts of.
    pub(super) fn fold(&self, state: &State, allowed: &mut Vec<Allowed>) {
        for parent in (0..self.columns.len()).rev() {
            let parts: Vec<usize> = (self.own..self.columns.len())
                .filter(|part| self.parents[*part] == Some(parent))
                .collect();
            if !parts.is_empty() && allowed[parent].null != Nullness::Always {
                allowed[parent].parts = self.siblings(state, allowed, &parts);
            }
        }
        allowed.truncate(self.own);
    }

    /// The parts of one value, each behind those that it is computed from.
    fn siblings(&self, state: &State, allowed: &[Allowed], parts: &[usize]) -> Vec<Part> {
        let place = |name: &str| self.columns.iter().position(|column| column.name == name);
        let are_siblings = |of: &Expression| {
            of.columns()
                .into_iter()
                .all(|name| place(name).is_some_and(|place| parts.contains(&place)))
        };
        let computed = |part: usize| {
            let own = state.computed.iter().find(|(column, _)| *column == part);
            own.map(|(_, of)| of.clone()).filter(are_siblings)
        };
        let limits = |part: usize| -> Vec<(Compare, Expression)> {
            state
                .limits
                .iter()
                .filter(|(column, _, of)| *column == part && are_siblings(of))
                .map(|(_, compare, of)| (*compare, of.clone()))
                .collect()
        };
        let sources = |part: usize| -> Vec<usize> {
            let limits = limits(part);
            let all = computed(part)
                .into_iter()
                .chain(limits.into_iter().map(|(_, of)| of));
            all.flat_map(|of| of.columns().into_iter().filter_map(place).collect::<Vec<_>>())
                .collect()
        };
        let mut order: Vec<usize> = Vec::with_capacity(parts.len());
        while let Some(next) = parts
            .iter()
            .copied()
            .find(|part| !order.contains(part) && sources(*part).iter().all(|source| order.contains(source)))
        {
            order.push(next);
        }
        let rank = |part: usize| order.iter().position(|other| *other == part);
        order
            .iter()
            .enumerate()
            .map(|(number, part)| {
                let mut own = allowed[*part].clone();
                for (one, compare, two) in &state.relations {
                    let (compare, other) = match (one == part, two == part) {
                        (true, false) => (*compare, *two),
                        (false, true) => (compare.turned(), *one),
                        _ => continue,
                    };
                    if let Some(column) = rank(other).filter(|other| *other < number) {
                        own.relations.push(Relation { compare, column });
                    }
                }
                Part {
                    which: self.origins[*part - self.own].which.clone(),
                    name: self.columns[*part].name.clone(),
                    data_type: self.columns[*part].data_type.clone(),
                    allowed: own,
                    computed: computed(*part),
                    limits: limits(*part),
                }
            })
            .collect()
    }
}

fn is_json(of: &DataType) -> bool {
    matches!(of.base(), DataType::Json(_))
}

fn is_known(of: Expression) -> Expression {
    Expression::Is {
        of: Box::new(of),
        test: IsTest::Null,
        negated: true,
    }
}

fn constant_text(expression: &Expression) -> Option<String> {
    match expression {
        Expression::String(text) => Some(text.clone()),
        Expression::Cast(of, written) if matches!(written.as_str(), "text" | "jsonb" | "json") => {
            match of.as_ref() {
                Expression::String(text) => Some(text.clone()),
                _ => None,
            }
        }
        _ => None,
    }
}
