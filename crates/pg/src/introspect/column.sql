select a.attrelid as oid,
       a.attnum as sub_oid,
       a.attrelid::regclass as container,
       a.attname as name,
       a.attacl::text[] as acl,
       pg_catalog.row_number() over (partition by a.attrelid order by a.attnum)::integer as position,
       pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
       case when a.attcollation <> t.typcollation then nullif(a.attcollation, 0)::regcollation::text end as collation,
       a.attnotnull as not_null,
       case when a.attgenerated = '' then pg_catalog.pg_get_expr(d.adbin, 0) end as default,
       case when a.attgenerated <> '' then pg_catalog.pg_get_expr(d.adbin, d.adrelid) end as generated,
       case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end as generated_kind,
       case a.attidentity when 'a' then 'always' when 'd' then 'by_default' end as identity,
       case when a.attstorage <> t.typstorage then
         case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end
       end as storage,
       null::text as compression, --@ <14
       case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end as compression, --@ >=14
       case when a.attstattarget >= 0 then a.attstattarget::integer end as statistics,
       case when a.attoptions is null then '{}'
            else array(select o from pg_catalog.unnest(a.attoptions) o order by o collate "C") end as options,
       case when a.attfdwoptions is null then '{}'
            else array(select o from pg_catalog.unnest(a.attfdwoptions) o order by o collate "C") end as foreign_options,
       a.attislocal as local,
       a.attinhcount::integer as inherited
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_class c on c.oid = a.attrelid
  join pg_catalog.pg_type t on t.oid = a.atttypid
  left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where a.attrelid >= 16384
   and a.attnum > 0
   and not a.attisdropped
   and c.relkind in ('r', 'p', 'f', 'v', 'm')
   /*only a.attrelid*/
