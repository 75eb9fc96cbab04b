select c.oid,
       n.nspname as schema,
       c.conname as name,
       pg_catalog.pg_get_userbyid(c.conowner) as owner,
       pg_catalog.pg_encoding_to_char(c.conforencoding)::text as source,
       pg_catalog.pg_encoding_to_char(c.contoencoding)::text as target,
       c.conproc::oid::regprocedure::text as function,
       c.condefault as default
  from pg_catalog.pg_conversion c
  join pg_catalog.pg_namespace n on n.oid = c.connamespace
 where c.oid >= 16384
   /*only c.oid*/
