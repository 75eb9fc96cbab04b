//! Cases kept as text: a setup, a change, and what is expected to differ. `../attributes/README.md` says how they are
//! written.

use std::path::Path;

use cogway_catalog::{Catalog, Change, Difference, compare};
use cogway_pg::introspect::Reader;
use tokio_postgres::Client;

/// A case.
pub(crate) struct Case {
    /// File and line.
    pub(crate) place: String,
    /// What stands after `case:`, without the version.
    pub(crate) title: String,
    /// The first major version of PostgreSQL that it runs on.
    pub(crate) since: u32,
    pub(crate) setup: String,
    pub(crate) change: String,
}

/// A file of cases.
pub(crate) struct Cases {
    pub(crate) cases: Vec<Case>,
    /// What cannot be tried, by the first word.
    pub(crate) impossible: Vec<String>,
}

pub(crate) fn read(path: &Path) -> Cases {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut cases: Vec<Case> = Vec::new();
    let mut impossible = Vec::new();
    let mut in_change = false;
    for (number, line) in text.lines().enumerate() {
        if let Some(title) = line.strip_prefix("-- case: ") {
            let (title, since) = match title.rsplit_once(" [>=").or_else(|| title.split_once("[>=")) {
                Some((before, rest)) => {
                    let (version, after) = rest.split_once(']').expect("a closing bracket");
                    (format!("{before}{after}"), version.parse().expect("a version"))
                }
                None => (title.to_owned(), 0),
            };
            let place = format!(
                "{}:{}",
                path.file_name().unwrap_or_default().to_string_lossy(),
                number + 1
            );
            cases.push(Case {
                place,
                title,
                since,
                setup: String::new(),
                change: String::new(),
            });
            in_change = false;
        } else if line == "-- change" {
            in_change = true;
        } else if let Some(rest) = line.strip_prefix("-- impossible: ") {
            impossible.push(rest.split(':').next().unwrap_or_default().trim().to_owned());
        } else if let Some(case) = cases.last_mut() {
            let part = if in_change {
                &mut case.change
            } else {
                &mut case.setup
            };
            part.push_str(line);
            part.push('\n');
        }
    }
    Cases { cases, impossible }
}

/// Runs a case in a transaction that is rolled back. Returns what differs, and what is there after the change; an
/// error when a script fails or when reading the change gives anything else than reading everything.
pub(crate) async fn run(client: &Client, case: &Case) -> Result<(Vec<Difference>, Catalog), String> {
    let result = try_run(client, case).await;
    client.batch_execute("rollback").await.expect("a connection");
    result
}

async fn try_run(client: &Client, case: &Case) -> Result<(Vec<Difference>, Catalog), String> {
    let mut reader = Reader::new(client).await.map_err(|error| error.to_string())?;
    client.batch_execute("begin").await.expect("a connection");
    client
        .batch_execute(&case.setup)
        .await
        .map_err(|error| format!("setup: {}", say(&error)))?;
    let before = reader
        .read(client)
        .await
        .map_err(|error| format!("reading before: {error}"))?;
    reader.begin(client).await.map_err(|error| error.to_string())?;
    client
        .batch_execute(&case.change)
        .await
        .map_err(|error| format!("change: {}", say(&error)))?;
    let after = reader
        .refresh(client, "")
        .await
        .map_err(|error| format!("reading the change: {error}"))?;
    let whole = reader
        .read(client)
        .await
        .map_err(|error| format!("reading after: {error}"))?;
    if after != whole {
        let stale: Vec<String> = compare(&whole, &after)
            .iter()
            .map(|d| d.in_words("not read", "not gone"))
            .collect();
        return Err(format!(
            "reading the change is not reading everything: {}",
            stale.join("; ")
        ));
    }
    Ok((compare(&before, &after), after))
}

fn say(error: &tokio_postgres::Error) -> String {
    error
        .as_db_error()
        .map_or_else(|| error.to_string(), |error| error.message().to_owned())
}

/// The attribute that a difference is about; `exists` for a new object.
pub(crate) fn attribute(difference: &Difference) -> String {
    match &difference.change {
        Change::Added => "exists".to_owned(),
        Change::Removed => "removed".to_owned(),
        Change::Altered { attribute, .. } => attribute.clone(),
        Change::Reordered { .. } => "position".to_owned(),
    }
}
