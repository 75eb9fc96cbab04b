-- What mentions these objects by name: $1 their catalogs, $2 their OIDs.
with target as materialized (
  select class, oid,
         case when class = 1259 then (select c.reltype from pg_catalog.pg_class c where c.oid = t.oid)
              when class = 1247 then t.oid end as type
    from rows from (pg_catalog.unnest($1::oid[]), pg_catalog.unnest($2::oid[])) t (class, oid)
), named as (
  select class, oid from target
  union all
  -- A relation's name is also that of its row type, and of arrays of it.
  select 1247::oid, type from target where class = 1259
  union all
  select 1247::oid, (select t.typarray from pg_catalog.pg_type t where t.oid = target.type) from target
   where type is not null
)
-- Defaults are their columns', the queries of views the views'.
select case when d.classid = 2604 then 1249::oid
            when d.classid = 1259 and d.objsubid <> 0 then 1249::oid
            when r.rulename = '_RETURN' then 1259::oid
            else d.classid end as class,
       case when d.classid = 2604 then (select a.adrelid from pg_catalog.pg_attrdef a where a.oid = d.objid)
            when r.rulename = '_RETURN' then r.ev_class
            else d.objid end as oid
  from named
  join pg_catalog.pg_depend d on d.refclassid = named.class and d.refobjid = named.oid
  left join pg_catalog.pg_rewrite r on d.classid = 2618 and r.oid = d.objid
   -- Row types, arrays and TOAST tables have no names of their own.
 where named.oid <> 0
   and not (d.classid = 1247 and d.deptype = 'i')
   and not (d.classid = 1259 and exists (select from pg_catalog.pg_class t where t.oid = d.objid and t.relkind = 't'))
union
-- The index of a constraint depends on the constraint, and names the table all the same.
select 1259::oid, i.indexrelid
  from target
  join pg_catalog.pg_index i on i.indrelid = target.oid
 where target.class = 1259
union
-- A publication names its tables, and depends on none of them.
select 6104::oid, pr.prpubid
  from target
  join pg_catalog.pg_publication_rel pr on pr.prrelid = target.oid
 where target.class = 1259
