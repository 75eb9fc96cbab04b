//! The headers of the queries: complete, true to their text, and to the live schema.

use crate::drawing::{Dice, drawn};
use crate::query::{Query, Source};
use crate::shop::Shop;

/// The types that a parameter can have.
const TYPES: &[&str] = &["bigint", "smallint", "integer", "numeric", "text", "timestamptz"];

#[test]
fn headers_say_what_the_text_does() {
    let queries = Query::all();
    assert!(queries.len() >= 18, "{} queries", queries.len());
    for query in &queries {
        let name = &query.name;
        assert!(query.answers.ends_with('.'), "{name}: answers in a sentence");
        assert!(query.weight > 0, "{name}: weight");
        assert!(
            ["read", "write"].contains(&query.kind.as_str()),
            "{name}: {}",
            query.kind
        );
        assert!(
            query.kind == "write" || query.refuses.is_empty(),
            "{name}: reads are not refused"
        );
        for code in &query.refuses {
            assert!(code.len() == 5, "{name}: {code} is no SQLSTATE");
        }
        for used in query.used() {
            assert!(
                query.parameters.iter().any(|it| it.name == used),
                "{name}: {used} is not declared"
            );
        }
        for parameter in &query.parameters {
            let of = format!("{name}: {}", parameter.name);
            assert!(
                query.used().contains(&parameter.name.as_str()),
                "{of} is not used"
            );
            assert!(
                TYPES.contains(&parameter.kind.as_str()),
                "{of}: {}",
                parameter.kind
            );
            assert!(
                query
                    .parameters
                    .iter()
                    .filter(|it| it.name == parameter.name)
                    .count()
                    == 1,
                "{of} is there twice"
            );
            if let Source::Between(low, high) = &parameter.source {
                let number = |text: &str| text.parse::<f64>().expect("a number");
                assert!(number(low) <= number(high), "{of}");
            }
            if let Source::Words(low, high) = &parameter.source {
                assert!(low <= high, "{of}");
            }
        }
    }
}

#[test]
fn wrong_headers_are_seen() {
    let good = "-- name: a\n-- answers: b.\n-- kind: read\n-- weight: 1\n";
    for (text, says) in [
        ("select 1;", "no name"),
        ("-- name: a\n-- kind: read\n", "no answers"),
        (
            "-- name: a\n-- answers: b.\n-- kind: read\n-- weight: much\n",
            "weight is no number",
        ),
        (
            &format!("{good}-- param: x bigint of y.z\n"),
            "param: x bigint of y.z",
        ),
        (
            &format!("{good}-- param: x bigint from z\n"),
            "param: x bigint from z",
        ),
        (
            &format!("{good}-- weight: 2\n"),
            "weight: unknown, twice, or in the wrong place",
        ),
    ] {
        assert_eq!(Query::parse(text.to_owned()).expect_err(text), says);
    }
    assert!(Query::parse(good.to_owned()).is_ok());
}

/// Each query is prepared with the types of its header.
#[test]
fn queries_take_the_types_of_their_headers() {
    let Some(shop) = Shop::empty() else { return };
    let mut script = String::new();
    for query in Query::all() {
        let types: Vec<&str> = query.parameters.iter().map(|it| it.kind.as_str()).collect();
        let types = if types.is_empty() {
            String::new()
        } else {
            format!("({})", types.join(", "))
        };
        script += &format!("prepare {}{types} as\n{}", query.name, query.numbered());
    }
    let prepared = shop.sql(&(script + "select count(*) from pg_prepared_statements"));
    assert_eq!(prepared, Query::all().len().to_string());
}

/// Each query is run with values that its header names, as a load generator would draw them.
#[test]
fn queries_run_with_values_from_their_sources() {
    let Some(shop) = Shop::open() else { return };
    for query in Query::all() {
        let run = format!(
            "\\set ON_ERROR_STOP off\nbegin;\n{}\\echo :SQLSTATE\nrollback;\n",
            query.text
        );
        let script = drawn(&query, &mut Dice::new(1), &run);
        let said = shop.sql(&script);
        let code = said.lines().last().unwrap_or_default();
        assert!(
            code == "00000" || query.refuses.iter().any(|it| it == code),
            "{}: {code}\n{script}",
            query.name
        );
    }
}
