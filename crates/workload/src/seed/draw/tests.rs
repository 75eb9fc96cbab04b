use std::collections::HashSet;
use std::sync::Arc;

use cogway_catalog::QualifiedName;

use crate::seed::allowed::{Allowed, Bound, Case, Span};
use crate::seed::chance::Chance;
use crate::seed::data_type::{DataType, FloatWidth, IntWidth, JsonForm, TextForm};
use crate::seed::language::Language;
use crate::seed::meaning::{Meaning, Subject};
use crate::seed::value::Value;

use super::Drawer;

mod judge;
mod patterns;
mod rare;

use judge::judge;

const DRAWS: u64 = 2_000;
const ORDINALS: u64 = 20_000;

fn meaning(column: &str, of: &DataType) -> Arc<Meaning> {
    Arc::new(Meaning::of(&Subject {
        schema: "public",
        table: "thing",
        table_comment: None,
        column,
        comment: None,
        default: None,
        data_type: of,
        language: Language::English,
    }))
}

fn enumeration() -> DataType {
    DataType::Enum(
        QualifiedName {
            schema: "public".into(),
            name: "state".into(),
        },
        ["new", "paid", "shipped", "closed"].map(String::from).into(),
    )
}

/// Values drawn are allowed and always the same, distinct ones are distinct, and there are as many as is said.
#[track_caller]
fn check(column: &str, of: &DataType, allowed: &Allowed) {
    check_many(column, of, allowed, DRAWS, ORDINALS);
}

#[track_caller]
fn check_many(column: &str, of: &DataType, allowed: &Allowed, draws: u64, ordinals: u64) {
    let drawer = Drawer::new(of, allowed, meaning(column, of));
    let what = format!("{column} {} {allowed:?}", of.written());
    let chance = Chance::new(7).of("thing").of(column);
    for number in 0..draws {
        let (row, chance) = (Chance::new(3).at(number), chance.at(number));
        let value = drawer
            .draw(row, chance)
            .unwrap_or_else(|| panic!("nothing drawn: {what}"));
        judge(&value, of, allowed).unwrap_or_else(|why| panic!("{value:?}: {why}: {what}"));
        assert_eq!(
            Some(&value),
            drawer.draw(row, chance).as_ref(),
            "drawn twice: {what}"
        );
        if number < draws / 20 && is_ordered(of) {
            let bound = Bound {
                value: value.clone(),
                included: true,
            };
            for (low, high) in [
                (Some(&bound), None),
                (None, Some(&bound)),
                (Some(&bound), Some(&bound)),
            ] {
                let within = drawer.draw_within(low, high, &[], row, chance.at(1));
                let within = within.unwrap_or_else(|| panic!("nothing within {low:?} {high:?}: {what}"));
                let mut narrowed = allowed.clone();
                narrowed.low = low.cloned().or(narrowed.low);
                narrowed.high = high.cloned().or(narrowed.high);
                judge(&within, of, &narrowed).unwrap_or_else(|why| panic!("{within:?}: {why}: {what}"));
            }
        }
    }
    check_distinct(&drawer, of, allowed, &what, ordinals);
}

#[track_caller]
fn check_distinct(drawer: &Drawer, of: &DataType, allowed: &Allowed, what: &str, ordinals: u64) {
    let capacity = drawer.capacity().unwrap_or(u64::MAX);
    let mut seen = HashSet::new();
    let chance = Chance::new(7).of(what);
    for ordinal in 0..capacity.min(ordinals) {
        let value = drawer
            .distinct(chance, ordinal)
            .unwrap_or_else(|| panic!("none of {capacity} at {ordinal}: {what}"));
        judge(&value, of, allowed).unwrap_or_else(|why| panic!("{value:?}: {why}: {what}"));
        let mut text = String::new();
        assert!(value.write_text(of, &mut text));
        assert!(
            seen.insert(text.to_lowercase()),
            "{text} again at {ordinal}: {what}"
        );
    }
}

/// Can its values be compared here?
fn is_ordered(of: &DataType) -> bool {
    match of.base() {
        DataType::Array(element) => is_ordered(element),
        DataType::Composite(_, fields) => fields.iter().all(|(_, of)| is_ordered(of)),
        DataType::Other(_) | DataType::Foreign { .. } | DataType::Bit { .. } => false,
        DataType::Json(_) | DataType::Xml => false,
        _ => true,
    }
}

fn bound(value: Value, included: bool) -> Option<Bound> {
    Some(Bound { value, included })
}

fn span(least: Option<u32>, most: Option<u32>) -> Span {
    Span { least, most }
}

fn whole(number: i64) -> Value {
    Value::Int(number)
}

fn between(low: Option<Value>, high: Option<Value>) -> Allowed {
    Allowed {
        low: low.map(|value| Bound {
            value,
            included: true,
        }),
        high: high.map(|value| Bound {
            value,
            included: false,
        }),
        ..Allowed::default()
    }
}

fn decimal(units: i128, scale: u8) -> Value {
    Value::Decimal(crate::seed::value::Decimal { units, scale })
}

#[test]
fn numbers_keep_their_bounds() {
    let numbers = [
        DataType::Int(IntWidth::Small),
        DataType::Int(IntWidth::Integer),
        DataType::Int(IntWidth::Big),
        DataType::Int(IntWidth::Oid),
        DataType::Float(FloatWidth::Real),
        DataType::Float(FloatWidth::Double),
        DataType::Numeric(None),
        DataType::Numeric(Some((10, 2))),
        DataType::Numeric(Some((12, 4))),
        DataType::Numeric(Some((38, 0))),
        DataType::Numeric(Some((100, 50))),
        DataType::Numeric(Some((7, -2))),
        DataType::Money,
    ];
    let allowed = [
        Allowed::default(),
        between(Some(whole(0)), None),
        between(Some(whole(0)), Some(whole(1000))),
        between(Some(whole(10_000)), None),
        between(None, Some(whole(5_000))),
        Allowed {
            low: bound(whole(0), false),
            none_of: vec![whole(1), whole(2), whole(100)],
            ..Allowed::default()
        },
        Allowed {
            one_of: Some(vec![whole(100), whole(200), whole(200), whole(300)]),
            none_of: vec![whole(100)],
            ..Allowed::default()
        },
    ];
    for of in &numbers {
        for allowed in &allowed {
            for column in ["amount", "price", "id", "year", "latitude"] {
                check(column, of, allowed);
            }
        }
    }
    for (of, low, high) in [
        (DataType::Float(FloatWidth::Double), decimal(1, 3), decimal(2, 3)),
        (
            DataType::Float(FloatWidth::Double),
            Value::Float(0.1),
            Value::Float(0.3),
        ),
        (
            DataType::Float(FloatWidth::Real),
            Value::Float(0.1),
            Value::Float(0.3),
        ),
        (
            DataType::Float(FloatWidth::Real),
            whole(3_000_000_000),
            whole(9_000_000_000),
        ),
        (DataType::Numeric(None), decimal(1, 9), decimal(2, 9)),
        (
            DataType::Numeric(Some((5, 4))),
            decimal(-99_999, 4),
            decimal(99_999, 4),
        ),
        (DataType::Int(IntWidth::Integer), decimal(15, 1), decimal(75, 1)),
        (DataType::Int(IntWidth::Small), whole(-32_768), whole(-32_760)),
        (DataType::Int(IntWidth::Small), whole(-10), whole(33_000)),
        (
            DataType::Int(IntWidth::Big),
            whole(i64::MAX - 100),
            whole(i64::MAX),
        ),
    ] {
        check("amount", &of, &between(Some(low), Some(high)));
    }
}

#[test]
fn what_cannot_be_is_not_drawn() {
    for (of, allowed) in [
        (DataType::Int(IntWidth::Small), between(Some(whole(40_000)), None)),
        (
            DataType::Int(IntWidth::Integer),
            between(Some(whole(5)), Some(whole(5))),
        ),
        (
            DataType::Text(TextForm::Varchar(Some(3))),
            Allowed {
                length: span(Some(4), None),
                ..Allowed::default()
            },
        ),
        (
            DataType::Bool,
            Allowed {
                none_of: vec![Value::Bool(true), Value::Bool(false)],
                ..Allowed::default()
            },
        ),
        (
            enumeration(),
            between(
                Some(Value::Text("closed".into())),
                Some(Value::Text("new".into())),
            ),
        ),
        (
            DataType::Bytea,
            Allowed {
                octets: span(Some(4), Some(2)),
                ..Allowed::default()
            },
        ),
    ] {
        let drawer = Drawer::new(&of, &allowed, meaning("code", &of));
        assert_eq!(
            drawer.draw(Chance::new(1), Chance::new(2)),
            None,
            "{of:?} {allowed:?}"
        );
        assert_eq!(drawer.distinct(Chance::new(1), 0), None, "{of:?} {allowed:?}");
        assert_eq!(drawer.capacity(), Some(0), "{of:?} {allowed:?}");
    }
}

#[test]
fn moments_keep_their_bounds() {
    let types = [
        DataType::Date,
        DataType::Timestamp(6),
        DataType::Timestamp(0),
        DataType::TimestampTz(3),
    ];
    for of in &types {
        for allowed in [
            Allowed::default(),
            between(Some(Value::Date(10_000)), None),
            between(Some(Value::Date(-10_000)), Some(Value::Date(-9_000))),
            between(Some(Value::Date(9_000)), Some(Value::Date(9_001))),
            between(Some(Value::Timestamp(700_000_000_123_456)), None),
        ] {
            for column in ["created_at", "born", "starts_at", "expires_on", "thing"] {
                check(column, of, &allowed);
            }
        }
    }
    for of in [DataType::Time(6), DataType::Time(0)] {
        check("opens", &of, &Allowed::default());
        let hours = between(
            Some(Value::Time(32_400_000_000)),
            Some(Value::Time(64_800_000_000)),
        );
        check("thing", &of, &hours);
    }
    check("opens", &DataType::TimeTz(6), &Allowed::default());
    for fields in [
        None,
        Some("day"),
        Some("year to month"),
        Some("year"),
        Some("hour to minute"),
        Some("day to second"),
    ] {
        let of = DataType::Interval {
            fields: fields.map(String::from),
            precision: 6,
        };
        check("duration", &of, &Allowed::default());
        let positive = Allowed {
            low: bound(
                Value::Interval {
                    months: 0,
                    days: 0,
                    micros: 0,
                },
                false,
            ),
            ..Allowed::default()
        };
        check("duration", &of, &positive);
    }
}

#[test]
fn texts_keep_lengths_and_letters() {
    let forms = [
        TextForm::Text,
        TextForm::Varchar(None),
        TextForm::Varchar(Some(1)),
        TextForm::Varchar(Some(3)),
        TextForm::Varchar(Some(12)),
        TextForm::Varchar(Some(200)),
        TextForm::Char(2),
        TextForm::Char(40),
        TextForm::Name,
        TextForm::Byte,
        TextForm::Citext,
    ];
    let longer = [
        span(Some(1), None),
        span(Some(5), Some(9)),
        span(Some(10), Some(10)),
        span(Some(300), None),
        span(None, Some(2)),
    ];
    for form in forms {
        let of = DataType::Text(form);
        let room = match form {
            TextForm::Varchar(Some(limit)) | TextForm::Char(limit) => limit,
            TextForm::Name => 63,
            TextForm::Byte => 1,
            _ => u32::MAX,
        };
        for length in [Span::default()].into_iter().chain(longer) {
            if length.least.is_some_and(|least| least > room) {
                continue;
            }
            for case in [Case::Any, Case::Lower, Case::Upper] {
                for column in ["title", "email", "code", "имя"] {
                    let mut allowed = Allowed {
                        length,
                        case,
                        trimmed: true,
                        ..Allowed::default()
                    };
                    check_many(column, &of, &allowed, 40, 500);
                    allowed.none_of = vec![Value::Text(String::new()), Value::Text("a".into())];
                    check_many(column, &of, &allowed, 20, 200);
                }
            }
        }
    }
    for column in ["title", "email", "code", "имя"] {
        check(
            column,
            &DataType::Text(TextForm::Varchar(Some(50))),
            &Allowed::default(),
        );
    }
    check(
        "имя",
        &DataType::Text(TextForm::Text),
        &Allowed {
            octets: span(Some(10), Some(20)),
            ..Allowed::default()
        },
    );
}

#[test]
fn other_types_keep_what_is_allowed() {
    let free = Allowed::default();
    for of in [
        DataType::Bool,
        enumeration(),
        DataType::Uuid,
        DataType::Bytea,
        DataType::Json(JsonForm::Text),
        DataType::Json(JsonForm::Binary),
    ] {
        check("thing", &of, &free);
        check("thing", &DataType::Array(Arc::new(of.clone())), &free);
        let three = Allowed {
            length: span(Some(1), Some(3)),
            ..Allowed::default()
        };
        check("thing", &DataType::Array(Arc::new(of)), &three);
    }
    check(
        "thing",
        &enumeration(),
        &between(
            Some(Value::Text("paid".into())),
            Some(Value::Text("closed".into())),
        ),
    );
    for length in [1, 2, 8, 20] {
        let allowed = Allowed {
            octets: span(Some(length), Some(length)),
            ..Allowed::default()
        };
        check("hash", &DataType::Bytea, &allowed);
    }
    for kind in ["object", "array", "string", "number", "boolean"] {
        let allowed = Allowed {
            json_kind: Some(kind.into()),
            ..Allowed::default()
        };
        check("settings", &DataType::Json(JsonForm::Binary), &allowed);
    }
}

#[test]
fn keys_are_simple() {
    let of = DataType::Int(IntWidth::Big);
    let drawer = Drawer::new(&of, &Allowed::default(), meaning("id", &of));
    let keys: Vec<_> = (0..4)
        .map(|ordinal| drawer.distinct(Chance::new(1), ordinal))
        .collect();
    assert_eq!(keys, [1, 2, 3, 4].map(|key| Some(whole(key))));
}
