-- What mentions these objects by name: $1 their catalogs, $2 their OIDs. Where $3 is false, only what lists columns:
-- views, rules and functions with a body in standard SQL.
with target as (
  select class, oid from rows from (pg_catalog.unnest($1::oid[]), pg_catalog.unnest($2::oid[])) t (class, oid)
), named as (
  select class, oid from target
  union all
  -- A relation's name is also that of its row type, and of arrays of it.
  select 1247::oid, t.oid
    from target
    join pg_catalog.pg_type t on t.typrelid = target.oid
   where target.class = 1259
  union all
  select 1247::oid, a.typarray
    from (select t.oid from target join pg_catalog.pg_type t on t.typrelid = target.oid where target.class = 1259
          union all
          select oid from target where class = 1247) of
    join pg_catalog.pg_type a on a.oid = of.oid
   where a.typarray <> 0
)
select d.classid as class, d.objid as oid
  from named
  join pg_catalog.pg_depend d on d.refclassid = named.class and d.refobjid = named.oid
 where $3
   -- Defaults and view queries are their relations', which follow; TOAST tables and arrays have no names of their own.
   and d.classid not in (2604, 2618)
   and not (d.classid = 1247 and d.deptype = 'i')
   and not (d.classid = 1259 and exists (select from pg_catalog.pg_class t where t.oid = d.objid and t.relkind = 't'))
union
select 1259::oid, a.adrelid
  from named
  join pg_catalog.pg_depend d on d.refclassid = named.class and d.refobjid = named.oid
  join pg_catalog.pg_attrdef a on d.classid = 2604 and a.oid = d.objid
 where $3
union
select case when r.rulename = '_RETURN' then 1259::oid else 2618::oid end,
       case when r.rulename = '_RETURN' then r.ev_class else r.oid end
  from named
  join pg_catalog.pg_depend d on d.refclassid = named.class and d.refobjid = named.oid
  join pg_catalog.pg_rewrite r on d.classid = 2618 and r.oid = d.objid
union
select d.classid, d.objid
  from named
  join pg_catalog.pg_depend d on d.refclassid = named.class and d.refobjid = named.oid
  join pg_catalog.pg_proc p on d.classid = 1255 and p.oid = d.objid
union
-- The index of a constraint depends on the constraint, and names the table all the same.
select 1259::oid, i.indexrelid
  from target
  join pg_catalog.pg_index i on i.indrelid = target.oid
 where target.class = 1259 and $3
union
-- Tables with a column of a type depend on it by column; a relation's own columns are read with it.
select 6104::oid, pr.prpubid
  from target
  join pg_catalog.pg_publication_rel pr on pr.prrelid = target.oid
 where target.class = 1259 and $3
