//! Finds out what the open transaction changed, and reads that again.

use std::collections::{BTreeMap, BTreeSet};

use cogway_catalog::{Catalog, Kind, ObjectId, Unmodelled};
use tokio_postgres::{Client, Row};

use super::counts::{Counted, Counts, Milestone, changed};
use super::dependents::{Known, Renamed};
use super::look::Touched;
use super::row::{Layout, Resolve};
use super::source::{Class, SOURCES, Scope};
use super::state::{Address, Attachments};
use super::watched::{DESCRIPTIONS, LABELED, Watched};
use super::{COMMENTS, MEMBERS, ReadError, Reader, UNMODELLED, numbers_of, whole};

impl Reader {
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
