select a.oid,
       a.amname as name,
       case a.amtype when 't' then 'table' else 'index' end as target,
       a.amhandler::regprocedure::text as handler
  from pg_catalog.pg_am a
 where a.oid >= 16384
   /*only a.oid*/
