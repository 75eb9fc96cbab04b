select t.oid,
       'for ' || pg_catalog.format_type(t.trftype, null) || ' language ' || pg_catalog.quote_ident(l.lanname) as name,
       nullif(t.trffromsql::oid, 0)::regprocedure::text as from_sql,
       nullif(t.trftosql::oid, 0)::regprocedure::text as to_sql
  from pg_catalog.pg_transform t
  join pg_catalog.pg_language l on l.oid = t.trflang
 where t.oid >= 16384
   /*only t.oid*/
