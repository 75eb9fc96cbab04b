//! Rows as text, to be compared.

use std::collections::BTreeMap;

use cogway_testkit::TestDatabase;

/// The rows of each table as `COPY` writes them, sorted: where they lie is nobody's business.
pub(crate) type Rows = BTreeMap<String, Vec<String>>;

/// All rows of all tables that hold some themselves.
pub(crate) fn all(database: &TestDatabase) -> Rows {
    let dump = database.pg_dump(&["--data-only"]);
    let mut rows = Rows::new();
    let mut lines = dump.lines();
    while let Some(line) = lines.next() {
        let Some(rest) = line.strip_prefix("COPY ") else {
            continue;
        };
        let (table, _) = rest
            .rsplit_once(" (")
            .or_else(|| rest.split_once("  "))
            .unwrap_or((rest, ""));
        let mut its: Vec<String> = lines
            .by_ref()
            .take_while(|line| *line != "\\.")
            .map(str::to_owned)
            .collect();
        its.sort_unstable();
        rows.insert(table.to_owned(), its);
    }
    rows
}

/// The rows that were there before and are not any more.
pub(crate) fn lost(before: &Rows, after: &Rows) -> Vec<String> {
    let none = Vec::new();
    let lost = before.iter().filter_map(|(table, rows)| {
        let gone = missing(rows, after.get(table).unwrap_or(&none));
        let first = gone.first()?;
        Some(format!(
            "{table}: {} of {} rows are not there any more, as {first:?}",
            gone.len(),
            rows.len()
        ))
    });
    lost.collect()
}

/// Those of the first that the second has not, or not so often. Both are sorted.
fn missing<'r>(rows: &'r [String], others: &[String]) -> Vec<&'r str> {
    let mut others = others.iter().peekable();
    let is_missing = |row: &&String| {
        while others.next_if(|other| other < row).is_some() {}
        others.next_if(|other| other == row).is_none()
    };
    rows.iter().filter(is_missing).map(String::as_str).collect()
}

/// The tables in which the two differ, with a row of each.
pub(crate) fn differences(one: &Rows, other: &Rows) -> Vec<String> {
    let mut tables: Vec<&String> = one.keys().chain(other.keys()).collect();
    tables.sort_unstable();
    tables.dedup();
    let none = Vec::new();
    let differs = tables.into_iter().filter_map(|table| {
        let (a, b) = (one.get(table).unwrap_or(&none), other.get(table).unwrap_or(&none));
        let (gone, new) = (missing(a, b), missing(b, a));
        if gone.is_empty() && new.is_empty() {
            return None;
        }
        Some(format!(
            "{table}: {} rows beside {}, such as {:?} and {:?}",
            gone.len(),
            new.len(),
            gone.first().unwrap_or(&""),
            new.first().unwrap_or(&"")
        ))
    });
    differs.collect()
}

#[test]
fn rows_are_compared_as_often_as_they_are_there() {
    let rows = |list: &[&str]| -> Vec<String> { list.iter().map(|it| (*it).to_owned()).collect() };
    let check = |one: &[&str], other: &[&str], expect: &[&str]| {
        assert_eq!(missing(&rows(one), &rows(other)), expect, "{one:?} {other:?}");
    };
    check(&[], &["a"], &[]);
    check(&["a", "b"], &["a", "b", "c"], &[]);
    check(&["a", "a", "b"], &["a", "b"], &["a"]);
    check(&["b", "d"], &["a", "c", "e"], &["b", "d"]);
}
