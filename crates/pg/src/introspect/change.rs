//! Finds out what the open transaction changed, and reads that again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use cogway_catalog::{Catalog, Definition, Kind, Name, ObjectId, Unmodelled};
use tokio_postgres::{Client, Row};

use super::row::{Oids, RowReader, array};
use super::source::{Class, SOURCES, Scope};
use super::state::Address;
use super::watched::{
    ATTACHED_BIT, COUNTS, Counts, DEPENDENCIES, DESCRIPTIONS, INHERITS, LABELED, LARGE_OBJECTS, OnChange,
    SETTINGS_OF_DATABASES, WATCHED, Wanted, Watched, built_in_bit, find_query,
};
use super::{COMMENTS, ReadError, Reader, UNMODELLED};

/// What mentions these relations, types and functions, in so far as it is read by OID.
const DEPENDENTS: &str = include_str!("dependents.sql");

/// What of the catalogs must be read again.
#[derive(Default)]
struct Touched {
    objects: BTreeSet<Address>,
    /// `relkind`, `typtype` or `prokind` of objects that are new.
    forms: HashMap<Address, String>,
    kinds: BTreeSet<Kind>,
    everything: bool,
    unmodelled: bool,
}

impl Reader {
    /// Notes the start of a transaction, after which [`refresh`](Reader::refresh) will be asked what it changed. Call
    /// it within the transaction, before anything else in it.
    ///
    /// # Errors
    /// [`ReadError::Query`].
    pub async fn begin(&mut self, client: &Client) -> Result<(), ReadError> {
        self.counts = self.counts_now(client).await?;
        Ok(())
    }

    /// Prepares the query that counts, so that [`begin`](Reader::begin) can be sent together with what follows it.
    pub(super) async fn prepare_counting(&mut self, client: &Client) -> Result<(), ReadError> {
        self.prepare_auxiliary(client, &[COUNTS]).await
    }

    /// Reads again what the open transaction changed since it [began](Reader::begin), and returns the catalog as it
    /// is now. Changes the transaction's settings locally, after the commands of the prelude, which go with them.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn refresh(&mut self, client: &Client, prelude: &str) -> Result<Catalog, ReadError> {
        let settings = format!("{prelude};{}", self.settings);
        // The counts come before the settings, under the search path for which their query was planned.
        let (counts, settings) = tokio::join!(self.counts_now(client), client.batch_execute(&settings));
        let counts = counts?;
        settings.map_err(ReadError::Prelude)?;
        let changed = self.changed(&counts);
        if changed.is_empty() {
            return Ok(self.state.catalog.clone());
        }
        let mut touched = self.find(client, &changed).await?;
        if touched.everything {
            return self.read(client).await;
        }
        let is_changed = |oid: u32| changed.iter().any(|(watched, _)| watched.oid == oid);
        if LABELED.into_iter().any(is_changed) {
            // Rare: PostgreSQL itself comes without a provider of labels.
            return self.read(client).await;
        }
        let comments = if is_changed(DESCRIPTIONS) {
            Some(self.read_comments(client).await?)
        } else {
            None
        };
        if comments
            .as_ref()
            .is_some_and(|old| self.comments_on_composites_differ(old))
        {
            touched.kinds.insert(Kind::CompositeType);
        }
        let mut done = BTreeSet::new();
        while !touched.objects.is_empty() || !touched.kinds.is_empty() {
            let renamed = self.read_again(client, &touched).await?;
            done.extend(std::mem::take(&mut touched.objects));
            touched.kinds.clear();
            if !renamed.is_empty() {
                self.add_dependents(client, &renamed, &mut touched).await?;
                if touched.everything {
                    return self.read(client).await;
                }
                touched.objects.retain(|address| !done.contains(address));
            }
        }
        if let Some(old) = comments {
            self.attach_comments(&old);
        }
        if touched.unmodelled {
            self.prepare_auxiliary(client, &[UNMODELLED]).await?;
            let rows = self.auxiliary(client, UNMODELLED, &[]).await?;
            self.state.catalog.set_unmodelled(unmodelled(&rows));
        }
        Ok(self.state.catalog.clone())
    }

    async fn counts_now(&self, client: &Client) -> Result<Vec<Counts>, tokio_postgres::Error> {
        let oids: Vec<u32> = WATCHED.iter().map(|watched| watched.oid).collect();
        let rows = self.auxiliary(client, COUNTS, &[&Oids(&oids)]).await?;
        let Some(row) = rows.first() else {
            return Ok(Vec::new());
        };
        let column = |index: usize| -> Vec<i64> {
            let raw = row.try_get::<_, super::row::Raw<'_>>(index);
            let items = raw.as_ref().ok().and_then(|raw| array(raw.0));
            items
                .into_iter()
                .flatten()
                .map(|item| item.map_or(0, |b| b.try_into().map_or(0, i64::from_be_bytes)))
                .collect()
        };
        let (inserted, updated, deleted) = (column(0), column(1), column(2));
        Ok(inserted
            .into_iter()
            .zip(updated)
            .zip(deleted)
            .map(|((inserted, updated), deleted)| Counts {
                inserted,
                updated,
                deleted,
            })
            .collect())
    }

    /// The catalogs in which rows were changed, with how many of each sort.
    fn changed(&self, now: &[Counts]) -> Vec<(&'static Watched, Counts)> {
        WATCHED
            .iter()
            .zip(now)
            .zip(&self.counts)
            .map(|((watched, now), then)| {
                let counts = Counts {
                    inserted: now.inserted - then.inserted,
                    updated: now.updated - then.updated,
                    deleted: now.deleted - then.deleted,
                };
                (watched, counts)
            })
            .filter(|(_, counts)| *counts != Counts::default())
            .collect()
    }

    /// Finds the objects that are new, changed or gone, from the catalogs that were changed.
    async fn find(
        &mut self,
        client: &Client,
        changed: &[(&'static Watched, Counts)],
    ) -> Result<Touched, ReadError> {
        let mut touched = Touched::default();
        let mut wanted = Wanted::default();
        for (watched, counts) in changed {
            match watched.on_change {
                OnChange::Find(_) if counts.inserted + counts.updated > 0 => {
                    wanted.found |= watched.bit();
                    if counts.updated > 0 {
                        wanted.found |= built_in_bit(watched.oid);
                    }
                }
                OnChange::Find(_) => {}
                OnChange::Kinds(kinds) => touched.kinds.extend(kinds),
                OnChange::Named(kinds) => {
                    touched.kinds.extend(kinds);
                    touched.everything |= counts.updated > 0 || watched.oid == Class::Extension.oid();
                }
                OnChange::Attached => {
                    touched.unmodelled |= [SETTINGS_OF_DATABASES, LARGE_OBJECTS].contains(&watched.oid)
                }
                OnChange::Shared => touched.everything |= counts.updated > 0,
            }
            if counts.deleted > 0 && watched.holds.is_some_and(|(class, _)| self.state.holds(class)) {
                wanted.left |= watched.bit();
            }
        }
        if touched.everything {
            return Ok(touched);
        }
        let dependencies = changed
            .iter()
            .find(|(watched, _)| watched.oid == DEPENDENCIES)
            .map(|(_, counts)| counts);
        if dependencies.is_some_and(|counts| counts.inserted + counts.updated > 0) {
            wanted.found |= ATTACHED_BIT;
        }
        let sequences = match dependencies {
            Some(_) => self.state.sequences(),
            None => Vec::new(),
        };
        let rows = self.ask_for(client, wanted, &sequences).await?;
        let mut left: HashSet<Address> = HashSet::new();
        let mut owners: HashMap<u32, (u32, i32)> = HashMap::new();
        for row in &rows {
            let row = RowReader { row, resolve: &() };
            let (oid, form) = (row.oid("oid"), row.text("form").unwrap_or_default());
            let Some(class) = Class::from_oid(row.oid("class")) else {
                continue;
            };
            match form {
                "member" => {
                    touched.everything = true;
                    return Ok(touched);
                }
                "built in" => touched.unmodelled = true,
                "left" => {
                    left.insert((class, oid));
                }
                "owned" => {
                    owners.insert(oid, (row.oid("owner"), row.number("owner_column")));
                }
                form => {
                    touched.objects.insert((class, oid));
                    if !form.is_empty() {
                        touched.forms.insert((class, oid), form.to_owned());
                    }
                }
            }
        }
        for (class, _) in WATCHED
            .iter()
            .filter(|watched| wanted.left & watched.bit() != 0)
            .filter_map(|w| w.holds)
        {
            let known = self.state.oids(class).into_iter().map(|oid| (class, oid));
            touched
                .objects
                .extend(known.filter(|address| !left.contains(address)));
        }
        touched
            .objects
            .extend(self.state.with_other_owners(&sequences, &owners));
        if dependencies.is_some_and(|counts| counts.deleted > 0) {
            touched.objects.extend(self.state.bound.iter());
        }
        if changed
            .iter()
            .any(|(watched, counts)| watched.oid == INHERITS && counts.deleted > 0)
        {
            touched.objects.extend(self.descendants());
        }
        Ok(touched)
    }

    /// Runs the query for what changed.
    async fn ask_for(
        &mut self,
        client: &Client,
        wanted: Wanted,
        sequences: &[u32],
    ) -> Result<Vec<Row>, ReadError> {
        let statement = match &self.find {
            Some(statement) => statement.clone(),
            None => self.find.insert(client.prepare(&find_query()).await?).clone(),
        };
        Ok(client
            .query(&statement, &[&wanted.found, &wanted.left, &Oids(sequences)])
            .await?)
    }

    /// The tables and indexes that inherit from others or are partitions of them.
    fn descendants(&self) -> Vec<Address> {
        let found = self.addresses_where(Class::Relation, |definition| match definition {
            Definition::Table(table) => table.ancestry != cogway_catalog::Ancestry::Root,
            Definition::Index(index) => index.partition_of.is_some(),
            _ => false,
        });
        found.into_iter().map(|oid| (Class::Relation, oid)).collect()
    }

    fn addresses_where(&self, class: Class, holds: impl Fn(&Definition) -> bool) -> Vec<u32> {
        self.state
            .objects
            .iter()
            .filter(|((known, _), ids)| {
                *known == class
                    && ids
                        .first()
                        .and_then(|id| self.state.catalog.get(id))
                        .is_some_and(|o| holds(&o.definition))
            })
            .map(|(&(_, oid), _)| oid)
            .collect()
    }

    /// Reads what is touched, in place of what is known of it. Returns those whose names, or whose columns' or
    /// labels' names, are others now, with whether anything but additions happened to them.
    async fn read_again(
        &mut self,
        client: &Client,
        touched: &Touched,
    ) -> Result<BTreeMap<Address, Renamed>, ReadError> {
        let mut before: BTreeMap<Address, Known> = BTreeMap::new();
        let mut wanted: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for &address in &touched.objects {
            let known = self.known(address);
            for number in sources_of(
                address,
                &known.ids,
                touched.forms.get(&address).map(String::as_str),
            ) {
                wanted.entry(number).or_default().push(address.1);
            }
            before.insert(address, known);
        }
        let mut queries: Vec<((usize, Scope), Vec<u32>)> = wanted
            .into_iter()
            .map(|(number, oids)| ((number, Scope::Some), oids))
            .collect();
        let whole: Vec<(usize, Scope)> = SOURCES
            .iter()
            .enumerate()
            .filter(|(_, source)| touched.kinds.contains(&source.kind))
            .map(|(number, _)| (number, Scope::All))
            .collect();
        queries.extend(whole.iter().map(|&key| (key, Vec::new())));
        let results = self.query(client, &queries).await?;
        for &address in &touched.objects {
            self.state.take(address);
        }
        for &(number, _) in &whole {
            let source = &SOURCES[number];
            let addresses: Vec<Address> = self
                .state
                .objects
                .keys()
                .filter(|(class, _)| *class == source.class)
                .copied()
                .collect();
            for address in addresses {
                if self.state.objects[&address]
                    .iter()
                    .all(|id| id.kind == source.kind)
                {
                    self.state.take(address);
                }
            }
        }
        self.take_in(&results)?;
        let mut renamed = BTreeMap::new();
        for (address, old) in before {
            let new = self.known(address);
            if address.0 == Class::Relation && new.ids.is_empty() {
                self.state.relations.remove(&address.1);
            }
            if let Some(change) = old.renamed_to(&new) {
                renamed.insert(address, change);
            }
        }
        Ok(renamed)
    }

    fn known(&self, address: Address) -> Known {
        let ids = self.state.objects.get(&address).cloned().unwrap_or_default();
        let columns = match address.0 {
            Class::Relation => self
                .state
                .relations
                .get(&address.1)
                .map(|r| r.columns.clone())
                .unwrap_or_default(),
            _ => Vec::new(),
        };
        let labels = ids
            .first()
            .and_then(|id| self.state.catalog.get(id))
            .and_then(|object| match &object.definition {
                Definition::Enum(enumeration) => Some(enumeration.values.clone()),
                _ => None,
            });
        Known {
            ids,
            columns,
            labels: labels.unwrap_or_default(),
        }
    }

    /// Adds what mentions the renamed to what is touched.
    async fn add_dependents(
        &mut self,
        client: &Client,
        renamed: &BTreeMap<Address, Renamed>,
        touched: &mut Touched,
    ) -> Result<(), ReadError> {
        self.prepare_auxiliary(client, &[DEPENDENTS]).await?;
        for all in [true, false] {
            let wanted = |change: &Renamed| (*change == Renamed::Other) == all;
            let addresses: Vec<&Address> = renamed
                .iter()
                .filter(|(_, change)| wanted(change))
                .map(|(address, _)| address)
                .collect();
            if addresses.is_empty() || (!all && !self.anything_lists_columns()) {
                continue;
            }
            let classes: Vec<u32> = addresses.iter().map(|(class, _)| class.oid()).collect();
            let oids: Vec<u32> = addresses.iter().map(|(_, oid)| *oid).collect();
            let rows = self
                .auxiliary(client, DEPENDENTS, &[&Oids(&classes), &Oids(&oids), &all])
                .await?;
            for row in &rows {
                let row = RowReader { row, resolve: &() };
                match Class::from_oid(row.oid("class")) {
                    Some(
                        class @ (Class::Relation
                        | Class::Constraint
                        | Class::Trigger
                        | Class::Rewrite
                        | Class::Policy
                        | Class::Type
                        | Class::Proc),
                    ) => {
                        touched.objects.insert((class, row.oid("oid")));
                    }
                    Some(Class::Statistics) => {
                        touched.kinds.insert(Kind::Statistics);
                    }
                    Some(Class::Publication) => {
                        touched.kinds.insert(Kind::Publication);
                    }
                    // Operators, casts, text search …: rare enough to read everything.
                    _ => touched.everything = true,
                }
            }
        }
        Ok(())
    }

    /// Is there anything whose text may change because a relation has one column more?
    fn anything_lists_columns(&self) -> bool {
        let catalog = &self.state.catalog;
        [Kind::View, Kind::MaterializedView, Kind::Rule].iter().any(|&kind| catalog.of_kind(kind).next().is_some())
            || catalog
                .of_kind(Kind::Routine)
                .any(|object| matches!(&object.definition, Definition::Routine(routine) if routine.sql_body.is_some()))
    }

    /// Reads all comments again, and returns what they were.
    async fn read_comments(&mut self, client: &Client) -> Result<Comments, ReadError> {
        self.prepare_auxiliary(client, &[COMMENTS]).await?;
        let rows = self.auxiliary(client, COMMENTS, &[]).await?;
        Ok(std::mem::replace(
            &mut self.state.comments,
            texts(&rows).collect(),
        ))
    }

    /// Comments on a composite type are on its row type, those on its fields are a part of it.
    fn comments_on_composites_differ(&self, old: &Comments) -> bool {
        let new = &self.state.comments;
        let differs = |key: &(u32, u32, i32)| old.get(key) != new.get(key);
        let of_composite = |&(class, oid, column): &(u32, u32, i32)| {
            class == Class::Type.oid()
                || (class == Class::Relation.oid() && column != 0 && !self.state.relations.contains_key(&oid))
                || self
                    .state
                    .objects
                    .get(&(Class::Relation, oid))
                    .is_some_and(|ids| column != 0 && ids.iter().any(|id| id.kind == Kind::CompositeType))
        };
        self.state.holds_kind(Kind::CompositeType)
            && old
                .keys()
                .chain(new.keys())
                .any(|key| of_composite(key) && differs(key))
    }

    /// Gives objects that were not read again the comments that they have now.
    fn attach_comments(&mut self, old: &Comments) {
        let keys: BTreeSet<(u32, u32, i32)> = old.keys().chain(self.state.comments.keys()).copied().collect();
        for key in keys {
            if old.get(&key) != self.state.comments.get(&key) || self.is_stale(key) {
                self.attach_comment(key);
            }
        }
    }

    fn is_stale(&self, key: (u32, u32, i32)) -> bool {
        self.commented(key)
            .is_some_and(|object| object.comment.as_ref() != self.state.comments.get(&key))
    }

    fn commented(
        &self,
        (class, oid, column): (u32, u32, i32),
    ) -> Option<&std::sync::Arc<cogway_catalog::Object>> {
        let class = Class::from_oid(class)?;
        let ids = self.state.objects.get(&(class, oid))?;
        let id = match column {
            0 => ids.iter().find(|id| id.kind != Kind::Column)?,
            number => {
                let relation = self.state.relations.get(&oid)?;
                let (_, name) = relation
                    .columns
                    .iter()
                    .find(|(known, _)| i32::from(*known) == number)?;
                ids.iter()
                    .find(|id| id.kind == Kind::Column && id.bare_name() == name)?
            }
        };
        self.state.catalog.get(id)
    }

    fn attach_comment(&mut self, key: (u32, u32, i32)) {
        if let Some(object) = self.commented(key) {
            let mut object = cogway_catalog::Object::clone(object);
            object.comment = self.state.comments.get(&key).cloned();
            self.state.catalog.insert(object);
        }
    }
}

/// Comments by catalog, object and column number.
type Comments = imbl::HashMap<(u32, u32, i32), String>;

/// What was known of an object, in so far as others mention it.
struct Known {
    ids: Vec<ObjectId>,
    columns: Vec<(i16, Name)>,
    labels: Vec<String>,
}

/// What happened to the names that others may mention.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Renamed {
    /// A relation has more columns, or fewer: of interest to what lists them.
    Columns,
    /// Something goes by another name.
    Other,
}

impl Known {
    /// None where nothing is there that others could have mentioned, or nothing is called otherwise.
    fn renamed_to(&self, new: &Known) -> Option<Renamed> {
        let own = |ids: &[ObjectId]| {
            ids.iter()
                .filter(|id| id.kind != Kind::Column)
                .cloned()
                .collect::<Vec<_>>()
        };
        let (old_ids, new_ids) = (own(&self.ids), own(&new.ids));
        if old_ids.is_empty() || new_ids.is_empty() {
            return None;
        }
        let column_renamed = self.columns.iter().any(|(number, name)| {
            new.columns
                .iter()
                .any(|(other, renamed)| number == other && name != renamed)
        });
        let label_renamed = self.labels.iter().any(|label| !new.labels.contains(label));
        if old_ids != new_ids || column_renamed || label_renamed {
            return Some(Renamed::Other);
        }
        (self.columns != new.columns).then_some(Renamed::Columns)
    }
}

/// Which sources can yield an object, from what it was or what the catalog says it is.
fn sources_of(address: Address, known: &[ObjectId], form: Option<&str>) -> Vec<usize> {
    let of_kinds = |kinds: &[Kind]| -> Vec<usize> {
        SOURCES
            .iter()
            .enumerate()
            .filter(|(_, source)| source.class == address.0 && kinds.contains(&source.kind))
            .filter(|(_, source)| match form {
                Some("of table") => source.file != "domain_constraint",
                Some("of domain") => source.file != "constraint",
                _ => true,
            })
            .map(|(number, _)| number)
            .collect()
    };
    let by_form: &[Kind] = match (address.0, form) {
        (Class::Relation, Some("r" | "p" | "f")) => &[Kind::Table, Kind::Column],
        (Class::Relation, Some("v")) => &[Kind::View, Kind::Column],
        (Class::Relation, Some("m")) => &[Kind::MaterializedView, Kind::Column],
        (Class::Relation, Some("c")) => &[Kind::CompositeType],
        (Class::Relation, Some("S")) => &[Kind::Sequence],
        (Class::Relation, Some("i" | "I")) => &[Kind::Index],
        (Class::Type, Some("e")) => &[Kind::Enum],
        (Class::Type, Some("r")) => &[Kind::Range],
        (Class::Type, Some("d")) => &[Kind::Domain],
        (Class::Type, Some("b" | "p")) => &[Kind::BaseType],
        (Class::Type, Some(_)) => &[],
        (Class::Constraint, Some(_)) => &[Kind::Constraint],
        (Class::Proc, Some("a")) => &[Kind::Aggregate],
        (Class::Proc, Some(_)) => &[Kind::Routine],
        _ => &[],
    };
    if form.is_some() {
        return of_kinds(by_form);
    }
    match known.first() {
        Some(id)
            if id.kind == Kind::Column
                || matches!(id.kind, Kind::Table | Kind::View | Kind::MaterializedView) =>
        {
            let own: Vec<Kind> = known.iter().map(|id| id.kind).chain([Kind::Column]).collect();
            of_kinds(&own)
        }
        Some(id) => of_kinds(&[id.kind]),
        // Nothing that has a form comes without it when it is new; a constraint, trigger, rule or policy does.
        None if matches!(address.0, Class::Relation | Class::Type | Class::Proc) => Vec::new(),
        // Of a constraint it is not known whether it is of a table or of a domain.
        None => of_kinds(&Kind::ALL),
    }
}

/// Rows of (class, object, column, text).
pub(super) fn texts(rows: &[Row]) -> impl Iterator<Item = ((u32, u32, i32), String)> + '_ {
    rows.iter().filter_map(|row| {
        let key = (row.try_get(0).ok()?, row.try_get(1).ok()?, row.try_get(2).ok()?);
        Some((key, row.try_get(3).ok()?))
    })
}

/// Rows of (class, object).
pub(super) fn addresses(rows: &[Row]) -> impl Iterator<Item = (u32, u32)> + '_ {
    rows.iter()
        .filter_map(|row| Some((row.try_get(0).ok()?, row.try_get(1).ok()?)))
}

/// Rows of (kind, name).
pub(super) fn unmodelled(rows: &[Row]) -> BTreeSet<Unmodelled> {
    rows.iter()
        .filter_map(|row| {
            Some(Unmodelled {
                kind: row.try_get(0).ok()?,
                name: row.try_get(1).ok()?,
            })
        })
        .collect()
}
