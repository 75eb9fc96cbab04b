//! Reads the catalog of a database: whole, or again after a change.
//!
//! A [`Reader`] is bound to one connection. [`Reader::read`] reads everything, one query a kind, all of them sent at
//! once. [`Reader::refresh`] then reads again only what the open transaction changed: PostgreSQL counts, for each
//! system catalog, the rows that a transaction inserted, updated and deleted; the new rows are found by the age of
//! their `xmin`, and the objects they are about are read anew, with those whose text mentions something that changed
//! its name. Both end in the same [`Catalog`]; the tests compare them after every statement.
//!
//! The names of objects come out schema-qualified, and literals in one notation, because the search path is empty and
//! the settings that change notations are fixed while reading.

mod change;
mod counts;
mod dependents;
mod index_keys;
mod look;
mod row;
mod source;
mod state;
mod watched;

use std::collections::{BTreeSet, HashMap};

use cogway_catalog::sql::quote_literal;
use cogway_catalog::{Catalog, Kind};
use futures_util::future::try_join_all;
use futures_util::stream::FuturesOrdered;
use futures_util::{StreamExt, TryStreamExt, pin_mut};
use thiserror::Error;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Row, RowStream, Statement};

use row::{Layout, Oids};
use source::{SOURCES, Scope, Source};
use state::{ComingColumns, State};

pub use counts::{COUNTS_ARE_CURRENT, Milestone};
pub use row::RowError;

/// Why a catalog could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// PostgreSQL refused a query, or the connection broke.
    #[error("reading the system catalogs: {0}")]
    Query(#[from] tokio_postgres::Error),
    /// PostgreSQL refused what was to be run before reading.
    #[error("before reading the system catalogs: {0}")]
    Prelude(#[source] tokio_postgres::Error),
    /// A query gave something that the reader does not expect: most likely a server newer than this version knows.
    #[error("reading {what} from the system catalogs: {source}")]
    Row {
        /// The kind of object.
        what: Kind,
        /// What is wrong with it.
        source: RowError,
    },
    /// Cogway reads servers from version 13 on.
    #[error("PostgreSQL {0} is older than version 13, the oldest that can be read")]
    Version(String),
}

/// Settings under which catalogs are read, so that literals come out in one notation.
const SETTINGS: [(&str, &str); 7] = [
    // Compiling the queries takes far longer than running them.
    ("jit", "off"),
    ("datestyle", "ISO, MDY"),
    ("intervalstyle", "postgres"),
    ("timezone", "UTC"),
    ("extra_float_digits", "1"),
    ("bytea_output", "hex"),
    ("quote_all_identifiers", "off"),
];

/// What hardly any database is without: it is asked for before it is known to be there.
const SURE: [Kind; 8] = [
    Kind::Schema,
    Kind::Table,
    Kind::View,
    Kind::MaterializedView,
    Kind::Column,
    Kind::Sequence,
    Kind::Index,
    Kind::Constraint,
];

/// The places of sources.
fn numbers_of(holds: impl Fn(&Source) -> bool) -> impl Iterator<Item = usize> {
    (0..SOURCES.len()).filter(move |&number| holds(&SOURCES[number]))
}

fn whole(numbers: &[usize]) -> Vec<(usize, Scope)> {
    numbers.iter().map(|&number| (number, Scope::All)).collect()
}

/// Reads catalogs over one connection.
pub struct Reader {
    server_version: u32,
    /// Commands that bring about the settings for reading, from those that the session starts with.
    settings: String,
    statements: HashMap<(usize, Scope), Statement>,
    auxiliary: HashMap<&'static str, Statement>,
    /// The query for what PostgreSQL has counted.
    counting: Option<Statement>,
    counting_ever: Option<Statement>,
    /// The queries for what a transaction changed.
    looks: HashMap<look::Wanted, Statement>,
    state: State,
    /// What was counted when the state was read, and when the transaction began.
    counts: Vec<counts::Counts>,
    begun: Vec<counts::Counts>,
    /// How often the pages of sequences were looked at then, and those that were since anybody asked.
    uses: HashMap<u32, i64>,
    used: BTreeSet<u32>,
}

/// What a reader knew at some moment, to go back to after a rollback.
#[derive(Clone)]
pub struct Mark {
    state: State,
}

impl Reader {
    /// A reader for the server behind this connection; it has read nothing so far.
    ///
    /// # Errors
    /// When the server is older than 13, or the connection is broken.
    pub async fn new(client: &Client) -> Result<Reader, ReadError> {
        let names = SETTINGS.map(|(name, _)| name);
        let rows = client.query(STARTING_SETTINGS, &[&names.as_slice()]).await?;
        let mut starts_with: HashMap<String, String> = HashMap::new();
        for row in &rows {
            starts_with.insert(row.try_get(0)?, row.try_get(1)?);
        }
        let text = starts_with.remove("server_version_num").unwrap_or_default();
        let server_version: u32 = text.parse().map_err(|_| ReadError::Version(text.clone()))?;
        if server_version < 130_000 {
            return Err(ReadError::Version(text));
        }
        // Each command counts when little is read; on a private server none but the first is needed.
        let mut settings = "set local search_path to ''".to_owned();
        for (name, value) in SETTINGS {
            if starts_with.get(name).is_none_or(|known| known != value) {
                settings.push_str(&format!("; set local {name} to {}", quote_literal(value)));
            }
        }
        Ok(Reader {
            server_version,
            settings,
            statements: HashMap::new(),
            auxiliary: HashMap::new(),
            counting: None,
            counting_ever: None,
            looks: HashMap::new(),
            state: State::default(),
            counts: Vec::new(),
            begun: Vec::new(),
            uses: HashMap::new(),
            used: BTreeSet::new(),
        })
    }

    /// What was read last.
    pub fn catalog(&self) -> &Catalog {
        &self.state.catalog
    }

    /// The server's version as a number: 150018 is 15.18.
    pub fn server_version(&self) -> u32 {
        self.server_version
    }

    /// Remembers what is known now.
    pub fn mark(&self) -> Mark {
        Mark {
            state: self.state.clone(),
        }
    }

    /// Goes back to what was known at the mark: after the changes since were rolled back.
    pub fn rewind(&mut self, mark: &Mark) {
        self.state = mark.state.clone();
    }

    /// Forgets the prepared statements: a script has deallocated them all.
    pub fn forget_statements(&mut self) {
        self.statements.clear();
        self.auxiliary.clear();
        self.looks.clear();
        self.counting = None;
        self.counting_ever = None;
    }

    /// Reads the whole catalog. Call it in a transaction, whose settings it changes locally; see [`snapshot`] for
    /// one that looks after that.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn read(&mut self, client: &Client) -> Result<Catalog, ReadError> {
        if self.counting.is_none() || !self.auxiliary.contains_key(PROBE) {
            // What is prepared under these settings need not be planned again.
            client.batch_execute(&self.settings).await?;
            self.prepare_counting(client).await?;
            self.prepare_auxiliary(
                client,
                &[PROBE, COMMENTS, LABELS, MEMBERS, DEFAULT_CLASSES, UNMODELLED],
            )
            .await?;
        }
        let sure: Vec<usize> = numbers_of(|source| SURE.contains(&source.kind)).collect();
        self.prepare(client, &whole(&sure)).await?;
        // All are sent at once; while PostgreSQL goes on, what has come is taken in. Sources come after those whose
        // names they mention.
        let asked = |statement: Statement| async move { client.query_raw(&statement, NO_PARAMETERS).await };
        let statements = sure
            .iter()
            .map(|&number| self.statements[&(number, Scope::All)].clone());
        let mut queries: FuturesOrdered<_> = statements.map(asked).collect();
        let (_, counted, probe, comments, labels, members, classes, first) = tokio::try_join!(
            client.batch_execute(&self.settings),
            self.count(client),
            self.auxiliary(client, PROBE, &[]),
            self.auxiliary(client, COMMENTS, &[]),
            self.auxiliary(client, LABELS, &[]),
            self.auxiliary(client, MEMBERS, &[]),
            self.auxiliary(client, DEFAULT_CLASSES, &[]),
            async { queries.next().await.transpose() },
        )?;
        self.note_counts(counted);
        let layout = Layout::of(&probe);
        let present = probe
            .first()
            .and_then(|row| layout.row(row, &()).texts("sources"));
        let present = present.unwrap_or_default();
        let present = |source: &Source| present.iter().any(|name| name == source.probe());
        let rest: Vec<usize> = numbers_of(|source| !SURE.contains(&source.kind) && present(source)).collect();
        let (members, bound) = change::attachments(&members);
        let layout = Layout::of(&classes);
        let default_classes = classes.iter().map(|row| layout.row(row, &()));
        let mut state = State {
            comments: change::texts(&comments).collect(),
            members,
            bound,
            default_classes: default_classes
                .map(|row| (row.oid("oid"), row.oid("of_type")))
                .collect(),
            ..State::default()
        };
        for (key, label) in change::texts(&labels) {
            state.labels.entry(key).or_default().push(label);
        }
        // Answers that nobody takes hold up those behind them, so that nothing new is prepared while some are on
        // their way.
        let is_prepared = |number: &usize| self.statements.contains_key(&(*number, Scope::All));
        let at_once = rest.iter().all(is_prepared);
        if at_once {
            queries.extend(self.statements_of(&rest).into_iter().map(asked));
        }
        let mut later = Vec::new();
        let mut next = first;
        for &number in &sure {
            state.receive(number, next, &mut later).await?;
            next = queries.next().await.transpose()?;
        }
        if !at_once {
            self.prepare(client, &whole(&rest)).await?;
            queries.extend(self.statements_of(&rest).into_iter().map(asked));
            next = queries.next().await.transpose()?;
        }
        for &number in &rest {
            state.receive(number, next, &mut later).await?;
            next = queries.next().await.transpose()?;
        }
        let unmodelled = all_of(next).await?;
        state.catalog.set_unmodelled(change::unmodelled(&unmodelled));
        self.state = state;
        self.take_in(client, &later).await?;
        // Whatever was known of them is of another time.
        self.used.extend(self.state.sequences.iter());
        Ok(self.state.catalog.clone())
    }

    /// The statements of sources, and then that for what is not modelled.
    fn statements_of(&self, numbers: &[usize]) -> Vec<Statement> {
        let statements = numbers
            .iter()
            .map(|&number| &self.statements[&(number, Scope::All)]);
        statements.chain([&self.auxiliary[UNMODELLED]]).cloned().collect()
    }

    /// Puts the rows of sources into the state.
    async fn take_in(
        &mut self,
        client: &Client,
        results: &[(&'static Source, Vec<Row>)],
    ) -> Result<(), ReadError> {
        let mut unusual = Vec::new();
        for (source, rows) in results {
            self.state.learn_names(source, rows);
            unusual.extend(self.state.unusual_indexes(source, rows));
        }
        let mut definitions = HashMap::new();
        if !unusual.is_empty() {
            self.prepare_auxiliary(client, &[INDEX_DEFINITIONS]).await?;
            let rows = self
                .auxiliary(client, INDEX_DEFINITIONS, &[&Oids(&unusual)])
                .await?;
            let layout = Layout::of(&rows);
            for row in &rows {
                let row = layout.row(row, &());
                definitions.extend(
                    row.text("definition")
                        .map(|text| (row.oid("oid"), text.to_owned())),
                );
            }
        }
        for (source, rows) in results {
            add(&mut self.state, source, rows, &definitions)?;
        }
        Ok(())
    }

    /// Runs the queries of sources, each for the objects with its OIDs, in one go.
    async fn query(
        &mut self,
        client: &Client,
        wanted: &[((usize, Scope), Vec<u32>)],
    ) -> Result<Vec<(&'static Source, Vec<Row>)>, ReadError> {
        let keys: Vec<(usize, Scope)> = wanted.iter().map(|(key, _)| *key).collect();
        self.prepare(client, &keys).await?;
        let statements = &self.statements;
        let results = try_join_all(wanted.iter().map(|(key, oids)| async move {
            let oids = Oids(oids);
            let parameters: &[&(dyn ToSql + Sync)] = if key.1 == Scope::Some { &[&oids] } else { &[] };
            client
                .query(&statements[key], parameters)
                .await
                .map(|rows| (&SOURCES[key.0], rows))
        }))
        .await?;
        Ok(results)
    }

    /// Prepares the queries of sources that are not prepared yet, in one go.
    async fn prepare(&mut self, client: &Client, wanted: &[(usize, Scope)]) -> Result<(), ReadError> {
        let missing = wanted.iter().filter(|key| !self.statements.contains_key(key));
        let server_version = self.server_version;
        let prepared = try_join_all(missing.map(|&(number, scope)| {
            let sql = SOURCES[number].query(server_version, scope);
            async move {
                client
                    .prepare(&sql)
                    .await
                    .map(|statement| ((number, scope), statement))
            }
        }))
        .await?;
        self.statements.extend(prepared);
        Ok(())
    }

    async fn prepare_auxiliary(
        &mut self,
        client: &Client,
        queries: &[&'static str],
    ) -> Result<(), ReadError> {
        let missing = queries.iter().filter(|sql| !self.auxiliary.contains_key(**sql));
        let server_version = self.server_version;
        let prepared = try_join_all(missing.map(|&sql| {
            let text = source::for_server(sql, server_version, Scope::All);
            async move { client.prepare(&text).await.map(|statement| (sql, statement)) }
        }))
        .await?;
        self.auxiliary.extend(prepared);
        Ok(())
    }

    async fn auxiliary(
        &self,
        client: &Client,
        sql: &'static str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, tokio_postgres::Error> {
        client.query(&self.auxiliary[sql], parameters).await
    }
}

impl State {
    /// Takes in what comes from a source; if more must be known for that, it is put off. Columns, of which there are
    /// the most, are taken in while others are still to come.
    async fn receive(
        &mut self,
        number: usize,
        rows: Option<RowStream>,
        later: &mut Vec<(&'static Source, Vec<Row>)>,
    ) -> Result<(), ReadError> {
        /// So many rows are taken in at a time.
        const ROWS: usize = 200;
        let source = &SOURCES[number];
        if source.kind == Kind::Column {
            let mut coming = ComingColumns::default();
            if let Some(rows) = rows {
                let chunks = rows.try_ready_chunks(ROWS);
                pin_mut!(chunks);
                while let Some(rows) = chunks.next().await {
                    let rows = rows.map_err(|error| error.1)?;
                    let received = self.receive_columns(source, &rows, &mut coming);
                    received.map_err(|error| of(source, error))?;
                }
            }
            self.add_columns(coming);
            return Ok(());
        }
        let rows = all_of(rows).await?;
        self.learn_names(source, &rows);
        if self.unusual_indexes(source, &rows).is_empty() {
            return add(self, source, &rows, &HashMap::new());
        }
        later.push((source, rows));
        Ok(())
    }
}

/// All rows of a result.
async fn all_of(rows: Option<RowStream>) -> Result<Vec<Row>, tokio_postgres::Error> {
    match rows {
        Some(rows) => rows.try_collect().await,
        None => Ok(Vec::new()),
    }
}

fn of(source: &Source, error: RowError) -> ReadError {
    ReadError::Row {
        what: source.kind,
        source: error,
    }
}

/// For queries that have none.
const NO_PARAMETERS: [&str; 0] = [];

fn add(
    state: &mut State,
    source: &Source,
    rows: &[Row],
    definitions: &HashMap<u32, String>,
) -> Result<(), ReadError> {
    let added = state.add(source, rows, definitions);
    added.map_err(|error| of(source, error))
}

const STARTING_SETTINGS: &str = "select pg_catalog.lower(name), reset_val
  from pg_catalog.pg_settings
 where name = 'server_version_num' or pg_catalog.lower(name) = any ($1)";
const PROBE: &str = include_str!("introspect/probe.sql");
const COMMENTS: &str = include_str!("introspect/comments.sql");
const LABELS: &str = include_str!("introspect/labels.sql");
const MEMBERS: &str = include_str!("introspect/members.sql");
const DEFAULT_CLASSES: &str =
    "select c.oid, c.opcintype as of_type from pg_catalog.pg_opclass c where c.opcdefault";
const INDEX_DEFINITIONS: &str =
    "select o as oid, pg_catalog.pg_get_indexdef(o) as definition from pg_catalog.unnest($1::oid[]) o";
const UNMODELLED: &str = include_str!("introspect/unmodelled.sql");

/// Reads the whole catalog of a database in a snapshot of its own: a read-only transaction, `REPEATABLE READ`.
///
/// # Errors
/// [`ReadError`]; the transaction is then rolled back when the client goes.
pub async fn snapshot(client: &Client) -> Result<Catalog, ReadError> {
    let mut reader = Reader::new(client).await?;
    client
        .batch_execute("begin isolation level repeatable read, read only")
        .await?;
    let catalog = reader.read(client).await;
    client.batch_execute("rollback").await?;
    catalog
}
