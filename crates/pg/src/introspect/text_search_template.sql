select t.oid,
       n.nspname as schema,
       t.tmplname as name,
       nullif(t.tmplinit::oid, 0)::regprocedure::text as init,
       t.tmpllexize::oid::regprocedure::text as lexize
  from pg_catalog.pg_ts_template t
  join pg_catalog.pg_namespace n on n.oid = t.tmplnamespace
 where t.oid >= 16384
   /*only t.oid*/
