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

/// How many rows of one catalog the transactions of this session inserted, updated and deleted so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(super) inserted: i64,
    pub(super) updated: i64,
    pub(super) deleted: i64,
}

impl Counts {
    /// How many row versions were written.
    pub(super) fn written(self) -> i64 {
        self.inserted + self.updated
    }

    /// What was counted since an earlier moment; none where the server has begun to count anew.
    pub(super) fn since(self, then: Counts) -> Option<Counts> {
        let counts = Counts {
            inserted: self.inserted - then.inserted,
            updated: self.updated - then.updated,
            deleted: self.deleted - then.deleted,
        };
        let forward = counts.inserted >= 0 && counts.updated >= 0 && counts.deleted >= 0;
        forward.then_some(counts)
    }
}

/// From when on something is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Span {
    /// While the session is in transactions without a break.
    Unbroken,
    /// At all, with what is already in the statistics (PostgreSQL 15, where they are up to date).
    Ever,
}

/// Counts, for every watched catalog three numbers in a row, and for the sequences `$1` how often their page was looked
/// at; and the next transaction's number. A list of calls takes a third of the time of a set that the functions are
/// called for.
pub(super) fn counts_query(span: Span) -> String {
    let count = |what: &str, oid: &str| match span {
        Span::Unbroken => format!("pg_catalog.pg_stat_get_xact_{what}({oid})"),
        Span::Ever => {
            format!("pg_catalog.pg_stat_get_{what}({oid}) + pg_catalog.pg_stat_get_xact_{what}({oid})")
        }
    };
    let calls: Vec<String> = WATCHED
        .iter()
        .flat_map(|watched| {
            ["tuples_inserted", "tuples_updated", "tuples_deleted"]
                .map(|what| count(what, &watched.oid.to_string()))
        })
        .collect();
    format!(
        "select array[{}] as counts,
                array(select {} from pg_catalog.unnest($1::oid[]) o) as uses,
                (pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot()) & 4294967295)::text as next",
        calls.join(", "),
        count("blocks_fetched", "o"),
    )
}

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
pub(super) fn built_in_bit(catalog: u32) -> u8 {
    BUILT_IN
        .iter()
        .position(|(oid, _)| *oid == catalog)
        .map_or(0, |place| 1 << place)
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
