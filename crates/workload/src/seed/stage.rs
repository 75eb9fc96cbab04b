//! Filling the tables of a stage, in one transaction.

use std::sync::Arc;
use std::time::Instant;

use cogway_catalog::sql::quote_ident;
use cogway_catalog::{Name, QualifiedName};
use cogway_pg::execute::{Executor, Load};

use super::SeedError;
use super::data_type::DataType;
use super::existing::{self, MOST_KEPT};
use super::generate::{Chunks, Making, Notation};
use super::kept::Kept;
use super::parents::{Computed, Parents};
use super::propose::propose;
use super::rebuild::{self, TakenOff, column_list};
use super::recipe::{Before, Recipe, Source, Way};
use super::report::{Event, Outcome, TableReport};
use super::row::Refused;
use super::table::{Origin, Part, Reference, Table};
use super::value::Value;

/// From so many rows on, the foreign keys and indexes of an empty table are built after its rows. Below that it is not worth
/// the locks.
const BULK: u64 = 20_000;

/// So many rows are judged one by one where all at once are refused; more would take too long.
const MOST_JUDGED: u64 = 200_000;

/// The first bytes of `COPY … (FORMAT binary)`: a signature, no flags, no extension.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// The last ones.
const TRAILER: [u8; 2] = (-1_i16).to_be_bytes();

/// A table that is about to be filled.
#[derive(Clone)]
pub(crate) struct Filling {
    /// Its place among all tables.
    pub(crate) place: usize,
    pub(crate) table: Table,
    pub(crate) before: Before,
    /// How many rows it is to have.
    pub(crate) wanted: u64,
    /// How its rows are made; or what makes that impossible.
    pub(crate) recipe: Result<Arc<Recipe>, Refused>,
}

impl Filling {
    /// How many rows are to be added.
    pub(crate) fn missing(&self) -> u64 {
        self.wanted.saturating_sub(self.before.rows)
    }

    /// The keys that rows cannot violate, since they have a number that counts among their columns, and that nobody looks
    /// anything up in meanwhile. Others stay while rows come in: where one is violated after all, rows are judged one by one,
    /// which is too late when all of them are there.
    fn counted_keys(&self) -> impl Iterator<Item = &Name> {
        let sources = self
            .recipe
            .as_ref()
            .map_or(&[][..], |recipe| recipe.sources.as_slice());
        let counts = |part: &Part| matches!(part, Part::Column(column) if matches!(sources.get(*column), Some(Source::Serial { .. })));
        let triggers = &self.table.triggers;
        let is_quiet = !triggers.before && !triggers.after;
        self.table
            .keys
            .iter()
            .filter(move |key| is_quiet && key.parts.iter().any(counts))
            .map(|key| &key.name)
    }

    /// Is it worth while to take keys and indexes off?
    fn is_bulk(&self) -> bool {
        self.before.rows == 0 && self.wanted >= BULK
    }
}

/// What came of a table.
pub(crate) struct Filled {
    pub(crate) added: u64,
    pub(crate) outcome: Outcome,
    /// Behind the last ordinal of its rows.
    pub(crate) end: u64,
    /// Ordinals that came to nothing; none where rows are not what was computed.
    pub(crate) skipped: Option<Arc<[u64]>>,
    /// The values of what others refer to, for each set of columns that was to be kept; none where rows are not what was
    /// computed.
    pub(crate) referred: Option<Vec<Vec<Value>>>,
}

/// What the tables of a stage need of the rest.
pub(crate) struct Surroundings<'a> {
    pub(crate) database: &'a Executor,
    pub(crate) jobs: usize,
    /// Is the role one to which policies do not apply?
    pub(crate) bypasses_policies: bool,
}

/// Tables in a circle, in an order in which each finds the keys that it must refer to: of a table that comes later, these must
/// be known before its rows are.
pub(crate) fn in_order(mut open: Vec<Filling>) -> Vec<Filling> {
    let mut order = Vec::new();
    while !open.is_empty() {
        let unknown: Vec<(usize, usize)> = open.iter().map(|filling| unknown_keys(filling, &open)).collect();
        let next = (0..open.len()).min_by_key(|&at| (unknown[at], at)).unwrap_or(0);
        order.push(open.remove(next));
    }
    order
}

/// How many foreign keys of a table refer to keys of others that are not known before their rows are: those that must refer to
/// something, and those that need not.
fn unknown_keys(filling: &Filling, others: &[Filling]) -> (usize, usize) {
    let (mut musts, mut mays) = (0, 0);
    for reference in &filling.table.references {
        let parent = others
            .iter()
            .find(|other| other.place != filling.place && other.table.name == reference.to);
        if let Some(parent) = parent
            && !is_known_before(parent, &reference.to_columns)
        {
            let must = reference
                .columns
                .iter()
                .all(|&column| filling.table.columns[column].not_null);
            *(if must { &mut musts } else { &mut mays }) += 1;
        }
    }
    (musts, mays)
}

/// Are the values of these columns known before the rows of their table are?
fn is_known_before(filling: &Filling, columns: &[Name]) -> bool {
    let Ok(recipe) = &filling.recipe else {
        return false;
    };
    let is_certain = recipe.is_free() && recipe.checks.is_empty() && recipe.judged.is_empty();
    is_certain
        && columns.len() == 1
        && !filling.table.triggers.before
        && places(&filling.table, columns).is_some_and(|places| recipe.are_fixed(&places))
}

/// Does a foreign key of a table refer to one that is filled later in the same stage?
pub(crate) fn refers_ahead(fillings: &[Filling], at: usize, to: &QualifiedName) -> bool {
    fillings[at + 1..].iter().any(|later| later.table.name == *to)
}

/// Takes off what is in the way, and what is better built afterwards.
pub(crate) async fn prepare(
    surroundings: &Surroundings<'_>,
    fillings: &[Filling],
    taken_off: &mut TakenOff,
) -> Result<(), SeedError> {
    let database = surroundings.database;
    for (at, filling) in fillings.iter().enumerate() {
        if filling.recipe.is_err() || filling.missing() == 0 {
            continue;
        }
        let table = &filling.table;
        for reference in &table.references {
            let is_ahead = refers_ahead(fillings, at, &reference.to);
            if is_ahead || (filling.is_bulk() && reference.is_local) {
                taken_off
                    .foreign_key(database, &table.name, &reference.name)
                    .await?;
            }
        }
        if filling.is_bulk() {
            taken_off.indexes(database, &table.name).await?;
            for name in filling.counted_keys() {
                taken_off.key(database, &table.name, name).await?;
            }
        }
        if table.forces_policies && !surroundings.bypasses_policies {
            rebuild::lift_policies(database, &table.name).await?;
        }
    }
    Ok(())
}

/// Fills one table: all rows at once, and, where PostgreSQL refuses one of them, one by one.
pub(crate) async fn fill(
    surroundings: &Surroundings<'_>,
    filling: &Filling,
    making: &Making,
    on: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Filled, SeedError> {
    let database = surroundings.database;
    let recipe = &making.recipe;
    let missing = filling.missing();
    let first = filling.before.rows;
    if making.columns.is_empty() {
        let statement = format!(
            "insert into {} select from pg_catalog.generate_series(1, {missing})",
            filling.table.name
        );
        database.command(&statement).await?;
        return Ok(Filled {
            added: missing,
            outcome: Outcome::Filled,
            end: filling.wanted,
            skipped: None,
            referred: None,
        });
    }
    let mut maker = making.maker();
    know(database, filling, &mut maker).await?;
    let mut reason = recipe.judged.first().map(|(constraint, obstacle)| Refused {
        constraint: constraint.clone(),
        reason: obstacle.clone(),
    });
    database.command("savepoint cogway_rows").await?;
    if reason.is_none() {
        let as_text = Making {
            notation: Notation::Text,
            ..making.clone()
        };
        // A value that has no binary form, or another one than is known, has one as text.
        let ways = match making.notation {
            Notation::Binary => vec![making, &as_text],
            Notation::Text => vec![making],
        };
        for making in ways {
            match copy(surroundings, filling, making, maker, on).await? {
                Ok(copied) => {
                    database.command("release savepoint cogway_rows").await?;
                    return left_out(surroundings, filling, making, copied, on).await;
                }
                Err(refused) => {
                    database.command("rollback to savepoint cogway_rows").await?;
                    let is_binary = refused.is_of_the_notation;
                    reason = Some(refused.refused);
                    maker = making.maker();
                    know(database, filling, &mut maker).await?;
                    if !is_binary {
                        break;
                    }
                }
            }
        }
    }
    if missing > MOST_JUDGED {
        let refused = reason.unwrap_or_else(|| Refused {
            constraint: String::new(),
            reason: String::new(),
        });
        return Ok(short(0, first, refused));
    }
    let accepted = propose(database, making, maker, first, missing, on).await?;
    database.command("release savepoint cogway_rows").await?;
    Ok(match accepted.refused {
        None => Filled {
            added: accepted.rows,
            outcome: Outcome::Filled,
            end: accepted.end,
            skipped: None,
            referred: None,
        },
        Some(refused) => short(accepted.rows, accepted.end, refused),
    })
}

/// Where a trigger left rows out without a word, others are proposed.
async fn left_out(
    surroundings: &Surroundings<'_>,
    filling: &Filling,
    making: &Making,
    copied: Filled,
    on: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Filled, SeedError> {
    let rest = filling.missing() - copied.added;
    if copied.skipped.is_some() || rest == 0 || rest > MOST_JUDGED {
        return Ok(copied);
    }
    let database = surroundings.database;
    let mut maker = making.maker();
    know(database, filling, &mut maker).await?;
    let accepted = propose(database, making, maker, copied.end, rest, on).await?;
    let added = copied.added + accepted.rows;
    Ok(match accepted.refused {
        None => Filled {
            added,
            outcome: Outcome::Filled,
            end: accepted.end,
            skipped: None,
            referred: None,
        },
        Some(refused) => short(added, accepted.end, refused),
    })
}

fn short(added: u64, end: u64, refused: Refused) -> Filled {
    Filled {
        added,
        end,
        outcome: Outcome::Short {
            constraint: (!refused.constraint.is_empty()).then_some(refused.constraint),
            reason: refused.reason,
        },
        skipped: None,
        referred: None,
    }
}

/// Tells the maker what is there.
async fn know(
    database: &Executor,
    filling: &Filling,
    maker: &mut super::row::Maker,
) -> Result<(), SeedError> {
    if filling.before.rows == 0 {
        return Ok(());
    }
    let wanted = maker.needs_to_know();
    if wanted.iter().any(|wanted| *wanted) {
        existing::rows(database, &filling.table, &wanted, &mut |row| maker.know(row)).await?;
    }
    Ok(())
}

/// Sends rows until there are enough. The inner error is PostgreSQL's, which refuses one of them.
async fn copy(
    surroundings: &Surroundings<'_>,
    filling: &Filling,
    making: &Making,
    maker: super::row::Maker,
    on: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Result<Filled, NotCopied>, SeedError> {
    let table = &filling.table;
    let names: Vec<&str> = making
        .columns
        .iter()
        .map(|&column| table.columns[column].name.as_str())
        .collect();
    let format = match making.notation {
        Notation::Binary => " (format binary)",
        Notation::Text => "",
    };
    let statement = format!("copy {}{} from stdin{format}", table.name, column_list(&names));
    let mut load = surroundings.database.load(&statement).await?;
    let mut chunks = Chunks::begin(
        making,
        maker,
        filling.before.rows,
        filling.missing(),
        surroundings.jobs,
    );
    let sent = send(&mut load, &mut chunks, making, filling.missing(), on).await;
    let mut sent = match sent {
        Ok(sent) => sent,
        Err(error) => return refused(error),
    };
    let rows = match load.finish().await {
        Ok(rows) => rows,
        Err(error) => return refused(error.into()),
    };
    // What waits for the end of the transaction is told now, while it can still be done otherwise.
    if let Err(error) = surroundings
        .database
        .command("set constraints all immediate")
        .await
    {
        return refused(error.into());
    }
    surroundings
        .database
        .command(cogway_pg::execute::CONSTRAINTS_AS_DECLARED)
        .await?;
    sent.skipped.sort_unstable();
    // A trigger may have left out some that were sent.
    let last = filling.before.rows + sent.rows + sent.skipped.len() as u64;
    let (skipped, referred) = (Some(sent.skipped.into()), Some(sent.referred));
    Ok(Ok(match sent.end {
        None if rows < filling.missing() => short(
            rows,
            last,
            Refused {
                constraint: String::new(),
                reason: "a trigger left rows out".to_owned(),
            },
        ),
        Some(refused) => Filled {
            skipped,
            referred,
            ..short(rows, last, refused)
        },
        None => Filled {
            added: rows,
            outcome: Outcome::Filled,
            end: last,
            skipped,
            referred,
        },
    }))
}

/// Rows that PostgreSQL did not take.
struct NotCopied {
    refused: Refused,
    /// Is it not the rows that are wrong, but how they were written?
    is_of_the_notation: bool,
}

/// What PostgreSQL says of the rows themselves is another matter than a lost connection.
fn refused<T>(error: SeedError) -> Result<Result<T, NotCopied>, SeedError> {
    match &error {
        SeedError::Unwritable => Ok(Err(NotCopied {
            refused: Refused {
                constraint: String::new(),
                reason: error.to_string(),
            },
            is_of_the_notation: true,
        })),
        SeedError::Session(session) => match session.server_error() {
            // Whoever cancels, or shuts the server down, does not mean the rows.
            Some(said) if !said.sqlstate.starts_with("57") => Ok(Err(NotCopied {
                // 22P03 is a binary representation that is none; 08P01 a message that is not as it should be.
                is_of_the_notation: matches!(said.sqlstate.as_str(), "22P03" | "08P01"),
                refused: Refused {
                    constraint: String::new(),
                    reason: format!("PostgreSQL refused the rows: {said}"),
                },
            })),
            _ => Err(error),
        },
        _ => Err(error),
    }
}

/// What was sent.
struct Sent {
    rows: u64,
    skipped: Vec<u64>,
    referred: Vec<Vec<Value>>,
    /// Why there are no more, if there are not enough.
    end: Option<Refused>,
}

async fn send(
    load: &mut Load,
    chunks: &mut Chunks,
    making: &Making,
    wanted: u64,
    on: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Sent, SeedError> {
    if making.notation == Notation::Binary {
        load.send(HEADER.to_vec()).await?;
    }
    let mut sent = Sent {
        rows: 0,
        skipped: Vec::new(),
        referred: making.referred.iter().map(|_| Vec::new()).collect(),
        end: None,
    };
    while sent.rows < wanted {
        let mut chunk = chunks.next().await.ok_or(SeedError::BrokenOff)?;
        if chunk.is_unwritable {
            return Err(SeedError::Unwritable);
        }
        let room = usize::try_from(wanted - sent.rows).unwrap_or(usize::MAX);
        let taken = chunk.ends.len().min(room);
        let last = taken.checked_sub(1);
        chunk.bytes.truncate(last.map_or(0, |last| chunk.ends[last]));
        let is_before_end =
            |ordinal: &&u64| taken < room || last.is_some_and(|last| **ordinal < chunk.ordinals[last]);
        sent.skipped.extend(chunk.skipped.iter().filter(is_before_end));
        for ((all, values), columns) in sent
            .referred
            .iter_mut()
            .zip(&mut chunk.referred)
            .zip(making.referred.iter())
        {
            values.truncate(taken * columns.len());
            all.append(values);
        }
        sent.rows += taken as u64;
        load.send(chunk.bytes).await?;
        on(Event::Rows(taken as u64));
        if sent.rows < wanted && chunk.end.is_some() {
            sent.end = chunk.end;
            break;
        }
    }
    if making.notation == Notation::Binary {
        load.send(TRAILER.to_vec()).await?;
    }
    Ok(sent)
}

/// Where a table in a circle did not get all of its rows, what was to refer to those that are missing refers to nothing, or,
/// where it must refer to something, goes.
pub(crate) async fn mend(database: &Executor, fillings: &[Filling]) -> Result<(), SeedError> {
    // What goes may have been referred to as well; a circle is no longer than its tables.
    for _ in 0..=fillings.len() {
        let mut is_whole = true;
        for (at, filling) in fillings.iter().enumerate() {
            for reference in &filling.table.references {
                if refers_ahead(fillings, at, &reference.to) {
                    is_whole &= database
                        .query(&mending(&filling.table, reference), &[])
                        .await?
                        .is_empty();
                }
            }
        }
        if is_whole {
            break;
        }
    }
    Ok(())
}

/// The statement that mends one foreign key; it returns a row for each that it changed.
fn mending(table: &Table, reference: &Reference) -> String {
    let name = |column: &usize| quote_ident(&table.columns[*column].name);
    let pairs: Vec<String> = reference
        .columns
        .iter()
        .zip(&reference.to_columns)
        .map(|(column, to)| format!("parent.{to} = child.{}", name(column)))
        .collect();
    let refers: Vec<String> = reference
        .columns
        .iter()
        .map(|column| format!("child.{} is not null", name(column)))
        .collect();
    let dangling = format!(
        "{} and not exists (select from {} parent where {})",
        refers.join(" and "),
        reference.to,
        pairs.join(" and ")
    );
    let nullable: Vec<String> = reference
        .columns
        .iter()
        .filter(|column| !table.columns[**column].not_null)
        .map(|column| format!("{} = null", name(column)))
        .collect();
    if nullable.is_empty() || (reference.is_full && nullable.len() < reference.columns.len()) {
        format!("delete from {} child where {dangling} returning 1", table.name)
    } else {
        format!(
            "update {} child set {} where {dangling} returning 1",
            table.name,
            nullable.join(", ")
        )
    }
}

/// How many rows a table has.
pub(crate) async fn count(database: &Executor, table: &Table) -> Result<u64, SeedError> {
    let rows = database
        .query(
            &format!("select pg_catalog.count(*) from {}", existing::source(table)),
            &[],
        )
        .await?;
    Ok(rows
        .first()
        .map_or(0, |row| u64::try_from(row.get::<_, i64>(0)).unwrap_or(0)))
}

/// Moves the sequences of a table on, as far as its rows are.
pub(crate) async fn advance(
    database: &Executor,
    filling: &Filling,
    recipe: &Recipe,
    end: u64,
) -> Result<(), SeedError> {
    let Some(last_ordinal) = end.checked_sub(1) else {
        return Ok(());
    };
    for (column, origin) in filling.table.origins.iter().enumerate() {
        if let Origin::Sequence(counting) = origin
            && let Some(last) = recipe.last_number(column, last_ordinal)
        {
            database.query(&existing::advance(counting, last), &[]).await?;
        }
    }
    Ok(())
}

/// What children can refer to of a relation as it stands.
pub(crate) async fn parents(
    database: &Executor,
    relation: &QualifiedName,
    columns: &[Name],
    types: Vec<DataType>,
) -> Result<Parents, SeedError> {
    let kept = existing::keys(database, relation, columns, types, MOST_KEPT).await?;
    Ok(Parents::Kept(kept))
}

/// A set of columns of a table that others refer to.
#[derive(Debug)]
pub(crate) struct Referred {
    pub(crate) names: Vec<Name>,
    pub(crate) places: Vec<usize>,
    /// The values that were there before.
    pub(crate) before: Kept,
    /// Are those of rows that are made computed again, rather than kept?
    pub(crate) is_computed: bool,
}

/// What children can refer to of a table that was filled; none where its rows must be read, since they are not what was made.
pub(crate) fn parents_made(
    filling: &Filling,
    filled: &Filled,
    mut referred: Referred,
    kept: Option<Vec<Value>>,
) -> Option<Parents> {
    let recipe = filling.recipe.as_ref().ok()?;
    let skipped = filled.skipped.as_ref()?;
    if filling.table.triggers.before {
        return None;
    }
    if referred.is_computed {
        return Some(Parents::Computed(Computed {
            recipe: Arc::clone(recipe),
            columns: referred.places,
            rows: referred.before.len() as u64 + filled.added,
            before: referred.before,
            skipped: Arc::clone(skipped),
        }));
    }
    for row in kept?.chunks(referred.places.len().max(1)) {
        // A row without a key is no parent.
        if !row.contains(&Value::Null) {
            referred.before.push(row);
        }
    }
    Some(Parents::Kept(referred.before))
}

/// What children in the same stage can refer to of a table that is filled after them.
pub(crate) async fn parents_to_be(
    database: &Executor,
    filling: &Filling,
    columns: &[Name],
    types: Vec<DataType>,
) -> Result<Option<Parents>, SeedError> {
    let Ok(recipe) = &filling.recipe else {
        return Ok(None);
    };
    let Some(places) = places(&filling.table, columns).filter(|_| is_known_before(filling, columns)) else {
        return Ok(None);
    };
    let before = match filling.before.rows {
        0 => Kept::new(types),
        rows => existing::keys(database, &filling.table.name, columns, types, rows).await?,
    };
    Ok(Some(Parents::Computed(Computed {
        recipe: Arc::clone(recipe),
        columns: places,
        rows: before.len() as u64 + filling.missing(),
        before,
        skipped: Arc::new([]),
    })))
}

/// The places of columns by their names.
pub(crate) fn places(table: &Table, columns: &[Name]) -> Option<Vec<usize>> {
    columns.iter().map(|name| table.place(name.as_str())).collect()
}

/// Does a relationship refer to rows of the table itself?
pub(crate) fn is_own(way: Way) -> bool {
    matches!(way, Way::Own | Way::OwnOnce)
}

/// The report of a table.
pub(crate) fn report(filling: &Filling, added: u64, outcome: Outcome, began: Instant) -> TableReport {
    TableReport {
        table: filling.table.name.clone(),
        wanted: filling.wanted,
        before: filling.before.rows,
        added,
        outcome,
        took: began.elapsed(),
    }
}
