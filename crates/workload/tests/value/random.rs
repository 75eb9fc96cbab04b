//! Values of every type: those at the ends, and random ones.

use cogway_workload::seed::data_type::{DataType, FloatWidth, JsonForm, TextForm};
use cogway_workload::seed::value::{Decimal, Range, Value, moment::DAY};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// How many random ones.
const COUNT: usize = 120;

/// Values of a type, the same each time. The first one is NULL.
pub(crate) fn values(of: &DataType) -> Vec<Value> {
    let mut runner = TestRunner::deterministic();
    let strategy = any_of(of);
    let mut values = vec![Value::Null];
    values.extend(special(of));
    // A value that is there twice shows whether it is equal to itself.
    values.extend((0..COUNT).map(|_| strategy.new_tree(&mut runner).expect("a value").current()));
    values
}

fn special(of: &DataType) -> Vec<Value> {
    let words = |it: &[&str]| it.iter().map(|it| Value::Text((*it).to_owned())).collect();
    let literals = |it: &[&str]| it.iter().map(|it| Value::Literal((*it).to_owned())).collect();
    let numbers = |it: &[&str]| -> Vec<Value> {
        it.iter()
            .map(|it| Value::Decimal(it.parse().expect("a number")))
            .collect()
    };
    match of {
        DataType::Int(width) => {
            let (low, high) = width.bounds();
            vec![Value::Int(low), Value::Int(high), Value::Int(0)]
        }
        DataType::Float(width) => {
            let most = match width {
                FloatWidth::Real => f64::from(f32::MAX),
                FloatWidth::Double => f64::MAX,
            };
            let more = [0.0, -0.0, 0.1, 1e15, 123_456.0, 1_234_567.0, 1e-4, 1e-5, most];
            let special = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
            more.into_iter().chain(special).map(Value::Float).collect()
        }
        DataType::Numeric(None) => {
            let long = [
                "NaN",
                "-1234567890123456789012345678901234567890.5",
                "0.1111111111111111111111111111111111111111111",
            ];
            let mut all: Vec<Value> = literals(&long);
            all.extend(numbers(&[
                "0",
                "0.000",
                "1.0",
                "1.00",
                "1",
                "100",
                "10000",
                "0.0001",
                "-0.00001",
                "99999999.99995",
            ]));
            all.extend(numbers(&[
                "170141183460469231731687303715884105727",
                "-0.00000000000000000000000000000000000001",
            ]));
            all
        }
        DataType::Numeric(Some(_)) => numbers(&["0.005", "-0.005", "0.004", "1.995", "2", "2.0000"]),
        DataType::Money => numbers(&["0", "-0.01", "92233720368547758.07", "-92233720368547758.08"]),
        DataType::Text(TextForm::Byte) => words(&["", "a", "\\303", "\\"]),
        DataType::Text(TextForm::Char(_)) => words(&["", "a", "a  ", "A"]),
        DataType::Text(TextForm::Citext) => words(&["", "Ää", "äÄ", "A", "a"]),
        DataType::Text(_) => words(&[
            "",
            "a",
            "A",
            "\\N",
            "\\.",
            "\t\n\r\\",
            "null",
            "NULL",
            "{\"x\",'y'}",
        ]),
        DataType::Domain(_) if of.is_unlimited_char() => words(&["", "a", "a  ", "A"]),
        DataType::Domain(domain) => special(&domain.base),
        DataType::Date => [
            0,
            -1,
            i32::MAX,
            i32::MIN,
            -730_119,
            -730_120,
            -2_451_545,
            2_921_939,
            2_921_940,
            2_145_031_948,
        ]
        .map(Value::Date)
        .to_vec(),
        DataType::Time(_) => [0, DAY, DAY - 1, DAY - 5_000, 5_000].map(Value::Time).to_vec(),
        DataType::TimeTz(_) => [
            (0, 0),
            (DAY, 3_600),
            (DAY - 600_000, -19_800),
            (1, 57_599),
            (3_600_000_000, 3_600),
            (0, 0),
        ]
        .map(|(micros, west)| Value::TimeTz(micros, west))
        .to_vec(),
        DataType::Timestamp(_) | DataType::TimestampTz(_) => [
            0,
            -1,
            -500_000,
            500_000,
            499_999,
            i64::MAX,
            i64::MIN,
            -730_120 * DAY + 1,
            -211_813_488_000_000_000,
            9_223_371_331_199_000_000,
        ]
        .map(Value::Timestamp)
        .to_vec(),
        DataType::Interval { .. } => [
            (0, 0, 0),
            (1, 0, 0),
            (0, 30, 0),
            (0, 29, DAY),
            (0, -1, 1),
            (-14, 3, -5_000),
            (0, 0, 4_999),
        ]
        .map(|(months, days, micros)| Value::Interval { months, days, micros })
        .to_vec(),
        DataType::Json(_) => words(&[
            "null",
            "{}",
            "[1, 2.50, \"x\\ty\"]",
            "{\"b\": {\"a\": \"\\\\\"}, \"a\": true}",
        ]),
        DataType::Xml => words(&["<a b=\"c\">\\</a>", "text"]),
        DataType::Bytea => vec![Value::Bytes(vec![]), Value::Bytes(vec![0, 92, 255])],
        DataType::Bit {
            length: None | Some(9),
            ..
        } => literals(&["", "1", "00000000", "100000001"]),
        DataType::Enum(_, labels) => labels.iter().cloned().map(Value::Text).collect(),
        DataType::Other(name) => literals(others(name)),
        DataType::Array(element) => {
            let mut values = special(element);
            let all = Value::Array(values.clone());
            values.push(Value::Null);
            vec![
                Value::Array(vec![]),
                Value::Array(vec![Value::Null]),
                all,
                Value::Array(values),
            ]
        }
        DataType::Range(..) => vec![
            Value::Range(Box::new(Range::Empty)),
            range(None, None, (true, true)),
        ],
        DataType::Multirange(_, bounds) => multiranges(bounds),
        DataType::Composite(_, fields) => {
            let values = fields
                .iter()
                .map(|(_, field)| special(field).pop().unwrap_or(Value::Null));
            vec![
                Value::Fields(vec![Value::Null; fields.len()]),
                Value::Fields(values.collect()),
            ]
        }
        DataType::Foreign { .. } => literals(&["a=>1", "\"a b\"=>\"\\\"c\\\"\", d=>NULL"]),
        DataType::Bool | DataType::Uuid | DataType::Bit { .. } => vec![],
    }
}

/// Those that PostgreSQL prints as they are written here.
fn others(name: &str) -> &'static [&'static str] {
    match name {
        "inet" => &[
            "10.0.0.1",
            "10.0.0.1/24",
            "0.0.0.0/0",
            "::1",
            "2001:db8::1/64",
            "255.255.255.255",
        ],
        "cidr" => &["10.0.0.0/8", "10.1.2.3/32", "2001:db8::/32", "0.0.0.0/0"],
        "macaddr" => &["08:00:2b:01:02:03", "ff:ff:ff:ff:ff:ff"],
        "macaddr8" => &["08:00:2b:01:02:03:04:05", "ff:ff:ff:ff:ff:ff:ff:ff"],
        "pg_lsn" => &["0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF"],
        "xid" | "cid" => &["0", "4294967295"],
        "xid8" => &["0", "18446744073709551615"],
        "tid" => &["(0,1)", "(4294967295,65535)"],
        "jsonpath" => &["$", "$.\"a\"[*]?(@ > 1)"],
        "tsvector" => &["", "'a' 'b c':1A,2"],
        "tsquery" => &["", "'a' & !'b'"],
        "regtype" => &["integer", "\"char\""],
        "refcursor" => &["", "a \"b\""],
        "txid_snapshot" | "pg_snapshot" => &["10:20:", "10:20:10,14,15"],
        "point" => &["(0,0)", "(1.5,-2e+30)"],
        "line" => &["{1,-1,0}", "{0,-1,2.5}"],
        "lseg" => &["[(0,0),(1,2.5)]"],
        "box" => &["(2,2),(0,0)", "(1,2),(-1,-2)"],
        "path" => &["((0,0),(1,1),(2,0))", "[(0,0),(1,1)]"],
        "polygon" => &["((0,0),(1,1),(2,0))"],
        "circle" => &["<(0,0),1>", "<(1.5,2),0>"],
        _ => &[],
    }
}

/// One range after the other, with room between them.
fn multiranges(bounds: &DataType) -> Vec<Value> {
    let at = |number: i32| match bounds {
        DataType::Int(_) => Value::Int(i64::from(number)),
        DataType::Numeric(_) => Value::Decimal(Decimal::whole(i64::from(number))),
        DataType::Date => Value::Date(number),
        DataType::Text(_) => Value::Text(format!("{number}, \"x\"")),
        _ => Value::Timestamp(i64::from(number) * DAY),
    };
    let span = |low: i32, high: i32| match range(Some(at(low)), Some(at(high)), (true, true)) {
        Value::Range(range) => *range,
        _ => Range::Empty,
    };
    vec![
        Value::Multirange(vec![]),
        Value::Multirange(vec![span(1, 2)]),
        Value::Multirange(vec![span(1, 2), span(4, 5), span(7, 9)]),
    ]
}

fn range(low: Option<Value>, high: Option<Value>, (low_included, high_included): (bool, bool)) -> Value {
    Value::Range(Box::new(Range::Span {
        low_included: low_included && low.is_some(),
        high_included: high_included && high.is_some(),
        low,
        high,
    }))
}

fn any_of(of: &DataType) -> BoxedStrategy<Value> {
    match of {
        DataType::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        DataType::Int(width) => {
            let (low, high) = width.bounds();
            prop_oneof![low..=high, 0..=20_i64].prop_map(Value::Int).boxed()
        }
        DataType::Float(FloatWidth::Real) => prop_oneof![any::<f32>(), -100_f32..100_f32]
            .prop_map(|it| Value::Float(f64::from(it)))
            .boxed(),
        DataType::Float(FloatWidth::Double) => prop_oneof![any::<f64>(), -100_f64..100_f64]
            .prop_map(Value::Float)
            .boxed(),
        DataType::Numeric(limits) => {
            let (most, scales) = match limits {
                None => (i128::MAX, 0..=45_u8),
                Some((precision, scale)) => {
                    let whole = precision
                        .saturating_sub(scale.unsigned_abs().saturating_add(1))
                        .max(1);
                    (10_i128.pow(if *scale < 0 { precision - 1 } else { whole }), 0..=4)
                }
            };
            let units = prop_oneof![-most..=most, -most.min(2_000)..=most.min(2_000)];
            (units, scales)
                .prop_map(|(units, scale)| Value::Decimal(Decimal { units, scale }))
                .boxed()
        }
        DataType::Money => any::<i64>()
            .prop_map(|units| {
                Value::Decimal(Decimal {
                    units: units.into(),
                    scale: 2,
                })
            })
            .boxed(),
        DataType::Text(TextForm::Byte) => "[ -~]".prop_map(Value::Text).boxed(),
        DataType::Text(TextForm::Char(_)) => "[a-cA-C]{0,2}[ ]{0,1}[a-bя]{0,2}[ ]{0,3}"
            .prop_map(Value::Text)
            .boxed(),
        DataType::Text(TextForm::Name | TextForm::Varchar(Some(_))) => {
            "[^\0]{0,15}".prop_map(Value::Text).boxed()
        }
        DataType::Text(_) => prop_oneof![
            "[^\0]{0,20}",
            "[a-cA-C]{0,2}[ ]{0,2}",
            "[\\\\\t\n\r{}(),\" x]{0,9}"
        ]
        .prop_map(Value::Text)
        .boxed(),
        DataType::Json(JsonForm::Text | JsonForm::Binary) => any::<(i64, bool)>()
            .prop_map(|(number, truth)| Value::Text(format!("{{\"n\": {number}, \"t\": [{truth}]}}")))
            .boxed(),
        DataType::Xml => "[a-z ]{0,9}"
            .prop_map(|it| Value::Text(format!("<p>{it}</p>")))
            .boxed(),
        DataType::Bytea => vec(any::<u8>(), 0..12).prop_map(Value::Bytes).boxed(),
        DataType::Date => prop_oneof![-2_451_545..2_145_031_949, -10_000..10_000_i32]
            .prop_map(Value::Date)
            .boxed(),
        DataType::Time(_) => (0..=DAY).prop_map(Value::Time).boxed(),
        DataType::TimeTz(_) => (0..=DAY, -57_599..=57_599_i32)
            .prop_map(|(micros, west)| Value::TimeTz(micros, west))
            .boxed(),
        DataType::Timestamp(_) | DataType::TimestampTz(_) => prop_oneof![
            -211_813_488_000_000_000..9_223_371_331_199_000_000_i64,
            -1_000 * DAY..1_000 * DAY
        ]
        .prop_map(Value::Timestamp)
        .boxed(),
        DataType::Interval { .. } => {
            let part = prop_oneof![Just(0), -40..40_i32, -10_000..10_000_i32];
            (part.clone(), part, prop_oneof![Just(0), -40 * DAY..40 * DAY])
                .prop_map(|(months, days, micros)| Value::Interval { months, days, micros })
                .boxed()
        }
        DataType::Uuid => any::<[u8; 16]>().prop_map(Value::Uuid).boxed(),
        DataType::Bit { length, varying } => {
            let pattern = match (length, varying) {
                (Some(length), false) => format!("[01]{{{length}}}"),
                _ => "[01]{0,9}".to_owned(),
            };
            let bits = proptest::string::string_regex(&pattern).expect("a pattern");
            bits.prop_map(Value::Literal).boxed()
        }
        DataType::Enum(_, labels) => proptest::sample::select(labels.to_vec())
            .prop_map(Value::Text)
            .boxed(),
        DataType::Array(element) => vec(proptest::option::weighted(0.9, any_of(element)), 0..4)
            .prop_map(|values| Value::Array(values.into_iter().map(|it| it.unwrap_or(Value::Null)).collect()))
            .boxed(),
        DataType::Range(_, bounds) => {
            // The greatest number has no next one, and infinity belongs to no range of days with it.
            let bound = || proptest::option::weighted(0.8, any_of(bounds));
            (bound(), bound(), any::<(bool, bool)>())
                .prop_map(|(low, high, included)| match (&low, &high) {
                    (Some(one), Some(two)) if one.compare(two).is_some_and(|it| it.is_gt()) => {
                        range(high, low, included)
                    }
                    _ => range(low, high, included),
                })
                .boxed()
        }
        DataType::Multirange(_, bounds) => proptest::sample::select(multiranges(bounds)).boxed(),
        DataType::Composite(_, fields) => {
            let fields: Vec<_> = fields.iter().map(|(_, field)| any_of(field)).collect();
            fields.prop_map(Value::Fields).boxed()
        }
        DataType::Domain(domain) => any_of(&domain.base),
        DataType::Other(_) | DataType::Foreign { .. } => proptest::sample::select(special(of)).boxed(),
    }
}
