select s.oid,
       s.srvname as name,
       pg_catalog.pg_get_userbyid(s.srvowner) as owner,
       s.srvacl::text[] as acl,
       case when s.srvacl is not null then pg_catalog.acldefault('S', s.srvowner)::text[] end as acl_default,
       f.fdwname as wrapper,
       s.srvtype as type,
       s.srvversion as version,
       array(select o from pg_catalog.unnest(s.srvoptions) o order by o collate "C") as options
  from pg_catalog.pg_foreign_server s
  join pg_catalog.pg_foreign_data_wrapper f on f.oid = s.srvfdw
 where s.oid >= 16384
   /*only s.oid*/
