select p.oid,
       n.nspname as schema,
       p.prsname as name,
       p.prsstart::oid::regprocedure::text as start,
       p.prstoken::oid::regprocedure::text as token,
       p.prsend::oid::regprocedure::text as end,
       nullif(p.prsheadline::oid, 0)::regprocedure::text as headline,
       p.prslextype::oid::regprocedure::text as lextypes
  from pg_catalog.pg_ts_parser p
  join pg_catalog.pg_namespace n on n.oid = p.prsnamespace
 where p.oid >= 16384
   /*only p.oid*/
