-- Columns of tables and views. Their places among the living ones are counted by the reader.
select a.attrelid as oid,
       a.attnum as sub_oid,
       a.attrelid::regclass as container,
       a.attname as name,
       -- For the reader, to see whether an index is on the column as it is.
       a.atttypid as type_id,
       a.attcollation as collation_id,
       a.attacl::text[] as acl,
       0 as position,
       pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
       -- Types are only looked up for what is not the usual with types that everybody uses: text, character,
       -- character varying, jsonb and numeric.
       case when a.attcollation <> 0
              and not (a.attcollation = 100 and a.atttypid in (25, 1042, 1043))
              and a.attcollation <> (select t.typcollation from pg_catalog.pg_type t where t.oid = a.atttypid)
            then a.attcollation::regcollation::text end as collation,
       a.attnotnull as not_null,
       case when d.oid is not null and a.attgenerated = '' then pg_catalog.pg_get_expr(d.adbin, 0) end as default,
       case when a.attgenerated <> '' then pg_catalog.pg_get_expr(d.adbin, d.adrelid) end as generated,
       case when a.attgenerated <> '' then case a.attgenerated when 's' then 'stored' else 'virtual' end end
         as generated_kind,
       case when a.attidentity <> '' then case a.attidentity when 'a' then 'always' else 'by_default' end end as identity,
       case when a.attlen < 0
              and not (a.attstorage = 'x' and a.atttypid in (25, 1042, 1043, 3802))
              and not (a.attstorage = 'm' and a.atttypid = 1700)
              and a.attstorage <> (select t.typstorage from pg_catalog.pg_type t where t.oid = a.atttypid)
            then case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end
       end as storage,
       null::text as compression, --@ <14
       case when a.attcompression <> '' then case a.attcompression when 'p' then 'pglz' else 'lz4' end end --@ >=14
         as compression, --@ >=14
       case when a.attstattarget >= 0 then a.attstattarget::integer end as statistics,
       -- Since the minor versions of November 2026 (15.20 and its like) PostgreSQL keeps a mark of its own among the options,
       -- `pg_attver`, another one each time. Nobody can set it, and pg_dump leaves it out.
       case when a.attoptions is not null
            then (select pg_catalog.array_agg(o order by o collate "C")
                    from pg_catalog.unnest(a.attoptions) o
                   where pg_catalog.substr(o, 1, 10) <> 'pg_attver=') end as options,
       case when a.attfdwoptions is not null
            then array(select o from pg_catalog.unnest(a.attfdwoptions) o order by o collate "C") end as foreign_options,
       a.attislocal as local,
       a.attinhcount::integer as inherited
  from pg_catalog.pg_attribute a
  left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum --@ whole
  -- A few columns, which the planner does not know: OFFSET keeps it from reading all defaults for them.
  left join lateral (select d.oid, d.adrelid, d.adbin from pg_catalog.pg_attrdef d --@ part
                      where d.adrelid = a.attrelid and d.adnum = a.attnum offset 0) d on true --@ part
 where a.attrelid = any (array(select c.oid from pg_catalog.pg_class c --@ whole
                                where c.oid >= 16384 and c.relkind in ('r', 'p', 'f', 'v', 'm'))) --@ whole
 where a.attrelid = any ($1) --@ part
   and a.attnum > 0
   and not a.attisdropped
