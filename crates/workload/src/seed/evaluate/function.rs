//! Which function is meant, by its name and the types of its arguments.

use super::arithmetic::{Arithmetic, Kind, Operation};
use super::cast::Asked;
use super::compile::{Typed, assumed, convert};
use super::node::Node;
use super::operator::filled;
use super::pattern::{Matcher, Search, similar_to_regex};
use super::types::{DOUBLE, Family, INTEGER, INTERVAL, NUMERIC, TEXT, TIMESTAMP, TIMESTAMP_TZ};
use super::{Obstacle, array, digest, interval, json, moment, network, number, range, text};
use crate::seed::data_type::DataType;
use crate::seed::value::Value;

pub(super) fn call(name: &str, arguments: Vec<Typed>) -> Result<Typed, Obstacle> {
    let families: Vec<Family> = arguments.iter().map(Typed::family).collect();
    let special = match (name, families.as_slice()) {
        ("now" | "transaction_timestamp" | "statement_timestamp" | "clock_timestamp", []) => {
            return Ok(Typed::new(Node::Now, TIMESTAMP_TZ));
        }
        ("octet_length" | "bit_length", [Family::Padded]) => {
            let function = if name == "octet_length" {
                text::octet_length
            } else {
                text::bit_length
            };
            let [of] = one(name, arguments)?;
            return Ok(Typed::new(
                Node::One(function, Box::new(filled(of).node)),
                INTEGER,
            ));
        }
        ("num_nulls" | "num_nonnulls", [_, ..]) => {
            let parts = arguments.into_iter().map(|argument| argument.node).collect();
            let nulls = name == "num_nulls";
            return Ok(Typed::new(Node::CountNulls { parts, nulls }, INTEGER));
        }
        ("concat" | "concat_ws", [_, ..]) => {
            let parts = arguments
                .into_iter()
                .map(|argument| match argument.family() {
                    // Here it is `t`, where a cast gives `true`.
                    Family::Bool => Err(Obstacle::new(format!("{name} of boolean values"))),
                    _ => Ok(convert(argument, &TEXT, Asked::Cast)?.node),
                })
                .collect::<Result<Vec<_>, _>>()?;
            let function = if name == "concat" {
                text::concat
            } else {
                text::concat_ws
            };
            return Ok(Typed::new(Node::Lenient(function, parts), TEXT));
        }
        ("extract" | "date_part", [_, _]) => return part_of_moment(name, arguments),
        ("date_trunc", [_, _]) => return truncated_moment(arguments),
        ("timezone", [zone, _]) if zone.is_text() => return in_zone(arguments),
        ("age", [_] | [_, _]) => return age(arguments),
        ("regexp_like" | "regexp_match" | "regexp_replace", [first, _, ..]) if first.is_text() => {
            return searched(name, arguments);
        }
        (
            "int4range" | "int8range" | "numrange" | "daterange" | "tsrange" | "tstzrange",
            [_, _] | [_, _, _],
        ) => {
            return range_of(name, arguments);
        }
        ("similar_to_escape" | "similar_escape", [_]) => return similar(&arguments),
        ("like_escape", [_, _]) => return escaped(&arguments),
        ("mod" | "power" | "pow" | "div", [one, two])
            if one.is_number() && two.is_number() && (name != "div" || *one == Family::Numeric) =>
        {
            Some(name)
        }
        _ => None,
    };
    if let Some(name) = special {
        let kind = Kind::of(&arguments[0].data_type(), &arguments[1].data_type());
        let operation = match (name, kind) {
            ("mod", Some(Kind::Int(_) | Kind::Numeric)) => Operation::Modulo,
            ("power" | "pow", Some(Kind::Numeric | Kind::Float(_))) => Operation::Power,
            ("div", Some(_)) => {
                let nodes = numeric(arguments)?;
                return Ok(Typed::new(Node::Two(number::div, Box::new(nodes)), NUMERIC));
            }
            _ => return Err(refused(name, &arguments)),
        };
        let kind = kind.ok_or_else(|| refused(name, &arguments))?;
        let [one, two] = pair(name, arguments)?;
        return Ok(Typed::new(
            Node::Arithmetic(Arithmetic { operation, kind }, Box::new([one.node, two.node])),
            kind.data_type(),
        ));
    }
    match strict(name, &arguments, &families) {
        Some((function, data_type)) => Ok(Typed::new(function.node(arguments)?, data_type)),
        None => Err(refused(name, &arguments)),
    }
}

fn refused(name: &str, arguments: &[Typed]) -> Obstacle {
    let types: Vec<String> = arguments
        .iter()
        .map(|argument| argument.data_type().written())
        .collect();
    Obstacle::new(format!("the function {name}({})", types.join(", ")))
}

fn one(name: &str, arguments: Vec<Typed>) -> Result<[Typed; 1], Obstacle> {
    arguments
        .try_into()
        .map_err(|arguments: Vec<Typed>| refused(name, &arguments))
}

fn pair(name: &str, arguments: Vec<Typed>) -> Result<[Typed; 2], Obstacle> {
    arguments
        .try_into()
        .map_err(|arguments: Vec<Typed>| refused(name, &arguments))
}

fn numeric(arguments: Vec<Typed>) -> Result<[Node; 2], Obstacle> {
    let [one, two] = pair("div", arguments)?;
    Ok([
        convert(one, &NUMERIC, Asked::Cast)?.node,
        convert(two, &NUMERIC, Asked::Cast)?.node,
    ])
}

/// A function, by how many values it takes.
enum Function {
    One(fn(&Value) -> Option<Value>),
    Two(fn(&Value, &Value) -> Option<Value>),
    Many(fn(&[Value]) -> Option<Value>),
    /// It sees NULLs.
    Lenient(fn(&[Value]) -> Option<Value>),
}

impl Function {
    fn node(self, arguments: Vec<Typed>) -> Result<Node, Obstacle> {
        let nodes: Vec<Node> = arguments.into_iter().map(|argument| argument.node).collect();
        Ok(match self {
            Function::One(function) => {
                let [one]: [Node; 1] = nodes.try_into().map_err(|_| Obstacle::new("its arguments"))?;
                Node::One(function, Box::new(one))
            }
            Function::Two(function) => {
                let sides: [Node; 2] = nodes.try_into().map_err(|_| Obstacle::new("its arguments"))?;
                Node::Two(function, Box::new(sides))
            }
            Function::Many(function) => Node::Strict(function, nodes),
            Function::Lenient(function) => Node::Lenient(function, nodes),
        })
    }
}

/// Functions whose result depends on their arguments' values only.
fn strict(name: &str, arguments: &[Typed], families: &[Family]) -> Option<(Function, DataType)> {
    of_texts(name, families)
        .or_else(|| of_numbers(name, arguments, families))
        .or_else(|| of_arrays(name, arguments, families))
        .or_else(|| of_others(name, arguments, families))
}

fn of_texts(name: &str, families: &[Family]) -> Option<(Function, DataType)> {
    use Function::{Many, One, Two};
    if name == "length" && families == [Family::Padded] {
        return Some((One(text::padded_length), INTEGER));
    }
    match (name, families) {
        ("md5", [Family::Text | Family::Padded | Family::Citext | Family::Bytea]) => {
            return Some((One(digest::md5), TEXT));
        }
        ("length" | "octet_length", [Family::Bytea]) => return Some((One(text::octet_length), INTEGER)),
        ("bit_length", [Family::Bytea]) => return Some((One(text::bit_length), INTEGER)),
        ("length" | "bit_length", [Family::Bit]) => return Some((One(text::bits), INTEGER)),
        ("octet_length", [Family::Bit]) => return Some((One(text::octets_of_bits), INTEGER)),
        _ => {}
    }
    let (first, rest) = families.split_first()?;
    if !first.is_text() {
        return None;
    }
    let texts = rest.iter().all(|family| family.is_text());
    let numbers = rest.iter().all(|family| *family == Family::Int);
    let function = match (name, rest.len()) {
        ("length" | "char_length" | "character_length", 0) => return Some((One(text::length), INTEGER)),
        ("octet_length", 0) => return Some((One(text::octet_length), INTEGER)),
        ("bit_length", 0) => return Some((One(text::bit_length), INTEGER)),
        ("ascii", 0) => return Some((One(text::ascii), INTEGER)),
        ("strpos" | "position", 1) if texts => return Some((Two(text::strpos), INTEGER)),
        ("starts_with", 1) if texts => return Some((Two(text::starts_with), DataType::Bool)),
        ("lower", 0) => One(text::lower),
        ("upper", 0) => One(text::upper),
        ("initcap", 0) => One(text::initcap),
        ("reverse", 0) => One(text::reverse),
        ("btrim" | "trim", 0 | 1) if texts => Many(text::btrim),
        ("ltrim", 0 | 1) if texts => Many(text::ltrim),
        ("rtrim", 0 | 1) if texts => Many(text::rtrim),
        ("substr" | "substring", 1 | 2) if numbers => Many(text::substring),
        ("left", 1) if numbers => Two(text::left),
        ("right", 1) if numbers => Two(text::right),
        ("repeat", 1) if numbers => Two(text::repeat),
        ("replace", 2) if texts => Many(text::replace),
        ("translate", 2) if texts => Many(text::translate),
        ("lpad", 1 | 2) if rest[0] == Family::Int => Many(text::lpad),
        ("rpad", 1 | 2) if rest[0] == Family::Int => Many(text::rpad),
        ("split_part", 2) if rest[0].is_text() && rest[1] == Family::Int => Many(text::split_part),
        ("string_to_array", 1) if texts => {
            return Some((Two(array::from_string), DataType::Array(TEXT.into())));
        }
        _ => return None,
    };
    Some((function, TEXT))
}

fn of_numbers(name: &str, arguments: &[Typed], families: &[Family]) -> Option<(Function, DataType)> {
    use Function::{Many, One, Two};
    let same = || arguments[0].data_type().base().clone();
    let unmodified = |family: &Family| match family {
        Family::Numeric => NUMERIC,
        _ => DOUBLE,
    };
    Some(match (name, families) {
        ("abs", [family]) if family.is_number() => (One(number::abs), same()),
        ("sign", [family @ (Family::Float | Family::Numeric)]) => (One(number::sign), unmodified(family)),
        ("floor", [family @ (Family::Float | Family::Numeric)]) => (One(number::floor), unmodified(family)),
        ("ceil" | "ceiling", [family @ (Family::Float | Family::Numeric)]) => {
            (One(number::ceil), unmodified(family))
        }
        ("round", [family @ (Family::Float | Family::Numeric)]) => (Many(number::round), unmodified(family)),
        ("trunc", [family @ (Family::Float | Family::Numeric)]) => (Many(number::trunc), unmodified(family)),
        ("round", [Family::Numeric, Family::Int]) => (Many(number::round), NUMERIC),
        ("trunc", [Family::Numeric, Family::Int]) => (Many(number::trunc), NUMERIC),
        ("sqrt", [Family::Float]) => (One(number::sqrt), DOUBLE),
        ("exp", [Family::Float]) => (One(number::exp), DOUBLE),
        ("ln", [Family::Float]) => (One(number::ln), DOUBLE),
        ("scale", [Family::Numeric]) => (One(number::scale), INTEGER),
        ("gcd", [Family::Int, Family::Int]) => (Two(number::gcd), same()),
        _ => return None,
    })
}

fn of_arrays(name: &str, arguments: &[Typed], families: &[Family]) -> Option<(Function, DataType)> {
    use Function::{Lenient, One, Two};
    let same = |place: usize| arguments[place].data_type().base().clone();
    // Elements that are compared as they are.
    let plain = || match arguments[0].data_type().base() {
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
        _ => false,
    };
    Some(match (name, families) {
        ("cardinality", [Family::Array]) => (One(array::cardinality), INTEGER),
        ("array_length" | "array_upper", [Family::Array, Family::Int]) => (Two(array::length), INTEGER),
        ("array_lower", [Family::Array, Family::Int]) => (Two(array::lower), INTEGER),
        ("array_ndims", [Family::Array]) => (One(array::dimensions), INTEGER),
        ("array_position", [Family::Array, _]) if plain() => (Lenient(array::position), INTEGER),
        ("array_remove", [Family::Array, _]) if plain() => (Lenient(array::without), same(0)),
        ("array_cat", [Family::Array, Family::Array]) => (Lenient(array::join), same(0)),
        ("array_append", [Family::Array, _]) => (Lenient(array::append), same(0)),
        ("array_prepend", [_, Family::Array]) => (Lenient(array::prepend), same(1)),
        ("array_to_string", [Family::Array, other])
            if other.is_text()
                && matches!(arguments[0].data_type().base(), DataType::Array(element) if Family::of(element).is_text()) =>
        {
            (Two(array::to_string), TEXT)
        }
        _ => return None,
    })
}

fn of_others(name: &str, arguments: &[Typed], families: &[Family]) -> Option<(Function, DataType)> {
    use Function::One;
    if let [Family::Range] = families {
        let bounds = match arguments[0].data_type().base() {
            DataType::Range(_, bounds) => bounds.as_ref().clone(),
            _ => return None,
        };
        let (function, data_type): (fn(&Value) -> Option<Value>, DataType) = match name {
            "lower" => (range::lower, bounds),
            "upper" => (range::upper, bounds),
            "isempty" => (range::is_empty, DataType::Bool),
            "lower_inc" => (range::lower_inc, DataType::Bool),
            "upper_inc" => (range::upper_inc, DataType::Bool),
            "lower_inf" => (range::lower_inf, DataType::Bool),
            "upper_inf" => (range::upper_inf, DataType::Bool),
            _ => return None,
        };
        return Some((One(function), data_type));
    }
    Some(match (name, families) {
        ("jsonb_typeof" | "json_typeof", [Family::Json | Family::Jsonb]) => (One(json::kind), TEXT),
        ("jsonb_array_length" | "json_array_length", [Family::Json | Family::Jsonb]) => {
            (One(json::array_length), INTEGER)
        }
        ("family", [Family::Network]) => (One(network::family), INTEGER),
        ("masklen", [Family::Network]) => (One(network::mask_length), INTEGER),
        ("host", [Family::Network]) => (One(network::host), TEXT),
        ("isfinite", [Family::Date | Family::Timestamp | Family::TimestampTz | Family::Interval]) => {
            (One(moment::is_finite), DataType::Bool)
        }
        _ => return None,
    })
}

/// A range of two ends, of which constants take the type of the ends.
fn range_of(name: &str, arguments: Vec<Typed>) -> Result<Typed, Obstacle> {
    let bounds = match name {
        "int4range" => INTEGER,
        "int8range" => super::types::BIGINT,
        "numrange" => NUMERIC,
        "daterange" => DataType::Date,
        "tsrange" => TIMESTAMP,
        _ => TIMESTAMP_TZ,
    };
    let mut nodes = Vec::with_capacity(3);
    for (place, argument) in arguments.into_iter().enumerate() {
        let of = if place < 2 { &bounds } else { &TEXT };
        let argument = assumed(argument, of)?;
        let (from, to) = (argument.family(), Family::of(of));
        let is_wider = from == to
            || (from == Family::Int && to == Family::Numeric)
            || (from.is_moment() && to.is_moment() && to != Family::Date);
        if !is_wider {
            return Err(refused(name, &[argument]));
        }
        nodes.push(convert(argument, of, Asked::Cast)?.node);
    }
    let data_type = DataType::Range(name.into(), bounds.into());
    Ok(Typed::new(Node::Lenient(range::make, nodes), data_type))
}

/// What is found by a regular expression that is constant, and what is put in its place.
fn searched(name: &str, arguments: Vec<Typed>) -> Result<Typed, Obstacle> {
    let constant = |place: usize| match arguments.get(place) {
        None => Ok(None),
        Some(argument) => match constant_text(argument) {
            Some(text) => Ok(Some(text.to_owned())),
            None => Err(refused(name, &arguments)),
        },
    };
    let pattern = constant(1)?.unwrap_or_default();
    let (with, flags) = match name {
        "regexp_replace" => (constant(2)?.unwrap_or_default(), constant(3)?),
        _ => (String::new(), constant(2)?),
    };
    let most = if name == "regexp_replace" { 4 } else { 3 };
    let flags = flags.unwrap_or_default();
    let is_known = |flag: char| flag == 'i' || (flag == 'g' && name == "regexp_replace");
    if arguments.len() > most || !flags.chars().all(is_known) {
        return Err(refused(name, &arguments));
    }
    let case_counts = !flags.contains('i') && arguments[0].family() != Family::Citext;
    let of = arguments
        .into_iter()
        .next()
        .ok_or_else(|| Obstacle::new("its arguments"))?;
    let of = Box::new(of.node);
    Ok(match name {
        "regexp_like" => Typed::truth(Node::Matches {
            of,
            matcher: Matcher::regex(&pattern, case_counts)?.into(),
            negated: false,
        }),
        "regexp_match" => Typed::new(
            Node::Found(of, Search::new(&pattern, "", false, case_counts)?.into()),
            DataType::Array(TEXT.into()),
        ),
        _ => Typed::new(
            Node::Replaced(
                of,
                Search::new(&pattern, &with, flags.contains('g'), case_counts)?.into(),
            ),
            TEXT,
        ),
    })
}

fn constant_text(typed: &Typed) -> Option<&str> {
    match typed.constant() {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// `extract` gives decimals, and `date_part`, which is older, floating-point numbers.
fn part_of_moment(name: &str, arguments: Vec<Typed>) -> Result<Typed, Obstacle> {
    let [unit, of] = pair(name, arguments)?;
    let unit = constant_text(&unit)
        .ok_or_else(|| Obstacle::new(format!("{name} of a field that is not constant")))?;
    let function = moment::field(unit)?;
    let of_day = !matches!(
        unit.to_ascii_lowercase().trim_end_matches('s'),
        "hour"
            | "h"
            | "minute"
            | "min"
            | "m"
            | "second"
            | "sec"
            | ""
            | "millisecond"
            | "microsecond"
            | "epoch"
    );
    match of.family() {
        family if family.is_moment() => {}
        Family::Time if !of_day => {}
        Family::Interval if !matches!(unit, "dow" | "isodow" | "doy" | "quarter" | "decade") => {}
        _ => return Err(refused(name, &[of])),
    }
    let field = Node::One(function, Box::new(of.node));
    Ok(match name {
        "extract" => Typed::new(field, NUMERIC),
        _ => Typed::new(Node::One(moment::to_float, Box::new(field)), DOUBLE),
    })
}

fn truncated_moment(arguments: Vec<Typed>) -> Result<Typed, Obstacle> {
    let [unit, of] = pair("date_trunc", arguments)?;
    let unit =
        constant_text(&unit).ok_or_else(|| Obstacle::new("date_trunc to a unit that is not constant"))?;
    let function = moment::truncated(unit)?;
    let data_type = match of.family() {
        Family::Timestamp => TIMESTAMP,
        Family::TimestampTz | Family::Date => TIMESTAMP_TZ,
        _ => return Err(refused("date_trunc", &[of])),
    };
    Ok(Typed::new(Node::One(function, Box::new(of.node)), data_type))
}

/// `x AT TIME ZONE 'UTC'`: the same number, of the other type.
fn in_zone(arguments: Vec<Typed>) -> Result<Typed, Obstacle> {
    let [zone, of] = pair("timezone", arguments)?;
    match constant_text(&zone) {
        Some(zone)
            if matches!(
                zone.to_ascii_lowercase().as_str(),
                "utc" | "gmt" | "etc/utc" | "z" | "zulu"
            ) => {}
        _ => return Err(Obstacle::new("time zones other than UTC")),
    }
    match of.family() {
        Family::Timestamp => Ok(Typed::new(of.node, TIMESTAMP_TZ)),
        Family::TimestampTz => Ok(Typed::new(of.node, TIMESTAMP)),
        _ => Err(refused("timezone", &[of])),
    }
}

/// With one argument, it is the age at the beginning of the current day.
fn age(mut arguments: Vec<Typed>) -> Result<Typed, Obstacle> {
    if arguments.len() == 1 {
        let today = convert(Typed::new(Node::Now, TIMESTAMP_TZ), &DataType::Date, Asked::Cast)?;
        arguments.insert(0, convert(today, &TIMESTAMP, Asked::Cast)?);
    }
    let [one, two] = pair("age", arguments)?;
    let moment = |typed: Typed| match typed.family() {
        Family::Timestamp | Family::TimestampTz => Ok(typed.node),
        Family::Date => Ok(convert(typed, &TIMESTAMP, Asked::Cast)?.node),
        _ => Err(refused("age", &[typed])),
    };
    let sides = Box::new([moment(one)?, moment(two)?]);
    Ok(Typed::new(Node::Two(interval::age, sides), INTERVAL))
}

fn similar(arguments: &[Typed]) -> Result<Typed, Obstacle> {
    let pattern = arguments.first().and_then(constant_text);
    let pattern = pattern.ok_or_else(|| Obstacle::new("a pattern that is not constant"))?;
    let regex = similar_to_regex(pattern)?;
    Ok(Typed::new(Node::Constant(Value::Text(regex)), TEXT))
}

/// A pattern of `LIKE` with another escape, as one with `\`.
fn escaped(arguments: &[Typed]) -> Result<Typed, Obstacle> {
    let texts = arguments
        .first()
        .and_then(constant_text)
        .zip(arguments.get(1).and_then(constant_text));
    let (pattern, escape) = texts.ok_or_else(|| Obstacle::new("a pattern that is not constant"))?;
    let escape = escape.chars().next();
    let mut out = String::new();
    let mut rest = pattern.chars();
    while let Some(next) = rest.next() {
        if Some(next) == escape {
            let literal = rest.next().ok_or_else(|| {
                Obstacle::new(format!("the pattern `{pattern}`, which ends with an escape"))
            })?;
            out.push('\\');
            out.push(literal);
        } else if next == '\\' {
            out.push_str("\\\\");
        } else {
            out.push(next);
        }
    }
    Ok(Typed::new(Node::Constant(Value::Text(out)), TEXT))
}

pub(super) fn make_interval(arguments: Vec<(Option<String>, Typed)>) -> Result<Typed, Obstacle> {
    const NAMES: [&str; 7] = ["years", "months", "weeks", "days", "hours", "mins", "secs"];
    let mut parts: Vec<Node> = (0..6).map(|_| Node::Constant(Value::Int(0))).collect();
    parts.push(Node::Constant(Value::Float(0.0)));
    for (place, (name, argument)) in arguments.into_iter().enumerate() {
        let place = match name {
            Some(name) => NAMES.iter().position(|other| *other == name),
            None => (place < NAMES.len()).then_some(place),
        };
        let place = place.ok_or_else(|| Obstacle::new("an argument of make_interval"))?;
        let of = if place == 6 { DOUBLE } else { INTEGER };
        let argument = assumed(argument, &of)?;
        parts[place] = convert(argument, &of, Asked::Cast)?.node;
    }
    Ok(Typed::new(Node::Strict(interval::make, parts), INTERVAL))
}
