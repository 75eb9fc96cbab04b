use cogway_catalog::{Definition, Object};
use serde_json::json;

use super::*;

/// Names and what they mean, both ways: the type is written by the name that it was read from.
#[test]
fn types_of_postgresql() {
    let time = DataType::Time;
    let interval = |fields: &str, precision| DataType::Interval {
        fields: (!fields.is_empty()).then(|| fields.to_owned()),
        precision,
    };
    let bit = |length, varying| DataType::Bit { length, varying };
    check("boolean", DataType::Bool);
    check("smallint", DataType::Int(IntWidth::Small));
    check("integer", DataType::Int(IntWidth::Integer));
    check("bigint", DataType::Int(IntWidth::Big));
    check("oid", DataType::Int(IntWidth::Oid));
    check("real", DataType::Float(FloatWidth::Real));
    check("double precision", DataType::Float(FloatWidth::Double));
    check("numeric", DataType::Numeric(None));
    check("numeric(10,2)", DataType::Numeric(Some((10, 2))));
    check("numeric(5,-2)", DataType::Numeric(Some((5, -2))));
    check("money", DataType::Money);
    check("text", DataType::Text(TextForm::Text));
    check("character varying", DataType::Text(TextForm::Varchar(None)));
    check(
        "character varying(20)",
        DataType::Text(TextForm::Varchar(Some(20))),
    );
    check("character(3)", DataType::Text(TextForm::Char(3)));
    check("name", DataType::Text(TextForm::Name));
    check("\"char\"", DataType::Text(TextForm::Byte));
    check("json", DataType::Json(JsonForm::Text));
    check("jsonb", DataType::Json(JsonForm::Binary));
    check("xml", DataType::Xml);
    check("bytea", DataType::Bytea);
    check("date", DataType::Date);
    check("time without time zone", time(6));
    check("time(0) without time zone", time(0));
    check("time(3) with time zone", DataType::TimeTz(3));
    check("timestamp without time zone", DataType::Timestamp(6));
    check("timestamp(3) with time zone", DataType::TimestampTz(3));
    check("interval", interval("", 6));
    check("interval(3)", interval("", 3));
    check("interval year to month", interval("year to month", 6));
    check("interval day to second(2)", interval("day to second", 2));
    check("uuid", DataType::Uuid);
    check("bit(8)", bit(Some(8), false));
    check("\"bit\"", bit(None, false));
    check("bit varying", bit(None, true));
    check("bit varying(5)", bit(Some(5), true));
    check("inet", DataType::Other("inet"));
    check("txid_snapshot", DataType::Other("txid_snapshot"));
    check("integer[]", array(DataType::Int(IntWidth::Integer)));
    check(
        "character varying(20)[]",
        array(DataType::Text(TextForm::Varchar(Some(20)))),
    );
    check("timestamp(3) with time zone[]", array(DataType::TimestampTz(3)));
    check(
        "tstzrange",
        DataType::Range("tstzrange".into(), DataType::TimestampTz(6).into()),
    );
    check(
        "int4multirange",
        DataType::Multirange("int4multirange".into(), DataType::Int(IntWidth::Integer).into()),
    );
    check("bpchar", unlimited_char());
}

#[test]
fn types_that_somebody_made() {
    let mood = DataType::Enum(name("mood"), ["sad".to_owned(), "o'k".to_owned()].into());
    let price = DataType::Domain(Arc::new(Domain {
        name: name("price"),
        base: DataType::Numeric(Some((10, 2))),
        not_null: true,
        checks: vec![
            ("price_check".to_owned(), "(VALUE >= (0)::numeric)".to_owned()),
            ("price_check1".to_owned(), "(VALUE < (10)::numeric)".to_owned()),
        ],
    }));
    let discount = DataType::Domain(Arc::new(Domain {
        name: name("discount"),
        base: price.clone(),
        not_null: false,
        checks: vec![],
    }));
    let field = |name: &str, of: DataType| (name.to_owned(), of);
    check("public.mood", mood.clone());
    check("public.mood[]", array(mood.clone()));
    check("public.price", price.clone());
    check("public.discount", discount.clone());
    check(
        "public.\"My \"\"Range\"",
        DataType::Range(
            "public.\"My \"\"Range\"".into(),
            DataType::Text(TextForm::Text).into(),
        ),
    );
    check(
        "public.my_multirange",
        DataType::Multirange(
            "public.my_multirange".into(),
            DataType::Text(TextForm::Text).into(),
        ),
    );
    check(
        "public.pair",
        DataType::Composite(
            name("pair"),
            [field("one", mood), field("The other", array(discount))].into(),
        ),
    );
    // Columns stand in their own order, not in that of their names.
    check(
        "public.orders",
        DataType::Composite(
            name("orders"),
            [
                field("id", DataType::Int(IntWidth::Big)),
                field("at", DataType::Date),
            ]
            .into(),
        ),
    );
    // PostgreSQL refuses it; a catalog may say so all the same.
    let itself = DataType::Foreign {
        name: "endless".to_owned(),
        written: "public.endless".to_owned(),
    };
    check(
        "public.endless",
        DataType::Composite(name("endless"), [field("next", array(itself))].into()),
    );
}

#[test]
fn types_of_others() {
    let foreign = |name: &str, written: &str| DataType::Foreign {
        name: name.to_owned(),
        written: written.to_owned(),
    };
    check("public.hstore", foreign("hstore", "public.hstore"));
    check(
        "ext.geometry(Point,4326)",
        foreign("geometry", "ext.geometry(Point,4326)"),
    );
    check("\"E x\".\"a.b\"", foreign("a.b", "\"E x\".\"a.b\""));
    check("what_is_this", foreign("what_is_this", "what_is_this"));
    assert_eq!(resolve("ext.citext"), DataType::Text(TextForm::Citext));
    let identifier = resolve("information_schema.sql_identifier");
    assert_eq!(identifier.base(), &DataType::Text(TextForm::Name));
}

#[track_caller]
fn check(written: &str, expect: DataType) {
    let found = resolve(written);
    assert_eq!(found, expect, "{written}");
    let again = found.written();
    // PostgreSQL has a name of its own for that one.
    assert_eq!(again.strip_prefix("pg_catalog.").unwrap_or(&again), written);
}

fn resolve(written: &str) -> DataType {
    DataType::resolve(&catalog(), written)
}

fn array(element: DataType) -> DataType {
    DataType::Array(Arc::new(element))
}

fn name(name: &str) -> QualifiedName {
    QualifiedName::new("public", name)
}

fn catalog() -> Catalog {
    let field = |name: &str, of: &str| json!({"name": name, "type": of, "collation": null, "comment": null});
    let domain =
        |of: &str, not_null| json!({"type": of, "collation": null, "not_null": not_null, "default": null});
    let range = |of: &str, multirange: &str| {
        json!({"subtype": of, "operator_class": "pg_catalog.text_ops", "collation": null, "canonical": null,
               "subtype_difference": null, "multirange": multirange})
    };
    let column = |position, of: &str| {
        json!({"position": position, "type": of, "collation": null, "not_null": false, "default": null,
               "generated": null, "generated_kind": null, "identity": null, "storage": null, "compression": null,
               "statistics": null, "options": [], "foreign_options": [], "local": true, "inherited": 0})
    };
    let check = |expression: &str| {
        json!({"form": "check", "columns": [], "index": null, "expression": expression, "operators": [],
               "references": null, "referenced_columns": [], "matching": null, "on_update": null, "on_delete": null,
               "on_delete_columns": [], "deferrable": false, "initially_deferred": false, "validated": true,
               "enforced": true, "period": false, "no_inherit": false, "local": true, "inherited": 0})
    };
    let table = json!({"form": "ordinary", "ancestry": "root", "persistence": "permanent", "of_type": null,
                       "access_method": "heap", "tablespace": null, "options": [], "toast_options": [],
                       "replica_identity": "default", "row_security": false, "force_row_security": false});
    let whole = |kind, it: &str| ObjectId::qualified(kind, name(it));
    let part = |kind, of: &str, it: &str| ObjectId::part(kind, name(of), it);
    [
        (whole(Kind::Enum, "mood"), json!({"values": ["sad", "o'k"]})),
        (whole(Kind::Domain, "price"), domain("numeric(10,2)", true)),
        (
            part(Kind::Constraint, "price", "price_check"),
            check("(VALUE >= (0)::numeric)"),
        ),
        (
            part(Kind::Constraint, "price", "price_check1"),
            check("(VALUE < (10)::numeric)"),
        ),
        (whole(Kind::Domain, "discount"), domain("public.price", false)),
        (
            whole(Kind::Range, "My \"Range"),
            range("text", "public.my_multirange"),
        ),
        (
            whole(Kind::CompositeType, "pair"),
            json!({"fields": [field("one", "public.mood"), field("The other", "public.discount[]")]}),
        ),
        (
            whole(Kind::CompositeType, "endless"),
            json!({"fields": [field("next", "public.endless[]")]}),
        ),
        (whole(Kind::Table, "orders"), table),
        (part(Kind::Column, "orders", "id"), column(1, "bigint")),
        (part(Kind::Column, "orders", "at"), column(2, "date")),
    ]
    .into_iter()
    .map(|(id, definition)| Object {
        definition: Definition::read(id.kind, definition).expect("a definition"),
        id,
        owner: None,
        privileges: None,
        comment: None,
        labels: vec![],
    })
    .collect()
}
