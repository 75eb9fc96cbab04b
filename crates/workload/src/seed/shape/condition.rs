//! From a condition to the ways in which it comes true: a disjunction of conjunctions of simple conditions.

use cogway_catalog::sql::{Call, Expression, IsTest, Quantifier};

use crate::seed::allowed::Compare;
use crate::seed::column::Column;
use crate::seed::data_type::DataType;
use crate::seed::evaluate::{Compiled, compare_rows};
use crate::seed::value::Value;

/// More ways than that are not looked at: the condition is taken as a whole then.
pub(super) const LIMIT: usize = 512;

/// A simple condition, and what is wanted of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Literal {
    pub(super) expression: Expression,
    /// True, rather than false?
    pub(super) positive: bool,
    /// Will NULL do, too?
    pub(super) tolerant: bool,
}

/// The ways: in each, all of its conditions are met.
pub(super) type Ways = Vec<Vec<Literal>>;

/// What is wanted of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    True,
    /// True or NULL: what a CHECK asks for.
    NotFalse,
    False,
    /// False or NULL.
    NotTrue,
    /// NULL.
    Unknown,
    /// True or false.
    Known,
}

impl Want {
    fn negated(self) -> Want {
        match self {
            Want::True => Want::False,
            Want::NotFalse => Want::NotTrue,
            Want::False => Want::True,
            Want::NotTrue => Want::NotFalse,
            Want::Unknown | Want::Known => self,
        }
    }

    /// Is this outcome wanted?
    pub(super) fn accepts(self, truth: Option<bool>) -> bool {
        match self {
            Want::True => truth == Some(true),
            Want::NotFalse => truth != Some(false),
            Want::False => truth == Some(false),
            Want::NotTrue => truth != Some(true),
            Want::Unknown => truth.is_none(),
            Want::Known => truth.is_some(),
        }
    }
}

/// The ways in which a condition over these columns has the wanted outcome. Where they are too many, it is one way that has
/// the condition as a whole in it.
pub(super) fn ways(expression: &Expression, want: Want, columns: &[Column]) -> Ways {
    Reader { columns }
        .ways(expression, want)
        .unwrap_or_else(|| vec![vec![literal(expression, want)]])
}

fn literal(expression: &Expression, want: Want) -> Literal {
    let (positive, tolerant) = match want {
        Want::True | Want::Known | Want::Unknown => (true, false),
        Want::NotFalse => (true, true),
        Want::False => (false, false),
        Want::NotTrue => (false, true),
    };
    let expression = match want {
        Want::Unknown | Want::Known => Expression::Is {
            of: Box::new(expression.clone()),
            test: IsTest::Unknown,
            negated: want == Want::Known,
        },
        _ => expression.clone(),
    };
    Literal {
        expression,
        positive,
        tolerant,
    }
}

/// None stands for too many ways.
pub(super) struct Reader<'a> {
    pub(super) columns: &'a [Column],
}

impl Reader<'_> {
    pub(super) fn ways(&self, expression: &Expression, want: Want) -> Option<Ways> {
        let constant = |truth: Option<bool>| Some(if want.accepts(truth) { vec![vec![]] } else { vec![] });
        match expression {
            Expression::Bool(truth) => constant(Some(*truth)),
            Expression::Null => constant(None),
            Expression::Cast(of, _) if **of == Expression::Null => constant(None),
            Expression::Not(of) => self.ways(of, want.negated()),
            Expression::And(parts) => self.joined(parts, want, Want::NotFalse),
            Expression::Or(parts) => {
                // By de Morgan: what is wanted of it is the contrary of what is wanted of the contraries of its parts.
                self.joined_or(parts, want)
            }
            Expression::Is {
                of,
                test: IsTest::Null,
                negated,
            } => self.null(expression, of, want, *negated),
            Expression::Is { of, test, negated } => {
                let (yes, no) = match test {
                    IsTest::True => (Want::True, Want::NotTrue),
                    IsTest::False => (Want::False, Want::NotFalse),
                    IsTest::Unknown => (Want::Unknown, Want::Known),
                    IsTest::Null | IsTest::Document => return Some(vec![vec![literal(expression, want)]]),
                };
                match want {
                    Want::Unknown => Some(vec![]),
                    Want::Known => Some(vec![vec![]]),
                    Want::True | Want::NotFalse => self.ways(of, if *negated { no } else { yes }),
                    Want::False | Want::NotTrue => self.ways(of, if *negated { yes } else { no }),
                }
            }
            Expression::Distinct { left, right, negated } => {
                self.distinct(expression, left, right, want, *negated)
            }
            Expression::Case {
                operand,
                branches,
                otherwise,
            } => self.case(operand.as_deref(), branches, otherwise.as_deref(), want),
            Expression::Call(call) if is_named(call, "coalesce") => {
                let parts: Vec<&Expression> = call.arguments.iter().map(|argument| &argument.value).collect();
                self.coalesce(&parts, want)
            }
            Expression::Quantified {
                left,
                operator,
                quantifier,
                array,
            } => match spread(left, operator, *quantifier, array, self.columns) {
                Some(spread) => self.ways(&spread, want),
                None => self.atom(expression, want),
            },
            Expression::Binary(operator, left, right) => self.binary(expression, operator, left, right, want),
            _ => self.atom(expression, want),
        }
    }

    /// AND.
    fn joined(&self, parts: &[Expression], want: Want, undecided: Want) -> Option<Ways> {
        match want {
            Want::True | Want::NotFalse => self.all(parts.iter().map(|part| (part, want))),
            Want::False | Want::NotTrue => self.any(parts.iter().map(|part| (part, want))),
            Want::Known => concat([
                self.joined(parts, Want::True, undecided)?,
                self.joined(parts, Want::False, undecided)?,
            ]),
            Want::Unknown => self.one_unknown(parts, undecided),
        }
    }

    fn joined_or(&self, parts: &[Expression], want: Want) -> Option<Ways> {
        match want {
            Want::True | Want::NotFalse => self.any(parts.iter().map(|part| (part, want))),
            Want::False | Want::NotTrue => self.all(parts.iter().map(|part| (part, want))),
            Want::Known => concat([
                self.joined_or(parts, Want::True)?,
                self.joined_or(parts, Want::False)?,
            ]),
            Want::Unknown => self.one_unknown(parts, Want::NotTrue),
        }
    }

    /// One part is NULL, and none of the others decides.
    fn one_unknown(&self, parts: &[Expression], undecided: Want) -> Option<Ways> {
        let each = (0..parts.len()).map(|unknown| {
            self.all(parts.iter().enumerate().map(|(place, part)| {
                let want = if place == unknown {
                    Want::Unknown
                } else {
                    undecided
                };
                (part, want)
            }))
        });
        concat(each.collect::<Option<Vec<_>>>()?)
    }

    fn all<'a>(&self, parts: impl Iterator<Item = (&'a Expression, Want)>) -> Option<Ways> {
        let mut product: Ways = vec![vec![]];
        for (part, want) in parts {
            product = combined(product, self.ways(part, want)?)?;
        }
        Some(product)
    }

    fn any<'a>(&self, parts: impl Iterator<Item = (&'a Expression, Want)>) -> Option<Ways> {
        let each = parts.map(|(part, want)| self.ways(part, want));
        concat(each.collect::<Option<Vec<_>>>()?)
    }

    /// `IS [NOT] NULL`, which is never NULL itself.
    fn null(&self, expression: &Expression, of: &Expression, want: Want, negated: bool) -> Option<Ways> {
        let null = match want {
            Want::Unknown => return Some(vec![]),
            Want::Known => return Some(vec![vec![]]),
            Want::True | Want::NotFalse => !negated,
            Want::False | Want::NotTrue => negated,
        };
        let is_null = |of: &Expression, negated: bool| Expression::Is {
            of: Box::new(of.clone()),
            test: IsTest::Null,
            negated,
        };
        match of {
            Expression::Null => Some(if null { vec![vec![]] } else { vec![] }),
            Expression::Cast(inner, _) => self.null(&is_null(inner, negated), inner, want, negated),
            Expression::Call(call) if is_named(call, "coalesce") => {
                let parts: Vec<Expression> = call
                    .arguments
                    .iter()
                    .map(|argument| is_null(&argument.value, !null))
                    .collect();
                match null {
                    true => self.all(parts.iter().map(|part| (part, Want::True))),
                    false => self.any(parts.iter().map(|part| (part, Want::True))),
                }
            }
            Expression::Call(call) if is_named(call, "nullif") && call.arguments.len() == 2 => {
                let [one, two] = [&call.arguments[0].value, &call.arguments[1].value];
                let same = Expression::binary("=", one.clone(), two.clone());
                match null {
                    true => self.any([(&is_null(one, false), Want::True), (&same, Want::True)].into_iter()),
                    false => {
                        self.all([(&is_null(one, true), Want::True), (&same, Want::NotTrue)].into_iter())
                    }
                }
            }
            of if self.is_truth(of) && !matches!(of, Expression::Column(_)) => {
                self.ways(of, if null { Want::Unknown } else { Want::Known })
            }
            _ => {
                let positive = literal(&is_null(of, !null), Want::True);
                debug_assert!(matches!(expression, Expression::Is { .. }));
                Some(vec![vec![positive]])
            }
        }
    }

    fn distinct(
        &self,
        expression: &Expression,
        left: &Expression,
        right: &Expression,
        want: Want,
        negated: bool,
    ) -> Option<Ways> {
        let distinct = match want {
            Want::Unknown => return Some(vec![]),
            Want::Known => return Some(vec![vec![]]),
            Want::True | Want::NotFalse => !negated,
            Want::False | Want::NotTrue => negated,
        };
        if self.is_truth(left) && self.is_truth(right) {
            let outcomes = [Want::True, Want::False, Want::Unknown];
            let mut ways = Vec::new();
            for one in outcomes {
                for two in outcomes {
                    if (one != two) == distinct {
                        ways.push(self.all([(left, one), (right, two)].into_iter())?);
                    }
                }
            }
            return concat(ways);
        }
        let operands = [left, right];
        if !operands.iter().all(|side| is_plain(side)) {
            return Some(vec![vec![literal(expression, want)]]);
        }
        let equal = Expression::binary("=", left.clone(), right.clone());
        let null = |of: &Expression, negated: bool| Expression::Is {
            of: Box::new(of.clone()),
            test: IsTest::Null,
            negated,
        };
        let [left_null, right_null] = operands.map(|side| null(side, false));
        let [left_known, right_known] = operands.map(|side| null(side, true));
        if distinct {
            concat([
                self.ways(&equal, Want::False)?,
                self.all([(&left_null, Want::True), (&right_known, Want::True)].into_iter())?,
                self.all([(&left_known, Want::True), (&right_null, Want::True)].into_iter())?,
            ])
        } else {
            concat([
                self.ways(&equal, Want::True)?,
                self.all([(&left_null, Want::True), (&right_null, Want::True)].into_iter())?,
            ])
        }
    }

    fn case(
        &self,
        operand: Option<&Expression>,
        branches: &[(Expression, Expression)],
        otherwise: Option<&Expression>,
        want: Want,
    ) -> Option<Ways> {
        let mut ways = Vec::new();
        // That none of the branches before was taken.
        let mut before: Ways = vec![vec![]];
        for (when, then) in branches {
            let condition = match operand {
                Some(operand) => Expression::binary("=", operand.clone(), when.clone()),
                None => when.clone(),
            };
            let taken = combined(before.clone(), self.ways(&condition, Want::True)?)?;
            ways.push(combined(taken, self.ways(then, want)?)?);
            before = combined(before, self.ways(&condition, Want::NotTrue)?)?;
        }
        let last = self.ways(otherwise.unwrap_or(&Expression::Null), want)?;
        ways.push(combined(before, last)?);
        concat(ways)
    }

    fn coalesce(&self, parts: &[&Expression], want: Want) -> Option<Ways> {
        let Some((first, rest)) = parts.split_first() else {
            return Some(if want.accepts(None) { vec![vec![]] } else { vec![] });
        };
        let own = match want {
            Want::True | Want::NotFalse => self.ways(first, Want::True)?,
            Want::False | Want::NotTrue => self.ways(first, Want::False)?,
            Want::Known => self.ways(first, Want::Known)?,
            Want::Unknown => Vec::new(),
        };
        let unknown = self.ways(first, Want::Unknown)?;
        let rest = if unknown.is_empty() {
            Vec::new()
        } else {
            combined(unknown, self.coalesce(rest, want)?)?
        };
        concat([own, rest])
    }

    fn binary(
        &self,
        expression: &Expression,
        operator: &str,
        left: &Expression,
        right: &Expression,
        want: Want,
    ) -> Option<Ways> {
        let Some(compare) = Compare::of(operator) else {
            return self.atom(expression, want);
        };
        if let (Expression::Row(left), Expression::Row(right)) = (left, right)
            && let Ok(fields) = compare_rows(operator, left, right)
        {
            return self.ways(&fields, want);
        }
        if matches!(compare, Compare::Equal | Compare::NotEqual)
            && self.is_truth(left)
            && self.is_truth(right)
        {
            return self.equivalence(left, right, compare == Compare::Equal, want);
        }
        for (side, other, turned) in [(left, right, false), (right, left, true)] {
            let compared = |part: &Expression| {
                if turned {
                    Expression::binary(operator, other.clone(), part.clone())
                } else {
                    Expression::binary(operator, part.clone(), other.clone())
                }
            };
            match side {
                // Comparing what a CASE gives is comparing what each of its branches gives. Counts are better counted.
                Expression::Case {
                    operand,
                    branches,
                    otherwise,
                } if !other.columns().is_empty()
                    || !branches.iter().all(|(_, then)| then.columns().is_empty()) =>
                {
                    let branches = branches
                        .iter()
                        .map(|(when, then)| (when.clone(), compared(then)))
                        .collect();
                    let otherwise = compared(otherwise.as_deref().unwrap_or(&Expression::Null));
                    let pushed = Expression::Case {
                        operand: operand.clone(),
                        branches,
                        otherwise: Some(Box::new(otherwise)),
                    };
                    return self.ways(&pushed, want);
                }
                Expression::Call(call) if is_named(call, "coalesce") => {
                    let Some((first, rest)) = call.arguments.split_first() else {
                        break;
                    };
                    if first.value.columns().is_empty() {
                        break;
                    }
                    let null = |negated: bool| Expression::Is {
                        of: Box::new(first.value.clone()),
                        test: IsTest::Null,
                        negated,
                    };
                    let rest = match rest {
                        [] => Expression::Null,
                        [single] => single.value.clone(),
                        several => Expression::Call(Call {
                            arguments: several.to_vec(),
                            ..call.clone()
                        }),
                    };
                    return concat([
                        self.all([(&null(true), Want::True), (&compared(&first.value), want)].into_iter())?,
                        self.all([(&null(false), Want::True), (&compared(&rest), want)].into_iter())?,
                    ]);
                }
                Expression::Call(call)
                    if want == Want::NotFalse
                        && (is_named(call, "greatest") || is_named(call, "least"))
                        && !call.arguments.iter().any(|argument| argument.variadic) =>
                {
                    let compare = if turned { compare.turned() } else { compare };
                    let parts = call.arguments.iter().map(|argument| compared(&argument.value));
                    let parts: Vec<Expression> = parts.collect();
                    let each = parts.iter().map(|part| (part, want));
                    // The greatest is below when all are, and above when one is.
                    match (call.name.as_str(), compare) {
                        ("greatest", Compare::Less | Compare::LessOrEqual)
                        | ("least", Compare::Greater | Compare::GreaterOrEqual) => return self.all(each),
                        ("greatest", Compare::Greater | Compare::GreaterOrEqual)
                        | ("least", Compare::Less | Compare::LessOrEqual) => {
                            return self.any(parts.iter().map(|part| (part, Want::True)));
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        self.counted(expression, want)
            .or_else(|| self.atom(expression, want))
    }

    /// `=` or `<>` between truths.
    fn equivalence(&self, left: &Expression, right: &Expression, equal: bool, want: Want) -> Option<Ways> {
        for (side, other) in [(left, right), (right, left)] {
            if let Expression::Bool(truth) = side {
                return self.ways(other, if *truth == equal { want } else { want.negated() });
            }
        }
        let same = match want {
            Want::True | Want::NotFalse => equal,
            Want::False | Want::NotTrue => !equal,
            Want::Known => {
                return self.all([(left, Want::Known), (right, Want::Known)].into_iter());
            }
            Want::Unknown => {
                return self.any([(left, Want::Unknown), (right, Want::Unknown)].into_iter());
            }
        };
        let [when_true, when_false] = match same {
            true => [Want::True, Want::False],
            false => [Want::False, Want::True],
        };
        let mut ways = vec![
            self.all([(left, Want::True), (right, when_true)].into_iter())?,
            self.all([(left, Want::False), (right, when_false)].into_iter())?,
        ];
        if matches!(want, Want::NotFalse | Want::NotTrue) {
            ways.push(self.any([(left, Want::Unknown), (right, Want::Unknown)].into_iter())?);
        }
        concat(ways)
    }

    /// A condition that is not taken apart.
    fn atom(&self, expression: &Expression, want: Want) -> Option<Ways> {
        match want {
            Want::Unknown => {
                // Operators and most functions are NULL when one of their operands is, and not otherwise.
                let Expression::Binary(operator, left, right) = expression else {
                    return Some(match expression {
                        Expression::Column(_) => vec![vec![self.null_literal(expression, false)]],
                        _ => vec![vec![literal(expression, want)]],
                    });
                };
                if !(is_plain(left) && is_plain(right)) || operator.contains(['-', '#', '?']) {
                    return Some(vec![vec![literal(expression, want)]]);
                }
                Some(
                    self.nullable(expression)
                        .into_iter()
                        .map(|column| vec![self.null_literal(&Expression::Column(column), false)])
                        .collect(),
                )
            }
            Want::Known => concat([
                vec![vec![literal(expression, Want::True)]],
                vec![vec![literal(expression, Want::False)]],
            ]),
            _ => Some(vec![vec![literal(expression, want)]]),
        }
    }

    fn null_literal(&self, of: &Expression, negated: bool) -> Literal {
        Literal {
            expression: Expression::Is {
                of: Box::new(of.clone()),
                test: IsTest::Null,
                negated,
            },
            positive: true,
            tolerant: false,
        }
    }

    /// Those columns of an expression that can be NULL.
    fn nullable(&self, expression: &Expression) -> Vec<String> {
        let can_be = |name: &str| {
            self.columns
                .iter()
                .any(|column| column.name == name && !column.not_null)
        };
        let names = expression.columns().into_iter();
        names.filter(|name| can_be(name)).map(str::to_owned).collect()
    }

    pub(super) fn is_truth(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Bool(_)
            | Expression::And(_)
            | Expression::Or(_)
            | Expression::Not(_)
            | Expression::Is { .. }
            | Expression::Distinct { .. }
            | Expression::Quantified { .. } => true,
            Expression::Binary(operator, ..) if Compare::of(operator).is_some() => true,
            other => Compiled::of(other, self.columns)
                .is_ok_and(|compiled| compiled.data_type().map(DataType::base) == Some(&DataType::Bool)),
        }
    }
}

/// Both: each way of the one with each way of the other.
pub(super) fn combined(one: Ways, two: Ways) -> Option<Ways> {
    if let [single] = two.as_slice()
        && single.is_empty()
    {
        return Some(one);
    }
    if one.len().saturating_mul(two.len()) > LIMIT {
        return None;
    }
    let mut product = Vec::with_capacity(one.len() * two.len());
    for first in &one {
        for second in &two {
            let mut way = first.clone();
            for literal in second {
                if !way.contains(literal) {
                    way.push(literal.clone());
                }
            }
            product.push(way);
        }
    }
    Some(product)
}

/// Either.
pub(super) fn concat(ways: impl IntoIterator<Item = Ways>) -> Option<Ways> {
    let mut all: Ways = Vec::new();
    for way in ways.into_iter().flatten() {
        if !all.contains(&way) {
            all.push(way);
        }
    }
    (all.len() <= LIMIT).then_some(all)
}

pub(super) fn is_named(call: &Call, name: &str) -> bool {
    call.schema.is_none() && call.name == name
}

/// Columns, constants, and casts of them: NULL only where a column is.
fn is_plain(expression: &Expression) -> bool {
    match expression {
        Expression::Cast(of, _) | Expression::Collate(of, _) | Expression::Prefix(_, of) => is_plain(of),
        Expression::Column(_)
        | Expression::Bool(_)
        | Expression::Number(_)
        | Expression::String(_)
        | Expression::Keyword(_) => true,
        Expression::Binary(operator, left, right) => {
            matches!(operator.as_str(), "+" | "-" | "*" | "/" | "%") && is_plain(left) && is_plain(right)
        }
        _ => false,
    }
}

/// `x > ANY (ARRAY[a, 3])` as `x > a OR x > 3`, where that says more: always but for a column in a list of constants.
fn spread(
    left: &Expression,
    operator: &str,
    quantifier: Quantifier,
    array: &Expression,
    columns: &[Column],
) -> Option<Expression> {
    let elements: Vec<Expression> = match array {
        Expression::Array(parts) => parts.clone(),
        // The cast of a whole array is one of each element.
        Expression::Cast(of, written) => match (of.as_ref(), written.strip_suffix("[]")) {
            (Expression::Array(parts), Some(element)) => parts
                .iter()
                .map(|part| Expression::Cast(Box::new(part.clone()), element.to_owned()))
                .collect(),
            (Expression::String(_), Some(element)) => {
                let compiled = Compiled::of(array, columns).ok()?;
                let Some(DataType::Array(of)) = compiled.data_type().map(DataType::base) else {
                    return None;
                };
                let Some(Value::Array(values)) = compiled.value(&[]) else {
                    return None;
                };
                let written = |value: &Value| {
                    let mut text = String::new();
                    let constant = match value.write_text(of, &mut text) {
                        true => Expression::String(text),
                        false => Expression::Null,
                    };
                    Expression::Cast(Box::new(constant), element.to_owned())
                };
                values.iter().map(written).collect()
            }
            _ => return None,
        },
        _ => return None,
    };
    let constant = elements.iter().all(|element| element.columns().is_empty());
    let listed = matches!(
        (operator, quantifier),
        ("=", Quantifier::Any) | ("<>", Quantifier::All)
    );
    let of_column = matches!(strip_casts(left), Expression::Column(_))
        || matches!(strip_casts(left), Expression::Call(call) if matches!(call.name.as_str(), "lower" | "upper"));
    if constant && listed && of_column {
        return None;
    }
    let mut parts: Vec<Expression> = elements
        .into_iter()
        .map(|element| Expression::binary(operator, left.clone(), element))
        .collect();
    Some(match (parts.len(), quantifier) {
        (0, Quantifier::Any) => Expression::Bool(false),
        (0, Quantifier::All) => Expression::Bool(true),
        (1, _) => parts.remove(0),
        (_, Quantifier::Any) => Expression::Or(parts),
        (_, Quantifier::All) => Expression::And(parts),
    })
}

fn strip_casts(expression: &Expression) -> &Expression {
    match expression {
        Expression::Cast(of, _) | Expression::Collate(of, _) => strip_casts(of),
        other => other,
    }
}
