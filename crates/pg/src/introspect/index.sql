select i.indexrelid as oid,
       n.nspname as schema,
       c.relname as name,
       i.indrelid::regclass as relation,
       am.amname as method,
       -- The reader takes the list of keys out of the definition: PostgreSQL itself leaves out of it what is default.
       array[pg_catalog.pg_get_indexdef(i.indexrelid)] as keys,
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
