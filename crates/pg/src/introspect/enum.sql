select t.oid,
       n.nspname as schema,
       t.typname as name,
       pg_catalog.pg_get_userbyid(t.typowner) as owner,
       t.typacl::text[] as acl,
       case when t.typacl is not null then pg_catalog.acldefault('T', t.typowner)::text[] end as acl_default,
       array(select e.enumlabel::text from pg_catalog.pg_enum e where e.enumtypid = t.oid order by e.enumsortorder)
         as values
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
 where t.oid >= 16384
   and t.typtype = 'e'
   /*only t.oid*/
