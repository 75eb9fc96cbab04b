//! Finds out what the open transaction changed, and reads that again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use cogway_catalog::{Catalog, Definition, Kind, Name, ObjectId, QualifiedName, Unmodelled};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Row, Statement};

use super::row::{Layout, Oids, Resolve};
use super::source::{Class, SOURCES, Scope};
use super::state::{Address, Attachments};
use super::watched::{
    COLUMNS, Counts, DEPENDENCIES, DESCRIPTIONS, INHERITS, LABELED, LARGE_OBJECTS, OnChange,
    SETTINGS_OF_DATABASES, Span, WATCHED, Wanted, Watched, built_in_bit, counts_query,
};
use super::{COMMENTS, MEMBERS, ReadError, Reader, UNMODELLED, numbers_of, whole};

/// What mentions these objects by name, in so far as it is read by OID.
const DEPENDENTS: &str = include_str!("dependents.sql");
/// What lists the columns of these relations.
const COLUMN_LISTS: &str = include_str!("column_lists.sql");

/// Of how many looks at the catalogs the queries are kept.
const LOOKS: usize = 100;

/// What of the catalogs must be read again.
#[derive(Default)]
struct Touched {
    objects: BTreeSet<Address>,
    gone: Vec<Address>,
    /// Have relations new columns, of which no more is known than that the relations were written?
    columns: bool,
    /// `relkind`, `typtype` or `prokind` of objects that are new.
    forms: HashMap<Address, String>,
    kinds: BTreeSet<Kind>,
    everything: bool,
    unmodelled: bool,
    /// Does anything depend on an extension, or no more, that did not before?
    attachments: bool,
}

/// What one look at the catalogs found.
#[derive(Default)]
struct Found {
    objects: Vec<(Address, String)>,
    /// How many rows were found by catalog.
    rows: HashMap<u32, i64>,
    /// What is left of catalogs.
    left: Vec<(Class, HashSet<u32>)>,
    built_in: bool,
    member: bool,
    bound: bool,
    attachments: Option<i64>,
}

/// Everything that is counted.
pub(super) struct Counted {
    catalogs: Vec<Counts>,
    /// How often the pages of these sequences were looked at, whether to use them or to read where they stand.
    uses: HashMap<u32, i64>,
    next_transaction: String,
}

/// The moment before scripts run in transactions of their own, for [`Reader::refresh_since`].
pub struct Milestone(Counted);

impl Reader {
    /// Notes what PostgreSQL has counted so far, as not of interest to the next [`refresh`](Reader::refresh). Call it
    /// when a transaction has begun, unless the session has been in transactions without a break since the last
    /// reading: only between transactions does PostgreSQL begin to count anew.
    ///
    /// # Errors
    /// [`ReadError::Query`].
    pub async fn begin(&mut self, client: &Client) -> Result<(), ReadError> {
        self.prepare_counting(client).await?;
        let counted = self.count(client).await?;
        self.note_counts(counted);
        self.begun();
        Ok(())
    }

    /// Notes that a transaction has begun, without a break since the last reading.
    pub fn begun(&mut self) {
        self.begun.clone_from(&self.counts);
    }

    /// The sequences by OID.
    pub fn sequences(&self) -> BTreeMap<u32, QualifiedName> {
        let named = |&oid: &u32| Some((oid, self.state.relation(oid)?.clone()));
        self.state.sequences.iter().filter_map(named).collect()
    }

    /// The sequences that may have been used since this was asked last: new ones, and those whose page was looked at,
    /// be it only to read where they stand. Known after [`begin`](Reader::begin) and [`refresh`](Reader::refresh).
    pub fn take_used_sequences(&mut self) -> BTreeMap<u32, QualifiedName> {
        let used = std::mem::take(&mut self.used);
        let mut sequences = self.sequences();
        sequences.retain(|oid, _| used.contains(oid));
        sequences
    }

    /// Prepares the query that counts. PostgreSQL plans a query anew whenever the search path is another one than
    /// before, so that this is best done under the settings for reading.
    pub(super) async fn prepare_counting(&mut self, client: &Client) -> Result<(), ReadError> {
        if self.counting.is_none() {
            let query = counts_query(Span::Unbroken);
            self.counting = Some(client.prepare(&query).await?);
        }
        Ok(())
    }

    /// Reads again what the open transaction changed since the last reading or [`begin`](Reader::begin), and returns
    /// the catalog as it is now. Changes the transaction's settings locally, after the commands of the prelude, which
    /// go with them.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn refresh(&mut self, client: &Client, prelude: &str) -> Result<Catalog, ReadError> {
        let settings = format!("{prelude};{}", self.settings);
        let (set, counted) = tokio::join!(client.batch_execute(&settings), self.count(client));
        set.map_err(ReadError::Prelude)?;
        let counted = counted?;
        let changed = changed(&self.counts, &counted.catalogs);
        self.note_counts(counted);
        let Some(changed) = changed else {
            return self.read(client).await;
        };
        self.read_changed(client, &changed, None).await
    }

    /// Notes the moment before scripts run in transactions of their own. None where PostgreSQL cannot tell afterwards
    /// what they changed, which it does from version 15 on. Call it in a transaction, whose settings it changes
    /// locally.
    ///
    /// # Errors
    /// [`ReadError::Query`].
    pub async fn milestone(&mut self, client: &Client) -> Result<Option<Milestone>, ReadError> {
        if self.server_version < 150_000 {
            return Ok(None);
        }
        client.batch_execute(&self.settings).await?;
        Ok(Some(Milestone(self.count_ever(client).await?)))
    }

    /// Reads again what was changed since the milestone, and returns the catalog as it is now. Call it in a
    /// transaction, whose settings it changes locally.
    ///
    /// # Errors
    /// [`ReadError`].
    pub async fn refresh_since(
        &mut self,
        client: &Client,
        milestone: &Milestone,
    ) -> Result<Catalog, ReadError> {
        let Milestone(then) = milestone;
        client.batch_execute(&self.settings).await?;
        self.prepare_counting(client).await?;
        let now = self.count_ever(client).await?;
        // What is counted in transactions may have begun anew.
        let unbroken = self.count(client).await?;
        (self.counts, self.uses) = (unbroken.catalogs, unbroken.uses);
        self.begun();
        let moved = now
            .uses
            .iter()
            .filter(|(oid, count)| then.uses.get(*oid) != Some(*count));
        self.used.extend(moved.map(|(oid, _)| *oid));
        match changed(&then.catalogs, &now.catalogs) {
            Some(changed) => self.read_changed(client, &changed, Some(then)).await,
            None => self.read(client).await,
        }
    }

    async fn count_ever(&mut self, client: &Client) -> Result<Counted, ReadError> {
        let statement = match &self.counting_ever {
            Some(statement) => statement.clone(),
            None => {
                let statement = client.prepare(&counts_query(Span::Ever)).await?;
                self.counting_ever.insert(statement).clone()
            }
        };
        Ok(self.ask_counts(client, &statement).await?)
    }

    /// Reads again what was changed, by the open transaction or by all since some moment.
    async fn read_changed(
        &mut self,
        client: &Client,
        changed: &[(&'static Watched, Counts)],
        since: Option<&Counted>,
    ) -> Result<Catalog, ReadError> {
        if changed.is_empty() {
            return Ok(self.state.catalog.clone());
        }
        let mut touched = self.find(client, changed, since).await?;
        if touched.everything {
            return self.read(client).await;
        }
        let is_changed = |oid: u32| changed.iter().any(|(watched, _)| watched.oid == oid);
        if LABELED.into_iter().any(is_changed) {
            // Rare: PostgreSQL itself comes without a provider of labels.
            return self.read(client).await;
        }
        if touched.attachments {
            self.read_attachments(client, &mut touched).await?;
            if touched.everything {
                return self.read(client).await;
            }
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
        for &address in &touched.gone {
            self.state.take(address);
            touched.objects.remove(&address);
        }
        let mut done: BTreeSet<Address> = touched.gone.drain(..).collect();
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
        let new = self
            .state
            .sequences
            .iter()
            .filter(|oid| !self.uses.contains_key(*oid));
        self.used.extend(new);
        Ok(self.state.catalog.clone())
    }

    /// Asks what PostgreSQL has counted.
    pub(super) async fn count(&self, client: &Client) -> Result<Counted, tokio_postgres::Error> {
        match &self.counting {
            Some(statement) => self.ask_counts(client, statement).await,
            // Without counts everything is read.
            None => Ok(Counted {
                catalogs: Vec::new(),
                uses: HashMap::new(),
                next_transaction: String::new(),
            }),
        }
    }

    async fn ask_counts(
        &self,
        client: &Client,
        statement: &Statement,
    ) -> Result<Counted, tokio_postgres::Error> {
        let sequences: Vec<u32> = self.state.sequences.iter().copied().collect();
        let rows = [client.query_one(statement, &[&Oids(&sequences)]).await?];
        let layout = Layout::of(&rows);
        let row = layout.row(&rows[0], &());
        let counts = row.large_numbers("counts");
        let catalogs = counts.chunks_exact(3).map(|counts| Counts {
            inserted: counts[0],
            updated: counts[1],
            deleted: counts[2],
        });
        Ok(Counted {
            catalogs: catalogs.collect(),
            uses: sequences.into_iter().zip(row.large_numbers("uses")).collect(),
            next_transaction: row.text("next").unwrap_or_default().to_owned(),
        })
    }

    /// Takes what was counted for what it is counted from.
    pub(super) fn note_counts(&mut self, counted: Counted) {
        self.counts = counted.catalogs;
        let uses = counted.uses;
        let moved = uses
            .iter()
            .filter(|(oid, count)| self.uses.get(*oid) != Some(*count));
        self.used.extend(moved.map(|(oid, _)| *oid));
        self.uses = uses;
    }

    /// Finds the objects that are new, changed or gone, from the catalogs that were changed.
    async fn find(
        &mut self,
        client: &Client,
        changed: &[(&'static Watched, Counts)],
        since: Option<&Counted>,
    ) -> Result<Touched, ReadError> {
        let mut touched = Touched::default();
        let mut wanted = Wanted::default();
        for (watched, counts) in changed {
            match watched.on_change {
                // Whoever gives a relation a new column writes how many it has.
                OnChange::Find(_) if watched.oid == COLUMNS && counts.updated == 0 => {
                    touched.columns |= counts.inserted > 0;
                }
                OnChange::Find(_) if counts.written() > 0 => wanted.found |= watched.bit(),
                OnChange::Find(_) => {}
                OnChange::Kinds(kinds) => touched.kinds.extend(kinds),
                OnChange::Named(kinds) => {
                    touched.kinds.extend(kinds);
                    let decides = [Class::Extension.oid(), Class::OperatorClass.oid()].contains(&watched.oid);
                    touched.everything |= counts.updated > 0 || decides;
                }
                OnChange::Attached => {
                    touched.unmodelled |= [SETTINGS_OF_DATABASES, LARGE_OBJECTS].contains(&watched.oid)
                }
                OnChange::Shared => touched.everything |= counts.updated > 0,
            }
            if counts.deleted > 0 && watched.holds.is_some_and(|(class, _)| self.state.holds(class)) {
                wanted.left |= watched.bit();
            }
            if counts.updated > 0 && !watched.finds_every_row() {
                wanted.built_in |= built_in_bit(watched.oid);
            }
            if watched.oid == DEPENDENCIES {
                wanted.attached = counts.written() > 0;
                wanted.attachments = counts.deleted > 0;
            }
        }
        if touched.everything {
            return Ok(touched);
        }
        let found = self.look(client, wanted, since).await?;
        let attachments = self.state.members.len() + self.state.bound.values().map(Vec::len).sum::<usize>();
        let as_many = found
            .attachments
            .is_none_or(|count| usize::try_from(count) == Ok(attachments));
        if found.member {
            touched.everything = true;
            return Ok(touched);
        }
        touched.attachments = found.bound || !as_many;
        self.sort(found.objects, &mut touched);
        for (class, left) in found.left {
            for oid in self.state.oids(class).filter(|oid| !left.contains(oid)) {
                touched.gone.push((class, oid));
                let columns = (Class::Attribute, oid);
                if class == Class::Relation && self.state.objects.contains_key(&columns) {
                    touched.gone.push(columns);
                }
            }
        }
        if changed
            .iter()
            .any(|(watched, counts)| watched.oid == INHERITS && counts.deleted > 0)
        {
            touched.objects.extend(self.descendants());
        }
        touched.unmodelled |= found.built_in;
        let built_in = self.possibly_built_in(changed, since.is_some(), &found.rows);
        if built_in.built_in != 0 && !touched.unmodelled {
            touched.unmodelled = self.look(client, built_in, since).await?.built_in;
        }
        Ok(touched)
    }

    /// Where fewer rows were found than written, some of what was written may be built in.
    fn possibly_built_in(
        &self,
        changed: &[(&'static Watched, Counts)],
        by_several: bool,
        found: &HashMap<u32, i64>,
    ) -> Wanted {
        let mut wanted = Wanted::default();
        for (watched, counts) in changed
            .iter()
            .filter(|(watched, counts)| counts.updated > 0 && watched.finds_every_row())
        {
            let place = WATCHED.iter().position(|other| other.oid == watched.oid);
            let of = |counts: &[Counts]| place.and_then(|place| counts.get(place).copied());
            // What is found was written by the whole transaction, not only since the last reading.
            let written = match (of(&self.counts), of(&self.begun)) {
                _ if by_several => Some(*counts),
                (Some(now), Some(begun)) => now.since(begun),
                _ => None,
            };
            let found = found.get(&watched.oid).copied().unwrap_or(0);
            if written.is_none_or(|written| found < written.written()) {
                wanted.built_in |= built_in_bit(watched.oid);
            }
        }
        wanted
    }

    /// Says of what was found which objects are touched: relations and their columns are read apart. What is neither
    /// known nor new is not ours: a TOAST table, a member of an extension.
    fn sort(&self, found: Vec<(Address, String)>, touched: &mut Touched) {
        let mut columns = Vec::new();
        for (address, form) in found {
            if address.0 == Class::Attribute {
                // It may be a column that the catalog does not read, such as a sequence's.
                touched.unmodelled |= form == "granted";
                columns.push(address.1);
                continue;
            }
            if touched.columns && address.0 == Class::Relation {
                columns.push(address.1);
            }
            if !form.is_empty() {
                touched.forms.insert(address, form);
            }
            touched.objects.insert(address);
        }
        for oid in columns {
            let relation = (Class::Relation, oid);
            let kind = self
                .state
                .objects
                .get(&relation)
                .and_then(|ids| ids.first())
                .map(|id| id.kind);
            match (kind, touched.forms.get(&relation).map(String::as_str)) {
                // Their fields and keys are a part of them.
                (Some(Kind::CompositeType | Kind::Index | Kind::Sequence), _)
                | (None, Some("c" | "i" | "I" | "S")) => touched.objects.insert(relation),
                (None, None) => continue,
                _ => touched.objects.insert((Class::Attribute, oid)),
            };
        }
    }

    /// Looks at the catalogs.
    async fn look(
        &mut self,
        client: &Client,
        wanted: Wanted,
        since: Option<&Counted>,
    ) -> Result<Found, ReadError> {
        let mut found = Found::default();
        let wanted = Wanted {
            by_several: since.is_some(),
            ..wanted
        };
        let statement = match self.looks.get(&wanted) {
            Some(statement) => statement.clone(),
            None => {
                let Some(query) = wanted.query() else {
                    return Ok(found);
                };
                if self.looks.len() >= LOOKS {
                    self.looks.clear();
                }
                let statement = client.prepare(&query).await?;
                self.looks.insert(wanted, statement.clone());
                statement
            }
        };
        // What is left needs no moment.
        let rows = match since {
            Some(then) if !statement.params().is_empty() => {
                client.query(&statement, &[&then.next_transaction]).await?
            }
            _ => client.query(&statement, &[]).await?,
        };
        let layout = Layout::of(&rows);
        for row in &rows {
            let row = layout.row(row, &());
            let (oid, form) = (row.oid("oid"), row.text("form").unwrap_or_default());
            let class = Class::from_oid(row.oid("class"));
            match (form, class) {
                ("member", _) => found.member = true,
                ("bound", _) => found.bound = true,
                ("built in", _) => found.built_in = true,
                ("attachments", _) => found.attachments = Some(row.large_number("number")),
                ("left", Some(class)) => {
                    let oids = row
                        .large_numbers("numbers")
                        .into_iter()
                        .filter_map(|oid| oid.try_into().ok());
                    found.left.push((class, oids.collect()));
                }
                (form, class) => {
                    *found.rows.entry(row.oid("catalog")).or_default() += row.large_number("number");
                    found
                        .objects
                        .extend(class.map(|class| ((class, oid), form.to_owned())));
                }
            }
        }
        Ok(found)
    }

    /// Reads again what depends on extensions, and has the objects read again for which that is otherwise now.
    async fn read_attachments(&mut self, client: &Client, touched: &mut Touched) -> Result<(), ReadError> {
        self.prepare_auxiliary(client, &[MEMBERS]).await?;
        let rows = self.auxiliary(client, MEMBERS, &[]).await?;
        let (members, bound) = attachments(&rows);
        if members != self.state.members {
            touched.everything = true;
            return Ok(());
        }
        let old = std::mem::replace(&mut self.state.bound, bound);
        for key in old.keys().chain(self.state.bound.keys()) {
            if old.get(key) != self.state.bound.get(key)
                && let Some(class) = Class::from_oid(key.0)
            {
                touched.objects.insert((class, key.1));
            }
        }
        Ok(())
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
        let whole = whole(&numbers_of(|source| touched.kinds.contains(&source.kind)).collect::<Vec<_>>());
        queries.extend(whole.iter().map(|&key| (key, Vec::new())));
        let results = self.query(client, &queries).await?;
        for &address in &touched.objects {
            self.state.take(address);
            if address.0 == Class::Attribute
                && let Some(relation) = self.state.relations.get_mut(&address.1)
            {
                // There may be none any more, so that none teaches us that.
                relation.columns.clear();
            }
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
        self.take_in(client, &results).await?;
        let mut renamed = BTreeMap::new();
        for (address, old) in before {
            let new = self.known(address);
            if let Some(change) = old.renamed_to(&new) {
                renamed.insert(address, change);
            }
        }
        Ok(renamed)
    }

    fn known(&self, address: Address) -> Known {
        let ids = self.state.objects.get(&address).cloned().unwrap_or_default();
        let columns = match address.0 {
            Class::Attribute => self.state.relations.get(&address.1),
            _ => None,
        };
        let columns = columns.map(|relation| {
            let columns = relation.columns.iter();
            columns
                .map(|column| (column.number, column.name.clone()))
                .collect()
        });
        let labels = ids
            .first()
            .and_then(|id| self.state.catalog.get(id))
            .and_then(|object| match &object.definition {
                Definition::Enum(enumeration) => Some(enumeration.values.clone()),
                Definition::CompositeType(composite) => Some(
                    composite
                        .fields
                        .iter()
                        .map(|field| field.name.to_string())
                        .collect(),
                ),
                _ => None,
            });
        Known {
            ids,
            columns: columns.unwrap_or_default(),
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
        self.prepare_auxiliary(client, &[DEPENDENTS, COLUMN_LISTS])
            .await?;
        let (mut classes, mut oids, mut extended) = (Vec::new(), Vec::new(), Vec::new());
        for (&(class, oid), change) in renamed {
            match (class, change) {
                (_, Renamed::Columns) => extended.push(oid),
                (Class::Attribute, Renamed::Other) => {
                    // It may say itself what its columns are called: what it is partitioned by, or selects.
                    touched.objects.insert((Class::Relation, oid));
                    classes.push(Class::Relation.oid());
                    oids.push(oid);
                }
                (class, Renamed::Other) => {
                    if class == Class::Relation && self.state.objects.contains_key(&(Class::Attribute, oid)) {
                        touched.objects.insert((Class::Attribute, oid));
                    }
                    classes.push(class.oid());
                    oids.push(oid);
                }
            }
        }
        let mut rows = Vec::new();
        if !oids.is_empty() {
            let parameters: [&(dyn ToSql + Sync); 2] = [&Oids(&classes), &Oids(&oids)];
            rows = self.auxiliary(client, DEPENDENTS, &parameters).await?;
        }
        if !extended.is_empty() && self.anything_lists_columns() {
            rows.extend(self.auxiliary(client, COLUMN_LISTS, &[&Oids(&extended)]).await?);
        }
        let mut dependents = Vec::new();
        let layout = Layout::of(&rows);
        for row in &rows {
            let row = layout.row(row, &());
            match Class::from_oid(row.oid("class")) {
                Some(Class::Statistics) => {
                    touched.kinds.insert(Kind::Statistics);
                }
                Some(Class::Publication) => {
                    touched.kinds.insert(Kind::Publication);
                }
                Some(
                    class @ (Class::Relation
                    | Class::Attribute
                    | Class::Constraint
                    | Class::Trigger
                    | Class::Rewrite
                    | Class::Policy
                    | Class::Type
                    | Class::Proc),
                ) => {
                    if class == Class::Attribute {
                        // The bound of a partition is in terms of the columns' types, and depends on nothing itself.
                        dependents.push(((Class::Relation, row.oid("oid")), String::new()));
                    }
                    dependents.push(((class, row.oid("oid")), String::new()));
                }
                // Operators, casts, text search …: rare enough to read everything.
                _ => touched.everything = true,
            }
        }
        self.sort(dependents, touched);
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
        let is_composite = |oid: u32| {
            let ids = self.state.objects.get(&(Class::Relation, oid));
            ids.is_some_and(|ids| ids.iter().any(|id| id.kind == Kind::CompositeType))
        };
        let of_composite = |&(class, oid, column): &(u32, u32, i32)| {
            class == Class::Type.oid() || (class == Class::Relation.oid() && column != 0 && is_composite(oid))
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
        let of = |class: Class| self.state.objects.get(&(class, oid));
        let id = match column {
            0 => of(Class::from_oid(class)?)?.first()?,
            number => {
                let name = self.state.column(oid, number.try_into().ok()?)?;
                of(Class::Attribute)?.iter().find(|id| id.bare_name() == name)?
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
    /// The values of an enum, the fields of a composite type.
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
        if self.ids.is_empty() || new.ids.is_empty() {
            return None;
        }
        let label_renamed = self.labels.iter().any(|label| !new.labels.contains(label));
        if self.columns.is_empty() && new.columns.is_empty() {
            return (self.ids != new.ids || label_renamed).then_some(Renamed::Other);
        }
        let column_renamed = self.columns.iter().any(|(number, name)| {
            new.columns
                .iter()
                .any(|(other, renamed)| number == other && name != renamed)
        });
        if column_renamed {
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
        (Class::Relation, Some("r" | "p" | "f")) => &[Kind::Table],
        (Class::Relation, Some("v")) => &[Kind::View],
        (Class::Relation, Some("m")) => &[Kind::MaterializedView],
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
        Some(id) => of_kinds(&[id.kind]),
        // Nothing that has a form comes without it when it is new; a constraint, trigger, rule or policy does.
        None if matches!(address.0, Class::Relation | Class::Type | Class::Proc) => Vec::new(),
        // Of a constraint it is not known whether it is of a table or of a domain.
        None => of_kinds(&Kind::ALL),
    }
}

/// The catalogs in which rows were changed, with how many of each sort; none where that cannot be said.
fn changed(then: &[Counts], now: &[Counts]) -> Option<Vec<(&'static Watched, Counts)>> {
    if then.len() != WATCHED.len() || now.len() != WATCHED.len() {
        return None;
    }
    let mut changed = Vec::new();
    for ((watched, now), then) in WATCHED.iter().zip(now).zip(then) {
        let counts = now.since(*then)?;
        if counts != Counts::default() {
            changed.push((watched, counts));
        }
    }
    Some(changed)
}

/// Rows of (class, object, column, text).
pub(super) fn texts(rows: &[Row]) -> impl Iterator<Item = ((u32, u32, i32), String)> + '_ {
    rows.iter().filter_map(|row| {
        let key = (row.try_get(0).ok()?, row.try_get(1).ok()?, row.try_get(2).ok()?);
        Some((key, row.try_get(3).ok()?))
    })
}

/// Rows of (class, object, form, extension): what belongs to extensions, and what depends on them by choice.
pub(super) fn attachments(rows: &[Row]) -> Attachments {
    let (mut members, mut bound) = (imbl::HashSet::new(), imbl::HashMap::<_, Vec<String>>::new());
    let layout = Layout::of(rows);
    for row in rows {
        let row = layout.row(row, &());
        let key = (row.oid("classoid"), row.oid("objoid"));
        if row.text("form") == Some("e") {
            members.insert(key);
        } else {
            let extension = row.text("extension").unwrap_or_default().to_owned();
            bound.entry(key).or_default().push(extension);
        }
    }
    (members, bound)
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
