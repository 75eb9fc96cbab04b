//! Finds out what the open transaction changed, and reads that again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use cogway_catalog::{Catalog, Definition, Kind, Name, ObjectId, Unmodelled};
use tokio_postgres::{Client, Row};

use super::row::{Oids, RowReader, array};
use super::source::{Class, SOURCES, Scope};
use super::state::Address;
use super::{COMMENTS, ReadError, Reader, UNMODELLED};

/// A system catalog whose rows make up objects, and what a change in it means.
struct Watched {
    /// Its OID.
    oid: u32,
    /// What to do when the transaction changed rows in it.
    on_change: OnChange,
    /// The catalog of which objects may be gone when rows were deleted.
    holds: Option<(Class, &'static str)>,
}

enum OnChange {
    /// A query yields what is new in it, as (class, oid, form): which catalog, which object, which `relkind` or
    /// `typtype`.
    Find(&'static str),
    /// Read these kinds again as a whole: there are never many of them.
    Kinds(&'static [Kind]),
    /// Likewise, but an update may have renamed something that others mention: then read everything.
    Named(&'static [Kind]),
    /// Nothing is read from it but through comments, labels, memberships: see [`Reader::refresh`].
    Attached,
    /// Only an update matters, and then for everything: a role or tablespace may have a new name.
    Shared,
}

/// `age(xmin) <= 0` holds for rows that the current transaction or a subtransaction of it wrote: the age of a
/// transaction number is counted back from that of the current transaction.
/// <https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT>
static WATCHED: &[Watched] = &[
    find(
        1259,
        Some((
            Class::Relation,
            "select oid from pg_catalog.pg_class where oid >= 16384",
        )),
        "select 1259::oid as class,
                -- Storage options of a TOAST table are those of the table that it is for.
                case when c.relkind = 't'
                     then (select d.refobjid from pg_catalog.pg_depend d
                            where d.classid = 1259 and d.objid = c.oid and d.deptype = 'i')
                     else c.oid end as oid,
                case when c.relkind = 't' then '' else c.relkind::text end as form
           from pg_catalog.pg_class c where c.oid >= 16384 and pg_catalog.age(c.xmin) <= 0",
    ),
    find(
        1249,
        None,
        "select distinct 1259::oid as class, a.attrelid as oid, '' as form
           from pg_catalog.pg_attribute a where a.attrelid >= 16384 and pg_catalog.age(a.xmin) <= 0",
    ),
    find(
        2604,
        None,
        "select distinct 1259::oid as class, d.adrelid as oid, '' as form
           from pg_catalog.pg_attrdef d where pg_catalog.age(d.xmin) <= 0",
    ),
    find(
        2610,
        None,
        "select 1259::oid as class, i.indexrelid as oid, '' as form
           from pg_catalog.pg_index i where i.indexrelid >= 16384 and pg_catalog.age(i.xmin) <= 0",
    ),
    find(
        2611,
        None,
        "select 1259::oid as class, i.inhrelid as oid, '' as form
           from pg_catalog.pg_inherits i where pg_catalog.age(i.xmin) <= 0",
    ),
    find(
        3350,
        None,
        "select 1259::oid as class, p.partrelid as oid, '' as form
           from pg_catalog.pg_partitioned_table p where pg_catalog.age(p.xmin) <= 0",
    ),
    find(
        2224,
        None,
        "select 1259::oid as class, s.seqrelid as oid, '' as form
           from pg_catalog.pg_sequence s where pg_catalog.age(s.xmin) <= 0",
    ),
    find(
        3118,
        None,
        "select 1259::oid as class, f.ftrelid as oid, '' as form
           from pg_catalog.pg_foreign_table f where pg_catalog.age(f.xmin) <= 0",
    ),
    find(
        2606,
        Some((
            Class::Constraint,
            "select oid from pg_catalog.pg_constraint where oid >= 16384",
        )),
        "select 2606::oid as class, c.oid, case when c.contypid <> 0 then 'of domain' else 'of table' end as form
           from pg_catalog.pg_constraint c where c.oid >= 16384 and pg_catalog.age(c.xmin) <= 0",
    ),
    find(
        2620,
        Some((
            Class::Trigger,
            "select oid from pg_catalog.pg_trigger where oid >= 16384",
        )),
        "select 2620::oid as class, t.oid, '' as form
           from pg_catalog.pg_trigger t where t.oid >= 16384 and pg_catalog.age(t.xmin) <= 0 and not t.tgisinternal",
    ),
    find(
        2618,
        Some((
            Class::Rewrite,
            "select oid from pg_catalog.pg_rewrite where oid >= 16384",
        )),
        "select case when r.rulename = '_RETURN' then 1259::oid else 2618::oid end as class,
                case when r.rulename = '_RETURN' then r.ev_class else r.oid end as oid, '' as form
           from pg_catalog.pg_rewrite r where r.oid >= 16384 and pg_catalog.age(r.xmin) <= 0",
    ),
    find(
        3256,
        Some((Class::Policy, "select oid from pg_catalog.pg_policy")),
        "select 3256::oid as class, p.oid, '' as form
           from pg_catalog.pg_policy p where pg_catalog.age(p.xmin) <= 0",
    ),
    find(
        1247,
        Some((
            Class::Type,
            "select oid from pg_catalog.pg_type where oid >= 16384",
        )),
        "select case when t.typtype = 'c' then 1259::oid else 1247::oid end as class,
                case when t.typtype = 'c' then t.typrelid else t.oid end as oid,
                case when t.typtype = 'c' then '' else t.typtype::text end as form
           from pg_catalog.pg_type t
           left join pg_catalog.pg_class c on c.oid = t.typrelid
          where t.oid >= 16384 and pg_catalog.age(t.xmin) <= 0
            -- The rows of relations change with them, the arrays of types too.
            and (t.typtype <> 'c' or c.relkind = 'c')
            and not exists (select from pg_catalog.pg_type e where e.oid = t.typelem and e.typarray = t.oid)",
    ),
    find(
        3501,
        None,
        "select distinct 1247::oid as class, e.enumtypid as oid, '' as form
           from pg_catalog.pg_enum e where e.enumtypid >= 16384 and pg_catalog.age(e.xmin) <= 0",
    ),
    find(
        3541,
        None,
        "select 1247::oid as class, r.rngtypid as oid, '' as form
           from pg_catalog.pg_range r where pg_catalog.age(r.xmin) <= 0",
    ),
    find(
        1255,
        Some((
            Class::Proc,
            "select oid from pg_catalog.pg_proc where oid >= 16384",
        )),
        "select 1255::oid as class, p.oid, p.prokind::text as form
           from pg_catalog.pg_proc p where p.oid >= 16384 and pg_catalog.age(p.xmin) <= 0",
    ),
    find(
        2600,
        None,
        "select 1255::oid as class, a.aggfnoid::oid as oid, '' as form
           from pg_catalog.pg_aggregate a where a.aggfnoid >= 16384 and pg_catalog.age(a.xmin) <= 0",
    ),
    watched(2608, OnChange::Attached),
    watched(2609, OnChange::Attached),
    watched(3596, OnChange::Attached),
    watched(3592, OnChange::Attached),
    watched(2615, OnChange::Named(&[Kind::Schema])),
    watched(3079, OnChange::Named(&[Kind::Extension])),
    watched(2612, OnChange::Named(&[Kind::Language])),
    watched(2601, OnChange::Named(&[Kind::AccessMethod])),
    watched(3456, OnChange::Named(&[Kind::Collation])),
    watched(2607, OnChange::Kinds(&[Kind::Conversion])),
    watched(2605, OnChange::Kinds(&[Kind::Cast])),
    watched(2617, OnChange::Named(&[Kind::Operator])),
    watched(
        2753,
        OnChange::Named(&[Kind::OperatorFamily, Kind::OperatorClass]),
    ),
    watched(
        2616,
        OnChange::Named(&[Kind::OperatorFamily, Kind::OperatorClass]),
    ),
    watched(
        2602,
        OnChange::Kinds(&[Kind::OperatorFamily, Kind::OperatorClass]),
    ),
    watched(
        2603,
        OnChange::Kinds(&[Kind::OperatorFamily, Kind::OperatorClass]),
    ),
    watched(3576, OnChange::Kinds(&[Kind::Transform])),
    watched(3601, OnChange::Named(&[Kind::TextSearchParser])),
    watched(3764, OnChange::Named(&[Kind::TextSearchTemplate])),
    watched(3600, OnChange::Named(&[Kind::TextSearchDictionary])),
    watched(3602, OnChange::Named(&[Kind::TextSearchConfiguration])),
    watched(3603, OnChange::Kinds(&[Kind::TextSearchConfiguration])),
    watched(2328, OnChange::Named(&[Kind::ForeignDataWrapper])),
    watched(1417, OnChange::Named(&[Kind::ForeignServer])),
    watched(1418, OnChange::Kinds(&[Kind::UserMapping])),
    watched(3381, OnChange::Kinds(&[Kind::Statistics])),
    watched(6104, OnChange::Kinds(&[Kind::Publication])),
    watched(6106, OnChange::Kinds(&[Kind::Publication])),
    watched(6237, OnChange::Kinds(&[Kind::Publication])),
    watched(6100, OnChange::Kinds(&[Kind::Subscription])),
    watched(3466, OnChange::Kinds(&[Kind::EventTrigger])),
    watched(826, OnChange::Kinds(&[Kind::DefaultPrivileges])),
    watched(2964, OnChange::Attached),
    watched(2995, OnChange::Attached),
    watched(3394, OnChange::Attached),
    watched(1260, OnChange::Shared),
    watched(1213, OnChange::Shared),
];

const DEPENDENCIES: u32 = 2608;
const DESCRIPTIONS: u32 = 2609;
const LABELED: [u32; 2] = [3596, 3592];
const INHERITS: u32 = 2611;
const SETTINGS_OF_DATABASES: u32 = 2964;
const LARGE_OBJECTS: u32 = 2995;

const fn watched(oid: u32, on_change: OnChange) -> Watched {
    Watched {
        oid,
        on_change,
        holds: None,
    }
}

const fn find(oid: u32, holds: Option<(Class, &'static str)>, sql: &'static str) -> Watched {
    Watched {
        oid,
        on_change: OnChange::Find(sql),
        holds,
    }
}

/// How many rows of one catalog the transactions of this session inserted, updated and deleted so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    inserted: i64,
    updated: i64,
    deleted: i64,
}

const COUNTS: &str =
    "select pg_catalog.array_agg(pg_catalog.pg_stat_get_xact_tuples_inserted(o) order by place) as inserted,
       pg_catalog.array_agg(pg_catalog.pg_stat_get_xact_tuples_updated(o) order by place) as updated,
       pg_catalog.array_agg(pg_catalog.pg_stat_get_xact_tuples_deleted(o) order by place) as deleted
  from pg_catalog.unnest($1::oid[]) with ordinality w (o, place)";

/// What a look at the catalogs is for: a bit for each of [`WATCHED`] by its place.
#[derive(Clone, Copy, Default)]
struct Wanted {
    /// Catalogs in which to find what is new.
    found: i64,
    /// Catalogs of which to list what is left.
    left: i64,
}

/// The bit of [`Wanted::found`] for what depends on extensions.
const ATTACHED_BIT: i64 = 1 << 62;

/// Something built in that a user changed, which can only be privileges: a part of what is not modelled.
const BUILT_IN: [(u32, &str); 4] = [
    (
        1255,
        "select 1255, p.oid from pg_catalog.pg_proc p where p.oid < 16384 and pg_catalog.age(p.xmin) <= 0",
    ),
    (
        1259,
        "select 1259, c.oid from pg_catalog.pg_class c where c.oid < 16384 and pg_catalog.age(c.xmin) <= 0",
    ),
    (
        1247,
        "select 1247, t.oid from pg_catalog.pg_type t where t.oid < 16384 and pg_catalog.age(t.xmin) <= 0",
    ),
    (
        1249,
        "select 1259, a.attrelid from pg_catalog.pg_attribute a
          where a.attacl is not null and pg_catalog.age(a.xmin) <= 0",
    ),
];

/// The bit of [`Wanted::found`] for what is built in and kept in that catalog; none for other catalogs.
fn built_in_bit(catalog: u32) -> i64 {
    BUILT_IN
        .iter()
        .position(|(oid, _)| *oid == catalog)
        .map_or(0, |place| 1 << (58 + place))
}

impl Watched {
    fn bit(&self) -> i64 {
        WATCHED
            .iter()
            .position(|watched| watched.oid == self.oid)
            .map_or(0, |place| 1 << place)
    }
}

/// All that can be asked of the catalogs after a change, in one query: a query costs more than what it finds, so that
/// several would cost several times as much. Parts that are not wanted are planned and not run. The parameters are
/// those of [`Wanted`], and the sequences.
fn find_query() -> String {
    let mut parts = Vec::new();
    for watched in WATCHED {
        let bit = watched.bit();
        if let OnChange::Find(sql) = watched.on_change {
            parts.push(format!(
                "select f.class, f.oid, f.form, 0::oid, 0 from ({sql}) f where $1::bigint & {bit} <> 0"
            ));
        }
        if let Some((class, sql)) = watched.holds {
            let class = class.oid();
            parts.push(format!(
                "select {class}::oid, l.oid, 'left', 0, 0 from ({sql}) l where $2::bigint & {bit} <> 0"
            ));
        }
    }
    parts.push(format!(
        "select f.class, f.oid, f.form, 0, 0 from ({ATTACHED}) f where $1::bigint & {ATTACHED_BIT} <> 0"
    ));
    for (catalog, sql) in BUILT_IN {
        let bit = built_in_bit(catalog);
        parts.push(format!(
            "select b.class, b.oid, 'built in', 0, 0 from ({sql}) b (class, oid) where $1::bigint & {bit} <> 0"
        ));
    }
    parts.push(OWNERS.to_owned());
    format!(
        "with found (class, oid, form, owner, owner_column) as ({}) select * from found",
        parts.join(" union all ")
    )
}

/// Which column owns these sequences.
const OWNERS: &str = "select 1259, d.objid, 'owned', d.refobjid, d.refobjsubid
  from pg_catalog.pg_depend d
 where d.classid = 1259 and d.refclassid = 1259 and d.deptype in ('a', 'i') and d.objsubid = 0
   and d.objid = any ($3::oid[])";

/// What depends on an extension now: as a member of it, or by choice, as an index or a function may.
const ATTACHED: &str = "select d.classid as class, d.objid as oid,
       case d.deptype when 'e' then 'member' else '' end as form
  from pg_catalog.pg_depend d
 where d.refclassid = 3079 and pg_catalog.age(d.xmin) <= 0";

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
