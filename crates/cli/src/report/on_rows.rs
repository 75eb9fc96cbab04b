//! What a proof on rows tells besides findings: work on tables, losses, tables that stayed empty.

use std::collections::BTreeMap;

use cogway_migrate::verify::{Direction, Loss, OnRows, Report, TableWork};

use super::{counted, revisions};
use crate::paint::visible;

/// What a revision did to the rows that were there, a line for each sort of thing.
pub(super) fn lines(on_rows: &OnRows) -> Vec<String> {
    let mut lines = Vec::new();
    if !on_rows.work.is_empty() {
        let work: Vec<String> = on_rows.work.iter().map(work_text).collect();
        let took = on_rows
            .up_took
            .map(|took| format!(", in {:.0} ms", took.as_secs_f64() * 1e3))
            .unwrap_or_default();
        lines.push(format!("up {}{took}", work.join("; ")));
    }
    let lost: Vec<String> = on_rows
        .losses
        .iter()
        // What up destroys is a finding.
        .filter(|loss| loss.direction == Direction::DownUp)
        .map(loss_text)
        .collect();
    if !lost.is_empty() {
        lines.push(format!("down and up again lose {}", lost.join(", ")));
    }
    lines
}

/// `rewrites public.price (200 rows read, 1 index built)`, `goes through public.price (100 rows read)`.
fn work_text(work: &TableWork) -> String {
    let mut details = Vec::new();
    if work.scanned_rows > 0 {
        let rows = usize::try_from(work.scanned_rows).unwrap_or(usize::MAX);
        details.push(format!("{} read", counted(rows, "row", "rows")));
    }
    if work.indexes_built > 0 {
        details.push(format!(
            "{} built",
            counted(work.indexes_built, "index", "indexes")
        ));
    }
    let table = work.table.to_string();
    let table = visible(&table);
    let verb = if work.rewritten {
        "rewrites"
    } else if work.scanned_rows > 0 {
        "goes through"
    } else {
        "works on"
    };
    if details.is_empty() {
        format!("{verb} {table}")
    } else {
        format!("{verb} {table} ({})", details.join(", "))
    }
}

/// `public.note (100 rows)`, `public.product.size (30 of 100 values)`.
fn loss_text(loss: &Loss) -> String {
    let table = loss.table.to_string();
    let table = visible(&table);
    match &loss.column {
        Some(column) => format!(
            "{table}.{} ({} of {})",
            visible(&column.to_string()),
            loss.lost,
            counted(loss.of, "value", "values")
        ),
        None => format!("{table} ({} of {})", loss.lost, counted(loss.of, "row", "rows")),
    }
}

/// `2 revisions rewrite tables: 0005 (public.price), 0009 (public.a, public.b)`; none where none does.
pub(super) fn rewrites(report: &Report) -> Option<String> {
    let with: Vec<String> = report
        .revisions
        .iter()
        .filter_map(|revision| {
            let work = &revision.on_rows.as_ref()?.work;
            let tables: Vec<String> = work
                .iter()
                .filter(|work| work.rewritten)
                .map(|work| visible(&work.table.to_string()).into_owned())
                .collect();
            let id = visible(revision.id.as_str());
            (!tables.is_empty()).then(|| format!("{id} ({})", tables.join(", ")))
        })
        .collect();
    let verb = if with.len() == 1 { "rewrites" } else { "rewrite" };
    (!with.is_empty()).then(|| format!("{} {verb} tables: {}", revisions(with.len()), with.join(", ")))
}

/// The tables that could not be filled, each with the reason of the last time and how often.
pub(super) fn short(report: &Report) -> Vec<String> {
    let mut tables: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for revision in &report.revisions {
        for short in revision.on_rows.iter().flat_map(|on_rows| &on_rows.short) {
            let (times, reason) = tables.entry(short.table.to_string()).or_default();
            *times += 1;
            *reason = &short.reason;
        }
    }
    let line = |(table, (times, reason)): (String, (usize, &str))| {
        format!(
            "{}, after {}: {}",
            visible(&table),
            revisions(times),
            visible(reason)
        )
    };
    tables.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use cogway_catalog::QualifiedName;
    use cogway_migrate::verify::Short;

    use super::*;

    fn table(name: &str) -> QualifiedName {
        QualifiedName::new("public", name)
    }

    #[test]
    fn what_a_revision_did() {
        let check = |on_rows: &OnRows, expect: &[&str]| assert_eq!(lines(on_rows), expect);
        check(&OnRows::default(), &[]);
        let work = |name: &str, rewritten: bool, scanned_rows: u64, indexes_built: usize| TableWork {
            table: table(name),
            rewritten,
            scanned_rows,
            indexes_built,
        };
        let loss = |direction: Direction, column: Option<&str>| Loss {
            direction,
            table: table("t"),
            column: column.map(Into::into),
            of: 100,
            lost: 30,
            null: 0,
            now: 0,
            example: String::new(),
        };
        let on_rows = OnRows {
            up_took: Some(Duration::from_micros(12_400)),
            work: vec![
                work("a", true, 200, 1),
                work("b", false, 1, 0),
                work("c", false, 0, 2),
                work("d", true, 0, 0),
            ],
            losses: vec![
                loss(Direction::UpDown, None),
                loss(Direction::DownUp, None),
                loss(Direction::DownUp, Some("size")),
            ],
            short: vec![Short {
                table: table("e"),
                reason: "nothing satisfies it".to_owned(),
            }],
        };
        check(
            &on_rows,
            &[
                "up rewrites public.a (200 rows read, 1 index built); goes through public.b (1 row read); works on \
                 public.c (2 indexes built); rewrites public.d, in 12 ms",
                "down and up again lose public.t (30 of 100 rows), public.t.size (30 of 100 values)",
            ],
        );
    }
}
