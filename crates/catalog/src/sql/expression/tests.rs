use proptest::prelude::*;

use super::*;

/// What PostgreSQL 15 printed of CHECKs: of many forms, on a table of many types, and those of `examples/shop`.
const PRINTED: &str = include_str!("tests/printed.txt");

fn read(text: &str) -> Expression {
    parse_expression(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The expression with parentheses around everything.
fn check(text: &str, expect: &str) {
    assert_eq!(read(text).to_string(), expect, "{text}");
}

#[test]
fn what_postgresql_prints_is_read_and_printed_and_read_again() {
    assert!(PRINTED.lines().count() > 400);
    for line in PRINTED.lines() {
        let expression = read(line);
        assert_eq!(read(&expression.to_string()), expression, "{line}");
    }
}

#[test]
fn precedence_is_that_of_postgresql() {
    check("a or b and c or d", "(a OR (b AND c) OR d)");
    check("not a = b and c", "((NOT (a = b)) AND c)");
    check("a + b * c - d", "((a + (b * c)) - d)");
    check("-a ^ 2", "((- a) ^ 2)");
    check("a || b + c", "(a || (b + c))");
    check("a = b is null", "((a = b) IS NULL)");
    check("- a::integer", "(- (a)::integer)");
    check("a -> 'b' = c", "((a -> 'b') = c)");
    check("a > b at time zone 'UTC'", "(a > timezone('UTC', b))");
    check("a < b collate \"C\"", "(a < (b COLLATE \"C\"))");
    check("a*-b", "(a * (- b))");
    check("a @-b", "(a @- b)");
    check("a != b", "(a <> b)");
    check("(a).b.c", "((a).b).c");
    check("t.a > s.t.b", "(a > b)");
}

#[test]
fn words_of_the_grammar_become_calls() {
    check("EXTRACT(year FROM d)", "EXTRACT('year' FROM d)");
    check("TRIM(BOTH FROM a)", "btrim(a)");
    check("TRIM(LEADING 'x'::text FROM a)", "ltrim(a, ('x')::text)");
    check("POSITION((a) IN (b))", "\"position\"(b, a)");
    check("SUBSTRING(a FROM 2 FOR 3)", "\"substring\"(a, 2, 3)");
    check("(a IS NOT NFKC NORMALIZED)", "(NOT is_normalized(a, 'nfkc'))");
    check("CURRENT_TIMESTAMP(3)", "CURRENT_TIMESTAMP");
    check("(a, b) OVERLAPS (c, d)", "\"overlaps\"(a, b, c, d)");
}

#[test]
fn casts_keep_their_type_as_written() {
    for name in [
        "character varying(20)",
        "double precision",
        "timestamp(3) with time zone",
        "time without time zone",
        "interval day to second(3)",
        "interval(2)",
        "numeric(10,2)",
        "bit varying(5)[]",
        "\"My Schema\".\"Mood\"[]",
        "\"char\"",
        "pg_catalog.int4",
    ] {
        let Expression::Cast(_, written) = read(&format!("(a)::{name}")) else {
            panic!("{name}")
        };
        assert_eq!(written, name);
        read(&format!("((a)::{name} = b)"));
    }
}

#[test]
fn strings_are_unescaped() {
    for (text, expect) in [
        ("'it''s'", "it's"),
        (r"E'a\\b\tc\x41\u00e9\101'", "a\\b\tcA\u{e9}A"),
        ("$$a'b$$", "a'b"),
        ("$x$a$$b$x$", "a$$b"),
        ("'a' 'b'", "ab"),
    ] {
        assert_eq!(read(text), Expression::String(expect.to_owned()), "{text}");
    }
    assert_eq!(read("B'101'"), Expression::Bits("101".to_owned()));
    assert_eq!(read("X'a1'"), Expression::Bits("10100001".to_owned()));
}

#[test]
fn the_value_of_a_domain_is_no_column() {
    assert_eq!(read("VALUE"), Expression::Value);
    assert_eq!(read("value"), Expression::Column("value".to_owned()));
    assert_eq!(read("\"VALUE\""), Expression::Column("VALUE".to_owned()));
}

#[test]
fn what_is_no_expression_is_refused() {
    for text in [
        "",
        "(a",
        "a b",
        "a = ",
        "(SELECT 1)",
        "a IN",
        "CASE WHEN a THEN b",
        "'open",
        "a /* b",
        "f(a,)",
        ")",
        "a[]",
        "a::",
    ] {
        assert!(parse_expression(text).is_err(), "{text}");
    }
}

#[test]
fn depth_is_limited_however_it_comes_about() {
    for (open, close) in [
        ("(", ")"),
        ("NOT ", ""),
        ("- ", ""),
        ("f(", ")"),
        ("ARRAY[", "]"),
        ("a + (", ")"),
    ] {
        let text = format!("{}a{}", open.repeat(50_000), close.repeat(50_000));
        assert!(
            matches!(parse_expression(&text), Err(ExpressionError::TooDeep { .. })),
            "{open}"
        );
    }
    let text = format!("a{}", "::text".repeat(50_000));
    assert!(matches!(
        parse_expression(&text),
        Err(ExpressionError::TooDeep { .. })
    ));
    let text = format!("a{}", " + a".repeat(50_000));
    assert!(matches!(
        parse_expression(&text),
        Err(ExpressionError::TooDeep { .. })
    ));
    // Long is not deep.
    let text = format!("a{}", " OR a".repeat(50_000));
    let Expression::Or(parts) = read(&text) else {
        panic!()
    };
    assert_eq!(parts.len(), 50_001);
}

#[test]
fn keys_and_bounds_of_partitions() {
    let key = PartitionKey::parse("RANGE (a, lower(b) COLLATE \"C\" text_pattern_ops, ((c + 1)))").unwrap();
    assert_eq!(key.method, PartitionMethod::Range);
    assert_eq!(
        key.expressions
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["a", "(lower(b) COLLATE \"C\")", "(c + 1)"]
    );
    let bound = |text: &str| PartitionBound::parse(text).unwrap();
    let condition = |text: &str, key: &str| {
        bound(text)
            .condition(&PartitionKey::parse(key).unwrap())
            .map(|condition| condition.to_string())
    };
    assert_eq!(bound("DEFAULT"), PartitionBound::Default);
    assert_eq!(
        bound("FOR VALUES WITH (modulus 4, remainder 1)"),
        PartitionBound::Hash {
            modulus: 4,
            remainder: 1
        }
    );
    for (text, key, expect) in [
        (
            "FOR VALUES IN ('a', 'b')",
            "LIST (k)",
            "((k IS NOT NULL) AND (k = ANY (ARRAY['a', 'b'])))",
        ),
        ("FOR VALUES IN (NULL)", "LIST (k)", "(k IS NULL)"),
        (
            "FOR VALUES IN (NULL, 3)",
            "LIST (k)",
            "((k IS NULL) OR (k = ANY (ARRAY[3])))",
        ),
        (
            "FOR VALUES FROM ('2026-10-01') TO ('2026-11-01')",
            "RANGE (d)",
            "((d IS NOT NULL) AND (d >= '2026-10-01') AND (d < '2026-11-01'))",
        ),
        (
            "FOR VALUES FROM (MINVALUE) TO ('-5')",
            "RANGE (d)",
            "((d IS NOT NULL) AND (d < '-5'))",
        ),
        (
            "FOR VALUES FROM (1, 2) TO (1, MAXVALUE)",
            "RANGE (a, b)",
            "((a IS NOT NULL) AND (b IS NOT NULL) AND ((a > 1) OR ((a = 1) AND (b >= 2))) AND (a <= 1))",
        ),
    ] {
        assert_eq!(condition(text, key).as_deref(), Some(expect), "{text}");
    }
    for text in [
        "",
        "FOR VALUES",
        "FOR VALUES IN ()",
        "FOR VALUES FROM (1) TO",
        "DEFAULT x",
    ] {
        assert!(PartitionBound::parse(text).is_err(), "{text}");
    }
}

#[test]
fn keys_of_indexes() {
    for (text, expect) in [
        ("email", "email"),
        ("lower(email) DESC NULLS LAST", "lower(email)"),
        ("email COLLATE \"C\" text_pattern_ops", "(email COLLATE \"C\")"),
        (
            "((a ->> 'x'::text)) gin_trgm_ops (siglen='32')",
            "(a ->> ('x')::text)",
        ),
    ] {
        assert_eq!(parse_index_key(text).unwrap().to_string(), expect);
    }
}

/// Expressions of all forms, whatever they mean.
fn expressions() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        Just(Expression::Null),
        any::<bool>().prop_map(Expression::Bool),
        "[0-9]{1,5}(\\.[0-9]{1,3})?".prop_map(Expression::Number),
        ".{0,8}".prop_map(Expression::String),
        "[a-zA-Z][a-z ]{0,5}|select|VALUE".prop_map(Expression::Column),
        Just(Expression::Value),
        Just(Expression::Keyword("current_date".to_owned())),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let several = || prop::collection::vec(inner.clone(), 2..4);
        let boxed = || inner.clone().prop_map(Box::new);
        prop_oneof![
            // Where one of the parts is an AND itself, its text is that of a longer one.
            several().prop_map(|parts| Expression::And(parts.into_iter().map(not_joined).collect())),
            several().prop_map(|parts| Expression::Or(parts.into_iter().map(not_joined).collect())),
            boxed().prop_map(Expression::Not),
            (
                boxed(),
                prop_oneof![Just("text"), Just("numeric(3,1)"), Just("s.\"T\"[]")]
            )
                .prop_map(|(of, name)| Expression::Cast(of, name.to_owned())),
            (
                prop_oneof![Just("+"), Just("~~"), Just("="), Just("->>"), Just("-")],
                inner.clone(),
                inner.clone()
            )
                .prop_map(|(name, left, right)| Expression::binary(name, left, right)),
            (boxed(), any::<bool>()).prop_map(|(of, negated)| Expression::Is {
                of,
                test: IsTest::Unknown,
                negated
            }),
            (boxed(), boxed(), any::<bool>()).prop_map(|(left, right, negated)| Expression::Distinct {
                left,
                right,
                negated
            }),
            (boxed(), several()).prop_map(|(left, parts)| Expression::Quantified {
                left,
                operator: "<>".to_owned(),
                quantifier: Quantifier::All,
                array: Box::new(Expression::Array(parts)),
            }),
            (
                prop::option::of(boxed()),
                boxed(),
                boxed(),
                prop::option::of(boxed())
            )
                .prop_map(|(operand, when, then, otherwise)| Expression::Case {
                    operand,
                    branches: vec![(*when, *then)],
                    otherwise,
                }),
            ("[a-z]{3,6}", several()).prop_map(|(name, parts)| Expression::call(&name, parts)),
            several().prop_map(Expression::Row),
            (boxed(), boxed()).prop_map(|(of, index)| Expression::Subscript(of, index)),
            (boxed(), prop::option::of(boxed())).prop_map(|(of, low)| Expression::Slice(of, low, None)),
            (boxed(), "[a-z]{1,4}").prop_map(|(of, name)| Expression::Field(of, name)),
        ]
    })
}

fn not_joined(part: Expression) -> Expression {
    match part {
        Expression::And(_) | Expression::Or(_) => Expression::Not(Box::new(part)),
        part => part,
    }
}

proptest! {
    #[test]
    fn printing_and_reading_are_inverse(expression in expressions()) {
        let text = expression.to_string();
        let read = parse_expression(&text);
        prop_assert_eq!(read.as_ref(), Ok(&expression), "{}", text);
    }

    #[test]
    fn no_text_makes_the_parser_fall(text in "[a-zA-Z0-9 ()\\[\\].,:'\"$=<>+*|~-]{0,40}") {
        let _ = parse_expression(&text);
        let _ = PartitionBound::parse(&text);
        let _ = PartitionKey::parse(&text);
    }
}
