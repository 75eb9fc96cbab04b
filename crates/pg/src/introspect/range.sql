select t.oid,
       n.nspname as schema,
       t.typname as name,
       pg_catalog.pg_get_userbyid(t.typowner) as owner,
       t.typacl::text[] as acl,
       case when t.typacl is not null then pg_catalog.acldefault('T', t.typowner)::text[] end as acl_default,
       pg_catalog.format_type(r.rngsubtype, null) as subtype,
       (select pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(o.opcname)
          from pg_catalog.pg_opclass o
          join pg_catalog.pg_namespace cn on cn.oid = o.opcnamespace
         where o.oid = r.rngsubopc) as operator_class,
       nullif(r.rngcollation, 0)::regcollation::text as collation,
       nullif(r.rngcanonical::oid, 0)::regprocedure::text as canonical,
       nullif(r.rngsubdiff::oid, 0)::regprocedure::text as subtype_difference,
       null::text as multirange --@ <14
       pg_catalog.format_type(r.rngmultitypid, null) as multirange --@ >=14
  from pg_catalog.pg_range r
  join pg_catalog.pg_type t on t.oid = r.rngtypid
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
 where t.oid >= 16384
   /*only t.oid*/
