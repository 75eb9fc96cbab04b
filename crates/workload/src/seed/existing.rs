//! What is there before rows are made, and what children need of rows that are not computed again.

use cogway_catalog::sql::{quote_ident, quote_literal};
use cogway_catalog::{Name, QualifiedName};
use cogway_pg::execute::Executor;

use super::SeedError;
use super::data_type::DataType;
use super::kept::Kept;
use super::recipe::Before;
use super::table::{Counting, Origin, Table};
use super::value::Value;

/// More keys than these are not kept: children refer to the first ones only.
pub(crate) const MOST_KEPT: u64 = 2_000_000;

/// How many values of a column are looked at for how they look.
const SAMPLES: usize = 100;

/// How the values of rows are asked for: in the order in which they lie, and in the notations that are read.
pub(crate) const READING: &str = "set local synchronize_seqscans = off; set local extra_float_digits = 1; \
     set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local bytea_output = 'hex'; \
     set local timezone = 'UTC'";

/// Looks at what is there.
pub(crate) async fn before(database: &Executor, table: &Table) -> Result<Before, SeedError> {
    let mut before = Before::default();
    let serials: Vec<(usize, &Counting)> = table
        .origins
        .iter()
        .enumerate()
        .filter_map(|(place, origin)| match origin {
            Origin::Sequence(counting) => Some((place, counting)),
            _ => None,
        })
        .collect();
    let mut wanted = vec!["pg_catalog.count(*)".to_owned()];
    for (place, counting) in &serials {
        let column = quote_ident(&table.columns[*place].name);
        let farthest = if counting.increment > 0 { "max" } else { "min" };
        wanted.push(format!("pg_catalog.{farthest}({column})"));
    }
    let mut answer: Vec<Option<String>> = Vec::new();
    let query =
        format!("select {} from only_or_all", wanted.join(", ")).replace("only_or_all", &source(table));
    database
        .rows(&query, &mut |row| {
            answer = row.iter().map(|value| value.map(str::to_owned)).collect()
        })
        .await?;
    let number = |place: usize| answer.get(place)?.as_ref()?.parse::<i64>().ok();
    before.rows = number(0).and_then(|rows| u64::try_from(rows).ok()).unwrap_or(0);
    for (at, (place, counting)) in serials.iter().enumerate() {
        let sequence = next_of(database, counting).await?;
        let next = match number(at + 1) {
            Some(farthest) if counting.increment > 0 => {
                sequence.max(farthest.saturating_add(counting.increment))
            }
            Some(farthest) => sequence.min(farthest.saturating_add(counting.increment)),
            None => sequence,
        };
        before.starts.insert(*place, next);
    }
    if before.rows > 0 {
        look_at_samples(database, table, &mut before).await?;
    }
    Ok(before)
}

/// A table as it stands after FROM: with partitions, but for those on other servers, and without tables that inherit from it.
pub(crate) fn source(table: &Table) -> String {
    match &table.partitioning {
        None => format!("only {}", table.name),
        Some(partitioning) if partitioning.has_foreign => {
            let columns: Vec<String> = table
                .columns
                .iter()
                .map(|column| quote_ident(&column.name))
                .collect();
            let parts = partitioning.names.iter();
            let parts: Vec<String> = parts
                .map(|name| format!("select {} from {name}", columns.join(", ")))
                .collect();
            format!("({}) cogway_rows", parts.join(" union all "))
        }
        Some(_) => table.name.to_string(),
    }
}

/// The number that a sequence would give next.
async fn next_of(database: &Executor, counting: &Counting) -> Result<i64, SeedError> {
    let query = format!("select last_value, is_called from {}", counting.sequence);
    let mut next = counting.minimum;
    database
        .rows(&query, &mut |row| {
            if let [Some(last), Some(is_called)] = row
                && let Ok(last) = last.parse::<i64>()
            {
                next = if *is_called == "t" {
                    last.saturating_add(counting.increment)
                } else {
                    last
                };
            }
        })
        .await?;
    Ok(next)
}

async fn look_at_samples(database: &Executor, table: &Table, before: &mut Before) -> Result<(), SeedError> {
    let texts: Vec<usize> = (0..table.columns.len())
        .filter(|&place| {
            matches!(
                table.columns[place].data_type.base(),
                DataType::Text(_) | DataType::Json(_)
            )
        })
        .collect();
    if texts.is_empty() {
        return Ok(());
    }
    let columns: Vec<String> = texts
        .iter()
        .map(|&place| quote_ident(&table.columns[place].name))
        .collect();
    let query = format!(
        "select {} from {} limit {SAMPLES}",
        columns.join(", "),
        source(table)
    );
    let mut samples: Vec<Vec<String>> = texts.iter().map(|_| Vec::new()).collect();
    database
        .rows(&query, &mut |row| {
            for (list, value) in samples.iter_mut().zip(row) {
                list.extend(value.map(str::to_owned));
            }
        })
        .await?;
    before.samples.extend(texts.into_iter().zip(samples));
    Ok(())
}

/// The values of some columns of a relation, in the order in which its rows lie.
pub(crate) async fn keys(
    database: &Executor,
    relation: &QualifiedName,
    columns: &[Name],
    types: Vec<DataType>,
    most: u64,
) -> Result<Kept, SeedError> {
    let names: Vec<String> = columns.iter().map(ToString::to_string).collect();
    let there: Vec<String> = names.iter().map(|name| format!("{name} is not null")).collect();
    let query = format!(
        "select {} from {relation} where {} limit {most}",
        names.join(", "),
        there.join(" and ")
    );
    let mut kept = Kept::new(types.clone());
    read(database, &query, &types, &mut |row| kept.push(row)).await?;
    Ok(kept)
}

/// All rows of a table: the columns that are asked for, NULL for the others.
pub(crate) async fn rows(
    database: &Executor,
    table: &Table,
    wanted: &[bool],
    take: &mut (dyn FnMut(&[Value]) + Send),
) -> Result<(), SeedError> {
    let columns: Vec<String> = table
        .columns
        .iter()
        .zip(wanted)
        .map(|(column, wanted)| {
            if *wanted {
                quote_ident(&column.name)
            } else {
                "null".to_owned()
            }
        })
        .collect();
    let types: Vec<DataType> = table
        .columns
        .iter()
        .map(|column| column.data_type.clone())
        .collect();
    let query = format!("select {} from {}", columns.join(", "), source(table));
    read(database, &query, &types, take).await
}

async fn read(
    database: &Executor,
    query: &str,
    types: &[DataType],
    take: &mut (dyn FnMut(&[Value]) + Send),
) -> Result<(), SeedError> {
    let mut values = vec![Value::Null; types.len()];
    database
        .rows(query, &mut |row| {
            for ((value, text), of) in values.iter_mut().zip(row).zip(types) {
                *value = match text {
                    // What cannot be read is still what stands there, in PostgreSQL's own words.
                    Some(text) => {
                        Value::parse(text, of).unwrap_or_else(|| Value::Literal((*text).to_owned()))
                    }
                    None => Value::Null,
                };
            }
            take(&values);
        })
        .await?;
    Ok(())
}

/// The statement that moves a sequence on to the last number that was used.
pub(crate) fn advance(counting: &Counting, last: i64) -> String {
    format!(
        "select pg_catalog.setval({}::pg_catalog.regclass, {last})",
        quote_literal(&counting.sequence.to_string())
    )
}
