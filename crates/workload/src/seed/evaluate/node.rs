//! The tree that is evaluated.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use super::arithmetic::Arithmetic;
use super::cast::Conversion;
use super::pattern::{Matcher, Search};
use crate::seed::allowed::Compare;
use crate::seed::data_type::DataType;
use crate::seed::value::Value;

/// What an expression is evaluated on.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) row: &'a [Value],
    /// `now()`, in microseconds since 2000.
    pub(super) now: i64,
}

/// A part of a compiled expression. Functions that are `Strict` are NULL when one of their arguments is.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Constant(Value),
    Column(usize),
    Now,
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    /// `IS [NOT] NULL`
    IsNull {
        of: Box<Node>,
        negated: bool,
    },
    /// `IS [NOT] TRUE`, `FALSE`, or `UNKNOWN` for none.
    IsTruth {
        of: Box<Node>,
        truth: Option<bool>,
        negated: bool,
    },
    Compare {
        compare: Compare,
        order: Order,
        sides: Box<[Node; 2]>,
    },
    Distinct {
        order: Order,
        sides: Box<[Node; 2]>,
        negated: bool,
    },
    /// A comparison with the elements of an array.
    Quantified {
        compare: Compare,
        order: Order,
        sides: Box<[Node; 2]>,
        /// With all, rather than with any?
        all: bool,
    },
    Case {
        branches: Vec<(Node, Node)>,
        otherwise: Box<Node>,
    },
    Coalesce(Vec<Node>),
    /// `GREATEST` or `LEAST`: of those that are not NULL, the one that has all others on this side.
    Extreme {
        side: Ordering,
        order: Order,
        parts: Vec<Node>,
    },
    NullIf {
        order: Order,
        sides: Box<[Node; 2]>,
    },
    /// How many are NULL, or are not.
    CountNulls {
        parts: Vec<Node>,
        nulls: bool,
    },
    Arithmetic(Arithmetic, Box<[Node; 2]>),
    One(fn(&Value) -> Option<Value>, Box<Node>),
    Two(fn(&Value, &Value) -> Option<Value>, Box<[Node; 2]>),
    Strict(fn(&[Value]) -> Option<Value>, Vec<Node>),
    Lenient(fn(&[Value]) -> Option<Value>, Vec<Node>),
    Matches {
        of: Box<Node>,
        matcher: Arc<Matcher>,
        negated: bool,
    },
    /// The groups of a match, or NULL.
    Found(Box<Node>, Arc<Search>),
    /// A text with matches replaced.
    Replaced(Box<Node>, Arc<Search>),
    Convert(Box<Node>, Arc<Conversion>),
    Array(Vec<Node>),
    Field(Box<Node>, usize),
}

/// How values of a type are compared.
#[derive(Clone, Debug)]
pub(super) enum Order {
    /// As they are.
    Plain,
    /// As values of this type.
    Of(Arc<DataType>),
}

impl Order {
    /// None where they cannot be compared here.
    pub(super) fn compare(&self, one: &Value, two: &Value) -> Option<Ordering> {
        match self {
            Order::Plain => one.compare(two),
            Order::Of(data_type) => one.compare_as(two, data_type),
        }
    }
}

impl Compare {
    /// Is a comparison with this outcome true?
    pub(in crate::seed) fn holds(self, order: Ordering) -> bool {
        match self {
            Compare::Equal => order.is_eq(),
            Compare::NotEqual => order.is_ne(),
            Compare::Less => order.is_lt(),
            Compare::LessOrEqual => order.is_le(),
            Compare::Greater => order.is_gt(),
            Compare::GreaterOrEqual => order.is_ge(),
        }
    }

    /// The comparison that says the same with both sides exchanged.
    pub(in crate::seed) fn turned(self) -> Compare {
        match self {
            Compare::Equal | Compare::NotEqual => self,
            Compare::Less => Compare::Greater,
            Compare::LessOrEqual => Compare::GreaterOrEqual,
            Compare::Greater => Compare::Less,
            Compare::GreaterOrEqual => Compare::LessOrEqual,
        }
    }

    /// The comparison that is true where this one is false.
    pub(in crate::seed) fn negated(self) -> Compare {
        match self {
            Compare::Equal => Compare::NotEqual,
            Compare::NotEqual => Compare::Equal,
            Compare::Less => Compare::GreaterOrEqual,
            Compare::LessOrEqual => Compare::Greater,
            Compare::Greater => Compare::LessOrEqual,
            Compare::GreaterOrEqual => Compare::Less,
        }
    }

    /// The one of that name.
    pub(in crate::seed) fn of(operator: &str) -> Option<Compare> {
        Some(match operator {
            "=" => Compare::Equal,
            "<>" => Compare::NotEqual,
            "<" => Compare::Less,
            "<=" => Compare::LessOrEqual,
            ">" => Compare::Greater,
            ">=" => Compare::GreaterOrEqual,
            _ => return None,
        })
    }
}

type Evaluated<'a> = Option<Cow<'a, Value>>;

const NULL: Cow<'static, Value> = Cow::Owned(Value::Null);

impl Node {
    /// The value; none for an error.
    pub(super) fn eval<'a>(&'a self, scope: Scope<'a>) -> Evaluated<'a> {
        match self {
            Node::Constant(value) => Some(Cow::Borrowed(value)),
            Node::Column(column) => scope.row.get(*column).map(Cow::Borrowed),
            Node::Now => owned(Value::Timestamp(scope.now)),
            Node::And(_)
            | Node::Or(_)
            | Node::Not(_)
            | Node::IsNull { .. }
            | Node::IsTruth { .. }
            | Node::Compare { .. }
            | Node::Distinct { .. }
            | Node::Quantified { .. }
            | Node::Matches { .. } => owned(match self.truth(scope)? {
                Some(truth) => Value::Bool(truth),
                None => Value::Null,
            }),
            Node::Case { branches, otherwise } => {
                for (when, then) in branches {
                    if when.truth(scope)? == Some(true) {
                        return then.eval(scope);
                    }
                }
                otherwise.eval(scope)
            }
            Node::Coalesce(parts) => {
                for part in parts {
                    let value = part.eval(scope)?;
                    if *value != Value::Null {
                        return Some(value);
                    }
                }
                Some(NULL)
            }
            Node::Extreme { side, order, parts } => {
                let mut best: Option<Cow<'a, Value>> = None;
                for part in parts {
                    let value = part.eval(scope)?;
                    if *value == Value::Null {
                        continue;
                    }
                    let better = match &best {
                        None => true,
                        Some(best) => order.compare(&value, best)? == *side,
                    };
                    if better {
                        best = Some(value);
                    }
                }
                Some(best.unwrap_or(NULL))
            }
            Node::NullIf { order, sides } => {
                let (one, two) = (sides[0].eval(scope)?, sides[1].eval(scope)?);
                if *one == Value::Null || *two == Value::Null {
                    return Some(one);
                }
                match order.compare(&one, &two)? {
                    Ordering::Equal => Some(NULL),
                    _ => Some(one),
                }
            }
            Node::CountNulls { parts, nulls } => {
                let mut count = 0;
                for part in parts {
                    count += i64::from((*part.eval(scope)? == Value::Null) == *nulls);
                }
                owned(Value::Int(count))
            }
            Node::Arithmetic(arithmetic, sides) => {
                let (one, two) = (sides[0].eval(scope)?, sides[1].eval(scope)?);
                if *one == Value::Null || *two == Value::Null {
                    return Some(NULL);
                }
                arithmetic.of(&one, &two).map(Cow::Owned)
            }
            Node::One(function, of) => match of.eval(scope)? {
                value if *value == Value::Null => Some(NULL),
                value => function(&value).map(Cow::Owned),
            },
            Node::Two(function, sides) => {
                let (one, two) = (sides[0].eval(scope)?, sides[1].eval(scope)?);
                if *one == Value::Null || *two == Value::Null {
                    return Some(NULL);
                }
                function(&one, &two).map(Cow::Owned)
            }
            Node::Strict(function, parts) => {
                let values = all(parts, scope)?;
                if values.contains(&Value::Null) {
                    return Some(NULL);
                }
                function(&values).map(Cow::Owned)
            }
            Node::Lenient(function, parts) => function(&all(parts, scope)?).map(Cow::Owned),
            Node::Found(of, search) => match of.eval(scope)?.as_ref() {
                Value::Null => Some(NULL),
                Value::Text(text) => owned(match search.found(text) {
                    None => Value::Null,
                    Some(groups) => Value::Array(
                        groups
                            .into_iter()
                            .map(|group| group.map_or(Value::Null, Value::Text))
                            .collect(),
                    ),
                }),
                _ => None,
            },
            Node::Replaced(of, search) => match of.eval(scope)?.as_ref() {
                Value::Null => Some(NULL),
                Value::Text(text) => owned(Value::Text(search.replaced(text))),
                _ => None,
            },
            Node::Convert(of, conversion) => match of.eval(scope)? {
                value if *value == Value::Null => Some(NULL),
                value => conversion.of(&value).map(Cow::Owned),
            },
            Node::Array(parts) => owned(Value::Array(all(parts, scope)?)),
            Node::Field(of, place) => match of.eval(scope)?.as_ref() {
                Value::Null => Some(NULL),
                Value::Fields(fields) => fields.get(*place).cloned().map(Cow::Owned),
                _ => None,
            },
        }
    }

    /// The value as a truth: true, false or unknown; none for an error.
    pub(super) fn truth(&self, scope: Scope<'_>) -> Option<Option<bool>> {
        match self {
            Node::And(parts) => joined(parts, scope, false),
            Node::Or(parts) => joined(parts, scope, true),
            Node::Not(of) => Some(of.truth(scope)?.map(|truth| !truth)),
            Node::IsNull { of, negated } => Some(Some(match of.eval(scope)?.as_ref() {
                // A row is NULL when all its fields are, and is not when none is.
                Value::Fields(fields) => fields.iter().all(|field| (*field == Value::Null) != *negated),
                value => (*value == Value::Null) != *negated,
            })),
            Node::IsTruth { of, truth, negated } => Some(Some((of.truth(scope)? == *truth) != *negated)),
            Node::Compare {
                compare,
                order,
                sides,
            } => {
                let (one, two) = (sides[0].eval(scope)?, sides[1].eval(scope)?);
                if *one == Value::Null || *two == Value::Null {
                    return Some(None);
                }
                Some(Some(compare.holds(order.compare(&one, &two)?)))
            }
            Node::Distinct {
                order,
                sides,
                negated,
            } => {
                let (one, two) = (sides[0].eval(scope)?, sides[1].eval(scope)?);
                let distinct = match (*one == Value::Null, *two == Value::Null) {
                    (false, false) => order.compare(&one, &two)?.is_ne(),
                    (one, two) => one != two,
                };
                Some(Some(distinct != *negated))
            }
            Node::Quantified {
                compare,
                order,
                sides,
                all,
            } => {
                let (one, array) = (sides[0].eval(scope)?, sides[1].eval(scope)?);
                let elements = match array.as_ref() {
                    Value::Null => return Some(None),
                    Value::Array(elements) => elements,
                    _ => return None,
                };
                if *one == Value::Null {
                    return Some(elements.is_empty().then_some(*all));
                }
                let mut unknown = false;
                for element in elements {
                    if *element == Value::Null {
                        unknown = true;
                    } else if compare.holds(order.compare(&one, element)?) != *all {
                        return Some(Some(!all));
                    }
                }
                Some((!unknown).then_some(*all))
            }
            Node::Matches { of, matcher, negated } => match of.eval(scope)?.as_ref() {
                Value::Null => Some(None),
                Value::Text(text) => Some(Some(matcher.matches(text) != *negated)),
                _ => None,
            },
            _ => match self.eval(scope)?.as_ref() {
                Value::Bool(truth) => Some(Some(*truth)),
                Value::Null => Some(None),
                _ => None,
            },
        }
    }

    /// The parts it is made of.
    pub(super) fn parts(&self) -> Vec<&Node> {
        match self {
            Node::Constant(_) | Node::Column(_) | Node::Now => Vec::new(),
            Node::And(parts)
            | Node::Or(parts)
            | Node::Coalesce(parts)
            | Node::Extreme { parts, .. }
            | Node::CountNulls { parts, .. }
            | Node::Strict(_, parts)
            | Node::Lenient(_, parts)
            | Node::Array(parts) => parts.iter().collect(),
            Node::Not(of)
            | Node::IsNull { of, .. }
            | Node::IsTruth { of, .. }
            | Node::One(_, of)
            | Node::Matches { of, .. }
            | Node::Found(of, _)
            | Node::Replaced(of, _)
            | Node::Convert(of, _)
            | Node::Field(of, _) => vec![of],
            Node::Compare { sides, .. }
            | Node::Distinct { sides, .. }
            | Node::Quantified { sides, .. }
            | Node::NullIf { sides, .. }
            | Node::Arithmetic(_, sides)
            | Node::Two(_, sides) => sides.iter().collect(),
            Node::Case { branches, otherwise } => branches
                .iter()
                .flat_map(|(when, then)| [when, then])
                .chain([otherwise.as_ref()])
                .collect(),
        }
    }
}

/// AND and OR: the outcome `decisive` of one part decides. PostgreSQL evaluates parts from the left and stops there, so an
/// error behind it is none.
fn joined(parts: &[Node], scope: Scope<'_>, decisive: bool) -> Option<Option<bool>> {
    let mut unknown = false;
    for part in parts {
        match part.truth(scope)? {
            Some(truth) if truth == decisive => return Some(Some(decisive)),
            Some(_) => {}
            None => unknown = true,
        }
    }
    Some((!unknown).then_some(!decisive))
}

fn all(parts: &[Node], scope: Scope<'_>) -> Option<Vec<Value>> {
    parts
        .iter()
        .map(|part| part.eval(scope).map(Cow::into_owned))
        .collect()
}

fn owned<'a>(value: Value) -> Evaluated<'a> {
    Some(Cow::Owned(value))
}
