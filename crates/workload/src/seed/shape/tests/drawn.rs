//! What is drawn for a shape meets the conditions that the shape comes from, without anybody trying again.

use super::{columns, demands};
use crate::seed::chance::Chance;
use crate::seed::draw::Drawer;
use crate::seed::language::Language;
use crate::seed::meaning::{Meaning, Subject};
use crate::seed::shape::solve;
use crate::seed::value::Value;

/// Of a hundred rows of tables without comparisons between columns, this many pass all checks at the least.
fn check(table: &str, texts: &[&str], expect: usize) {
    let columns = columns(table);
    let shapes = solve(&columns, &demands(texts)).unwrap();
    assert!(shapes.judged.is_empty(), "{texts:?}: {:?}", shapes.judged);
    let chance = Chance::new(7);
    let mut passed = 0;
    let mut example = Vec::new();
    for number in 0..100 {
        let shape = &shapes.shapes[number % shapes.shapes.len()];
        let mut row = vec![Value::Null; columns.len()];
        for (place, column) in columns.iter().enumerate() {
            let meaning = Meaning::of(&Subject {
                schema: "public",
                table: "things",
                table_comment: None,
                column: &column.name,
                comment: None,
                default: None,
                data_type: &column.data_type,
                language: Language::English,
            });
            let drawer = Drawer::new(&column.data_type, &shape.columns[place], meaning.into());
            let own = chance.at(number as u64).at(place as u64);
            if shape.columns[place].null != crate::seed::allowed::Nullness::Always {
                row[place] = drawer.draw(chance.at(number as u64), own).unwrap_or(Value::Null);
            }
        }
        let is_right = shapes.checks.iter().all(|(_, check)| check.passes(&row))
            && columns
                .iter()
                .zip(&row)
                .all(|(column, value)| !column.not_null || *value != Value::Null);
        passed += usize::from(is_right);
        if !is_right {
            example = row;
        }
    }
    assert!(passed >= expect, "{texts:?}: {passed}, not {example:?}");
}

#[test]
fn rows_meet_the_conditions_on_parts() {
    for (table, text) in [
        ("c character(1)!", "(c ~ '^[A-Z]$'::text)"),
        (
            "c character(4)!",
            "((c ~ '^\\d{4}$'::text) AND (c <> '0000'::bpchar))",
        ),
        ("c character(5)!", "(c ~ '^[A-Z]{2} *$'::text)"),
        ("c character(5)!", "((c)::text ~ '^[A-Z]{2}$'::text)"),
        ("b bit varying!", "(bit_length(b) = 16)"),
        ("a inet!", "(family(a) = 6)"),
        ("a cidr!", "(masklen((a)::inet) = 24)"),
        ("a inet!", "(a << '192.168.0.0/16'::inet)"),
        ("a inet!", "((a << '10.0.0.0/8'::inet) AND (masklen(a) = 32))"),
        ("a inet!", "(NOT (a <<= '10.0.0.0/8'::inet))"),
        ("r daterange!", "(NOT isempty(r))"),
        ("r tstzrange!", "((lower(r) IS NOT NULL) AND (upper(r) IS NULL))"),
        ("r tstzrange!", "(upper_inf(r) AND (NOT lower_inf(r)))"),
        (
            "r int4range!",
            "((lower(r) >= 1) AND (upper(r) <= 100) AND (NOT isempty(r)))",
        ),
        ("r daterange!", "((upper(r) - lower(r)) = 7)"),
        ("r daterange!", "((upper(r) - lower(r)) <= 30)"),
        ("r tsrange!", "((upper(r) - lower(r)) >= '01:00:00'::interval)"),
        (
            "j jsonb!",
            "((jsonb_typeof(j) = 'object'::text) AND (j ? 'id'::text))",
        ),
        ("j jsonb!", "(j ?& ARRAY['a'::text, 'b'::text])"),
        ("j jsonb", "(j ?| ARRAY['a'::text, 'b'::text])"),
        ("j json!", "(json_typeof(j) = 'array'::text)"),
        ("j jsonb", "(jsonb_typeof(j) = 'number'::text)"),
        (
            "j jsonb!",
            "((jsonb_typeof((j -> 'x'::text)) = 'number'::text) AND (((j ->> 'x'::text))::numeric > (5)::numeric))",
        ),
        (
            "j jsonb!",
            "((j ->> 'status'::text) = ANY (ARRAY['new'::text, 'done'::text]))",
        ),
        ("j jsonb!", "((j -> 'a'::text) ? 'b'::text)"),
        ("j jsonb!", "((j #>> '{a,b}'::text[]) = 'x'::text)"),
        ("j jsonb!", "(j @> '{\"type\": \"card\", \"n\": 1}'::jsonb)"),
        ("j jsonb!", "(NOT (j ? 'secret'::text))"),
        ("j jsonb!", "((j ->> 'email'::text) ~ '^[^@]+@[^@]+$'::text)"),
        (
            "j jsonb!",
            "(((j ->> 'from'::text))::date < ((j ->> 'to'::text))::date)",
        ),
        (
            "j jsonb!",
            "((jsonb_typeof((j -> 'tags'::text)) = 'array'::text) AND (jsonb_array_length((j -> 'tags'::text)) > 0))",
        ),
        (
            "v text!",
            "(v = regexp_replace(v, '[^A-Z0-9]'::text, ''::text, 'g'::text))",
        ),
        (
            "j jsonb!",
            "((jsonb_array_length((j -> 'tags'::text)) >= 1) AND (jsonb_array_length((j -> 'tags'::text)) <= 5) AND (j ? 'tags'::text))",
        ),
        ("a text[]!", "(a <@ ARRAY['red'::text, 'green'::text])"),
        ("a text[]!", "('admin'::text = ANY (a))"),
        ("a text[]!", "(a @> ARRAY['x'::text, 'y'::text])"),
        ("a text[]!", "(a && ARRAY['x'::text, 'y'::text])"),
        ("a text[]!", "(NOT (a && ARRAY['x'::text, 'y'::text]))"),
        (
            "a text[]!",
            "((a @> ARRAY['x'::text]) AND (cardinality(a) >= 2) AND (cardinality(a) <= 3))",
        ),
        (
            "a text[]!",
            "(cardinality(array_remove(a, NULL::text)) = cardinality(a))",
        ),
    ] {
        check(table, &[text], 97);
    }
}

/// How long it takes to plan a table, for whoever wants to know: `cargo test --release -- --ignored planning --nocapture`.
#[test]
#[ignore = "it measures"]
#[expect(clippy::print_stdout, reason = "what it measures is said")]
fn planning_takes_little_time() {
    let table = "id bigint!, email text!, name character varying(80)!, phone text, country character(2)!, state text!, \
        status text!, price numeric(10,2)!, discount numeric(10,2), quantity integer!, starts date!, ends date, \
        created_at timestamp with time zone!, updated_at timestamp with time zone!, slug text!, sku text!, \
        data jsonb!, tags text[]!, ip inet, during tstzrange, active boolean!, deleted_at timestamp with time zone";
    let texts = [
        "(email ~* '^[A-Z0-9._%+-]+@[A-Z0-9.-]+\\.[A-Z]{2,}$'::text)",
        "(country ~ '^[A-Z]{2}$'::text)",
        "(slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)",
        "(sku ~ '^[A-Z]{3}-[0-9]{6}$'::text)",
        "((price > (0)::numeric) AND ((discount IS NULL) OR (discount < price)))",
        "(state = ANY (ARRAY['new'::text, 'open'::text, 'done'::text]))",
        "((status = 'deleted'::text) = (deleted_at IS NOT NULL))",
        "((ends IS NULL) OR (ends > starts))",
        "(updated_at >= created_at)",
        "(data ? 'id'::text)",
        "(quantity > 0)",
    ];
    let columns = columns(table);
    let demands = demands(&texts);
    let begin = std::time::Instant::now();
    let shapes = solve(&columns, &demands).unwrap();
    println!("solve: {:?}, {} shapes", begin.elapsed(), shapes.shapes.len());
    for (place, column) in columns.iter().enumerate() {
        let begin = std::time::Instant::now();
        let meaning = Meaning::of(&Subject {
            schema: "public",
            table: "things",
            table_comment: None,
            column: &column.name,
            comment: None,
            default: None,
            data_type: &column.data_type,
            language: Language::English,
        });
        let meant = begin.elapsed();
        let begin = std::time::Instant::now();
        let drawer = Drawer::new(
            &column.data_type,
            &shapes.shapes[0].columns[place],
            meaning.into(),
        );
        let made = begin.elapsed();
        let begin = std::time::Instant::now();
        let capacity = drawer.capacity();
        println!(
            "{}: meaning {meant:?}, drawer {made:?}, capacity {:?} ({capacity:?})",
            column.name,
            begin.elapsed()
        );
    }
}
