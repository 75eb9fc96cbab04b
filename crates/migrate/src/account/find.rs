//! Finding the tables of the tools in a database.

use cogway_catalog::QualifiedName;
use cogway_pg::execute::Executor;
use cogway_pg::session::SessionError;

use super::{AccountError, Tool};
use super::{alembic, dbmate, diesel, flyway, golang_migrate, goose, refinery, sqitch, sqlx};

/// A table of a tool that was found in a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Whose it is.
    pub tool: Tool,
    /// The table.
    pub table: QualifiedName,
    /// How many of its rows say that a migration is applied. golang-migrate and Alembic say with one row that all up to
    /// it are.
    pub entries: i64,
}

/// By what a tool's table is known, and what of it counts.
pub(super) struct Shape {
    /// The names that it has unless the tool was told another one.
    pub(super) names: &'static [&'static str],
    /// The columns that it must have, as `find.sql` writes them. There may be more.
    pub(super) columns: &'static [&'static str],
    /// Which of its rows say that a migration is applied, as a condition in SQL.
    pub(super) applied: &'static str,
}

/// A table that has the name of a tool's, or the one that was asked for.
struct Candidate {
    table: QualifiedName,
    columns: Vec<String>,
    of_rails: bool,
}

/// Finds all tables of known tools in the database, in whatever schema, by their usual names and their columns. Tables
/// that the session may not read are passed over.
///
/// Where there is none, which is the usual case, this is a single query.
///
/// # Errors
/// [`SessionError::Command`].
pub async fn find(executor: &Executor) -> Result<Vec<Found>, SessionError> {
    let names: Vec<&str> = Tool::ALL
        .iter()
        .flat_map(|&tool| shape(tool).names)
        .copied()
        .collect();
    let mut tables = Vec::new();
    for candidate in candidates(executor, &names, None).await? {
        tables.extend(
            Tool::ALL
                .into_iter()
                .filter(|&tool| candidate.is_usual_table_of(tool))
                .map(|tool| (tool, candidate.table.clone())),
        );
    }
    if tables.is_empty() {
        return Ok(Vec::new());
    }
    let counts: Vec<String> = tables
        .iter()
        .enumerate()
        .map(|(place, (tool, table))| {
            let applied = shape(*tool).applied;
            format!("select {place} as place, pg_catalog.count(*) as entries from {table} where {applied}")
        })
        .collect();
    let sql = format!("{} order by place", counts.join(" union all "));
    let rows = executor.query(&sql, &[]).await?;
    Ok(tables
        .into_iter()
        .zip(rows)
        .map(|((tool, table), row)| Found {
            tool,
            table,
            entries: row.get("entries"),
        })
        .collect())
}

/// The table in which a tool keeps account: the one that is named, or the only one.
pub(super) async fn table_of(
    executor: &Executor,
    tool: Tool,
    named: Option<&QualifiedName>,
) -> Result<QualifiedName, AccountError> {
    if let Some(table) = named {
        let schema = Some(table.schema.as_str());
        let found = candidates(executor, &[table.name.as_str()], schema).await?;
        let Some(candidate) = found.into_iter().next() else {
            return Err(no_table(executor, tool, named).await?);
        };
        let missing = candidate.missing_columns(tool);
        return if missing.is_empty() {
            Ok(candidate.table)
        } else {
            Err(AccountError::NotItsTable {
                tool,
                table: candidate.table,
                missing,
            })
        };
    }
    let mut tables: Vec<QualifiedName> = candidates(executor, shape(tool).names, None)
        .await?
        .into_iter()
        .filter(|candidate| candidate.is_usual_table_of(tool))
        .map(|candidate| candidate.table)
        .collect();
    match (tables.pop(), tables.is_empty()) {
        (None, _) => Err(no_table(executor, tool, None).await?),
        (Some(table), true) => Ok(table),
        (Some(table), false) => {
            tables.push(table);
            Err(AccountError::SeveralTables { tool, tables })
        }
    }
}

async fn no_table(
    executor: &Executor,
    tool: Tool,
    named: Option<&QualifiedName>,
) -> Result<AccountError, SessionError> {
    Ok(AccountError::NoTable {
        tool,
        table: named.cloned(),
        found: find(executor).await?,
    })
}

async fn candidates(
    executor: &Executor,
    names: &[&str],
    schema: Option<&str>,
) -> Result<Vec<Candidate>, SessionError> {
    let rows = executor
        .query(include_str!("find.sql"), &[&names, &schema])
        .await?;
    let candidates = rows.iter().map(|row| Candidate {
        table: QualifiedName::new(row.get::<_, String>("schema"), row.get::<_, String>("name")),
        columns: row.get("columns"),
        of_rails: row.get("of_rails"),
    });
    Ok(candidates.collect())
}

impl Candidate {
    fn is_usual_table_of(&self, tool: Tool) -> bool {
        shape(tool).names.contains(&self.table.name.as_str())
            && self.missing_columns(tool).is_empty()
            && !(tool == Tool::Dbmate && self.of_rails)
    }

    /// The names of the columns that it would need to be the table of that tool.
    fn missing_columns(&self, tool: Tool) -> Vec<String> {
        shape(tool)
            .columns
            .iter()
            .filter(|wanted| !self.columns.iter().any(|column| column == **wanted))
            .filter_map(|wanted| wanted.split(' ').next().map(str::to_owned))
            .collect()
    }
}

const fn shape(tool: Tool) -> Shape {
    match tool {
        Tool::GolangMigrate => golang_migrate::SHAPE,
        Tool::Dbmate => dbmate::SHAPE,
        Tool::Goose => goose::SHAPE,
        Tool::Sqlx => sqlx::SHAPE,
        Tool::Diesel => diesel::SHAPE,
        Tool::Flyway => flyway::SHAPE,
        Tool::Refinery => refinery::SHAPE,
        Tool::Alembic => alembic::SHAPE,
        Tool::Sqitch => sqitch::SHAPE,
    }
}
