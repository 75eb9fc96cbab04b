select i.indexrelid as oid,
       n.nspname as schema,
       c.relname as name,
       i.indrelid::regclass as relation,
       am.amname as method,
       i.indkey::int2[] as "keys of relation",
       i.indoption::int2[] as directions,
       -- Where anything about the keys is not what PostgreSQL takes by itself, the reader takes them out of the whole
       -- definition. To print that costs several times as much as to look whether it is needed; of operator classes
       -- and collations, the reader sees that from these.
       i.indclass::oid[] as classes,
       i.indcollation::oid[] as collations,
       case when i.indexprs is not null
              or (am.amname not in ('btree', 'hash')
                  and exists (select from pg_catalog.pg_attribute a
                               where a.attrelid = i.indexrelid
                                 -- but for a mark that PostgreSQL makes itself, see column.sql
                                 and exists (select from pg_catalog.unnest(a.attoptions) o
                                              where pg_catalog.substr(o, 1, 10) <> 'pg_attver=')))
            then pg_catalog.pg_get_indexdef(i.indexrelid) end as definition,
       (i.indkey::int2[])[i.indnkeyatts:] as "include of relation",
       case when i.indpred is not null then pg_catalog.pg_get_expr(i.indpred, i.indrelid) end as predicate,
       i.indisunique as unique,
       false as nulls_not_distinct, --@ <15
       i.indnullsnotdistinct as nulls_not_distinct, --@ >=15
       -- A partitioned index is invalid until every partition has one, which an attached index shows by itself.
       i.indisvalid as valid,
       i.indisclustered as clustered,
       i.indisreplident as replica_identity,
       case when c.reloptions is not null
            then array(select o from pg_catalog.unnest(c.reloptions) o order by o collate "C") end as options,
       case when c.reltablespace <> 0
            then (select ts.spcname from pg_catalog.pg_tablespace ts where ts.oid = c.reltablespace) end as tablespace,
       case when i.indexprs is not null
            then array(select a.attnum || ': ' || a.attstattarget
                         from pg_catalog.pg_attribute a
                        where a.attrelid = i.indexrelid and a.attstattarget >= 0
                        order by a.attnum) end as statistics,
       case when c.relispartition then
         (select h.inhparent::regclass from pg_catalog.pg_inherits h where h.inhrelid = c.oid) end as partition_of,
       '{}'::text[] as depends_on_extensions
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_am am on am.oid = c.relam
 where i.indexrelid >= 16384
   -- Those of TOAST tables are part of how they work.
   and n.nspname <> 'pg_toast'
   and c.relpersistence <> 't'
   /*only i.indexrelid*/
