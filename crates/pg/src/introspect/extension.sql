-- Extensions. plpgsql is one too: it can be dropped.
select e.oid,
       e.extname as name,
       pg_catalog.pg_get_userbyid(e.extowner) as owner,
       n.nspname as schema,
       e.extversion as version
  from pg_catalog.pg_extension e
  join pg_catalog.pg_namespace n on n.oid = e.extnamespace
 where true
   /*only e.oid*/
