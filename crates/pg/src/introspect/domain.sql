select t.oid,
       n.nspname as schema,
       t.typname as name,
       pg_catalog.pg_get_userbyid(t.typowner) as owner,
       t.typacl::text[] as acl,
       case when t.typacl is not null then pg_catalog.acldefault('T', t.typowner)::text[] end as acl_default,
       pg_catalog.format_type(t.typbasetype, t.typtypmod) as type,
       case when t.typcollation <> base.typcollation then nullif(t.typcollation, 0)::regcollation::text end
         as collation,
       t.typnotnull as not_null,
       -- typdefault is the text as it was when set; the tree in typdefaultbin follows renames.
       coalesce(pg_catalog.pg_get_expr(t.typdefaultbin, 0), t.typdefault) as default
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  join pg_catalog.pg_type base on base.oid = t.typbasetype
 where t.oid >= 16384
   and t.typtype = 'd'
   /*only t.oid*/
