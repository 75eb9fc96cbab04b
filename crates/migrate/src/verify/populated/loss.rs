//! What rows of before are not there after: table by table, column by column.
//!
//! Rows are told by their primary key; without one, rows are compared as a multiset. A NULL cannot be lost: what was none
//! and is filled now is not missed by anybody. Tables and columns that are not there any more are a difference of the
//! schema, which the proof tells elsewhere.

use std::collections::{BTreeMap, HashMap};

use cogway_catalog::{Name, QualifiedName};

use cogway_pg::session::Session;

use super::super::VerifyError;
use super::super::on_rows::{Direction, Loss};
use super::snapshot::{Row, Rows, Snapshot};

/// Everything that is lost, in the order of tables and columns.
pub(super) fn losses(direction: Direction, before: &Snapshot, after: &Snapshot, clock: &Clock) -> Vec<Loss> {
    let pairs = before.pairs(after);
    pairs
        .flat_map(|(table, before, after)| Comparison::of(before, after, clock).losses(direction, table))
        .collect()
}

/// When a revision's proof began, as PostgreSQL writes moments, in UTC and in the session's own time zone.
#[derive(Clone, Debug, Default)]
pub(super) struct Clock {
    began: [String; 2],
}

impl Clock {
    /// Reads when the open transaction began, which is what `now()` says in it.
    pub(super) async fn read(session: &Session) -> Result<Clock, VerifyError> {
        const NOW: &str =
            "select pg_catalog.to_char(moment at time zone 'UTC', form), pg_catalog.to_char(moment, form)
              from pg_catalog.now() moment, (values ('YYYY-MM-DD HH24:MI:SS.US')) as written (form)";
        let rows = session.query(NOW, &[]).await?;
        let began = rows.first().map(|row| [row.get(0), row.get(1)]);
        Ok(Clock {
            began: began.unwrap_or_default(),
        })
    }

    /// Is it a moment since then? Notes of when a row was changed are such.
    fn is_since(&self, value: &str) -> bool {
        // `2026-11-21 20:58:22.817742+00`; years of more digits are no notes.
        let is_moment = value.len() >= 19
            && value
                .bytes()
                .zip("dddd-dd-dd dd:dd:dd".bytes())
                .all(|(byte, form)| {
                    if form == b'd' {
                        byte.is_ascii_digit()
                    } else {
                        byte == form
                    }
                });
        // PostgreSQL writes no zeros at the end of a second's parts; an offset from UTC sorts before any digit and point.
        is_moment
            && self.began.iter().any(|began| {
                let began = began.trim_end_matches('0').trim_end_matches('.');
                !began.is_empty() && value >= began
            })
    }
}

/// What was found in a table.
struct Comparison<'a> {
    before: &'a Rows,
    /// How many rows are gone, and one of them.
    gone: usize,
    gone_row: Option<&'a Row>,
    columns: Vec<ColumnLoss<'a>>,
}

/// What was found in a column that both have.
struct ColumnLoss<'a> {
    column: &'a Name,
    of: usize,
    lost: usize,
    null: usize,
    now: usize,
    /// The row, the value of before, and that of now where it is known whose it was.
    example: Option<(&'a Row, &'a str, Option<Option<&'a str>>)>,
}

impl<'a> Comparison<'a> {
    fn of(before: &'a Rows, after: &'a Rows, clock: &Clock) -> Comparison<'a> {
        let shared: Vec<(usize, usize)> = before
            .columns
            .iter()
            .enumerate()
            .filter_map(|(here, name)| {
                let there = after.columns.iter().position(|other| other == name)?;
                Some((here, there))
            })
            .collect();
        let key: Option<Vec<(usize, usize)>> = before
            .key
            .iter()
            .map(|place| shared.iter().find(|(here, _)| here == place).copied())
            .collect();
        match key {
            Some(key) if !key.is_empty() => by_key(before, after, &key, &shared, clock),
            _ => by_contents(before, after, &shared),
        }
    }

    fn losses(self, direction: Direction, table: &QualifiedName) -> Vec<Loss> {
        let mut losses = Vec::new();
        if self.gone > 0 {
            losses.push(Loss {
                direction,
                table: table.clone(),
                column: None,
                of: self.before.rows.len(),
                lost: self.gone,
                null: 0,
                now: 0,
                example: self
                    .gone_row
                    .map(|row| self.before.words(row))
                    .unwrap_or_default(),
            });
        }
        for found in self.columns.iter().filter(|found| found.lost > 0) {
            losses.push(Loss {
                direction,
                table: table.clone(),
                column: Some(found.column.clone()),
                of: found.of,
                lost: found.lost,
                null: found.null,
                now: found.now,
                example: found
                    .example
                    .map(|(row, was, is)| {
                        let now = match is {
                            Some(Some(is)) => format!(", now {}", quoted(is)),
                            Some(None) => ", now NULL".to_owned(),
                            None => String::new(),
                        };
                        format!("{} of the row {}{now}", quoted(was), self.before.words(row))
                    })
                    .unwrap_or_default(),
            });
        }
        losses
    }
}

fn by_key<'a>(
    before: &'a Rows,
    after: &'a Rows,
    key: &[(usize, usize)],
    shared: &[(usize, usize)],
    clock: &Clock,
) -> Comparison<'a> {
    let there: HashMap<Vec<Option<&str>>, &Row> = after
        .rows
        .iter()
        .map(|row| (key.iter().map(|(_, there)| row.value(*there)).collect(), row))
        .collect();
    let mut found = Comparison {
        before,
        gone: 0,
        gone_row: None,
        columns: columns(before, shared),
    };
    for row in &before.rows {
        let own: Vec<Option<&str>> = key.iter().map(|(here, _)| row.value(*here)).collect();
        let Some(other) = there.get(&own) else {
            found.gone += 1;
            found.gone_row.get_or_insert(row);
            continue;
        };
        for (column, (here, there)) in found.columns.iter_mut().zip(shared) {
            let (Some(was), is) = (row.value(*here), other.value(*there)) else {
                continue;
            };
            if is != Some(was) {
                column.lost += 1;
                column.null += usize::from(is.is_none());
                column.now += usize::from(is.is_some_and(|is| clock.is_since(is)));
                column.example.get_or_insert((row, was, Some(is)));
            }
        }
    }
    found
}

fn by_contents<'a>(before: &'a Rows, after: &'a Rows, shared: &[(usize, usize)]) -> Comparison<'a> {
    let mut there: HashMap<Vec<Option<&str>>, Vec<&Row>> = HashMap::new();
    for row in &after.rows {
        let values = shared.iter().map(|(_, there)| row.value(*there)).collect();
        there.entry(values).or_default().push(row);
    }
    let mut unmatched = Vec::new();
    for row in &before.rows {
        let values: Vec<Option<&str>> = shared.iter().map(|(here, _)| row.value(*here)).collect();
        if there.get_mut(&values).and_then(Vec::pop).is_none() {
            unmatched.push(row);
        }
    }
    let rest: usize = there.values().map(Vec::len).sum();
    let gone = unmatched.len().saturating_sub(rest);
    let mut columns = columns(before, shared);
    if rest > 0 {
        for (column, (here, place)) in columns.iter_mut().zip(shared) {
            let mut values: BTreeMap<Option<&str>, usize> = BTreeMap::new();
            for row in there.values().flatten() {
                *values.entry(row.value(*place)).or_default() += 1;
            }
            for row in &unmatched {
                let Some(was) = row.value(*here) else { continue };
                match values.get_mut(&Some(was)) {
                    Some(left) if *left > 0 => *left -= 1,
                    _ => {
                        column.lost += 1;
                        column.example.get_or_insert((row, was, None));
                    }
                }
            }
            // What went with whole rows is told with them.
            column.lost = column.lost.saturating_sub(gone);
            column.null = values.get(&None).copied().unwrap_or(0).min(column.lost);
        }
    }
    Comparison {
        before,
        gone,
        gone_row: unmatched.first().copied(),
        columns,
    }
}

fn columns<'a>(before: &'a Rows, shared: &[(usize, usize)]) -> Vec<ColumnLoss<'a>> {
    let loss = |&(here, _): &(usize, usize)| ColumnLoss {
        column: &before.columns[here],
        of: before.rows.iter().filter(|row| row.value(here).is_some()).count(),
        lost: 0,
        null: 0,
        now: 0,
        example: None,
    };
    shared.iter().map(loss).collect()
}

impl Rows {
    /// A row by its key, or by what it begins with: `id 7`.
    fn words(&self, row: &Row) -> String {
        /// So many columns stand for a row without a key.
        const FEW: usize = 3;
        let first: Vec<usize> = (0..self.columns.len().min(FEW)).collect();
        let places = if self.key.is_empty() { &first } else { &self.key };
        let words: Vec<String> = places
            .iter()
            .map(|&place| {
                let value = row.value(place).map_or_else(|| "NULL".to_owned(), short);
                format!("{} {value}", self.columns[place])
            })
            .collect();
        words.join(", ")
    }
}

fn quoted(value: &str) -> String {
    format!("'{}'", short(value))
}

/// A value in one line that is not too long.
pub(in super::super) fn short(value: &str) -> String {
    const MOST: usize = 40;
    let line: String = value
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(MOST + 1)
        .collect();
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of columns by name, with how many of the first make up the key; `-` is NULL.
    fn rows(columns: &str, key: usize, rows: &[&str]) -> Rows {
        let row = |text: &&str| {
            let values: Vec<Option<&str>> = text
                .split(' ')
                .map(|value| (value != "-").then_some(value))
                .collect();
            Row::of(&values).expect("a row")
        };
        Rows {
            columns: columns.split(' ').map(Name::from).collect(),
            key: (0..key).collect(),
            rows: rows.iter().map(row).collect(),
        }
    }

    fn check(before: &Rows, after: &Rows, expect: &[&str]) {
        let table = QualifiedName::new("public", "t");
        let clock = Clock {
            began: ["2026-11-21 20:00:00.5".to_owned(), String::new()],
        };
        let found: Vec<String> = Comparison::of(before, after, &clock)
            .losses(Direction::UpDown, &table)
            .into_iter()
            .map(|loss| {
                let column = loss
                    .column
                    .map_or_else(|| "rows".to_owned(), |name| name.to_string());
                format!(
                    "{column} {}/{}/{}: {}",
                    loss.lost, loss.of, loss.null, loss.example
                )
            })
            .collect();
        assert_eq!(found, expect, "{before:?} {after:?}");
    }

    #[test]
    fn rows_with_a_key() {
        let before = rows("id a b", 1, &["1 x y", "2 - y", "3 z -"]);
        check(&before, &before.clone(), &[]);
        // More rows, another order of columns, NULLs that are filled: nothing is lost.
        check(
            &before,
            &rows("b id a", 0, &["w 3 z", "y 2 q", "y 1 x", "n 4 n"]),
            &[],
        );
        check(
            &before,
            &rows("id a b", 1, &["1 - y", "2 - y", "3 other -"]),
            &["a 2/2/1: 'x' of the row id 1, now NULL"],
        );
        check(
            &before,
            &rows("id a b", 1, &["2 - -"]),
            &["rows 2/3/0: id 1", "b 1/2/1: 'y' of the row id 2, now NULL"],
        );
        // A column that is gone is a difference of the schema.
        check(&before, &rows("id a", 1, &["1 x", "2 -", "3 z"]), &[]);
    }

    #[test]
    fn rows_without_a_key() {
        let before = rows("a b", 0, &["x y", "x y", "z w"]);
        check(&before, &rows("b a", 0, &["w z", "y x", "y x", "n n"]), &[]);
        check(
            &before,
            &rows("a b", 0, &["x y", "z w"]),
            &["rows 1/3/0: a x, b y"],
        );
        check(
            &before,
            &rows("a b", 0, &["x -", "x -", "z w"]),
            &["b 2/3/2: 'y' of the row a x, b y"],
        );
        check(&before, &rows("a b", 0, &[]), &["rows 3/3/0: a x, b y"]);
    }

    #[test]
    fn moments_since_then() {
        let clock = Clock {
            began: [
                "2026-11-21 20:00:00.500000".to_owned(),
                "2026-11-21 21:00:00.5".to_owned(),
            ],
        };
        let check = |value: &str, expect: bool| assert_eq!(clock.is_since(value), expect, "{value}");
        check("2026-11-21 20:00:00.500001+00", true);
        check("2026-11-21 20:00:00.5+00", true);
        check("2026-11-21 20:00:00.5", true);
        check("2026-11-21 20:00:00.4+00", false);
        check("2026-11-21 20:00:01", true);
        check("2026-11-21 19:59:59", false);
        check("2026-11-21", false);
        check("9999 and something", false);
        check("", false);
    }

    #[test]
    fn long_values_are_cut() {
        let check = |value: &str, expect: &str| assert_eq!(short(value), expect);
        check("a\nb", "a b");
        check(&"ä".repeat(40), &"ä".repeat(40));
        check(&"ä".repeat(41), &format!("{}…", "ä".repeat(40)));
    }
}
