//! Ranges, composites, and what is written as its input function reads it.

use crate::seed::value::Range;

use super::*;

fn ranges() -> Vec<DataType> {
    [
        ("int4range", DataType::Int(IntWidth::Integer)),
        ("int8range", DataType::Int(IntWidth::Big)),
        ("numrange", DataType::Numeric(None)),
        ("daterange", DataType::Date),
        ("tsrange", DataType::Timestamp(6)),
        ("tstzrange", DataType::TimestampTz(6)),
    ]
    .into_iter()
    .map(|(name, of)| DataType::Range(name.into(), Arc::new(of)))
    .collect()
}

fn composite() -> DataType {
    DataType::Composite(
        QualifiedName {
            schema: "public".into(),
            name: "address".into(),
        },
        [
            ("primary".to_string(), DataType::Bool),
            ("street".to_string(), DataType::Text(TextForm::Text)),
            ("number".to_string(), DataType::Int(IntWidth::Small)),
        ]
        .into(),
    )
}

fn foreign(name: &str, modifier: &str) -> DataType {
    DataType::Foreign {
        name: name.into(),
        written: format!("public.{name}{modifier}"),
    }
}

fn others() -> Vec<DataType> {
    [
        "box",
        "cid",
        "cidr",
        "circle",
        "inet",
        "int2vector",
        "jsonpath",
        "line",
        "lseg",
        "macaddr",
        "macaddr8",
        "oidvector",
        "path",
        "pg_lsn",
        "pg_snapshot",
        "point",
        "polygon",
        "refcursor",
        "regclass",
        "regcollation",
        "regconfig",
        "regdictionary",
        "regnamespace",
        "regoper",
        "regoperator",
        "regproc",
        "regprocedure",
        "regrole",
        "regtype",
        "tid",
        "tsquery",
        "tsvector",
        "txid_snapshot",
        "xid",
        "xid8",
        "aclitem",
    ]
    .map(DataType::Other)
    .into()
}

#[test]
fn ranges_do_not_overlap() {
    for of in ranges() {
        check("period", &of, &Allowed::default());
        let drawer = Drawer::new(&of, &Allowed::default(), meaning("period", &of));
        let mut spans: Vec<(Value, Value)> = (0..ORDINALS)
            .map(|ordinal| match drawer.distinct(Chance::new(1), ordinal) {
                Some(Value::Range(range)) => match *range {
                    Range::Span {
                        low: Some(low),
                        high: Some(high),
                        ..
                    } => (low, high),
                    Range::Empty | Range::Span { .. } => panic!("not a span"),
                },
                other => panic!("{other:?}"),
            })
            .collect();
        spans.sort_by(|one, other| one.0.compare(&other.0).expect("comparable"));
        for pair in spans.windows(2) {
            assert_ne!(
                pair[0].1.compare(&pair[1].0),
                Some(std::cmp::Ordering::Greater),
                "{pair:?}"
            );
        }
        let DataType::Range(name, element) = &of else {
            continue;
        };
        let several = DataType::Multirange(name.replace("range", "multirange").into(), element.clone());
        check("period", &several, &Allowed::default());
    }
}

#[test]
fn rare_types_are_drawn() {
    let free = Allowed::default();
    check("address", &composite(), &free);
    check("address", &DataType::Array(Arc::new(composite())), &free);
    for of in others() {
        check_many("thing", &of, &free, 500, 5_000);
        check_many("thing", &DataType::Array(Arc::new(of)), &free, 50, 500);
    }
    for (name, modifier) in [
        ("hstore", ""),
        ("ltree", ""),
        ("cube", ""),
        ("seg", ""),
        ("semver", ""),
        ("isbn13", ""),
        ("geometry", ""),
        ("geometry", "(Point,4326)"),
        ("geometry", "(MultiPolygon,3857)"),
        ("geography", "(LineString)"),
        ("vector", "(5)"),
        ("vector", ""),
    ] {
        check_many("thing", &foreign(name, modifier), &free, 500, 5_000);
    }
    check("thing", &DataType::Xml, &free);
    for (length, varying) in [
        (Some(1), false),
        (Some(8), false),
        (Some(100), false),
        (Some(5), true),
        (None, true),
    ] {
        check("flags", &DataType::Bit { length, varying }, &free);
    }
}

#[test]
fn what_is_unknown_is_not_drawn() {
    let of = foreign("wonder", "");
    let drawer = Drawer::new(&of, &Allowed::default(), meaning("thing", &of));
    assert_eq!(drawer.draw(Chance::new(1), Chance::new(2)), None);
    assert_eq!(drawer.capacity(), Some(0));
}
