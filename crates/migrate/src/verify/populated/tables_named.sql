-- Every table of users that holds rows of its own, as it is called in the middle of a script: its name, whether rows are in
-- its partitions, and its columns with those of the primary key first.
select n.nspname::text as schema,
       c.relname::text as name,
       array(select a.attname::text
               from pg_catalog.pg_attribute a
               left join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisprimary
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              order by coalesce(pg_catalog.array_position(i.indkey::int2[], a.attnum), 1000), a.attnum) as columns,
       coalesce((select i.indnkeyatts::int4 from pg_catalog.pg_index i
                  where i.indrelid = c.oid and i.indisprimary), 0) as key
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.oid >= 16384 and c.relkind in ('r', 'p') and c.relpersistence <> 't'
 order by 1, 2
