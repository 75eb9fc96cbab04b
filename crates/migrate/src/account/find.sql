-- The tables of these names that this session may read, in all schemas or in one.
select n.nspname::text as schema,
       c.relname::text as name,
       -- Each column with the category of its type: `version N` is a number, `version S` is text. Names alone would not
       -- tell golang-migrate's table from dbmate's, nor dbmate's from Ecto's.
       array(select a.attname::text || ' ' || t.typcategory::text
               from pg_catalog.pg_attribute a
               join pg_catalog.pg_type t on t.oid = a.atttypid
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       -- Rails keeps a second table, and its first looks like dbmate's.
       exists (select from pg_catalog.pg_class r
                where r.relname = 'ar_internal_metadata' and r.relnamespace = c.relnamespace) as of_rails
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relname = any ($1::name[])
   and ($2::name is null or n.nspname = $2::name)
   and c.relkind in ('r', 'p')
   -- Temporary tables of other sessions cannot be read.
   and c.relpersistence <> 't'
   -- Other people's tables are not our business: asking them would end in an error.
   and pg_catalog.has_schema_privilege(n.oid, 'USAGE')
   and pg_catalog.has_table_privilege(c.oid, 'SELECT')
 -- In the order of bytes, whatever collation the database has.
 order by n.nspname, c.relname
