select f.oid,
       f.fdwname as name,
       pg_catalog.pg_get_userbyid(f.fdwowner) as owner,
       f.fdwacl::text[] as acl,
       case when f.fdwacl is not null then pg_catalog.acldefault('F', f.fdwowner)::text[] end as acl_default,
       nullif(f.fdwhandler, 0)::regprocedure::text as handler,
       nullif(f.fdwvalidator, 0)::regprocedure::text as validator,
       array(select o from pg_catalog.unnest(f.fdwoptions) o order by o collate "C") as options
  from pg_catalog.pg_foreign_data_wrapper f
 where f.oid >= 16384
   /*only f.oid*/
