use std::cmp::Ordering;
use std::sync::Arc;

use cogway_catalog::QualifiedName;

use super::*;
use crate::seed::data_type::{DataType, FloatWidth, IntWidth, JsonForm, TextForm};

/// A value, and what PostgreSQL prints of it.
#[test]
fn notations() {
    let int = DataType::Int(IntWidth::Integer);
    let double = DataType::Float(FloatWidth::Double);
    let text = DataType::Text(TextForm::Text);
    let array = |of: &DataType| DataType::Array(Arc::new(of.clone()));
    let interval = DataType::Interval {
        fields: None,
        precision: 6,
    };
    let months = |months, days, micros| Value::Interval { months, days, micros };
    let words = |it: &str| Value::Text(it.to_owned());
    check(Value::Bool(true), &DataType::Bool, "t");
    check(Value::Int(0), &int, "0");
    check(Value::Int(-2_147_483_648), &int, "-2147483648");
    check(
        Value::Int(i64::MIN),
        &DataType::Int(IntWidth::Big),
        "-9223372036854775808",
    );
    check(Value::Float(0.1), &double, "0.1");
    check(Value::Float(-1e15), &double, "-1e+15");
    check(Value::Float(1.5e-7), &double, "1.5e-07");
    check(Value::Float(f64::INFINITY), &double, "Infinity");
    check(
        Value::Float(f64::from(0.1_f32)),
        &DataType::Float(FloatWidth::Real),
        "0.1",
    );
    check(decimal("-12.50"), &DataType::Numeric(None), "-12.50");
    check(decimal("0.007"), &DataType::Numeric(None), "0.007");
    check(Value::Literal("NaN".into()), &DataType::Numeric(None), "NaN");
    check(words("a \"b\" \\ c"), &text, "a \"b\" \\ c");
    check(Value::Bytes(vec![0, 255, 16]), &DataType::Bytea, "\\x00ff10");
    check(Value::Date(0), &DataType::Date, "2000-01-01");
    check(Value::Date(-730_119), &DataType::Date, "0001-01-01");
    check(Value::Date(-730_120), &DataType::Date, "0001-12-31 BC");
    check(Value::Date(i32::MAX), &DataType::Date, "infinity");
    check(Value::Time(86_400_000_000), &DataType::Time(6), "24:00:00");
    check(Value::Time(34_200_250_000), &DataType::Time(6), "09:30:00.25");
    check(Value::TimeTz(0, -19_800), &DataType::TimeTz(6), "00:00:00+05:30");
    check(
        Value::TimeTz(0, 16_215),
        &DataType::TimeTz(6),
        "00:00:00-04:30:15",
    );
    check(
        Value::Timestamp(-1),
        &DataType::Timestamp(6),
        "1999-12-31 23:59:59.999999",
    );
    check(
        Value::Timestamp(0),
        &DataType::TimestampTz(6),
        "2000-01-01 00:00:00+00",
    );
    check(Value::Timestamp(i64::MIN), &DataType::TimestampTz(6), "-infinity");
    check(months(0, 0, 0), &interval, "00:00:00");
    check(
        months(14, -3, 14_706_500_000),
        &interval,
        "1 year 2 mons -3 days +04:05:06.5",
    );
    check(months(-1, 0, -1), &interval, "-1 mons -00:00:00.000001");
    check(months(0, 1, 360_000_000_000), &interval, "1 day 100:00:00");
    check(
        Value::Uuid([0xAB; 16]),
        &DataType::Uuid,
        "abababab-abab-abab-abab-abababababab",
    );
    check(Value::Array(vec![]), &array(&int), "{}");
    check(
        Value::Array(vec![Value::Int(1), Value::Null]),
        &array(&int),
        "{1,NULL}",
    );
    let awkward = ["", "null", "a,b", "{", "q\"", "\\", " ", "plain"]
        .map(words)
        .to_vec();
    check(
        Value::Array(awkward.clone()),
        &array(&text),
        r#"{"","null","a,b","{","q\"","\\"," ",plain}"#,
    );
    let boxes = ["(1,1),(0,0)", "(2,2),(0,0)"].map(|it| Value::Literal(it.into()));
    check(
        Value::Array(boxes.to_vec()),
        &array(&DataType::Other("box")),
        "{(1,1),(0,0);(2,2),(0,0)}",
    );
    let fields = [("a", int.clone()), ("b", text.clone()), ("c", array(&text))];
    let composite = DataType::Composite(
        QualifiedName::new("public", "c"),
        fields.map(|(name, of)| (name.to_owned(), of)).into(),
    );
    let row = Value::Fields(vec![
        Value::Int(1),
        words("x \"y\" \\"),
        Value::Array(vec![words("a"), words("b c")]),
    ]);
    check(row.clone(), &composite, r#"(1,"x ""y"" \\","{a,""b c""}")"#);
    check(
        Value::Fields(vec![Value::Null, words(""), Value::Null]),
        &composite,
        "(,\"\",)",
    );
    check(
        Value::Array(vec![row]),
        &array(&composite),
        r#"{"(1,\"x \"\"y\"\" \\\\\",\"{a,\"\"b c\"\"}\")"}"#,
    );
    let moments = DataType::Range("tsrange".into(), DataType::Timestamp(6).into());
    check(
        Value::Range(Box::new(span(Some(Value::Timestamp(0)), None))),
        &moments,
        "[\"2000-01-01 00:00:00\",)",
    );
    check(Value::Range(Box::new(Range::Empty)), &moments, "empty");
    check(
        Value::Multirange(vec![
            span(Some(Value::Int(1)), Some(Value::Int(3))),
            span(Some(Value::Int(5)), Some(Value::Int(7))),
        ]),
        &DataType::Multirange("int4multirange".into(), int.into()),
        "{[1,3),[5,7)}",
    );
    check(
        words("{\"a\": 1}"),
        &DataType::Json(JsonForm::Binary),
        "{\"a\": 1}",
    );
}

/// What is read and written otherwise.
#[test]
fn other_notations() {
    let read = |text: &str, of: &DataType| Value::parse(text, of);
    let moment = DataType::TimestampTz(6);
    assert_eq!(
        read("2000-01-01 05:30:00+05:30", &moment),
        Some(Value::Timestamp(0))
    );
    assert_eq!(read("1999-12-31 19:00:00-05", &moment), Some(Value::Timestamp(0)));
    assert_eq!(
        read("abc  ", &DataType::Text(TextForm::Char(5))),
        Some(Value::Text("abc".into()))
    );
    assert_eq!(read("-$1,234.56", &DataType::Money), Some(decimal("-1234.56")));
    assert_eq!(
        read("{{1,2},{3,4}}", &DataType::Array(DataType::Bool.into())),
        Some(Value::Literal("{{1,2},{3,4}}".into()))
    );
    for (text, of) in [
        ("32768", DataType::Int(IntWidth::Small)),
        ("2023-02-29", DataType::Date),
        ("2023-13-01", DataType::Date),
        ("1.", DataType::Date),
        ("abc", DataType::Numeric(None)),
        ("", DataType::Numeric(None)),
        ("{1,2", DataType::Array(DataType::Int(IntWidth::Small).into())),
        ("24:00:01", DataType::Time(6)),
    ] {
        assert_eq!(read(text, &of), None, "{text}");
    }
}

#[test]
fn order() {
    let less = |one: Value, two: Value| {
        assert_eq!(one.compare(&two), Some(Ordering::Less), "{one:?} {two:?}");
        assert_eq!(two.compare(&one), Some(Ordering::Greater), "{two:?} {one:?}");
    };
    less(Value::Int(1), decimal("1.5"));
    less(
        decimal("-170141183460469231731687303715884105727"),
        decimal("-0.1"),
    );
    less(decimal("0.1"), decimal("170141183460469231731687303715884105727"));
    less(Value::Float(1.0), Value::Float(f64::NAN));
    less(Value::Date(0), Value::Timestamp(1));
    assert_eq!(decimal("1.0").compare(&decimal("1.00")), Some(Ordering::Equal));
    assert_eq!(Value::Null.compare(&Value::Int(1)), None);
}

fn decimal(text: &str) -> Value {
    Value::Decimal(text.parse().expect("a number"))
}

fn span(low: Option<Value>, high: Option<Value>) -> Range {
    Range::Span {
        low_included: low.is_some(),
        low,
        high,
        high_included: false,
    }
}

#[track_caller]
fn check(value: Value, of: &DataType, expect: &str) {
    let mut text = String::new();
    assert!(value.write_text(of, &mut text));
    assert_eq!(text, expect);
    assert_eq!(Value::parse(expect, of), Some(value));
}

/// What is written is read again.
mod inverses {
    use proptest::prelude::*;

    use super::super::moment::{Civil, DAY};
    use super::*;

    proptest! {
        #[test]
        fn numbers(units: i128, scale in 0..=60_u8, more in 0..=5_u8) {
            // A number of one more digit has no room when it is read.
            let number = Decimal { units: units / 10, scale };
            prop_assert_eq!(number.to_string().parse::<Decimal>(), Ok(number));
            prop_assert_eq!(number.normalized().compare(&number), Ordering::Equal);
            if let Some(longer) = scale.checked_add(more).and_then(|scale| number.rescaled(scale)) {
                prop_assert_eq!(longer.compare(&number), Ordering::Equal);
                prop_assert_eq!(longer.rescaled(scale), Some(number));
            }
        }

        #[test]
        fn days(days in -2_451_545..2_145_031_949) {
            let civil = Civil::of(days);
            prop_assert_eq!(civil.days(), Some(days));
            prop_assert!(civil < Civil::of(days + 1));
        }

        #[test]
        fn moments(micros in -2_451_545 * DAY..106_000_000 * DAY) {
            let of = DataType::Timestamp(6);
            let mut text = String::new();
            prop_assert!(Value::Timestamp(micros).write_text(&of, &mut text));
            prop_assert_eq!(Value::parse(&text, &of), Some(Value::Timestamp(micros)));
        }

        #[test]
        fn floats(number in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO) {
            let of = DataType::Float(FloatWidth::Double);
            let mut text = String::new();
            prop_assert!(Value::Float(number).write_text(&of, &mut text));
            prop_assert_eq!(Value::parse(&text, &of), Some(Value::Float(number)));
        }

        /// Nothing that is read makes the reader panic.
        #[test]
        fn nonsense(text in "[-+0-9.:eE \\\\\"(){}\\[\\],a-zé]{0,24}") {
            let int = Arc::new(DataType::Int(IntWidth::Integer));
            let composite = DataType::Composite(QualifiedName::new("a", "b"), [("c".to_owned(), DataType::Date)].into());
            for of in [
                DataType::Numeric(None),
                DataType::Money,
                DataType::Bytea,
                DataType::Date,
                DataType::Time(6),
                DataType::TimeTz(6),
                DataType::TimestampTz(6),
                DataType::Interval { fields: None, precision: 6 },
                DataType::Uuid,
                DataType::Array(int.clone()),
                DataType::Range("int4range".into(), int.clone()),
                DataType::Multirange("int4multirange".into(), int),
                composite,
                DataType::Bit { length: None, varying: true },
                DataType::Other("inet"),
                DataType::Other("macaddr"),
                DataType::Other("path"),
                DataType::Other("tid"),
            ] {
                let Some(value) = Value::parse(&text, &of) else { continue };
                let mut written = String::new();
                value.write_text(&of, &mut written);
                prop_assert_eq!(Value::parse(&written, &of), Some(value.clone()));
                let mut bytes = Vec::new();
                if !value.write_binary(&of, &mut bytes) {
                    prop_assert!(bytes.is_empty());
                }
            }
        }
    }
}

/// Values that are taken for the same one, and those that are not.
#[test]
fn keys() {
    let same = |of: &DataType, one: Value, two: Value, expect: bool| {
        let key = |value: &Value| {
            let mut key = Vec::new();
            value.key_bytes(of, &mut key);
            key
        };
        assert_eq!(key(&one) == key(&two), expect, "{one:?} {two:?}");
    };
    let words = |it: &str| Value::Text(it.to_owned());
    let literal = |it: &str| Value::Literal(it.to_owned());
    let cents = DataType::Numeric(Some((10, 2)));
    same(&cents, decimal("1.0"), decimal("1.00"), true);
    same(&cents, decimal("1.004"), Value::Int(1), true);
    same(&cents, decimal("1.005"), Value::Int(1), false);
    same(
        &DataType::Numeric(Some((5, -2))),
        decimal("149"),
        decimal("51"),
        true,
    );
    same(&DataType::Numeric(None), decimal("100"), decimal("1"), false);
    same(&DataType::Text(TextForm::Char(9)), words("a  "), words("a"), true);
    same(&DataType::Text(TextForm::Text), words("a  "), words("a"), false);
    same(&DataType::Text(TextForm::Citext), words("ÄB"), words("äb"), true);
    same(
        &DataType::Timestamp(0),
        Value::Timestamp(499_999),
        Value::Timestamp(-499_999),
        true,
    );
    same(
        &DataType::Timestamp(0),
        Value::Timestamp(500_000),
        Value::Timestamp(0),
        false,
    );
    same(
        &DataType::Other("inet"),
        literal("10.0.0.1"),
        literal("10.0.0.1/32"),
        true,
    );
    same(
        &DataType::Other("inet"),
        literal("10.0.0.1"),
        literal("10.0.0.1/24"),
        false,
    );
    let months = |months, days| Value::Interval {
        months,
        days,
        micros: 0,
    };
    let interval = DataType::Interval {
        fields: None,
        precision: 6,
    };
    same(&interval, months(1, 0), months(0, 30), true);
    let days = DataType::Range("daterange".into(), DataType::Date.into());
    let span = |low: i32, high: i32, high_included| {
        Value::Range(Box::new(Range::Span {
            low: Some(Value::Date(low)),
            high: Some(Value::Date(high)),
            low_included: true,
            high_included,
        }))
    };
    same(&days, span(1, 5, true), span(1, 6, false), true);
    same(&days, span(1, 5, true), span(1, 5, false), false);
    same(
        &days,
        span(1, 1, false),
        Value::Range(Box::new(Range::Empty)),
        true,
    );
    same(&DataType::Bool, Value::Null, Value::Null, true);
}

/// What has no place in a type is refused, and nothing is left of it.
#[test]
fn wrong_values_are_not_written() {
    for (value, of) in [
        (Value::Int(32_768), DataType::Int(IntWidth::Small)),
        (Value::Int(-1), DataType::Int(IntWidth::Oid)),
        (Value::Text("1".into()), DataType::Int(IntWidth::Big)),
        (Value::Literal("10.0.0.256".into()), DataType::Other("inet")),
        (Value::Literal("10.0.0.1/33".into()), DataType::Other("inet")),
        (
            Value::Literal("012".into()),
            DataType::Bit {
                length: None,
                varying: true,
            },
        ),
        (decimal("92233720368547758.08"), DataType::Money),
        (
            Value::Array(vec![Value::Bool(true)]),
            DataType::Array(DataType::Date.into()),
        ),
        (
            Value::Literal("x".into()),
            DataType::Foreign {
                name: "a".into(),
                written: "b.a".into(),
            },
        ),
    ] {
        let mut out = vec![7];
        assert!(!value.write_binary(&of, &mut out), "{value:?}");
        assert_eq!(out, [7]);
    }
}

/// Types with a binary form, and those without.
#[test]
fn binary_forms() {
    let mood = DataType::Enum(QualifiedName::new("public", "mood"), ["sad".to_owned()].into());
    let array = |of: &DataType| DataType::Array(Arc::new(of.clone()));
    let range = |of: &DataType| DataType::Range("public.some".into(), Arc::new(of.clone()));
    let composite = DataType::Composite(QualifiedName::new("public", "pair"), [].into());
    for (of, expect) in [
        (mood.clone(), true),
        (array(&mood), false),
        (range(&DataType::Date), true),
        (array(&range(&DataType::Date)), false),
        (range(&composite), false),
        (composite, false),
        (array(&DataType::Uuid), true),
        (DataType::Text(TextForm::Citext), true),
        (array(&DataType::Text(TextForm::Citext)), false),
        (DataType::Other("inet"), true),
        (DataType::Other("tsvector"), false),
    ] {
        assert_eq!(of.has_binary(), expect, "{}", of.written());
    }
}

/// Constants of SQL.
#[test]
fn constants() {
    let mood = DataType::Enum(
        QualifiedName::new("public", "My mood"),
        ["it's".to_owned()].into(),
    );
    assert_eq!(
        Value::Text("it's".into()).sql(&mood),
        "'it''s'::public.\"My mood\""
    );
    assert_eq!(Value::Null.sql(&DataType::Date), "NULL::date");
    assert_eq!(
        Value::Array(vec![Value::Text("\\".into())])
            .sql(&DataType::Array(DataType::Text(TextForm::Text).into())),
        r#"E'{"\\\\"}'::text[]"#
    );
}
