-- Base types and shells. Arrays belong to their element, rows to their relation.
select t.oid,
       n.nspname as schema,
       t.typname as name,
       pg_catalog.pg_get_userbyid(t.typowner) as owner,
       t.typacl::text[] as acl,
       case when t.typacl is not null then pg_catalog.acldefault('T', t.typowner)::text[] end as acl_default,
       t.typisdefined as defined,
       nullif(t.typinput::oid, 0)::regprocedure::text as input,
       nullif(t.typoutput::oid, 0)::regprocedure::text as output,
       nullif(t.typreceive::oid, 0)::regprocedure::text as receive,
       nullif(t.typsend::oid, 0)::regprocedure::text as send,
       nullif(t.typmodin::oid, 0)::regprocedure::text as modifier_input,
       nullif(t.typmodout::oid, 0)::regprocedure::text as modifier_output,
       nullif(t.typanalyze::oid, 0)::regprocedure::text as analyze,
       null::text as subscript, --@ <14
       nullif(t.typsubscript::oid, 0)::regprocedure::text as subscript, --@ >=14
       t.typlen as length,
       t.typbyval as by_value,
       t.typalign::text as alignment,
       t.typstorage::text as storage,
       t.typcategory::text as category,
       t.typispreferred as preferred,
       t.typdelim::text as delimiter,
       case when t.typelem <> 0 then pg_catalog.format_type(t.typelem, null) end as element,
       t.typdefault as default,
       t.typcollation <> 0 as collatable
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
 where t.oid >= 16384
   and t.typtype in ('b', 'p')
   -- An array type is the one that its element names as its array.
   and not exists (select from pg_catalog.pg_type element where element.typarray = t.oid and element.oid = t.typelem)
   /*only t.oid*/
