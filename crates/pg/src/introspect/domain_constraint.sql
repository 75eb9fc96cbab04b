-- Checks of domains.
select con.oid,
       n.nspname as schema,
       t.typname as relation,
       con.conname as name,
       'check' as form,
       '{}'::text[] as columns,
       null::text as index,
       pg_catalog.pg_get_expr(con.conbin, 0) as expression,
       '{}'::text[] as operators,
       null::text as references,
       '{}'::text[] as referenced_columns,
       null::text as matching,
       null::text as on_update,
       null::text as on_delete,
       '{}'::text[] as on_delete_columns,
       con.condeferrable as deferrable,
       con.condeferred as initially_deferred,
       con.convalidated as validated,
       true as enforced,
       false as period,
       con.connoinherit as no_inherit,
       con.conislocal as local,
       con.coninhcount::integer as inherited
  from pg_catalog.pg_constraint con
  join pg_catalog.pg_type t on t.oid = con.contypid
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
 where con.oid >= 16384
   and con.contype = 'c'
   /*only con.oid*/
