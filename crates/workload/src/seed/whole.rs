//! A seeding from its beginning to its end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use cogway_catalog::{Catalog, Name, QualifiedName};
use cogway_pg::Config;
use cogway_pg::execute::Executor;

use super::SeedError;
use super::bookkeeping::is_account;
use super::chance::Chance;
use super::data_type::DataType;
use super::existing;
use super::generate::{Making, Notation};
use super::implied::imply;
use super::kept::Kept;
use super::options::{Existing, Options, Unknown};
use super::order::stages;
use super::pairs;
use super::parents::Parents;
use super::rebuild::{self, TakenOff};
use super::recipe::{Before, Context, Recipe, Source, Way, cook};
use super::report::{Event, Outcome, Report, TableReport};
use super::row::{Pool, Refused};
use super::size::{Place, Share, shares};
use super::stage::{self, Filled, Filling, Referred, Surroundings};
use super::table::{Part, Table, tables};

/// Fills a database: every table that holds rows itself, as far as its constraints can be satisfied.
///
/// Each stage (a table, or several that refer to each other in a circle) is one transaction: ended at any moment, a seeding
/// leaves the schema as it was, and no table half filled. Rows that are there stay, and count. `on` is told what happens.
///
/// # Errors
/// [`SeedError`]. That a constraint cannot be satisfied is no error, but said of its table in the report.
pub async fn seed(
    config: &Config,
    options: &Options,
    on: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Report, SeedError> {
    let began = Instant::now();
    let database = Executor::connect(config).await?;
    let catalog = database.catalog().await?;
    let (mut all, mut left_out) = tables(&catalog);
    all.retain(|table| {
        let is_account = is_account(&table.name);
        if is_account {
            left_out.push((table.name.clone(), "the account of a migration tool".to_owned()));
        }
        let is_left = options.leave.contains(&table.name);
        if is_left && !is_account {
            left_out.push((table.name.clone(), "it is to be left alone".to_owned()));
        }
        !is_left && !is_account
    });
    for name in options.tables.keys() {
        if options.unknown == Unknown::Refuse && !all.iter().any(|table| table.name == *name) {
            return Err(SeedError::NoSuchTable(name.to_string()));
        }
    }
    imply(&mut all);
    let mut seeding = Seeding::of(&database, &catalog, all, options).await?;
    if options.existing == Existing::Truncate {
        seeding.truncate().await?;
    }
    seeding.run(on).await?;
    let mut reports = std::mem::take(&mut seeding.reports);
    let rebuilt = seeding.rebuilt;
    for (table, reason) in left_out {
        reports.push(TableReport {
            table,
            wanted: 0,
            before: 0,
            added: 0,
            outcome: Outcome::Skipped(reason),
            took: std::time::Duration::ZERO,
        });
    }
    let after = database.catalog().await?;
    if after != catalog {
        let differences: Vec<String> = cogway_catalog::compare(&catalog, &after)
            .iter()
            .map(ToString::to_string)
            .collect();
        return Err(SeedError::SchemaChanged(differences.join("; ")));
    }
    database.close().await;
    Ok(Report {
        tables: reports,
        took: began.elapsed(),
        rebuilt,
    })
}

/// A seeding under way.
struct Seeding<'a> {
    database: &'a Executor,
    options: &'a Options,
    context: Context,
    jobs: usize,
    bypasses_policies: bool,
    tables: Vec<Table>,
    shares: Vec<Share>,
    /// Types of columns of other relations that are referred to: partitions, tables that are left alone.
    catalog: &'a Catalog,
    /// How many rows each table has, or is to have before it is its turn.
    sizes: Vec<u64>,
    known: BTreeMap<(QualifiedName, Vec<Name>), Arc<Parents>>,
    reports: Vec<TableReport>,
    rebuilt: bool,
}

impl<'a> Seeding<'a> {
    async fn of(
        database: &'a Executor,
        catalog: &'a Catalog,
        tables: Vec<Table>,
        options: &'a Options,
    ) -> Result<Seeding<'a>, SeedError> {
        let places: Vec<Place> = tables.iter().map(|table| place(table, &tables)).collect();
        let mut shares = shares(&places);
        for (table, share) in tables.iter().zip(&mut shares) {
            if let Some(wanted) = options.tables.get(&table.name) {
                *share = *wanted;
            }
        }
        let role = database
            .query(
                "select rolsuper or rolbypassrls from pg_catalog.pg_roles where rolname = current_user",
                &[],
            )
            .await?;
        let available = || std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
        Ok(Seeding {
            database,
            options,
            context: Context {
                chance: Chance::new(options.seed),
                language: options.language,
            },
            jobs: options.jobs.map_or_else(available, std::num::NonZeroUsize::get),
            bypasses_policies: role.first().is_some_and(|row| row.get(0)),
            sizes: shares.iter().map(|share| share.rows(options.rows)).collect(),
            tables,
            shares,
            catalog,
            known: BTreeMap::new(),
            reports: Vec::new(),
            rebuilt: false,
        })
    }

    async fn truncate(&self) -> Result<(), SeedError> {
        if self.tables.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = self.tables.iter().map(|table| table.name.to_string()).collect();
        Ok(self
            .database
            .command(&format!("truncate {} restart identity", names.join(", ")))
            .await?)
    }

    async fn run(&mut self, on: &mut (dyn FnMut(Event<'_>) + Send)) -> Result<(), SeedError> {
        let n = self.options.rows;
        on(Event::Planned {
            tables: self.tables.len(),
            rows: self.shares.iter().map(|share| share.rows(n)).sum(),
        });
        let parents: Vec<Vec<usize>> = self.tables.iter().map(|table| self.parents_of(table)).collect();
        for stage in stages(&parents) {
            self.stage(&stage, on).await?;
        }
        for report in &self.reports {
            if report.added > 0 {
                let analyzed = self.database.command(&format!("analyze {}", report.table)).await;
                // A partition on another server may not be there; the rows are all the same.
                if let Err(error) = analyzed
                    && error.server_error().is_none()
                {
                    return Err(error.into());
                }
            }
        }
        Ok(())
    }

    fn parents_of(&self, table: &Table) -> Vec<usize> {
        table
            .references
            .iter()
            .filter_map(|reference| self.tables.iter().position(|other| other.name == reference.to))
            .collect()
    }

    /// Fills the tables of a stage, in one transaction.
    async fn stage(
        &mut self,
        stage: &[usize],
        on: &mut (dyn FnMut(Event<'_>) + Send),
    ) -> Result<(), SeedError> {
        let began = Instant::now();
        self.database
            .command(&format!(
                "begin; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; {}",
                existing::READING
            ))
            .await?;
        let outcome = self.fill_stage(stage, began, on).await;
        match outcome {
            Ok(()) => {
                self.database.command("commit").await?;
                Ok(())
            }
            Err((error, fillings)) => {
                if self.database.is_lost() {
                    return Err(error);
                }
                self.database.command("rollback").await?;
                let said = match &error {
                    SeedError::Session(session) => session.server_error(),
                    _ => None,
                };
                // Somebody who cancels wants an end; what PostgreSQL refuses is said of the tables, and the others go on.
                match said {
                    Some(said) if !said.sqlstate.starts_with("57") => {
                        for &place in stage
                            .iter()
                            .filter(|place| fillings.iter().all(|filling| filling.place != **place))
                        {
                            let report = TableReport {
                                table: self.tables[place].name.clone(),
                                wanted: self.shares[place].rows(self.options.rows),
                                before: 0,
                                added: 0,
                                outcome: Outcome::Short {
                                    constraint: None,
                                    reason: format!("PostgreSQL refused: {said}"),
                                },
                                took: began.elapsed(),
                            };
                            self.done(report, on);
                        }
                        for filling in &fillings {
                            self.reports.retain(|report| report.table != filling.table.name);
                            self.sizes[filling.place] = filling.before.rows;
                            let outcome = Outcome::Short {
                                constraint: None,
                                reason: format!("PostgreSQL refused: {said}"),
                            };
                            self.done(stage::report(filling, 0, outcome, began), on);
                        }
                        Ok(())
                    }
                    _ => Err(error),
                }
            }
        }
    }

    fn done(&mut self, report: TableReport, on: &mut (dyn FnMut(Event<'_>) + Send)) {
        on(Event::Done(&report));
        self.reports.push(report);
    }

    async fn fill_stage(
        &mut self,
        stage: &[usize],
        began: Instant,
        on: &mut (dyn FnMut(Event<'_>) + Send),
    ) -> Result<(), (SeedError, Vec<Filling>)> {
        let mut fillings = Vec::new();
        for &place in stage {
            match self.filling(place).await {
                Ok(filling) => fillings.push(filling),
                Err(error) => return Err((error, fillings)),
            }
        }
        let fillings = stage::in_order(fillings);
        match self.fill_all(&fillings, began, on).await {
            Ok(()) => Ok(()),
            Err(error) => Err((error, fillings)),
        }
    }

    async fn fill_all(
        &mut self,
        fillings: &[Filling],
        began: Instant,
        on: &mut (dyn FnMut(Event<'_>) + Send),
    ) -> Result<(), SeedError> {
        let database = self.database;
        let surroundings = Surroundings {
            database,
            jobs: self.jobs,
            bypasses_policies: self.bypasses_policies,
        };
        let mut taken_off = TakenOff::default();
        stage::prepare(&surroundings, fillings, &mut taken_off).await?;
        self.rebuilt |= !taken_off.is_empty();
        let mut reports: Vec<TableReport> = Vec::new();
        for (at, filling) in fillings.iter().enumerate() {
            let began = Instant::now();
            self.sizes[filling.place] = filling.before.rows;
            let mut wanted = filling.wanted;
            let (added, outcome) = match &filling.recipe {
                _ if filling.missing() == 0 => (0, Outcome::Enough),
                Err(refused) => (0, short(refused.clone())),
                Ok(recipe) => {
                    on(Event::Begun {
                        table: &filling.table.name,
                        rows: filling.missing(),
                    });
                    let referred = self.referred(filling).await?;
                    let making = self.making(fillings, at, recipe).await?;
                    let filled = match making.map(|making| making.keeping(&referred)) {
                        Ok(making) => {
                            let most = pairs::most(&making, wanted).unwrap_or(wanted);
                            wanted = wanted.min(most.max(filling.before.rows + 1));
                            let filling = &Filling {
                                wanted,
                                ..filling.clone()
                            };
                            stage::fill(&surroundings, filling, &making, on).await?
                        }
                        Err(refused) => Filled {
                            added: 0,
                            outcome: short(refused),
                            end: 0,
                            skipped: None,
                            referred: None,
                        },
                    };
                    if filled.added > 0 {
                        stage::advance(database, filling, recipe, filled.end).await?;
                    }
                    self.sizes[filling.place] += filled.added;
                    let came = (filled.added, filled.outcome.clone());
                    self.remember(filling, filled, referred);
                    came
                }
            };
            let report = stage::report(filling, added, outcome, began);
            reports.push(TableReport { wanted, ..report });
        }
        let is_whole = reports
            .iter()
            .all(|report| !matches!(report.outcome, Outcome::Short { .. }));
        if fillings.len() > 1 && !is_whole {
            stage::mend(database, fillings).await?;
            for (filling, report) in fillings.iter().zip(&mut reports) {
                let rows = stage::count(database, &filling.table).await?;
                self.sizes[filling.place] = rows;
                report.added = rows.saturating_sub(filling.before.rows);
                self.known
                    .retain(|(relation, _), _| *relation != filling.table.name);
            }
        }
        if !taken_off.is_empty() {
            if let Some(last) = fillings.last() {
                on(Event::Building {
                    table: &last.table.name,
                });
            }
            taken_off.put_on(database).await?;
        }
        for filling in fillings {
            let table = &filling.table;
            if table.forces_policies
                && !self.bypasses_policies
                && filling.recipe.is_ok()
                && filling.missing() > 0
            {
                rebuild::policies_as_before(database, &table.name).await?;
            }
        }
        if let [report] = reports.as_mut_slice() {
            report.took = began.elapsed();
        }
        for report in reports {
            self.done(report, on);
        }
        Ok(())
    }

    /// What is known of a table before it is filled.
    async fn filling(&self, place: usize) -> Result<Filling, SeedError> {
        let table = &self.tables[place];
        let before = existing::before(self.database, table).await?;
        let share = self.shares[place];
        let mut wanted = share.rows(self.options.rows);
        if share == Share::Reference && before.rows > 0 {
            // Whoever put reference data in put all of it in.
            wanted = before.rows;
        }
        if self.options.fresh.contains(&table.name) && wanted > 0 {
            wanted = wanted.max(before.rows + share.rows(self.options.rows).div_ceil(3));
        }
        let recipe = if wanted > before.rows {
            cook(table.clone(), share, wanted, &before, self.context).map(Arc::new)
        } else {
            Err(Refused {
                constraint: String::new(),
                reason: "it has enough".to_owned(),
            })
        };
        if let Ok(recipe) = &recipe {
            wanted = wanted.min(self.most(recipe, &before));
            // Where each row must refer to another one, each to one of its own, they are pairs.
            let is_paired = recipe
                .relationships
                .iter()
                .any(|relationship| relationship.way == Way::OwnOnce && relationship.nulled.is_empty());
            if is_paired {
                wanted -= wanted % 2;
            }
        }
        Ok(Filling {
            place,
            table: table.clone(),
            before,
            wanted,
            recipe,
        })
    }

    /// How many rows keys leave room for.
    fn most(&self, recipe: &Recipe, before: &Before) -> u64 {
        let mut most = recipe.most.as_ref().map_or(u64::MAX, |(most, _)| *most);
        let size_of = |name: &QualifiedName| {
            let place = self.tables.iter().position(|table| table.name == *name);
            place.map(|place| self.sizes[place])
        };
        // Where each parent is chosen once there are no more rows than parents, or, where two parents make a key, than pairs.
        for relationship in &recipe.relationships {
            if relationship.way == Way::Once && relationship.nulled.is_empty() {
                let reference = &recipe.table.references[relationship.reference];
                most = most.min(size_of(&reference.to).unwrap_or(u64::MAX));
            }
        }
        for key in &recipe.table.keys {
            let mut room: u64 = 1;
            let mut covered = BTreeSet::new();
            for relationship in &recipe.relationships {
                let reference = &recipe.table.references[relationship.reference];
                let is_part = reference
                    .columns
                    .iter()
                    .all(|column| key.parts.contains(&Part::Column(*column)));
                let is_new = reference.columns.iter().any(|column| !covered.contains(column));
                let refers = relationship.nulled.is_empty() || relationship.way == Way::Once;
                if is_part && is_new && refers && !stage::is_own(relationship.way) {
                    room = room.saturating_mul(size_of(&reference.to).unwrap_or(u64::MAX).max(1));
                    covered.extend(reference.columns.iter().copied());
                }
            }
            // A column that counts in each group has so many numbers for it.
            for part in &key.parts {
                if let Part::Column(column) = part
                    && matches!(recipe.sources[*column], Source::Counted { .. })
                    && let Some(capacity) = recipe.capacity(*column)
                {
                    room = room.saturating_mul(capacity);
                    covered.insert(*column);
                }
            }
            let is_all = key
                .parts
                .iter()
                .all(|part| matches!(part, Part::Column(column) if covered.contains(column)));
            if is_all && key.predicate.is_none() {
                most = most.min(room);
            }
        }
        most.max(before.rows)
    }

    /// What it takes to make the rows of a table.
    async fn making(
        &mut self,
        fillings: &[Filling],
        at: usize,
        recipe: &Arc<Recipe>,
    ) -> Result<Result<Making, Refused>, SeedError> {
        let filling = &fillings[at];
        let mut recipe = Arc::clone(recipe);
        let mut parents = Vec::new();
        let mut pools: Vec<Pool> = Vec::new();
        let mut covers = Vec::new();
        for place in 0..recipe.relationships.len() {
            let relationship = recipe.relationships[place].clone();
            let reference = recipe.table.references[relationship.reference].clone();
            pools.push(self.pool(&filling.table, filling.place, &reference.to));
            covers.push(stage::refers_ahead(fillings, at, &reference.to));
            if stage::is_own(relationship.way) {
                parents.push(None);
                continue;
            }
            let found = match fillings[at + 1..]
                .iter()
                .find(|later| later.table.name == reference.to)
            {
                None => Some(
                    self.parents_of_reference(&reference.to, &reference.to_columns)
                        .await?,
                ),
                Some(later) => {
                    let types = self.types(&reference.to, &reference.to_columns);
                    stage::parents_to_be(self.database, later, &reference.to_columns, types)
                        .await?
                        .map(Arc::new)
                }
            };
            if reference.is_implied && found.as_ref().is_none_or(|parents| parents.len() == 0) {
                // What no constraint wants is no reason to leave the table empty.
                let mut table = filling.table.clone();
                table.references.retain(|other| other.name != reference.name);
                let again = cook(table, recipe.share, filling.wanted, &filling.before, self.context);
                return match again {
                    Ok(again) => Box::pin(self.making(fillings, at, &Arc::new(again))).await,
                    Err(refused) => Ok(Err(refused)),
                };
            }
            if found.is_none() {
                // Its keys are not known before its rows are; that nothing is referred to is the way out of the circle.
                if relationship.nulled.is_empty() {
                    return Ok(Err(Refused {
                        constraint: reference.name.as_str().to_owned(),
                        reason: format!(
                            "it is part of a circle, and the keys of {} are not known before its rows are",
                            reference.to
                        ),
                    }));
                }
                if let Some(own) = Arc::get_mut(&mut recipe) {
                    own.relationships[place].null_share = 1.0;
                } else {
                    let mut table = filling.table.clone();
                    table.references.retain(|other| other.name != reference.name);
                    let again = cook(table, recipe.share, filling.wanted, &filling.before, self.context);
                    return match again {
                        Ok(again) => Box::pin(self.making(fillings, at, &Arc::new(again))).await,
                        Err(refused) => Ok(Err(refused)),
                    };
                }
            }
            parents.push(found);
        }
        let columns: Arc<[usize]> = recipe.table.written().into();
        let is_binary = columns
            .iter()
            .all(|&column| recipe.table.columns[column].data_type.has_binary());
        Ok(Ok(Making {
            recipe,
            parents,
            pools,
            covers,
            notation: if is_binary {
                Notation::Binary
            } else {
                Notation::Text
            },
            columns,
            referred: Arc::new([]),
        }))
    }

    /// How many rows a parent had when a table had so many.
    fn pool(&self, table: &Table, place: usize, parent: &QualifiedName) -> Pool {
        let own = self.shares[place];
        let parent = self.tables.iter().position(|other| other.name == *parent);
        let _ = table;
        match parent {
            Some(parent) => {
                let (share, least) = (self.shares[parent], self.sizes[parent].min(1));
                Arc::new(move |row| share.rows(own.moment(row)).max(least))
            }
            None => Arc::new(|_| u64::MAX),
        }
    }

    async fn parents_of_reference(
        &mut self,
        relation: &QualifiedName,
        columns: &[Name],
    ) -> Result<Arc<Parents>, SeedError> {
        let key = (relation.clone(), columns.to_vec());
        if let Some(known) = self.known.get(&key) {
            return Ok(Arc::clone(known));
        }
        let types = self.types(relation, columns);
        let parents = Arc::new(stage::parents(self.database, relation, columns, types).await?);
        self.known.insert(key, Arc::clone(&parents));
        Ok(parents)
    }

    /// The sets of columns of a table that others refer to, with what is there before it is filled.
    async fn referred(&self, filling: &Filling) -> Result<Vec<Referred>, SeedError> {
        let name = &filling.table.name;
        let sets: BTreeSet<Vec<Name>> = self
            .tables
            .iter()
            .filter(|table| table.name != *name)
            .flat_map(|table| &table.references)
            .filter(|reference| reference.to == *name)
            .map(|reference| reference.to_columns.clone())
            .collect();
        let mut referred = Vec::new();
        for names in sets {
            let Some(places) = stage::places(&filling.table, &names) else {
                continue;
            };
            let types = self.types(name, &names);
            let before = match filling.before.rows {
                0 => Kept::new(types),
                _ => existing::keys(self.database, name, &names, types, existing::MOST_KEPT).await?,
            };
            // Of several columns, some may be given: then rows are looked for by their values, which must be there.
            let is_computed = places.len() == 1
                && before.len() as u64 == filling.before.rows
                && filling
                    .recipe
                    .as_ref()
                    .is_ok_and(|recipe| recipe.are_fixed(&places));
            referred.push(Referred {
                names,
                places,
                before,
                is_computed,
            });
        }
        Ok(referred)
    }

    /// Keeps what later tables may refer to.
    fn remember(&mut self, filling: &Filling, mut filled: Filled, referred: Vec<Referred>) {
        let name = &filling.table.name;
        self.known.retain(|(relation, _), _| relation != name);
        let mut kept = filled.referred.take().unwrap_or_default().into_iter();
        for set in referred {
            let values = if set.is_computed { None } else { kept.next() };
            let key = (name.clone(), set.names.clone());
            // What must be read is read when somebody asks.
            if let Some(parents) = stage::parents_made(filling, &filled, set, values) {
                self.known.insert(key, Arc::new(parents));
            }
        }
    }

    fn types(&self, relation: &QualifiedName, columns: &[Name]) -> Vec<DataType> {
        let known = self.tables.iter().find(|table| table.name == *relation);
        columns
            .iter()
            .map(
                |column| match known.and_then(|table| Some(&table.columns[table.place(column.as_str())?])) {
                    Some(column) => column.data_type.clone(),
                    None => super::table::type_of(self.catalog, relation, column),
                },
            )
            .collect()
    }
}

fn short(refused: Refused) -> Outcome {
    Outcome::Short {
        constraint: (!refused.constraint.is_empty()).then_some(refused.constraint),
        reason: refused.reason,
    }
}

/// What the place of a table is, among the others.
fn place(table: &Table, all: &[Table]) -> Place {
    let parents: Vec<usize> = table
        .references
        .iter()
        .filter_map(|reference| all.iter().position(|other| other.name == reference.to))
        .collect();
    let referenced: BTreeSet<usize> = table
        .references
        .iter()
        .flat_map(|reference| reference.columns.clone())
        .collect();
    let primary = table.keys.iter().find(|key| key.is_primary);
    let is_join = primary.is_some_and(|key| {
        key.parts.len() > 1
            && key
                .parts
                .iter()
                .all(|part| matches!(part, Part::Column(column) if referenced.contains(column)))
    });
    Place {
        looks_like_reference: super::size::looks_like_reference(table),
        parents,
        is_join,
    }
}
