//! What is gathered before anything is judged: the catalog, and rows.

use std::collections::BTreeMap;

use cogway_analyze::normal_form::{Known, KnownColumn, Sample, Tables};
use cogway_catalog::{Catalog, Definition, Kind, ObjectId, QualifiedName, TableForm, sql};
use cogway_migrate::ledger::without_ledger;
use cogway_migrate::verify::{self, Options, Site};
use cogway_pg::session::{Session, SessionError};

use super::progress::{Doing, Progress};
use crate::cli::Normalize;
use crate::config::Config;
use crate::error::Failure;
use crate::printer::Printer;
use crate::{database, history};

/// Where tables are.
pub(super) enum Source {
    Database(Box<cogway_pg::Config>),
    History,
}

/// Rows of a table.
pub(super) struct Gathered {
    pub(super) sample: Sample,
    /// How many rows the table has.
    pub(super) of: usize,
}

impl Gathered {
    pub(super) fn whole(sample: Sample) -> Gathered {
        Gathered {
            of: sample.len(),
            sample,
        }
    }
}

/// The catalog, and rows of the tables that are wanted.
pub(super) struct Contents {
    pub(super) catalog: Catalog,
    pub(super) rows: BTreeMap<QualifiedName, Gathered>,
}

/// Which is meant: the database or the history that is named, the database of the environment or of `cogway pg`, the
/// history of this directory.
pub(super) fn source(args: &Normalize, config: &Config) -> Result<Source, Failure> {
    let history_is_named = args.history.dir.is_some() || args.history.format.is_some();
    if args.database.database_url.is_none() && history_is_named {
        return Ok(Source::History);
    }
    if let Some(config) = database::named(&args.database, config)? {
        return Ok(Source::Database(Box::new(config)));
    }
    if history::dir(&args.history, config).is_some() {
        return Ok(Source::History);
    }
    Err(
        Failure::usage("there is nothing to judge: no database and no migrations are named").hint(
            "name a database (--database-url URL, DATABASE_URL, PGHOST…), a folder (--dir DIR) or a file (--csv FILE)",
        ),
    )
}

/// Reads it.
pub(super) async fn gather(
    source: &Source,
    args: &Normalize,
    wanted: &[QualifiedName],
    config: &Config,
    printer: &Printer,
) -> Result<Contents, Failure> {
    let contents = match source {
        Source::Database(wanted_database) => {
            printer.note(&format!("reading: {}", database::describe(wanted_database)));
            let mut session = Session::connect(wanted_database).await?;
            let contents = look(&mut session, args, wanted, printer).await?;
            session.close().await;
            contents
        }
        Source::History => {
            let history = history::read(&args.history, config, printer).await?;
            history::warn_of_problems(&history, |problem| problem.kind.hides_sql(), printer);
            let options = Options {
                site: Site::Private(Box::new(crate::verb::verify::scratch(&args.server))),
                roles: config.roles.clone(),
                ..Options::default()
            };
            verify::visit(&history, None, &options, async |session| {
                look(session, args, wanted, printer).await
            })
            .await?
        }
    };
    for name in wanted {
        if !Tables::of(&contents.catalog)
            .known
            .iter()
            .any(|known| known.table == *name)
        {
            return Err(no_table(name));
        }
    }
    Ok(contents)
}

/// That there is no such table, or none that can be judged.
pub(super) fn no_table(name: &QualifiedName) -> Failure {
    Failure::usage(format!("there is no table {name} that can be judged")).hint(
        "name it with its schema; partitions are judged with their parent, and foreign tables not at all",
    )
}

/// Is this table asked for?
pub(super) fn is_wanted(table: &QualifiedName, wanted: &[QualifiedName]) -> bool {
    wanted.is_empty() || wanted.contains(table)
}

/// How many tables are asked for.
pub(super) fn number(tables: &[Known], wanted: &[QualifiedName]) -> usize {
    let known = tables.iter();
    known.filter(|known| is_wanted(&known.table, wanted)).count()
}

async fn look(
    session: &mut Session,
    args: &Normalize,
    wanted: &[QualifiedName],
    printer: &Printer,
) -> Result<Contents, SessionError> {
    let catalog = without_ledger(&session.begin_reading().await?);
    let mut rows = BTreeMap::new();
    if !args.search.no_data {
        let tables = Tables::of(&catalog);
        let progress = Progress::new(printer, Doing::Reading, number(&tables.known, wanted));
        for known in tables.known {
            if !is_wanted(&known.table, wanted) {
                continue;
            }
            progress.at(&known.table);
            if !known.columns.is_empty() {
                let from = from(&catalog, &known.table);
                rows.insert(known.table.clone(), of_table(session, args, &known, &from).await?);
            }
            progress.done();
        }
    }
    session.rollback().await?;
    Ok(Contents { catalog, rows })
}

async fn of_table(
    session: &Session,
    args: &Normalize,
    known: &Known,
    from: &str,
) -> Result<Gathered, SessionError> {
    let mut of = 0;
    session
        .rows(&format!("select pg_catalog.count(*) from {from}"), &mut |row| {
            of = row
                .first()
                .copied()
                .flatten()
                .and_then(|text| text.parse().ok())
                .unwrap_or(0);
        })
        .await?;
    let columns: Vec<String> = known.columns.iter().map(as_text).collect();
    let sampled = if args.search.all_rows || of <= args.search.sample {
        String::new()
    } else {
        let percent = 100.0 * args.search.sample as f64 / of as f64;
        format!(" tablesample pg_catalog.bernoulli ({percent}) repeatable (0)")
    };
    let mut sample = Sample::with_columns(columns.len());
    let query = format!("select {} from {from}{sampled}", columns.join(", "));
    session
        .rows(&query, &mut |row| sample.push(row.iter().copied()))
        .await?;
    Ok(Gathered { sample, of })
}

/// The rows of a table that its keys are about: with those of partitions, without those of children by inheritance.
fn from(catalog: &Catalog, table: &QualifiedName) -> String {
    let object = catalog.get(&ObjectId::qualified(Kind::Table, table.clone()));
    let is_partitioned = object.is_some_and(|object| {
        matches!(&object.definition, Definition::Table(table) if matches!(table.form, TableForm::Partitioned { .. }))
    });
    let name = sql::quote_qualified(table.schema.as_str(), table.name.as_str());
    if is_partitioned {
        name
    } else {
        format!("only {name}")
    }
}

/// A column as a text that is the same for values that PostgreSQL takes for equal, as far as that is simple:
/// `docs/normalize.md` says what is not.
fn as_text(column: &KnownColumn) -> String {
    let name = sql::quote_ident(column.name.as_str());
    let bare = column.base_type.split('(').next().unwrap_or_default();
    match bare.trim() {
        // 1.0 and 1.00.
        "numeric" => format!("pg_catalog.trim_scale({name})::text"),
        // 0 and -0.
        "real" | "double precision" => format!("case when {name} = 0 then '0' else {name}::text end"),
        // Case does not count.
        other if other.rsplit('.').next() == Some("citext") => format!("pg_catalog.lower({name}::text)"),
        _ => format!("{name}::text"),
    }
}
