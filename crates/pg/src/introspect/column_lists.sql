-- What lists the columns of these relations: views, rules, and functions with a body in standard SQL. Subselects and
-- OFFSET, since they are few, which the planner does not know.
with relation as materialized (
  select o as oid, (select c.reltype from pg_catalog.pg_class c where c.oid = o) as type
    from pg_catalog.unnest($1::oid[]) o
), named as (
  select 1259::oid as class, oid from relation
  union all
  select 1247::oid, type from relation
  union all
  select 1247::oid, (select t.typarray from pg_catalog.pg_type t where t.oid = relation.type) from relation
)
select case when r.rulename = '_RETURN' then 1259::oid else d.classid end as class,
       case when r.rulename = '_RETURN' then r.ev_class else d.objid end as oid
  from named
 cross join lateral (select d.classid, d.objid
                       from pg_catalog.pg_depend d
                      where d.refclassid = named.class and d.refobjid = named.oid
                     offset 0) d
  left join pg_catalog.pg_rewrite r on d.classid = 2618 and r.oid = d.objid
 where named.oid <> 0
   and d.classid in (1255, 2618)
