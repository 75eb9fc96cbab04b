select i.indexrelid as oid,
       n.nspname as schema,
       c.relname as name,
       i.indrelid::regclass as relation,
       am.amname as method,
       i.indkey::int2[] as "keys of relation",
       i.indoption::int2[] as directions,
       -- Where anything about the keys is not what PostgreSQL takes by itself, the reader takes them out of the whole
       -- definition. To print that costs several times as much as to look whether it is needed.
       case when i.indexprs is not null
              or exists (select
                           from pg_catalog.generate_series(0, i.indnkeyatts - 1) k
                          -- OFFSET keeps the planner from reading all columns of the table.
                          cross join lateral (select t.atttypid, t.attcollation
                                                from pg_catalog.pg_attribute t
                                               where t.attrelid = i.indrelid and t.attnum = i.indkey[k]
                                              offset 0) a
                           join pg_catalog.pg_opclass o on o.oid = i.indclass[k]
                          where not o.opcdefault
                             -- The default of varchar is that of text; of others, which may have defaults of their own
                             -- beside that of their kind, the definition tells.
                             or o.opcintype <> case a.atttypid when 1043 then 25 else a.atttypid end
                             or i.indcollation[k] <> a.attcollation)
              or exists (select from pg_catalog.pg_attribute a where a.attrelid = i.indexrelid and a.attoptions is not null)
            then pg_catalog.pg_get_indexdef(i.indexrelid) end as definition,
       (i.indkey::int2[])[i.indnkeyatts:] as "include of relation",
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) as predicate,
       i.indisunique as unique,
       false as nulls_not_distinct, --@ <15
       i.indnullsnotdistinct as nulls_not_distinct, --@ >=15
       -- A partitioned index is invalid until every partition has one, which an attached index shows by itself.
       i.indisvalid as valid,
       i.indisclustered as clustered,
       i.indisreplident as replica_identity,
       case when c.reloptions is null then '{}'
            else array(select o from pg_catalog.unnest(c.reloptions) o order by o collate "C") end as options,
       ts.spcname as tablespace,
       case when i.indexprs is null then '{}'
            else array(select a.attnum || ': ' || a.attstattarget
                         from pg_catalog.pg_attribute a
                        where a.attrelid = i.indexrelid and a.attstattarget >= 0
                        order by a.attnum) end as statistics,
       case when c.relispartition then
         (select h.inhparent::regclass from pg_catalog.pg_inherits h where h.inhrelid = c.oid) end as partition_of,
       array(select e.extname::text
               from pg_catalog.pg_depend d
               join pg_catalog.pg_extension e on e.oid = d.refobjid
              where d.classid = 'pg_catalog.pg_class'::regclass
                and d.objid = c.oid
                and d.refclassid = 'pg_catalog.pg_extension'::regclass
                and d.deptype = 'x'
              order by 1) as depends_on_extensions
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_class t on t.oid = i.indrelid
  join pg_catalog.pg_am am on am.oid = c.relam
  left join pg_catalog.pg_tablespace ts on ts.oid = c.reltablespace
 where i.indexrelid >= 16384
   and t.relkind in ('r', 'p', 'm')
   and c.relpersistence <> 't'
   /*only i.indexrelid*/
