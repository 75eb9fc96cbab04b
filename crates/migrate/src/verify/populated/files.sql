-- What tells whether somebody rewrote, wrote or scanned a table: a row for each ordinary or partitioned table of users.
-- Counts are those of the statistics and those that this session has not handed in yet.
select c.oid::bigint as oid,
       n.nspname::text as schema,
       c.relname::text as name,
       -- Of a partition, what it is a part of: its rows are looked at as those of its root.
       coalesce(pg_catalog.pg_partition_root(c.oid)::pg_catalog.oid, c.oid)::bigint as root,
       -- None for a partitioned table.
       pg_catalog.pg_relation_filenode(c.oid)::bigint as file,
       pg_catalog.pg_stat_get_tuples_inserted(c.oid) + pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid)
       + pg_catalog.pg_stat_get_tuples_updated(c.oid) + pg_catalog.pg_stat_get_xact_tuples_updated(c.oid)
       + pg_catalog.pg_stat_get_tuples_deleted(c.oid) + pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) as written,
       -- Rows that were read by going through the table: by queries, and by what checks or rewrites it.
       pg_catalog.pg_stat_get_tuples_returned(c.oid) + pg_catalog.pg_stat_get_xact_tuples_returned(c.oid) as scanned,
       -- Dropping a column and adding one of its name leaves the file alone, and not the number.
       coalesce((select pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attnum, a.atttypid, a.attname), ',' order by a.attnum)
          from pg_catalog.pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '') as columns,
       coalesce((select pg_catalog.array_agg(pg_catalog.pg_relation_filenode(i.indexrelid)::bigint)
          from pg_catalog.pg_index i
          join pg_catalog.pg_class ic on ic.oid = i.indexrelid
         where i.indrelid = c.oid and ic.relkind = 'i'), '{}') as indexes
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.oid >= 16384 and c.relkind in ('r', 'p') and c.relpersistence <> 't'
