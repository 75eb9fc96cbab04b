-- The tables and partitioned tables of the database, with their columns. What materialized views hold can be computed again.
select c.oid, n.nspname::text as schema, c.relname::text as name,
       case when c.relispartition
            then (select i.inhparent from pg_catalog.pg_inherits i where i.inhrelid = c.oid limit 1) end as parent,
       coalesce(a.numbers, '{}') as numbers, coalesce(a.columns, '{}') as columns
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join lateral (
       select pg_catalog.array_agg(a.attnum) as numbers, pg_catalog.array_agg(a.attname::text) as columns
         from pg_catalog.pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          -- What PostgreSQL computes from other columns it can compute again.
          and a.attgenerated = '') a on true
 where c.relkind in ('r', 'p')
   and c.relpersistence <> 't'
   and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'cogway')
