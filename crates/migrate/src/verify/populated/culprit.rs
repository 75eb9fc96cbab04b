//! Which rows a statement does not get past.
//!
//! PostgreSQL names a row for some errors, and none where it checks or converts a table. So they are found by trying: in a
//! transaction that is rolled back, right before the statement that failed, the table is left with a part of its rows, and
//! the statement is run on them. Where it fails again, the part is halved, down to single rows. Rows that are wrong only
//! beside each other, duplicates and overlaps, are found by the key that PostgreSQL names.

use std::ops::RangeInclusive;

use cogway_catalog::{QualifiedName, sql};
use cogway_pg::script::{ServerError, Subject};
use cogway_pg::session::{Session, SessionError};

use super::super::VerifyError;

const TABLES: &str = include_str!("tables_named.sql");

/// So many rows are named.
const SHOWN: usize = 5;

/// So many columns of them are shown.
const COLUMNS: usize = 6;

/// Larger tables are not searched: each try runs the statement.
const MOST_ROWS: i64 = 50_000;

/// The rows that a statement does not get past, as far as they can be found.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in super::super) struct Culprits {
    /// The table.
    pub(in super::super) table: Option<QualifiedName>,
    /// The column of it that PostgreSQL names.
    pub(in super::super) column: Option<String>,
    /// Some of the rows, each with its key and the columns that matter.
    pub(in super::super) rows: Vec<CulpritRow>,
}

/// A row: names of columns and their values as PostgreSQL writes them, the key first.
pub(in super::super) type CulpritRow = Vec<(String, Option<String>)>;

/// A table in the middle of a script.
struct Table {
    name: QualifiedName,
    /// Those of the primary key first.
    columns: Vec<String>,
    /// How many these are.
    key: usize,
}

impl Table {
    fn quoted(&self) -> String {
        sql::quote_qualified(self.name.schema.as_str(), self.name.name.as_str())
    }
}

/// Finds them, in an open transaction that stands right before the statement, and in which nothing is changed. Without a
/// statement (the checks at the end of a transaction), only what PostgreSQL names is looked for.
pub(super) async fn find(
    session: &Session,
    statement: Option<&str>,
    error: &ServerError,
) -> Result<Culprits, VerifyError> {
    let tables = tables(session).await?;
    let nothing = Subject::default();
    let about = error.about.as_deref().unwrap_or(&nothing);
    let named = tables.iter().find(|table| {
        about.table.as_deref() == Some(table.name.name.as_str())
            && about.schema.as_deref() == Some(table.name.schema.as_str())
    });
    let mut culprits = Culprits {
        table: named.map(|table| table.name.clone()),
        column: about.column.clone(),
        rows: Vec::new(),
    };
    // What is wrong only beside another row is not found row by row.
    let in_pairs = matches!(error.sqlstate.as_str(), "23505" | "23P01");
    if !in_pairs && let Some(statement) = statement {
        let context = error.context.as_deref().unwrap_or_default();
        let is_candidate = |table: &&Table| match named {
            Some(named) => named.name == table.name,
            None => {
                let name = table.name.name.as_str();
                sql::mentions(statement, name) || sql::mentions(context, name)
            }
        };
        for table in tables.iter().filter(is_candidate) {
            let search = Search {
                session,
                table,
                statement,
                error,
            };
            if let Some(condition) = search.run().await? {
                culprits.table = Some(table.name.clone());
                culprits.rows = rows(session, table, statement, error, &condition).await?;
                return Ok(culprits);
            }
        }
    }
    if let (Some(table), Some(detail)) = (named, &error.detail)
        && let Some((expressions, keys)) = keys(detail)
    {
        let keys: Vec<String> = keys.into_iter().map(sql::quote_literal).collect();
        // As PostgreSQL wrote it: the texts of the values with commas between them.
        let condition = format!(
            "pg_catalog.concat_ws(', ', {expressions}) in ({})",
            keys.join(", ")
        );
        culprits.rows = rows(session, table, statement.unwrap_or_default(), error, &condition).await?;
    }
    Ok(culprits)
}

async fn tables(session: &Session) -> Result<Vec<Table>, VerifyError> {
    let rows = session.query(TABLES, &[]).await?;
    let tables = rows.iter().map(|row| Table {
        name: QualifiedName::new(row.get::<_, &str>("schema"), row.get::<_, &str>("name")),
        columns: row.get("columns"),
        key: usize::try_from(row.get::<_, i32>("key")).unwrap_or(0),
    });
    Ok(tables.collect())
}

/// The expressions of a key and its values, of `Key (lower(code), day)=(x, 2026-01-01) is duplicated.` and the like.
fn keys(detail: &str) -> Option<(&str, Vec<&str>)> {
    let (expressions, rest) = detail.strip_prefix("Key (")?.split_once(")=(")?;
    let ends = [
        ") conflicts with ",
        ") is duplicated.",
        ") already exists.",
        ") is not present in ",
        ") is still referenced from ",
    ];
    let (end, ended) = ends
        .iter()
        .filter_map(|end| Some((rest.find(end)?, *end)))
        .min()?;
    let mut keys = vec![&rest[..end]];
    if ended == ends[0] {
        // `key (…)=(…).`, or `existing key (…)=(…).`
        let (_, other) = rest[end + ended.len()..].split_once(")=(")?;
        keys.push(other.strip_suffix(").")?);
    }
    Some((expressions, keys))
}

/// Looks for single rows of a table that a statement fails on.
struct Search<'a> {
    session: &'a Session,
    table: &'a Table,
    statement: &'a str,
    error: &'a ServerError,
}

/// What came of a try.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tried {
    Passes,
    /// With the error that is looked into.
    FailsLikewise,
    /// With another, or the rows could not be taken away.
    SaysNothing,
}

impl Search<'_> {
    /// The condition that some of them meet; none where none is at fault.
    async fn run(&self) -> Result<Option<String>, VerifyError> {
        let places: Vec<String> = self.places().await?.iter().map(i64::to_string).collect();
        Ok((!places.is_empty()).then(|| {
            format!(
                "exists (select from pg_temp.cogway_rows r where r.part = t.tableoid and r.at = t.ctid and r.place in ({}))",
                places.join(", ")
            )
        }))
    }

    /// The places of some of them in `pg_temp.cogway_rows`, which is left behind in the transaction.
    async fn places(&self) -> Result<Vec<i64>, VerifyError> {
        let list = format!(
            "drop table if exists pg_temp.cogway_rows; \
             create temporary table cogway_rows on commit drop as \
             select pg_catalog.row_number() over () as place, t.tableoid as part, t.ctid as at from {} t",
            self.table.quoted()
        );
        if !succeeds(self.session, &[&list], Keep::Yes).await? {
            return Ok(Vec::new());
        }
        let counted = self
            .session
            .query("select pg_catalog.count(*) from pg_temp.cogway_rows", &[])
            .await?;
        let count: i64 = counted.first().map_or(0, |row| row.get(0));
        if count == 0 || count > MOST_ROWS {
            return Ok(Vec::new());
        }
        // Where it fails on none of them too, these are not at fault, or not they alone.
        #[expect(clippy::reversed_empty_ranges, reason = "no row at all is meant")]
        if self.try_on(&(1..=0)).await? != Tried::Passes {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        let mut open = vec![1..=count];
        while let Some(part) = open.pop()
            && found.len() < SHOWN
        {
            if self.try_on(&part).await? != Tried::FailsLikewise {
                continue;
            }
            let (first, last) = (*part.start(), *part.end());
            if first == last {
                found.push(first);
                continue;
            }
            let middle = first + (last - first) / 2;
            // The last is taken first.
            open.push(middle + 1..=last);
            open.push(first..=middle);
        }
        Ok(found)
    }

    /// Runs the statement on these rows of the table alone.
    async fn try_on(&self, places: &RangeInclusive<i64>) -> Result<Tried, VerifyError> {
        let table = self.table.quoted();
        // Neither triggers nor foreign keys have a say in what is only tried.
        let take_away = format!(
            "set local session_replication_role = replica; \
             delete from {table} t where not exists (select from pg_temp.cogway_rows r \
               where r.part = t.tableoid and r.at = t.ctid and r.place between {} and {}); \
             set local session_replication_role = origin",
            places.start(),
            places.end()
        );
        self.session.command("savepoint cogway_try").await?;
        let tried = match self.session.command(&take_away).await {
            Err(error) => lost(error).map(|()| Tried::SaysNothing)?,
            Ok(()) => match self.session.command(self.statement).await {
                Ok(()) => Tried::Passes,
                Err(SessionError::Command(error)) if error.code().is_some() => {
                    let likewise = error.code().map(|code| code.code()) == Some(self.error.sqlstate.as_str());
                    if likewise {
                        Tried::FailsLikewise
                    } else {
                        Tried::SaysNothing
                    }
                }
                Err(error) => return Err(error.into()),
            },
        };
        self.session
            .command("rollback to savepoint cogway_try; release savepoint cogway_try")
            .await?;
        Ok(tried)
    }
}

/// Does what was tried stay?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Yes,
    No,
}

/// Runs statements that may fail, without harm to the transaction.
async fn succeeds(session: &Session, statements: &[&str], keep: Keep) -> Result<bool, VerifyError> {
    session.command("savepoint cogway_look").await?;
    let mut all = true;
    for statement in statements {
        if let Err(error) = session.command(statement).await {
            lost(error)?;
            all = false;
            break;
        }
    }
    if !all || keep == Keep::No {
        session.command("rollback to savepoint cogway_look").await?;
    }
    session.command("release savepoint cogway_look").await?;
    Ok(all)
}

/// An error of the connection is told; one of a statement is an answer.
fn lost(error: SessionError) -> Result<(), VerifyError> {
    match &error {
        SessionError::Command(inner) if inner.code().is_some() => Ok(()),
        _ => Err(error.into()),
    }
}

/// Some rows of a table that meet a condition: the key, and what the statement is about.
async fn rows(
    session: &Session,
    table: &Table,
    statement: &str,
    error: &ServerError,
    condition: &str,
) -> Result<Vec<CulpritRow>, VerifyError> {
    let detail = error.detail.as_deref().unwrap_or_default();
    let column = error.about.as_deref().and_then(|about| about.column.as_deref());
    let matters =
        |name: &str| column == Some(name) || sql::mentions(statement, name) || sql::mentions(detail, name);
    let (key, others) = table.columns.split_at(table.key.min(table.columns.len()));
    let mut shown: Vec<&String> = key
        .iter()
        .chain(others.iter().filter(|name| matters(name)))
        .collect();
    // Where PostgreSQL names a column that the table does not have yet, the key says enough.
    if shown.len() == key.len() && (key.is_empty() || column.is_none()) {
        shown = table.columns.iter().collect();
    }
    shown.truncate(COLUMNS.max(key.len()));
    let values: Vec<String> = shown
        .iter()
        .map(|name| format!("t.{}::text", sql::quote_ident(name)))
        .collect();
    // What has a key can be put in its order; of other types that is not sure.
    let key: Vec<String> = key
        .iter()
        .map(|name| format!("t.{}", sql::quote_ident(name)))
        .collect();
    let order = if key.is_empty() {
        "t.tableoid, t.ctid".to_owned()
    } else {
        key.join(", ")
    };
    let text = format!(
        "select {} from {} t where {condition} order by {order} limit {SHOWN}",
        values.join(", "),
        table.quoted(),
    );
    // What PostgreSQL names need not be an expression of this table's columns.
    if values.is_empty() || !succeeds(session, &[&text], Keep::No).await? {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for row in session.query(&text, &[]).await? {
        let value = |(place, name): (usize, &&String)| ((*name).clone(), row.get(place));
        found.push(shown.iter().enumerate().map(value).collect());
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_postgresql_names() {
        let check =
            |detail: &str, expect: Option<(&str, Vec<&str>)>| assert_eq!(keys(detail), expect, "{detail}");
        check("Key (code)=(a) is duplicated.", Some(("code", vec!["a"])));
        check(
            "Key (lower(code), day)=(a, 2026-01-01) already exists.",
            Some(("lower(code), day", vec!["a, 2026-01-01"])),
        );
        check(
            "Key (p)=(5) is not present in table \"p\".",
            Some(("p", vec!["5"])),
        );
        check(
            "Key (room, during)=(1, [1,3)) conflicts with key (room, during)=(1, [2,4)).",
            Some(("room, during", vec!["1, [1,3)", "1, [2,4)"])),
        );
        check(
            "Key (room)=(1) conflicts with existing key (room)=(2).",
            Some(("room", vec!["1", "2"])),
        );
        check("Failing row contains (1, null).", None);
        check("", None);
    }
}
