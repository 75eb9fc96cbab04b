//! The system catalogs whose rows make up objects, and the questions about what changed in them.

use cogway_catalog::Kind;

use super::source::Class;

/// A system catalog whose rows make up objects, and what a change in it means.
pub(super) struct Watched {
    /// Its OID.
    pub(super) oid: u32,
    /// What to do when the transaction changed rows in it.
    pub(super) on_change: OnChange,
    /// What goes when rows are deleted, and the name of this catalog.
    pub(super) holds: Option<(Class, &'static str)>,
}

pub(super) enum OnChange {
    /// A query yields what is new in it, as (class, oid, form) and for columns how many: which catalog, which object,
    /// which `relkind` or `typtype`.
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
        Some((Class::Relation, "pg_class")),
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
        "select 1249::oid as class, a.attrelid as oid,
                case when pg_catalog.bool_or(a.attacl is not null) then 'granted' else '' end as form,
                pg_catalog.count(*) as number
           from pg_catalog.pg_attribute a where a.attrelid >= 16384 and pg_catalog.age(a.xmin) <= 0
          group by a.attrelid",
    ),
    find(
        2604,
        None,
        "select distinct 1249::oid as class, d.adrelid as oid, '' as form
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
        Some((Class::Constraint, "pg_constraint")),
        "select 2606::oid as class, c.oid, case when c.contypid <> 0 then 'of domain' else 'of table' end as form
           from pg_catalog.pg_constraint c where c.oid >= 16384 and pg_catalog.age(c.xmin) <= 0",
    ),
    find(
        2620,
        Some((Class::Trigger, "pg_trigger")),
        "select 2620::oid as class, t.oid, '' as form
           from pg_catalog.pg_trigger t where t.oid >= 16384 and pg_catalog.age(t.xmin) <= 0 and not t.tgisinternal",
    ),
    find(
        2618,
        Some((Class::Rewrite, "pg_rewrite")),
        "select case when r.rulename = '_RETURN' then 1259::oid else 2618::oid end as class,
                case when r.rulename = '_RETURN' then r.ev_class else r.oid end as oid, '' as form
           from pg_catalog.pg_rewrite r where r.oid >= 16384 and pg_catalog.age(r.xmin) <= 0",
    ),
    find(
        3256,
        Some((Class::Policy, "pg_policy")),
        "select 3256::oid as class, p.oid, '' as form
           from pg_catalog.pg_policy p where pg_catalog.age(p.xmin) <= 0",
    ),
    find(
        1247,
        Some((Class::Type, "pg_type")),
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
        Some((Class::Proc, "pg_proc")),
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

pub(super) const COLUMNS: u32 = 1249;
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

impl Watched {
    /// Does its query find every row that is not built in? Then it shows by their number whether any was.
    pub(super) fn finds_every_row(&self) -> bool {
        [1249, 1255].contains(&self.oid)
    }

    pub(super) fn bit(&self) -> u64 {
        WATCHED
            .iter()
            .position(|watched| watched.oid == self.oid)
            .map_or(0, |place| 1 << place)
    }
}
