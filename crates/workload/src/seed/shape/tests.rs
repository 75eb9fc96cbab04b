mod drawn;

use std::sync::Arc;

use cogway_catalog::sql::parse_expression;
use cogway_catalog::{Catalog, QualifiedName};

use super::*;
use crate::seed::allowed::{Case, Span};
use crate::seed::data_type::Domain;

/// `name type` for each column, with a comma and a blank between them, and with a `!` behind those that are never NULL.
fn columns(text: &str) -> Vec<Column> {
    text.split(", ")
        .map(|column| {
            let (name, written) = column.trim().split_once(' ').unwrap();
            let (written, not_null) = match written.strip_suffix('!') {
                Some(written) => (written, true),
                None => (written, false),
            };
            Column {
                name: name.to_owned(),
                data_type: data_type(written),
                not_null,
                comment: None,
            }
        })
        .collect()
}

fn data_type(written: &str) -> DataType {
    let domain = |name: &str, base: &str, check: &str| {
        DataType::Domain(Arc::new(Domain {
            name: QualifiedName::new("public", name),
            base: data_type(base),
            not_null: false,
            checks: vec![(format!("{name}_check"), check.to_owned())],
        }))
    };
    match written {
        "public.mood" => {
            let labels = ["sad", "ok", "happy"].map(str::to_owned);
            DataType::Enum(QualifiedName::new("public", "mood"), labels.to_vec().into())
        }
        "public.positive" => domain("positive", "integer", "(VALUE > 0)"),
        "public.small" => domain("small", "public.positive", "(VALUE <= 10)"),
        "public.positive[]" => DataType::Array(data_type("public.positive").into()),
        other => DataType::resolve(&Catalog::default(), other),
    }
}

fn demands(texts: &[&str]) -> Vec<Demand> {
    texts
        .iter()
        .enumerate()
        .map(|(number, text)| {
            let (text, strength) = match text.strip_prefix("wish ") {
                Some(text) => (text, Strength::Wish),
                None => (*text, Strength::Must),
            };
            Demand {
                name: format!("c{number}"),
                expression: parse_expression(text).unwrap(),
                strength,
            }
        })
        .collect()
}

/// A shape in a line, for reading.
fn described(shape: &Shape, columns: &[Column]) -> String {
    let mut parts = described_columns(columns, &shape.columns);
    for (column, _) in &shape.computed {
        parts.push(format!("{} computed", columns[*column].name));
    }
    for (column, _) in &shape.adjusted {
        parts.push(format!("{} adjusted", columns[*column].name));
    }
    for limit in &shape.limits {
        parts.push(format!(
            "{} {:?} limit",
            columns[limit.column].name, limit.compare
        ));
    }
    parts.join(", ")
}

fn described_columns(columns: &[Column], all: &[Allowed]) -> Vec<String> {
    let mut parts = Vec::new();
    for (column, allowed) in columns.iter().zip(all) {
        let mut words = Vec::new();
        match allowed.null {
            Nullness::Free => {}
            Nullness::Never => words.push("!".to_owned()),
            Nullness::Always => words.push("null".to_owned()),
        }
        let text = |value: &Value| {
            let mut text = String::new();
            value.write_text(&column.data_type, &mut text);
            text
        };
        if let Some(list) = &allowed.one_of {
            let list: Vec<String> = list.iter().map(text).collect();
            words.push(format!("in {}", list.join("|")));
        }
        for value in &allowed.none_of {
            words.push(format!("not {}", text(value)));
        }
        for (bound, included, excluded) in [(&allowed.low, ">=", ">"), (&allowed.high, "<=", "<")] {
            if let Some(bound) = bound {
                let sign = if bound.included { included } else { excluded };
                words.push(format!("{sign}{}", text(&bound.value)));
            }
        }
        for (span, name) in [(allowed.length, "length"), (allowed.octets, "octets")] {
            if span != Span::default() {
                let end = |end: Option<u32>| end.map_or(String::new(), |end| end.to_string());
                words.push(format!("{name} {}..{}", end(span.least), end(span.most)));
            }
        }
        for pattern in &allowed.patterns {
            let sign = if pattern.wanted { "~" } else { "!~" };
            words.push(format!("{sign}{}", pattern.text));
        }
        match allowed.case {
            Case::Any => {}
            Case::Lower => words.push("lower".to_owned()),
            Case::Upper => words.push("upper".to_owned()),
        }
        if allowed.trimmed {
            words.push("trimmed".to_owned());
        }
        if let Some(kind) = &allowed.json_kind {
            words.push(kind.clone());
        }
        if let Some(element) = &allowed.element {
            words.push(format!("element {:?} {:?}", element.null, element.one_of));
        }
        for list in &allowed.includes {
            let list: Vec<String> = list.iter().map(|value| format!("{value:?}")).collect();
            words.push(format!("includes {}", list.join("|")));
        }
        if allowed.network != Default::default() {
            let network = &allowed.network;
            words.push(format!(
                "v6 {:?} mask {:?}..{:?} in {:?}",
                network.is_v6, network.mask.least, network.mask.most, network.within
            ));
        }
        if !allowed.parts.is_empty() {
            let inner: Vec<Column> = allowed
                .parts
                .iter()
                .map(|part| Column {
                    name: part.name.trim_start_matches('\0').to_owned(),
                    data_type: part.data_type.clone(),
                    not_null: false,
                    comment: None,
                })
                .collect();
            let known: Vec<Allowed> = allowed.parts.iter().map(|part| part.allowed.clone()).collect();
            let mut lines = described_columns(&inner, &known);
            for part in &allowed.parts {
                if part.computed.is_some() {
                    lines.push("computed".to_owned());
                }
                lines.extend(
                    part.limits
                        .iter()
                        .map(|(compare, _)| format!("{compare:?} limit")),
                );
            }
            words.push(format!("{{{}}}", lines.join(", ")));
        }
        for relation in &allowed.relations {
            words.push(format!(
                "{:?} {}",
                relation.compare, columns[relation.column].name
            ));
        }
        if !words.is_empty() {
            parts.push(format!("{} {}", column.name, words.join(" ")));
        }
    }
    parts
}

/// The shapes, in whatever order; then which demands are checked on rows and which are judged.
fn check(table: &str, texts: &[&str], expect: &[&str]) {
    let columns = columns(table);
    let found = match solve(&columns, &demands(texts)) {
        Ok(shapes) => {
            let mut found: Vec<String> = shapes
                .shapes
                .iter()
                .map(|shape| described(shape, &columns))
                .collect();
            found.sort();
            found.extend(
                shapes
                    .checks
                    .iter()
                    .map(|(number, _)| format!("check {}", shapes.names[*number])),
            );
            found.extend(
                shapes
                    .judged
                    .iter()
                    .map(|(number, _)| format!("judge {}", shapes.names[*number])),
            );
            found
        }
        Err(error) => vec![error.to_string()],
    };
    let mut expected: Vec<&str> = expect.to_vec();
    let shapes = expected
        .iter()
        .filter(|line| !line.starts_with("check ") && !line.starts_with("judge "))
        .count();
    expected[..shapes].sort_unstable();
    assert_eq!(found, expected, "{table}: {texts:?}");
}

#[test]
fn single_columns_are_narrowed() {
    for (table, text, expect) in [
        ("a integer", "(a > 0)", "a >=1"),
        ("a integer!", "((a >= 1) AND (a <= 10))", "a ! >=1 <=10"),
        ("a integer", "(0 < a)", "a >=1"),
        ("a integer", "((a)::numeric > 1.5)", "a >=2"),
        ("a integer", "(a <> '-5'::integer)", "a not -5"),
        ("a integer", "(a = ANY (ARRAY[1, 2, 3]))", "a in 1|2|3"),
        (
            "a integer",
            "((a IS NOT NULL) AND (a <> ALL (ARRAY[1, 2])))",
            "a ! not 1 not 2",
        ),
        ("n numeric(10,2)", "(n >= (0)::numeric)", "n >=0"),
        (
            "f double precision",
            "(f >= ('-90'::integer)::double precision)",
            "f >=-90",
        ),
        (
            "v character varying(20)",
            "((v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
            "v in a|b",
        ),
        ("v text", "(v = ANY ('{a,\"b c\"}'::text[]))", "v in a|b c"),
        ("v text", "(v <> ''::text)", "v length 1.."),
        (
            "v text",
            "(length(TRIM(BOTH FROM v)) > 0)",
            "v length 1.. trimmed",
        ),
        ("v text", "(btrim(v) <> ''::text)", "v length 1.. trimmed"),
        (
            "v text",
            "((char_length(v) >= 2) AND (length(v) < 5))",
            "v length 2..4",
        ),
        ("v text", "(v = lower(v))", "v lower"),
        ("v text", "(upper(v) = v)", "v upper"),
        ("v text", "(v = rtrim(v))", "v trimmed"),
        ("v text", "(v ~ '^[a-z]+$'::text)", "v ~^[a-z]+$"),
        ("v text", "(NOT (v ~~* '%x'::text))", "v !~%x"),
        ("v bytea", "(octet_length(v) = 32)", "v octets 32..32"),
        ("m public.mood", "(m <> 'sad'::public.mood)", "m in ok|happy"),
        ("m public.mood", "(m > 'sad'::public.mood)", "m in ok|happy"),
        ("b boolean", "(NOT b)", "b in f"),
        ("b boolean", "(b IS TRUE)", "b ! in t"),
        ("b boolean", "(b = false)", "b in f"),
        (
            "d date",
            "((d >= '2020-01-01'::date) AND (d < '2021-01-01'::date))",
            "d >=2020-01-01 <=2020-12-31",
        ),
        ("d date", "(d <= CURRENT_DATE)", "d <=2026-01-01"),
        ("d date", "(d > now())", "d >=2100-01-02"),
        (
            "t timestamp with time zone",
            "(t <= now())",
            "t <=2026-01-01 00:00:00+00",
        ),
        (
            "t timestamp without time zone",
            "((t)::date = '2020-01-01'::date)",
            "t >=2020-01-01 00:00:00 <2020-01-02 00:00:00",
        ),
        (
            "t timestamp without time zone",
            "(EXTRACT(year FROM t) >= (2000)::numeric)",
            "t >=2000-01-01 00:00:00",
        ),
        ("j jsonb", "(jsonb_typeof(j) = 'object'::text)", "j object"),
        ("a text[]", "(cardinality(a) > 0)", "a length 1.."),
        ("a text[]", "(array_length(a, 1) <= 5)", "a length ..5"),
        (
            "a text[]",
            "(a <@ ARRAY['x'::text, 'y'::text])",
            "a element Never Some([Text(\"x\"), Text(\"y\")])",
        ),
        (
            "a text[]",
            "(array_position(a, NULL::text) IS NULL)",
            "a element Never None",
        ),
        ("a integer", "(a IS NULL)", "a null"),
        ("a integer", "((a IS NULL) OR (a > 5))", "a >=6"),
        ("a integer", "(COALESCE(a, 0) >= 0)", "a >=0"),
        ("a integer", "(a IS DISTINCT FROM 5)", "a not 5"),
        ("a public.small", "(a <> 3)", "a not 3 >=1 <=10"),
        ("a integer", "((a % 5) = 0)", ""),
        ("a integer", "true", ""),
    ] {
        match text {
            "((a % 5) = 0)" => check(table, &[text], &[expect, "check c0"]),
            _ => check(table, &[text], &[expect]),
        }
    }
    check(
        "a integer",
        &["((a % 5) = 0)", "((a >= 0) AND (a < 12))"],
        &["a in 0|5|10 >=0 <=11"],
    );
}

#[test]
fn parts_of_values_are_narrowed() {
    for (table, text, expect) in [
        ("c character(1)", "(c ~ '^[A-Z]$'::text)", "c ~^[A-Z]$"),
        (
            "b bit varying",
            "(bit_length((b)::\"bit\") = 16)",
            "b length 16..16",
        ),
    ] {
        check(table, &[text], &[expect]);
    }
    for (table, text, expect) in [
        ("j jsonb!", "(j ? 'k'::text)", "j ! {(j -> ('k')::text) !}"),
        (
            "j jsonb!",
            "((((j ->> 'n'::text))::integer >= 1) AND (((j ->> 'n'::text))::integer <= 9))",
            "j ! {((j ->> ('n')::text))::integer >=1 <=9}",
        ),
        (
            "j jsonb!",
            "(jsonb_typeof((j -> 'x'::text)) = 'number'::text)",
            "j ! {(j -> ('x')::text) number}",
        ),
        (
            "r int4range!",
            "((lower(r) >= 1) AND (upper(r) <= 100))",
            "r ! {lower(r) >=1, upper(r) <=100}",
        ),
        ("r daterange!", "((upper(r) - lower(r)) = 7)", "r ! {computed}"),
    ] {
        check(table, &[text], &[expect, "check c0"]);
    }
}

#[test]
fn columns_are_related() {
    check("a integer, b integer", &["(a < b)"], &["b Greater a"]);
    check(
        "a integer, b integer",
        &["(a < b)", "(b <= 5)"],
        &["a <=4, b <=5 Greater a"],
    );
    check(
        "a integer!, b integer!",
        &["(a < b)", "(b < a)"],
        &["no row can meet c0, c1: nothing is left that b, a may be together"],
    );
    check("a integer!, b integer", &["(a < b)", "(b < a)"], &["a !, b null"]);
    check(
        "a integer, b integer, c integer",
        &["(c = (a + b))"],
        &["c computed", "check c0"],
    );
    check(
        "a integer, b integer, c integer",
        &["(((a + b) + c) = 100)"],
        &["c computed", "check c0"],
    );
    check(
        "s timestamp without time zone, e timestamp without time zone",
        &["((s + '1 day'::interval) <= e)"],
        &["e GreaterOrEqual limit", "check c0"],
    );
    check(
        "d timestamp without time zone",
        &["(date_trunc('day'::text, d) = d)"],
        &["d adjusted", "check c0"],
    );
}

#[test]
fn alternatives_become_shapes() {
    check(
        "a integer, b integer",
        &["(num_nonnulls(a, b) = 1)"],
        &["a !, b null", "a null, b !"],
    );
    check(
        "a integer, b integer",
        &["((a IS NULL) = (b IS NULL))"],
        &["a !, b !", "a null, b null"],
    );
    check(
        "a integer, b integer",
        &["((a IS NULL) <> (b IS NULL))"],
        &["a !, b null", "a null, b !"],
    );
    check(
        "a integer, b integer",
        &["((((a IS NOT NULL))::integer + ((b IS NOT NULL))::integer) = 1)"],
        &["a !, b null", "a null, b !"],
    );
    check(
        "a integer, b integer",
        &["(( CASE WHEN (a IS NULL) THEN 0 ELSE 1 END + CASE WHEN (b IS NULL) THEN 0 ELSE 1 END) = 1)"],
        &["a !, b null", "a null, b !"],
    );
    check(
        "s public.mood!, p date",
        &["((s <> 'happy'::public.mood) OR (p IS NOT NULL))"],
        &["s ! in sad|ok", "s !, p !"],
    );
    check(
        "s public.mood!, p date",
        &["((s = 'happy'::public.mood) = (p IS NOT NULL))"],
        &["s ! in happy, p !", "s ! in sad|ok, p null"],
    );
    check(
        "k text!, a integer, b integer",
        &["CASE k WHEN 'x'::text THEN (a IS NOT NULL) WHEN 'y'::text THEN (b IS NOT NULL) ELSE true END"],
        &["k ! in x, a !", "k ! in y, b !", "k ! not x not y"],
    );
    check(
        "k public.mood!, q integer!",
        &[
            "CASE k WHEN 'sad'::public.mood THEN (q > 0) WHEN 'ok'::public.mood THEN (q < 0) ELSE (q <> 0) END",
        ],
        &[
            "k ! in sad, q ! >=1",
            "k ! in ok, q ! <=-1",
            "k ! in happy, q ! not 0",
        ],
    );
    check("a integer", &["((a < 1) OR (a > 10))"], &["a <=0", "a >=11"]);
}

#[test]
fn contradictions_are_named() {
    check(
        "a integer!",
        &["(a > 5)", "(a < 3)"],
        &["no row can meet c0, c1: nothing is left that a may be"],
    );
    check("a integer", &["(a > 5)", "(a < 3)"], &["a null"]);
    check(
        "a integer!",
        &["(a IS NULL)"],
        &["no row can meet c0: nothing is left that a may be"],
    );
    check("a integer", &["false"], &["no row can meet c0: it is never true"]);
    check(
        "a integer!, b integer!",
        &["(a > b)", "wish (a < b)"],
        &["a !, b ! Less a"],
    );
    check(
        "v character varying(3)!",
        &["(length((v)::text) > 3)"],
        &["no row can meet c0: nothing is left that v may be"],
    );
}

#[test]
fn what_is_not_understood_is_left() {
    check("a integer", &["public.f(a)"], &["", "judge c0"]);
    check(
        "j jsonb",
        &["(j ? 'k'::text)"],
        &["j ! {(j -> ('k')::text) !}", "j null", "check c0"],
    );
    check("v text", &["(v > 'm'::text)"], &["v >m", "judge c0"]);
    check(
        "a public.positive[]",
        &["(cardinality(a) > 0)"],
        &["a length 1.. element Free None"],
    );
}

#[test]
fn domains_have_what_is_allowed_of_their_values() {
    let DataType::Domain(small) = data_type("public.small") else {
        panic!()
    };
    let (allowed, checks) = of_domain(&small);
    assert!(checks.is_empty());
    let bound = |value| {
        Some(Bound {
            value: Value::Int(value),
            included: true,
        })
    };
    assert_eq!((allowed.low, allowed.high), (bound(1), bound(10)));
}

#[test]
fn many_alternatives_are_a_choice() {
    let names: Vec<String> = (0..20).map(|number| format!("c{number} integer")).collect();
    let texts: Vec<String> = (0..20)
        .map(|number| format!("((c{number} < 1) OR (c{number} > 10))"))
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let shapes = solve(&columns(&names.join(", ")), &demands(&texts)).unwrap();
    assert_eq!(shapes.shapes.len(), SHAPES);
    assert!(shapes.checks.is_empty());
    // Both ways of each condition are among them.
    for column in 0..20 {
        let low = shapes
            .shapes
            .iter()
            .filter(|shape| shape.columns[column].low.is_some())
            .count();
        assert!((64..192).contains(&low), "{low}");
    }
}

/// A value within what is allowed, drawn without any finesse; none where that is not known here.
fn drawn(of: &DataType, allowed: &Allowed, row: &[Value], chance: &mut Chance) -> Option<Value> {
    match allowed.null {
        Nullness::Always => return Some(Value::Null),
        Nullness::Free if chance.happens(0.3) => return Some(Value::Null),
        _ => {}
    }
    for _ in 0..200 {
        let value = match &allowed.one_of {
            Some(list) => chance.pick(list)?.clone(),
            None => any_value(of.base(), allowed, chance)?,
        };
        let related = allowed.relations.iter().all(|relation| {
            let other = &row[relation.column];
            *other == Value::Null
                || value
                    .compare(other)
                    .is_some_and(|order| relation.compare.holds(order))
        });
        let excluded = allowed
            .none_of
            .iter()
            .any(|other| value.compare(other).is_some_and(|order| order.is_eq()));
        if related && !excluded {
            return Some(value);
        }
    }
    None
}

fn any_value(of: &DataType, allowed: &Allowed, chance: &mut Chance) -> Option<Value> {
    let int = |bound: &Option<Bound>, other: i64, inward: i64| match bound {
        Some(Bound {
            value: Value::Int(number) | Value::Timestamp(number),
            included,
        }) => number + if *included { 0 } else { inward },
        Some(Bound {
            value: Value::Date(days),
            ..
        }) => i64::from(*days),
        _ => other,
    };
    let mut between = |width: i64| {
        let low = int(&allowed.low, int(&allowed.high, width, -1) - 2 * width, 1);
        let high = int(&allowed.high, low + 2 * width, -1);
        chance.between(low, high)
    };
    Some(match of {
        DataType::Int(_) => Value::Int(between(20)),
        DataType::Date => Value::Date(i32::try_from(between(400)).ok()?),
        DataType::Timestamp(_) | DataType::TimestampTz(_) => Value::Timestamp(between(100_000_000_000)),
        DataType::Bool => Value::Bool(chance.happens(0.5)),
        DataType::Enum(_, labels) => Value::Text(chance.pick(labels)?.clone()),
        DataType::Text(_) if allowed.patterns.is_empty() => {
            let least = allowed.length.least.unwrap_or(0);
            let most = allowed.length.most.unwrap_or(least + 4);
            let letters = match allowed.case {
                Case::Any => ["a", "B", "x", "y"],
                Case::Lower => ["a", "b", "x", "y"],
                Case::Upper => ["A", "B", "X", "Y"],
            };
            let length = chance.between(i64::from(least), i64::from(most));
            Value::Text(
                (0..length)
                    .filter_map(|_| chance.pick(&letters).copied())
                    .collect(),
            )
        }
        _ => return None,
    })
}

#[test]
fn rows_of_all_shapes_meet_what_is_not_checked() {
    let table = "a integer, b integer, c integer!, k text, v character varying(8), m public.mood, n public.mood!, \
                 p boolean, q boolean!, d date, e date, s timestamp without time zone, t timestamp with time zone, \
                 x public.small";
    let columns = columns(table);
    let texts = [
        "(a > 0)",
        "((a >= '-5'::integer) AND (a <= 40))",
        "(a <> ALL (ARRAY[1, 2, 7]))",
        "((a < 1) OR (a > 10))",
        "(a < b)",
        "((a < b) AND (b <= c))",
        "((a = b) OR (a = c) OR (b = c) OR (a IS NULL))",
        "(a IS DISTINCT FROM b)",
        "(NOT (a IS DISTINCT FROM 5))",
        "((a IS NULL) = (b IS NULL))",
        "(num_nonnulls(a, b, d) = 1)",
        "(num_nulls(a, b, d, e) <= 2)",
        "((((a IS NOT NULL))::integer + ((p IS TRUE))::integer) = 1)",
        "(((p)::integer + (q)::integer) <= 1)",
        "(p = (a IS NOT NULL))",
        "(p <> q)",
        "(NOT (p AND q))",
        "(p OR ((a > 3) AND (b < 3)))",
        "((NOT p) OR (a IS NOT NULL))",
        "CASE WHEN p THEN (a > 0) ELSE (b > 0) END",
        "CASE WHEN (a > 0) THEN (b > 0) ELSE NULL::boolean END",
        "CASE m WHEN 'sad'::public.mood THEN (a = 1) ELSE (a = 2) END",
        "(CASE WHEN p THEN a ELSE b END > 3)",
        "(COALESCE(a, b) IS NOT NULL)",
        "(COALESCE(a, b, 0) > 2)",
        "COALESCE(p, false)",
        "(NULLIF(a, 0) IS NOT NULL)",
        "(GREATEST(a, b) <= 9)",
        "(LEAST(a, b) <= 9)",
        "((m = 'sad'::public.mood) = (a IS NOT NULL))",
        "((m = 'sad'::public.mood) AND (a > 3)) OR ((m <> 'sad'::public.mood) AND (a IS NULL))",
        "(m >= 'ok'::public.mood)",
        "(n = ANY (ARRAY['sad'::public.mood, 'ok'::public.mood]))",
        "((m = n) IS NOT TRUE)",
        "((p IS FALSE) OR (q IS UNKNOWN))",
        "((a > 0) = (b > 0))",
        "((a > 0) IS TRUE)",
        "(length(k) > 3)",
        "((length((v)::text) >= 1) AND (k <> ''::text))",
        "(lower(k) = k)",
        "(upper(k) = ANY (ARRAY['A'::text, 'B'::text]))",
        "(k = ANY (ARRAY['a'::text, 'b'::text, NULL::text]))",
        "(k <> 'paid'::text) OR (d IS NOT NULL)",
        "CASE k WHEN 'x'::text THEN (a IS NOT NULL) WHEN 'y'::text THEN (b IS NOT NULL) ELSE true END",
        "(d <= CURRENT_DATE)",
        "(d > now())",
        "((d >= '2020-01-01'::date) AND (d < e))",
        "((s)::date > '2020-01-01'::date)",
        "(EXTRACT(year FROM s) = (2010)::numeric)",
        "(s <= t)",
        "(x > 3)",
        "((a)::numeric >= 2.5)",
        "(ROW(a, b) < ROW(c, 5))",
        "(((a = 1) AND (b = 2)) OR ((a = 3) AND (b = 4)))",
        "(NOT ((a IS NULL) AND (b IS NULL) AND (c IS NULL)))",
        "((a <> b) OR (p AND (NOT q)))",
        "(a > ANY (ARRAY[b, 3]))",
        "(a >= ALL (ARRAY[3, 5]))",
    ];
    let chance = Chance::new(1);
    let mut rows = 0;
    // Each by itself, and with each of the others behind it.
    for one in 0..texts.len() {
        for two in one..texts.len() {
            let demands = demands(&[texts[one], texts[two]]);
            let Ok(shapes) = solve(&columns, &demands) else {
                continue;
            };
            let open: Vec<usize> = shapes.checks.iter().map(|(number, _)| *number).collect();
            let sure: Vec<Compiled> = (0..demands.len())
                .filter(|number| !open.contains(number))
                .map(|number| Compiled::of(&demands[number].expression, &columns).unwrap())
                .collect();
            assert!(shapes.judged.is_empty(), "{demands:?}");
            for (number, shape) in shapes.shapes.iter().take(12).enumerate() {
                let mut order = shape.order.clone();
                order.sort_unstable();
                assert_eq!(order, (0..columns.len()).collect::<Vec<_>>());
                for draw in 0..4 {
                    let mut chance = chance.at(one as u64).at(two as u64).at(number as u64).at(draw);
                    let mut row = vec![Value::Null; columns.len()];
                    let complete = shape.order.iter().all(|column| {
                        let of = &columns[*column].data_type;
                        match drawn(of, &shape.columns[*column], &row, &mut chance) {
                            Some(value) => {
                                row[*column] = value;
                                true
                            }
                            None => false,
                        }
                    });
                    if !complete {
                        continue;
                    }
                    rows += 1;
                    for check in &sure {
                        assert!(
                            check.passes(&row),
                            "{:?}\nshape {}\nrow {row:?}",
                            [texts[one], texts[two]],
                            described(shape, &columns)
                        );
                    }
                }
            }
        }
    }
    assert!(rows > 10_000, "{rows}");
}
