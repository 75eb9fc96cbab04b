use std::sync::Arc;

use cogway_catalog::sql::parse_expression;
use cogway_catalog::{Catalog, QualifiedName};

use super::*;
use crate::seed::data_type::{Domain, TextForm};

/// Columns of a table with a column of nearly every type: names and types.
const COLUMNS: &str = include_str!("tests/columns.tsv");
/// Rows of it, as COPY writes them.
const ROWS: &str = include_str!("tests/rows.tsv");
/// Conditions, and what PostgreSQL 15 says of each for each of the rows: true, false, NULL or error.
const JUDGED: &str = include_str!("tests/judged.tsv");

fn labels(name: &str, labels: &[&str]) -> DataType {
    let labels: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
    DataType::Enum(
        QualifiedName::new(if name == "Mood" { "My Schema" } else { "public" }, name),
        labels.into(),
    )
}

fn domain(name: &str, base: DataType) -> DataType {
    DataType::Domain(Arc::new(Domain {
        name: QualifiedName::new("public", name),
        base,
        not_null: false,
        checks: Vec::new(),
    }))
}

fn data_type(written: &str) -> DataType {
    match written {
        "public.mood" => labels("mood", &["sad", "ok", "happy"]),
        "public.mood[]" => DataType::Array(data_type("public.mood").into()),
        "\"My Schema\".\"Mood\"" => labels("Mood", &["sad", "ok", "It's"]),
        "public.addr" => DataType::Composite(
            QualifiedName::new("public", "addr"),
            vec![
                ("street".to_owned(), DataType::Text(TextForm::Text)),
                ("zip".to_owned(), DataType::Text(TextForm::Varchar(Some(10)))),
            ]
            .into(),
        ),
        "public.email" => domain("email", DataType::Text(TextForm::Citext)),
        "public.slug" => domain("slug", DataType::Text(TextForm::Varchar(Some(60)))),
        "public.pct" => domain("pct", DataType::Numeric(Some((5, 2)))),
        other => DataType::resolve(&Catalog::default(), other),
    }
}

fn columns() -> Vec<Column> {
    COLUMNS
        .lines()
        .map(|line| {
            let (name, written) = line.split_once('\t').unwrap();
            Column {
                name: name.to_owned(),
                data_type: data_type(written),
                not_null: false,
                comment: None,
            }
        })
        .collect()
}

fn rows(columns: &[Column]) -> Vec<Vec<Value>> {
    let field = |(text, column): (&str, &Column)| match text {
        "\\N" => Value::Null,
        text => {
            let text = text.replace("\\t", "\t").replace("\\\\", "\\");
            Value::parse(&text, &column.data_type).unwrap_or_else(|| panic!("{}: {text}", column.name))
        }
    };
    ROWS.lines()
        .map(|line| line.split('\t').zip(columns).map(field).collect())
        .collect()
}

#[test]
fn conditions_are_what_postgresql_says() {
    let columns = columns();
    let rows = rows(&columns);
    let mut wrong = Vec::new();
    let mut obstacles = Vec::new();
    let mut understood = 0;
    for line in JUDGED.lines() {
        let (text, expected) = line.rsplit_once('\t').unwrap();
        let compiled = match Compiled::of(&parse_expression(text).unwrap(), &columns) {
            Ok(compiled) => compiled,
            Err(obstacle) => {
                obstacles.push(format!("{text}: {obstacle}"));
                continue;
            }
        };
        understood += 1;
        let found: String = rows
            .iter()
            .map(|row| match compiled.value(row) {
                Some(Value::Bool(true)) => 't',
                Some(Value::Bool(false)) => 'f',
                Some(Value::Null) => 'n',
                _ => 'e',
            })
            .collect();
        if found != expected {
            wrong.push(format!("{text}\n  here       {found}\n  postgresql {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        understood > 250,
        "{understood} understood, not:\n{}",
        obstacles.join("\n")
    );
}
