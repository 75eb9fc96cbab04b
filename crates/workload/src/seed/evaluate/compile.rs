//! From expressions to what is evaluated: names become places, and every part gets a type.

use std::cmp::Ordering;

use cogway_catalog::sql::{Argument, Call, Expression, IsTest, Quantifier};

use super::cast::{Asked, Conversion};
use super::node::{Node, Order, Scope};
use super::types::{self, BIGINT, Family, INTEGER, NUMERIC, TEXT, TIMESTAMP, TIMESTAMP_TZ};
use super::{Compiled, Obstacle, function, operator};
use crate::seed::allowed::Compare;
use crate::seed::column::Column;
use crate::seed::data_type::DataType;
use crate::seed::value::{Decimal, Value};

/// A part with its type. A constant that is written without a cast has none, and takes that of its surroundings.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) node: Node,
    pub(super) of: Option<DataType>,
    /// Are texts compared byte by byte, rather than by the rules of a language?
    pub(super) bytewise: bool,
}

impl Typed {
    pub(super) fn new(node: Node, of: DataType) -> Typed {
        Typed {
            node,
            of: Some(of),
            bytewise: false,
        }
    }

    pub(super) fn truth(node: Node) -> Typed {
        Typed::new(node, DataType::Bool)
    }

    /// Its type, where a constant without one is text.
    pub(super) fn data_type(&self) -> DataType {
        self.of.clone().unwrap_or(TEXT)
    }

    pub(super) fn family(&self) -> Family {
        self.of.as_ref().map_or(Family::Text, Family::of)
    }

    pub(super) fn constant(&self) -> Option<&Value> {
        match &self.node {
            Node::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// Evaluated, where everything in it is constant, and no error.
    pub(super) fn folded(mut self) -> Typed {
        let constant = |part: &Node| matches!(part, Node::Constant(_));
        if !constant(&self.node) && !matches!(self.node, Node::Column(_) | Node::Now) {
            let all = self.node.parts().into_iter().all(constant);
            if all && let Some(value) = self.node.eval(Scope { row: &[], now: 0 }) {
                self.node = Node::Constant(value.into_owned());
            }
        }
        self
    }
}

pub(super) fn compile(
    expression: &Expression,
    columns: &[Column],
    to: Option<&DataType>,
) -> Result<Compiled, Obstacle> {
    let compiler = Compiler { columns };
    let mut typed = compiler.expression(expression)?;
    if let Some(to) = to {
        typed = convert(typed, to, Asked::Assignment)?;
    }
    let mut read = Vec::new();
    let mut clocked = false;
    gather(&typed.node, &mut read, &mut clocked);
    read.sort_unstable();
    read.dedup();
    Ok(Compiled {
        node: typed.node,
        data_type: typed.of,
        columns: read,
        clocked,
    })
}

fn gather(node: &Node, columns: &mut Vec<usize>, clocked: &mut bool) {
    match node {
        Node::Column(column) => columns.push(*column),
        Node::Now => *clocked = true,
        node => {
            for part in node.parts() {
                gather(part, columns, clocked);
            }
        }
    }
}

pub(super) struct Compiler<'a> {
    columns: &'a [Column],
}

impl Compiler<'_> {
    pub(super) fn expression(&self, expression: &Expression) -> Result<Typed, Obstacle> {
        self.unfolded(expression).map(Typed::folded)
    }

    fn unfolded(&self, expression: &Expression) -> Result<Typed, Obstacle> {
        match expression {
            Expression::Null => Ok(untyped(Value::Null)),
            Expression::Bool(truth) => Ok(Typed::truth(Node::Constant(Value::Bool(*truth)))),
            Expression::Number(digits) => number(digits),
            Expression::String(text) => Ok(untyped(Value::Text(text.clone()))),
            Expression::Bits(_) => Err(Obstacle::new("bit strings")),
            Expression::Column(name) => {
                let place = self.columns.iter().position(|column| column.name == *name);
                let place = place.ok_or_else(|| Obstacle::new(format!("the column {name}")))?;
                Ok(Typed::new(
                    Node::Column(place),
                    self.columns[place].data_type.clone(),
                ))
            }
            Expression::Value => match self.columns.first() {
                Some(column) => Ok(Typed::new(Node::Column(0), column.data_type.clone())),
                None => Err(Obstacle::new("VALUE without a domain")),
            },
            Expression::Keyword(word) => match word.as_str() {
                "current_timestamp" => Ok(Typed::new(Node::Now, TIMESTAMP_TZ)),
                "localtimestamp" => Ok(Typed::new(Node::Now, TIMESTAMP)),
                "current_date" => convert(Typed::new(Node::Now, TIMESTAMP_TZ), &DataType::Date, Asked::Cast),
                other => Err(Obstacle::new(other.to_uppercase())),
            },
            Expression::Cast(of, written) => {
                let to = types::find(written, self.columns);
                let of = match of.as_ref() {
                    Expression::Array(parts) => self.array(parts, to.base())?,
                    of => self.expression(of)?,
                };
                convert(of, &to, Asked::Cast)
            }
            Expression::Collate(of, collation) => {
                let mut of = self.expression(of)?;
                of.bytewise = matches!(
                    collation.trim_start_matches("pg_catalog.").trim_matches('"'),
                    "C" | "POSIX" | "ucs_basic" | "C.UTF-8" | "pg_c_utf8"
                );
                if !of.bytewise && collation != "\"default\"" {
                    return Err(Obstacle::new(format!("the collation {collation}")));
                }
                Ok(of)
            }
            Expression::Prefix(name, of) => operator::prefix(name, self.expression(of)?),
            Expression::Binary(name, left, right) => match (left.as_ref(), right.as_ref()) {
                (Expression::Row(left), Expression::Row(right)) => {
                    self.expression(&compare_rows(name, left, right)?)
                }
                (left, right) => operator::binary(name, self.expression(left)?, self.expression(right)?),
            },
            Expression::And(parts) => Ok(Typed::truth(Node::And(self.truths(parts)?))),
            Expression::Or(parts) => Ok(Typed::truth(Node::Or(self.truths(parts)?))),
            Expression::Not(of) => Ok(Typed::truth(Node::Not(Box::new(self.truth(of)?)))),
            Expression::Is { of, test, negated } => self.is(of, *test, *negated),
            Expression::Distinct { left, right, negated } => {
                let (left, right) = (self.expression(left)?, self.expression(right)?);
                let (left, right) = unified(left, right)?;
                let order = order(&left, &right, Compare::Equal)?;
                Ok(Typed::truth(Node::Distinct {
                    order,
                    sides: Box::new([left.node, right.node]),
                    negated: *negated,
                }))
            }
            Expression::Quantified {
                left,
                operator,
                quantifier,
                array,
            } => self.quantified(left, operator, *quantifier, array),
            Expression::Case {
                operand,
                branches,
                otherwise,
            } => self.case(operand.as_deref(), branches, otherwise.as_deref()),
            Expression::Call(call) => self.call(call),
            Expression::Array(parts) => self.array(parts, &DataType::Array(TEXT.into())),
            Expression::Row(_) => Err(Obstacle::new("rows of values")),
            Expression::Subscript(of, index) => {
                operator::subscript(self.expression(of)?, self.expression(index)?)
            }
            Expression::Slice(..) => Err(Obstacle::new("slices of arrays")),
            Expression::Field(of, name) => {
                let of = self.expression(of)?;
                let Some(DataType::Composite(_, fields)) = of.of.as_ref().map(DataType::base) else {
                    return Err(Obstacle::new(format!("the field {name}")));
                };
                let place = fields.iter().position(|(field, _)| field == name);
                let place = place.ok_or_else(|| Obstacle::new(format!("the field {name}")))?;
                let data_type = fields[place].1.clone();
                Ok(Typed::new(Node::Field(Box::new(of.node), place), data_type))
            }
        }
    }

    fn truth(&self, expression: &Expression) -> Result<Node, Obstacle> {
        let typed = self.expression(expression)?;
        match typed.family() {
            Family::Bool => Ok(typed.node),
            _ if typed.constant() == Some(&Value::Null) => Ok(typed.node),
            _ => Err(Obstacle::new(format!("{expression} as a condition"))),
        }
    }

    fn truths(&self, parts: &[Expression]) -> Result<Vec<Node>, Obstacle> {
        parts.iter().map(|part| self.truth(part)).collect()
    }

    fn is(&self, of: &Expression, test: IsTest, negated: bool) -> Result<Typed, Obstacle> {
        let truth = match test {
            IsTest::Null => {
                let of = Box::new(self.expression(of)?.node);
                return Ok(Typed::truth(Node::IsNull { of, negated }));
            }
            IsTest::True => Some(true),
            IsTest::False => Some(false),
            IsTest::Unknown => None,
            IsTest::Document => return Err(Obstacle::new("IS DOCUMENT")),
        };
        let of = Box::new(self.truth(of)?);
        Ok(Typed::truth(Node::IsTruth { of, truth, negated }))
    }

    fn quantified(
        &self,
        left: &Expression,
        operator: &str,
        quantifier: Quantifier,
        array: &Expression,
    ) -> Result<Typed, Obstacle> {
        let left = self.expression(left)?;
        let array = match array {
            Expression::Array(parts) => self.array(parts, &DataType::Array(left.data_type().into()))?,
            array => self.expression(array)?,
        };
        let array = match &array.of {
            None => assumed(array, &DataType::Array(left.data_type().into()))?,
            Some(_) => array,
        };
        let Some(DataType::Array(element)) = array.of.as_ref().map(DataType::base) else {
            return Err(Obstacle::new(format!(
                "{operator} with elements of what is no array"
            )));
        };
        let element = element.as_ref().clone();
        let all = quantifier == Quantifier::All;
        if let Some(compare) = Compare::of(operator)
            && !matches!(Family::of(&element), Family::Json | Family::Jsonb)
        {
            let (left, elements) = unified(left, Typed::new(Node::Constant(Value::Null), element))?;
            let order = order(&left, &elements, compare)?;
            return Ok(Typed::truth(Node::Quantified {
                compare,
                order,
                sides: Box::new([left.node, array.node]),
                all,
            }));
        }
        // Any other operator, with each element that is known.
        let Some(Value::Array(elements)) = array.constant() else {
            return Err(Obstacle::new(format!("{operator} with elements of an array")));
        };
        let parts = elements
            .iter()
            .map(|value| {
                let right = Typed::new(Node::Constant(value.clone()), element.clone());
                operator::binary(operator, left.clone(), right).map(|typed| typed.node)
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Typed::truth(if all { Node::And(parts) } else { Node::Or(parts) }))
    }

    fn case(
        &self,
        operand: Option<&Expression>,
        branches: &[(Expression, Expression)],
        otherwise: Option<&Expression>,
    ) -> Result<Typed, Obstacle> {
        let mut conditions = Vec::new();
        let mut results = Vec::new();
        for (when, then) in branches {
            conditions.push(match operand {
                Some(operand) => {
                    operator::binary("=", self.expression(operand)?, self.expression(when)?)?.node
                }
                None => self.truth(when)?,
            });
            results.push(self.expression(then)?);
        }
        results.push(match otherwise {
            Some(otherwise) => self.expression(otherwise)?,
            None => untyped(Value::Null),
        });
        let (mut results, data_type) = common(results)?;
        let otherwise = results.pop().unwrap_or(Node::Constant(Value::Null));
        Ok(Typed {
            node: Node::Case {
                branches: conditions.into_iter().zip(results).collect(),
                otherwise: Box::new(otherwise),
            },
            of: data_type,
            bytewise: false,
        })
    }

    fn array(&self, parts: &[Expression], like: &DataType) -> Result<Typed, Obstacle> {
        let parts = parts
            .iter()
            .map(|part| self.expression(part))
            .collect::<Result<Vec<_>, _>>()?;
        let (nodes, element) = common(parts)?;
        let element = match (element, like) {
            (Some(element), _) => element,
            (None, DataType::Array(element)) => {
                // Constants without a type take the one that is wanted.
                let nodes = nodes
                    .into_iter()
                    .map(|node| {
                        let untyped = Typed {
                            node,
                            of: None,
                            bytewise: false,
                        };
                        Ok(assumed(untyped, element)?.node)
                    })
                    .collect::<Result<Vec<_>, Obstacle>>()?;
                let array = Typed::new(Node::Array(nodes), DataType::Array(element.clone()));
                return Ok(array.folded());
            }
            (None, _) => TEXT,
        };
        if Family::of(&element) == Family::Array {
            return Err(Obstacle::new("arrays of several dimensions"));
        }
        Ok(Typed::new(Node::Array(nodes), DataType::Array(element.into())).folded())
    }

    fn call(&self, call: &Call) -> Result<Typed, Obstacle> {
        if let Some(schema) = &call.schema
            && schema != "pg_catalog"
        {
            return Err(Obstacle::new(format!("the function {schema}.{}", call.name)));
        }
        let mut arguments = Vec::new();
        for argument in &call.arguments {
            match argument {
                Argument {
                    name: None,
                    variadic: true,
                    value: Expression::Array(parts),
                } => {
                    for part in parts {
                        arguments.push((None, self.expression(part)?));
                    }
                }
                Argument { variadic: true, .. } => {
                    return Err(Obstacle::new(format!("VARIADIC in a call of {}", call.name)));
                }
                Argument { name, value, .. } => arguments.push((name.clone(), self.expression(value)?)),
            }
        }
        if call.name == "make_interval" {
            return function::make_interval(arguments);
        }
        if arguments.iter().any(|(name, _)| name.is_some()) {
            return Err(Obstacle::new(format!("named arguments of {}", call.name)));
        }
        let arguments: Vec<Typed> = arguments.into_iter().map(|(_, argument)| argument).collect();
        match call.name.as_str() {
            "coalesce" => {
                let (parts, of) = common(arguments)?;
                Ok(Typed {
                    node: Node::Coalesce(parts),
                    of,
                    bytewise: false,
                })
            }
            name @ ("greatest" | "least") => {
                let (side, compare) = match name {
                    "greatest" => (Ordering::Greater, Compare::Greater),
                    _ => (Ordering::Less, Compare::Less),
                };
                let bytewise = arguments.iter().any(|argument| argument.bytewise);
                let (parts, of) = common(arguments)?;
                let like = Typed {
                    node: Node::Constant(Value::Null),
                    of: of.clone(),
                    bytewise,
                };
                let order = order(&like, &like, compare)?;
                Ok(Typed {
                    node: Node::Extreme { side, order, parts },
                    of,
                    bytewise,
                })
            }
            "nullif" => {
                let [left, right]: [Typed; 2] = arguments.try_into().map_err(|_| Obstacle::new("NULLIF"))?;
                let (left, right) = unified(left, right)?;
                let order = order(&left, &right, Compare::Equal)?;
                Ok(Typed {
                    of: left.of,
                    node: Node::NullIf {
                        order,
                        sides: Box::new([left.node, right.node]),
                    },
                    bytewise: false,
                })
            }
            name => function::call(name, arguments),
        }
    }
}

fn untyped(value: Value) -> Typed {
    Typed {
        node: Node::Constant(value),
        of: None,
        bytewise: false,
    }
}

fn number(digits: &str) -> Result<Typed, Obstacle> {
    if let Ok(number) = digits.parse::<i64>() {
        let width = if i32::try_from(number).is_ok() {
            INTEGER
        } else {
            BIGINT
        };
        return Ok(Typed::new(Node::Constant(Value::Int(number)), width));
    }
    match digits.parse::<Decimal>() {
        Ok(number) => Ok(Typed::new(Node::Constant(Value::Decimal(number)), NUMERIC)),
        Err(_) => Err(Obstacle::new(format!("the number {digits}"))),
    }
}

/// A comparison of rows, field by field.
pub(in crate::seed) fn compare_rows(
    operator: &str,
    left: &[Expression],
    right: &[Expression],
) -> Result<Expression, Obstacle> {
    let refused = || Obstacle::new(format!("{operator} between rows"));
    let compare = Compare::of(operator).ok_or_else(refused)?;
    let (Some((one, left)), Some((two, right))) = (left.split_first(), right.split_first()) else {
        return Err(refused());
    };
    let first = |operator: &str| Expression::binary(operator, one.clone(), two.clone());
    if left.is_empty() && right.is_empty() {
        return Ok(first(operator));
    }
    let rest = compare_rows(operator, left, right)?;
    Ok(match compare {
        Compare::Equal => Expression::And(vec![first("="), rest]),
        Compare::NotEqual => Expression::Or(vec![first("<>"), rest]),
        _ => {
            let strict = operator.trim_end_matches('=');
            Expression::Or(vec![first(strict), Expression::And(vec![first("="), rest])])
        }
    })
}

/// A constant without a type, as one of this type.
pub(super) fn assumed(typed: Typed, to: &DataType) -> Result<Typed, Obstacle> {
    if typed.of.is_some() {
        return Ok(typed);
    }
    let value = match typed.constant() {
        Some(Value::Text(text)) => Value::parse(text, to)
            .ok_or_else(|| Obstacle::new(format!("{text:?} as a value of {}", to.written())))?,
        Some(Value::Null) => Value::Null,
        _ => {
            return convert(
                Typed {
                    of: Some(TEXT),
                    ..typed
                },
                to,
                Asked::Cast,
            );
        }
    };
    Ok(Typed {
        node: Node::Constant(value),
        of: Some(to.clone()),
        bytewise: typed.bytewise,
    })
}

/// A cast.
pub(super) fn convert(typed: Typed, to: &DataType, asked: Asked) -> Result<Typed, Obstacle> {
    let Some(from) = &typed.of else {
        let typed = assumed(typed, to)?;
        return match typed.constant() {
            // A constant is read as its type asks, and then rounded or cut as the modifiers do.
            Some(value) if *value != Value::Null && !matches!(value, Value::Literal(_)) => {
                let conversion = Conversion::between(&without_modifiers(to), to, asked)?;
                Ok(converted(typed, conversion, to))
            }
            _ => Ok(typed),
        };
    };
    let conversion = Conversion::between(from, to, asked)?;
    Ok(converted(typed, conversion, to))
}

fn without_modifiers(to: &DataType) -> DataType {
    match to.base() {
        DataType::Text(_) => TEXT,
        DataType::Numeric(_) => NUMERIC,
        DataType::Timestamp(_) => TIMESTAMP,
        DataType::TimestampTz(_) => TIMESTAMP_TZ,
        other => other.clone(),
    }
}

fn converted(typed: Typed, conversion: Conversion, to: &DataType) -> Typed {
    let node = match conversion {
        Conversion::Same => typed.node,
        conversion => Node::Convert(Box::new(typed.node), conversion.into()),
    };
    Typed {
        node,
        of: Some(to.clone()),
        bytewise: typed.bytewise,
    }
    .folded()
}

/// Both sides, where a constant without a type takes that of the other side.
pub(super) fn unified(left: Typed, right: Typed) -> Result<(Typed, Typed), Obstacle> {
    Ok(match (&left.of, &right.of) {
        (None, Some(of)) => {
            let of = of.clone();
            (assumed(left, &without_length(&of))?, right)
        }
        (Some(of), None) => {
            let of = of.clone();
            (left, assumed(right, &without_length(&of))?)
        }
        _ => (left, right),
    })
}

/// A constant beside a column may have more digits than the column.
fn without_length(of: &DataType) -> DataType {
    if types::is_padded(of) || Family::of(of) == Family::Citext {
        of.clone()
    } else {
        without_modifiers(of)
    }
}

/// Parts that are all of one type: the one that the others can be converted to without loss.
fn common(parts: Vec<Typed>) -> Result<(Vec<Node>, Option<DataType>), Obstacle> {
    let mut of: Option<DataType> = None;
    for part in &parts {
        let Some(next) = &part.of else { continue };
        of = Some(match of {
            None => next.clone(),
            Some(so_far) => wider(so_far, next)?,
        });
    }
    let nodes = parts
        .into_iter()
        .map(|part| match &of {
            Some(of) => Ok(convert(part, &without_length(of), Asked::Cast)?.node),
            None => Ok(part.node),
        })
        .collect::<Result<Vec<_>, Obstacle>>()?;
    Ok((nodes, of))
}

fn wider(one: DataType, two: &DataType) -> Result<DataType, Obstacle> {
    let (first, second) = (Family::of(&one), Family::of(two));
    let rank = |family| match family {
        Family::Int => Some(0),
        Family::Numeric => Some(1),
        Family::Float => Some(2),
        _ => None,
    };
    match (rank(first), rank(second)) {
        (Some(0), Some(0)) => {
            let kind = super::arithmetic::Kind::of(&one, two);
            return Ok(kind.map_or(one, super::arithmetic::Kind::data_type));
        }
        (Some(first), Some(second)) => return Ok(if first >= second { one } else { two.clone() }),
        _ => {}
    }
    match (first, second) {
        (first, second) if first == second => Ok(one),
        (first, second) if first.is_text() && second.is_text() => Ok(TEXT),
        (first, second) if first.is_moment() && second.is_moment() => {
            let of = |family: Family| first == family || second == family;
            Ok(if of(Family::TimestampTz) {
                TIMESTAMP_TZ
            } else {
                TIMESTAMP
            })
        }
        _ => Err(Obstacle::new(format!(
            "{} and {} in one place",
            one.written(),
            two.written()
        ))),
    }
}

/// How two sides are compared.
pub(super) fn order(left: &Typed, right: &Typed, compare: Compare) -> Result<Order, Obstacle> {
    let (one, two) = (left.family(), right.family());
    let refused = || {
        Obstacle::new(format!(
            "the comparison of {} and {}",
            left.data_type().written(),
            right.data_type().written()
        ))
    };
    let ordered = !matches!(compare, Compare::Equal | Compare::NotEqual);
    let comparable = match (one, two) {
        (one, two) if one.is_number() && two.is_number() => true,
        (one, two) if one.is_moment() && two.is_moment() => true,
        (one, two) if one.is_text() && two.is_text() => {
            let bytewise = left.bytewise || right.bytewise || [left, right].iter().any(|side| is_name(side));
            if ordered && !bytewise {
                return Err(Obstacle::new("the order of texts in a language"));
            }
            true
        }
        (Family::Array, Family::Array) => {
            let of_elements = |side: &Typed| match side.of.as_ref().map(DataType::base) {
                Some(DataType::Array(element)) => {
                    let mut like = Typed::new(Node::Constant(Value::Null), element.as_ref().clone());
                    like.bytewise = side.bytewise;
                    Some(like)
                }
                _ => None,
            };
            let (left, right) = of_elements(left).zip(of_elements(right)).ok_or_else(refused)?;
            order(&left, &right, compare)?;
            true
        }
        (
            Family::Json
            | Family::Jsonb
            | Family::Bit
            | Family::Composite
            | Family::Multirange
            | Family::Other,
            _,
        ) => false,
        (one, two) => one == two,
    };
    if !comparable {
        return Err(refused());
    }
    let special = [left, right].into_iter().find(|side| {
        matches!(
            side.family(),
            Family::Padded | Family::Citext | Family::Enum | Family::Array | Family::Network
        )
    });
    Ok(match special {
        Some(side) if side.family() == Family::Padded => {
            Order::Of(DataType::Text(crate::seed::data_type::TextForm::Char(1)).into())
        }
        Some(side) => Order::Of(side.data_type().into()),
        None => Order::Plain,
    })
}

fn is_name(side: &Typed) -> bool {
    matches!(
        side.of.as_ref().map(DataType::base),
        Some(DataType::Text(crate::seed::data_type::TextForm::Name))
    )
}
