select c.oid,
       n.nspname as schema,
       c.collname as name,
       pg_catalog.pg_get_userbyid(c.collowner) as owner,
       case c.collprovider when 'c' then 'libc' when 'i' then 'icu' when 'b' then 'builtin' else 'default' end as provider,
       c.collisdeterministic as deterministic,
       -- Before 15 these were of type name, and the ICU locale was in both.
       c.collcollate::text as lc_collate,
       c.collctype::text as lc_ctype,
       null::text as locale, --@ <15
       c.colliculocale::text as locale, --@ >=15 <17
       c.colllocale::text as locale, --@ >=17
       null::text as rules --@ <16
       c.collicurules::text as rules --@ >=16
  from pg_catalog.pg_collation c
  join pg_catalog.pg_namespace n on n.oid = c.collnamespace
 where c.oid >= 16384
   /*only c.oid*/
