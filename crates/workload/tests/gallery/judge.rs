//! The judge: what in a database breaks the rules of its own catalog.

use cogway_testkit::TestDatabase;

/// What breaks a rule: the kind of the rule, the object, and how. The seeder has no part in finding it.
pub(crate) fn violations(database: &TestDatabase) -> Vec<String> {
    lines(&database.psql(include_str!("judge.sql")))
}

/// All tables with the number of their rows, in order.
pub(crate) fn counts(database: &TestDatabase) -> Vec<Counted> {
    let text = database.psql(include_str!("counts.sql"));
    text.lines().map(Counted::parse).collect()
}

/// A table and its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    /// With its schema, quoted where SQL wants it.
    pub(crate) table: String,
    pub(crate) place: Place,
    /// With those of its partitions, without those of children that inherit.
    pub(crate) rows: u64,
}

/// What part a table has in a tree of partitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// None: an ordinary table, or the root of a tree.
    Whole,
    /// A partition that takes certain rows.
    Partition,
    /// A partition that takes what no other takes.
    Default,
}

impl Counted {
    fn parse(line: &str) -> Counted {
        let (rest, rows) = line.rsplit_once('|').expect("three columns");
        let (table, place) = rest.rsplit_once('|').expect("three columns");
        let place = match place {
            "whole" => Place::Whole,
            "partition" => Place::Partition,
            "default" => Place::Default,
            other => panic!("counts.sql says {other}"),
        };
        Counted {
            table: table.to_owned(),
            place,
            rows: rows.parse().expect("a number of rows"),
        }
    }
}

/// What a query finds; it should find nothing.
pub(crate) fn found(database: &TestDatabase, query: &str) -> u64 {
    let text = database.psql(&format!("select count(*) from ({query}) as found"));
    text.trim().parse().expect("a number")
}

/// The schema as PostgreSQL writes it.
pub(crate) fn schema(database: &TestDatabase) -> String {
    database.pg_dump(&["--schema-only"])
}

/// The first lines in which two dumps differ.
pub(crate) fn difference(before: &str, after: &str) -> Option<String> {
    if before == after {
        return None;
    }
    let only = |one: &str, other: &str, sign: char| -> Vec<String> {
        let known: std::collections::HashSet<&str> = other.lines().collect();
        let lines = one.lines().filter(|line| !known.contains(line)).take(5);
        lines.map(|line| format!("{sign} {line}")).collect()
    };
    let mut lines = only(before, after, '-');
    lines.extend(only(after, before, '+'));
    if lines.is_empty() {
        lines.push("the same lines in another order".to_owned());
    }
    Some(lines.join("\n"))
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
