//! The system catalogs whose rows make up objects, and the questions about what changed in them.

use cogway_catalog::Kind;

use super::source::Class;

/// A system catalog whose rows make up objects, and what a change in it means.
pub(super) struct Watched {
    /// Its OID.
    pub(super) oid: u32,
    /// What to do when the transaction changed rows in it.
    pub(super) on_change: OnChange,
    /// The catalog of which objects may be gone when rows were deleted.
    pub(super) holds: Option<(Class, &'static str)>,
}

pub(super) enum OnChange {
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
pub(super) static WATCHED: &[Watched] = &[
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

pub(super) const DEPENDENCIES: u32 = 2608;
pub(super) const DESCRIPTIONS: u32 = 2609;
pub(super) const LABELED: [u32; 2] = [3596, 3592];
pub(super) const INHERITS: u32 = 2611;
pub(super) const SETTINGS_OF_DATABASES: u32 = 2964;
pub(super) const LARGE_OBJECTS: u32 = 2995;

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
    pub(super) inserted: i64,
    pub(super) updated: i64,
    pub(super) deleted: i64,
}

pub(super) const COUNTS: &str =
    "select pg_catalog.array_agg(pg_catalog.pg_stat_get_xact_tuples_inserted(o) order by place) as inserted,
       pg_catalog.array_agg(pg_catalog.pg_stat_get_xact_tuples_updated(o) order by place) as updated,
       pg_catalog.array_agg(pg_catalog.pg_stat_get_xact_tuples_deleted(o) order by place) as deleted
  from pg_catalog.unnest($1::oid[]) with ordinality w (o, place)";

/// What a look at the catalogs is for: a bit for each of [`WATCHED`] by its place.
#[derive(Clone, Copy, Default)]
pub(super) struct Wanted {
    /// Catalogs in which to find what is new.
    pub(super) found: i64,
    /// Catalogs of which to list what is left.
    pub(super) left: i64,
}

/// The bit of [`Wanted::found`] for what depends on extensions.
pub(super) const ATTACHED_BIT: i64 = 1 << 62;

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
pub(super) fn built_in_bit(catalog: u32) -> i64 {
    BUILT_IN
        .iter()
        .position(|(oid, _)| *oid == catalog)
        .map_or(0, |place| 1 << (58 + place))
}

impl Watched {
    pub(super) fn bit(&self) -> i64 {
        WATCHED
            .iter()
            .position(|watched| watched.oid == self.oid)
            .map_or(0, |place| 1 << place)
    }
}

/// All that can be asked of the catalogs after a change, in one query: a query costs more than what it finds, so that
/// several would cost several times as much. Parts that are not wanted are planned and not run. The parameters are
/// those of [`Wanted`], and the sequences.
pub(super) fn find_query() -> String {
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
