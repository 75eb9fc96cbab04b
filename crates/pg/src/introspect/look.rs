//! Looks at the catalogs for what is new, changed or gone.

use std::collections::{BTreeSet, HashMap, HashSet};

use cogway_catalog::{Ancestry, Definition, Kind};
use tokio_postgres::Client;

use super::counts::{Counted, Counts};
use super::row::Layout;
use super::source::Class;
use super::state::Address;
use super::watched::{
    COLUMNS, DEPENDENCIES, INHERITS, LARGE_OBJECTS, OnChange, SETTINGS_OF_DATABASES, WATCHED, Watched,
};
use super::{ReadError, Reader};

/// Of how many looks at the catalogs the queries are kept.
const LOOKS: usize = 100;

/// What a look at the catalogs is for: a bit for each of [`WATCHED`] by its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    /// Catalogs in which to find what is new.
    pub(super) found: u64,
    /// Catalogs of which to list what is left.
    pub(super) left: u64,
    /// What depends on an extension that did not before?
    pub(super) attached: bool,
    /// How much depends on extensions?
    pub(super) attachments: bool,
    /// Catalogs in which to find what is built in and changed, by their places in [`BUILT_IN`].
    pub(super) built_in: u8,
    /// Is new what was written from the transaction `$1` on, and not only by this one?
    pub(super) by_several: bool,
}

/// Something built in that a user changed, which can only be privileges: a part of what is not modelled.
const BUILT_IN: [(u32, &str); 4] = [
    (
        1255,
        "select p.oid from pg_catalog.pg_proc p where p.oid < 16384 and pg_catalog.age(p.xmin) <= 0",
    ),
    (
        1259,
        "select c.oid from pg_catalog.pg_class c where c.oid < 16384 and pg_catalog.age(c.xmin) <= 0",
    ),
    (
        1247,
        "select t.oid from pg_catalog.pg_type t where t.oid < 16384 and pg_catalog.age(t.xmin) <= 0",
    ),
    (
        1249,
        "select a.attrelid from pg_catalog.pg_attribute a where a.attrelid < 16384 and pg_catalog.age(a.xmin) <= 0",
    ),
];

/// The bit of [`Wanted::built_in`] for a catalog; none for most.
fn built_in_bit(catalog: u32) -> u8 {
    BUILT_IN
        .iter()
        .position(|(oid, _)| *oid == catalog)
        .map_or(0, |place| 1 << place)
}

/// What follows the age of a row in the queries, for rows of this transaction.
const IS_NEW: &str = " <= 0";

impl Wanted {
    /// One query for all that is wanted: each by itself would cost several times as much as what it finds. Its rows
    /// are (catalog, class, oid, form, number, numbers); none where nothing is wanted.
    pub(super) fn query(self) -> Option<String> {
        let mut parts = Vec::new();
        for watched in WATCHED {
            let catalog = watched.oid;
            if let OnChange::Find(sql) = watched.on_change
                && self.found & watched.bit() != 0
            {
                let number = if sql.contains("as number") {
                    "f.number"
                } else {
                    "1"
                };
                parts.push(format!(
                    "select {catalog}::oid, f.class, f.oid, f.form, {number}::bigint, null::bigint[] from ({sql}) f"
                ));
            }
            if let Some((class, table)) = watched.holds
                && self.left & watched.bit() != 0
            {
                parts.push(format!(
                    "select {catalog}::oid, {}::oid, 0::oid, 'left', 0::bigint, pg_catalog.array_agg(l.oid::bigint)
                       from pg_catalog.{table} l where l.oid >= 16384",
                    class.oid(),
                ));
            }
        }
        if self.attached {
            parts.push(format!(
                "select {DEPENDENCIES}::oid, d.classid, d.objid, case d.deptype when 'e' then 'member' else 'bound' end,
                        0::bigint, null::bigint[]
                   from pg_catalog.pg_depend d where d.refclassid = 3079 and pg_catalog.age(d.xmin) <= 0"
            ));
        }
        if self.attachments {
            parts.push(format!(
                "select {DEPENDENCIES}::oid, 0::oid, 0::oid, 'attachments', pg_catalog.count(*), null::bigint[]
                   from pg_catalog.pg_depend d where d.refclassid = 3079 and d.deptype in ('e', 'x')"
            ));
        }
        for (catalog, sql) in BUILT_IN {
            if self.built_in & built_in_bit(catalog) != 0 {
                parts.push(format!(
                    "select {catalog}::oid, {catalog}::oid, b.oid, 'built in', 0::bigint, null::bigint[] from ({sql}) b (oid)"
                ));
            }
        }
        let mut parts = parts.join(" union all ");
        if self.by_several {
            parts = parts.replace(IS_NEW, " <= (select pg_catalog.age($1::text::xid))");
        }
        (!parts.is_empty()).then(|| {
            format!(
                "with found (catalog, class, oid, form, number, numbers) as ({parts}) select * from found"
            )
        })
    }
}

/// What of the catalogs must be read again.
#[derive(Default)]
pub(super) struct Touched {
    pub(super) objects: BTreeSet<Address>,
    pub(super) gone: Vec<Address>,
    /// Have relations new columns, of which no more is known than that the relations were written?
    pub(super) columns: bool,
    /// `relkind`, `typtype` or `prokind` of objects that are new.
    pub(super) forms: HashMap<Address, String>,
    pub(super) kinds: BTreeSet<Kind>,
    pub(super) everything: bool,
    pub(super) unmodelled: bool,
    /// Does anything depend on an extension, or no more, that did not before?
    pub(super) attachments: bool,
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

impl Reader {
    /// Finds the objects that are new, changed or gone, from the catalogs that were changed.
    pub(super) async fn find(
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
    pub(super) fn sort(&self, found: Vec<(Address, String)>, touched: &mut Touched) {
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

    /// The tables and indexes that inherit from others or are partitions of them.
    fn descendants(&self) -> Vec<Address> {
        let found = self.addresses_where(Class::Relation, |definition| match definition {
            Definition::Table(table) => table.ancestry != Ancestry::Root,
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
}
