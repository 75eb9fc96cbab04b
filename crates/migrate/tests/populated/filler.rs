//! Whoever fills the databases of these tests: by statements, one for each table, or several of which the first that
//! PostgreSQL takes is run.

use std::collections::BTreeMap;

use cogway_catalog::QualifiedName;
use cogway_catalog::sql::quote_qualified;
use cogway_migrate::verify::{Populate, Populated, Populating, SchemaTouched, Wanted};
use tokio_postgres::{Client, NoTls};

/// So many rows each table gets, and so many more where its shape has changed.
const ROWS: i64 = 10;
const MORE: i64 = 4;

/// Statements by the names of tables in `public`. In each, `{n}` stands for rows with the column `n`, which are the numbers
/// that the new rows have.
#[derive(Debug, Clone)]
pub(crate) struct Filler {
    statements: BTreeMap<String, Vec<String>>,
}

impl Filler {
    /// Reads lines of the form `table: statement`; a table may have several, and those that are first are filled first.
    pub(crate) fn of(lines: &[(&str, &str)]) -> Filler {
        let mut statements: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (place, (table, statement)) in lines.iter().enumerate() {
            let known = statements
                .keys()
                .find(|key| key.ends_with(&format!(" {table}")))
                .cloned();
            let key = known.unwrap_or_else(|| format!("{place:03} {table}"));
            statements.entry(key).or_default().push((*statement).to_owned());
        }
        Filler { statements }
    }

    async fn fill(&self, wanted: Wanted<'_>) -> Result<Populated, tokio_postgres::Error> {
        let (client, connection) = wanted.config.connect(NoTls).await?;
        let connection = tokio::spawn(connection);
        let mut short = Vec::new();
        for (key, statements) in &self.statements {
            let (_, table) = key.split_once(' ').expect("a place and a table");
            let name = QualifiedName::new("public", table);
            assert!(!wanted.leave.contains(&name), "{name} is not to be filled");
            let there: Option<String> = client
                .query_one(
                    "select to_regclass($1)::text",
                    &[&quote_qualified("public", table)],
                )
                .await?
                .get(0);
            if there.is_none() {
                continue;
            }
            let count: i64 = client
                .query_one(&format!("select count(*) from {table}"), &[])
                .await?
                .get(0);
            let is_fresh = wanted.fresh.contains(&name);
            let until = if is_fresh { count.max(ROWS) + MORE } else { ROWS };
            if count < until
                && let Err(reason) = insert(&client, statements, count, until).await
            {
                short.push((name, reason));
            }
        }
        drop(client);
        let _ = connection.await;
        Ok(Populated {
            short,
            schema: SchemaTouched::Untouched,
        })
    }
}

async fn insert(client: &Client, statements: &[String], count: i64, until: i64) -> Result<(), String> {
    let mut reason = String::new();
    for statement in statements {
        let numbers = format!("generate_series({}, {until}) n", count + 1);
        match client.batch_execute(&statement.replace("{n}", &numbers)).await {
            Ok(()) => return Ok(()),
            Err(error) => {
                reason = error
                    .as_db_error()
                    .map_or_else(|| error.to_string(), |error| error.message().to_owned());
            }
        }
    }
    Err(reason)
}

impl Populate for Filler {
    fn populate<'a>(&'a self, wanted: Wanted<'a>) -> Populating<'a> {
        Box::pin(async move { self.fill(wanted).await.map_err(|error| error.to_string()) })
    }
}
