-- A list of a whole database starts from the built-in default, one of a schema from nothing.
select d.oid,
       'of ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(d.defaclrole))
         || coalesce(' in schema ' || pg_catalog.quote_ident(n.nspname), '')
         || ' on ' || case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
                                           when 'T' then 'types' when 'n' then 'schemas' else 'large objects' end as name,
       d.defaclacl::text[] as acl
  from pg_catalog.pg_default_acl d
  left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace
 where true
   /*only d.oid*/
