//! Which operator is meant, by its name and the types of its operands.

use super::arithmetic::{Arithmetic, Kind, Operation};
use super::cast::{Asked, Conversion};
use super::compile::{Typed, assumed, convert, order, unified};
use super::node::Node;
use super::pattern::Matcher;
use super::types::{DOUBLE, Family, INTEGER, INTERVAL, TEXT, TIMESTAMP, TIMESTAMP_TZ};
use super::{Obstacle, array, interval, json, network, number, range, text};
use crate::seed::allowed::Compare;
use crate::seed::data_type::{DataType, JsonForm, TextForm};
use crate::seed::value::Value;

/// A function of two values.
type Function = fn(&Value, &Value) -> Option<Value>;

pub(super) fn prefix(name: &str, of: Typed) -> Result<Typed, Obstacle> {
    let family = of.family();
    let function = match (name, family) {
        ("-", family) if family.is_number() || family == Family::Interval => number::negated,
        ("+", family) if family.is_number() => number::same,
        ("@", family) if family.is_number() => number::abs,
        ("~", Family::Int) => number::inverted,
        ("|/", Family::Float) => number::sqrt,
        _ => return Err(refused(name, &of, None)),
    };
    let data_type = of.data_type().base().clone();
    Ok(Typed::new(Node::One(function, Box::new(of.node)), data_type))
}

fn refused(name: &str, left: &Typed, right: Option<&Typed>) -> Obstacle {
    Obstacle::new(match right {
        Some(right) => format!(
            "the operator {} {name} {}",
            left.data_type().written(),
            right.data_type().written()
        ),
        None => format!("the operator {name} {}", left.data_type().written()),
    })
}

pub(super) fn binary(name: &str, left: Typed, right: Typed) -> Result<Typed, Obstacle> {
    if let Some(compare) = Compare::of(name) {
        let (left, right) = unified(left, right)?;
        if left.family() == Family::Jsonb && right.family() == Family::Jsonb {
            let function = match compare {
                Compare::Equal => json::are_equal,
                Compare::NotEqual => json::differ,
                _ => return Err(refused(name, &left, Some(&right))),
            };
            return Ok(two(function, left, right, DataType::Bool));
        }
        let order = order(&left, &right, compare)?;
        return Ok(Typed::truth(Node::Compare {
            compare,
            order,
            sides: Box::new([left.node, right.node]),
        }));
    }
    if let Some(matching) = Matching::of(name) {
        return matches(name, matching, left, right);
    }
    let (left, right) = match name {
        // Their right side is of another type than their left one.
        "->" | "->>" | "#>" | "#>>" | "?" | "?|" | "?&" | "||" => (left, right),
        _ => unified(left, right)?,
    };
    if let Some(operation) = Operation::of(name)
        && let Some(kind) = Kind::of(&left.data_type(), &right.data_type())
    {
        let possible = match (operation, kind) {
            (Operation::Power, Kind::Int(_)) | (Operation::Modulo, Kind::Float(_)) => false,
            (
                Operation::And
                | Operation::Or
                | Operation::Xor
                | Operation::ShiftLeft
                | Operation::ShiftRight,
                kind,
            ) => matches!(kind, Kind::Int(_)),
            _ => true,
        };
        if possible {
            return Ok(Typed::new(
                Node::Arithmetic(Arithmetic { operation, kind }, Box::new([left.node, right.node])),
                kind.data_type(),
            ));
        }
    }
    if let Some((function, data_type)) = of_moments(name, left.family(), right.family()) {
        // Where a day meets a time, it is its midnight; and factors of intervals are floating-point numbers.
        let (left, right) = (prepared(left, &function)?, prepared(right, &function)?);
        return Ok(two(function.function, left, right, data_type));
    }
    if let Some((function, data_type)) = of_collections(name, &left, &right) {
        return Ok(two(function, left, right, data_type));
    }
    match (name, left.family(), right.family()) {
        ("||", Family::Array, Family::Array) => {
            let data_type = left.data_type();
            Ok(Typed::new(
                Node::Lenient(array::join, vec![left.node, right.node]),
                data_type,
            ))
        }
        ("||", Family::Bytea, Family::Bytea) => Ok(two(text::join_bytes, left, right, DataType::Bytea)),
        ("||", one, other)
            if (one.is_text() || other.is_text()) && one != Family::Array && other != Family::Array =>
        {
            let left = convert(left, &TEXT, Asked::Cast)?;
            let right = convert(right, &TEXT, Asked::Cast)?;
            Ok(two(text::join, left, right, TEXT))
        }
        ("^@", one, other) if one.is_text() && other.is_text() => {
            Ok(two(text::starts_with, left, right, DataType::Bool))
        }
        _ => Err(refused(name, &left, Some(&right))),
    }
}

fn two(function: Function, left: Typed, right: Typed, data_type: DataType) -> Typed {
    Typed::new(Node::Two(function, Box::new([left.node, right.node])), data_type)
}

/// What a pattern is written in, and how it is asked for.
#[derive(Clone, Copy)]
struct Matching {
    like: bool,
    case_counts: bool,
    negated: bool,
}

impl Matching {
    fn of(name: &str) -> Option<Matching> {
        let (like, case_counts, negated) = match name {
            "~~" => (true, true, false),
            "!~~" => (true, true, true),
            "~~*" => (true, false, false),
            "!~~*" => (true, false, true),
            "~" => (false, true, false),
            "!~" => (false, true, true),
            "~*" => (false, false, false),
            "!~*" => (false, false, true),
            _ => return None,
        };
        Some(Matching {
            like,
            case_counts,
            negated,
        })
    }
}

fn matches(name: &str, matching: Matching, left: Typed, right: Typed) -> Result<Typed, Obstacle> {
    if !left.family().is_text() || !right.family().is_text() {
        return Err(refused(name, &left, Some(&right)));
    }
    let pattern = match right.constant() {
        Some(Value::Text(pattern)) => pattern,
        Some(Value::Null) => return Ok(Typed::truth(Node::Constant(Value::Null))),
        _ => return Err(Obstacle::new("a pattern that is not constant")),
    };
    let case_counts = matching.case_counts && left.family() != Family::Citext;
    let matcher = if matching.like {
        Matcher::like(pattern, case_counts)?
    } else {
        Matcher::regex(pattern, case_counts)?
    };
    Ok(Typed::truth(Node::Matches {
        of: Box::new(filled(left).node),
        matcher: matcher.into(),
        negated: matching.negated,
    }))
}

/// With the blanks at the end of `character(n)`, which values do not carry: patterns and counts of bytes see them.
pub(super) fn filled(typed: Typed) -> Typed {
    match typed.data_type().base() {
        DataType::Text(TextForm::Char(length)) => Typed {
            node: Node::Convert(Box::new(typed.node), Conversion::Fill(*length as usize).into()),
            of: typed.of,
            bytewise: typed.bytewise,
        }
        .folded(),
        _ => typed,
    }
}

/// A function over moments, and what its operands must be turned into first.
struct OfMoments {
    function: Function,
    /// Dates into their midnight.
    midnight: bool,
}

fn of_moments(name: &str, left: Family, right: Family) -> Option<(OfMoments, DataType)> {
    use Family::{Date, Float, Int, Interval, Numeric, Time, Timestamp, TimestampTz};
    let (function, data_type): (Function, DataType) = match (name, left, right) {
        ("+", Date, Int) => (interval::date_plus, DataType::Date),
        ("+", Int, Date) => (interval::plus_date, DataType::Date),
        ("-", Date, Int) => (interval::date_minus, DataType::Date),
        ("-", Date, Date) => (interval::between_dates, INTEGER),
        ("+", Date, Time) => (interval::date_time, TIMESTAMP),
        ("+", Date | Timestamp, Interval) => (interval::moment_plus, TIMESTAMP),
        ("+", TimestampTz, Interval) => (interval::moment_plus, TIMESTAMP_TZ),
        ("+", Interval, Date | Timestamp) => (interval::plus_moment, TIMESTAMP),
        ("+", Interval, TimestampTz) => (interval::plus_moment, TIMESTAMP_TZ),
        ("-", Date | Timestamp, Interval) => (interval::moment_minus, TIMESTAMP),
        ("-", TimestampTz, Interval) => (interval::moment_minus, TIMESTAMP_TZ),
        ("-", left, right) if left.is_moment() && right.is_moment() => (interval::between_moments, INTERVAL),
        ("+", Time, Interval) => (interval::time_plus, DataType::Time(6)),
        ("-", Time, Interval) => (interval::time_minus, DataType::Time(6)),
        ("-", Time, Time) => (interval::between_times, INTERVAL),
        ("+", Interval, Interval) => (interval::plus, INTERVAL),
        ("-", Interval, Interval) => (interval::minus, INTERVAL),
        ("*", Interval, Int | Numeric | Float) => (interval::times, INTERVAL),
        ("*", Int | Numeric | Float, Interval) => (interval::factor_times, INTERVAL),
        ("/", Interval, Int | Numeric | Float) => (interval::divided, INTERVAL),
        _ => return None,
    };
    let midnight = data_type == INTERVAL;
    Some((OfMoments { function, midnight }, data_type))
}

fn prepared(typed: Typed, function: &OfMoments) -> Result<Typed, Obstacle> {
    match typed.family() {
        Family::Date if function.midnight => convert(typed, &TIMESTAMP, Asked::Cast),
        Family::Int | Family::Numeric if function.midnight => convert(typed, &DOUBLE, Asked::Cast),
        _ => Ok(typed),
    }
}

/// Arrays, ranges and JSON.
fn of_collections(name: &str, left: &Typed, right: &Typed) -> Option<(Function, DataType)> {
    use Family::{Array, Int, Json, Jsonb, Network, Range};
    let json = || left.data_type().base().clone();
    let (one, other) = (left.family(), right.family());
    let element_of = |range: &Typed, element: Family| match range.data_type().base() {
        DataType::Range(_, bounds) => {
            let bounds = Family::of(bounds);
            bounds == element || (bounds.is_number() && element.is_number())
        }
        _ => false,
    };
    // Elements that are compared as they are.
    let plain = |array: &Typed| match array.data_type().base() {
        DataType::Array(element) => !matches!(
            Family::of(element),
            Family::Citext
                | Family::Padded
                | Family::Json
                | Family::Jsonb
                | Family::Composite
                | Family::Bit
                | Family::Other
        ),
        _ => true,
    };
    let function: Function = match (name, one, other) {
        (_, Array, Array) if !plain(left) || !plain(right) => return None,
        ("@>", Array, Array) => array::contains,
        ("<@", Array, Array) => array::contained,
        ("&&", Array, Array) => array::overlaps,
        ("@>", Range, Range) => range::contains,
        ("<@", Range, Range) => range::contained,
        ("&&", Range, Range) => range::overlaps,
        ("@>", Range, element) if element_of(left, element) => range::contains_element,
        ("<@", element, Range) if element_of(right, element) => range::element_within,
        ("<<", Network, Network) => network::within,
        ("<<=", Network, Network) => network::within_or_equals,
        (">>", Network, Network) => network::contains,
        (">>=", Network, Network) => network::contains_or_equals,
        ("&&", Network, Network) => network::meets,
        ("@>", Jsonb, Jsonb) => json::contains,
        ("<@", Jsonb, Jsonb) => json::contained,
        ("?", Jsonb, other) if other.is_text() => json::has_key,
        ("?|", Jsonb, Array) => json::has_any,
        ("?&", Jsonb, Array) => json::has_all,
        ("->", Json | Jsonb, other) if other.is_text() || other == Int => return Some((json::get, json())),
        ("->>", Json | Jsonb, other) if other.is_text() || other == Int => {
            return Some((json::get_text, TEXT));
        }
        ("#>", Json | Jsonb, Array) => return Some((json::path, json())),
        ("#>>", Json | Jsonb, Array) => return Some((json::path_text, TEXT)),
        _ => return None,
    };
    Some((function, DataType::Bool))
}

/// `of[index]`
pub(super) fn subscript(of: Typed, index: Typed) -> Result<Typed, Obstacle> {
    match of.data_type().base() {
        DataType::Array(element) => {
            let element = element.as_ref().clone();
            let index = assumed(index, &INTEGER)?;
            if index.family() != Family::Int {
                return Err(Obstacle::new("a subscript that is no whole number"));
            }
            Ok(two(array::subscript, of, index, element))
        }
        DataType::Json(JsonForm::Binary) => {
            let data_type = of.data_type();
            Ok(two(json::get, of, index, data_type))
        }
        other => Err(Obstacle::new(format!("subscripts of {}", other.written()))),
    }
}
