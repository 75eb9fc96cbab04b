-- Schemas made by users, and public, which is there from the start but is the user's to change.
select n.oid,
       n.nspname as name,
       pg_catalog.pg_get_userbyid(n.nspowner) as owner,
       n.nspacl::text[] as acl,
       case when n.nspacl is not null then pg_catalog.acldefault('n', n.nspowner)::text[] end as acl_default
  from pg_catalog.pg_namespace n
 where (n.oid >= 16384 or n.nspname = 'public')
   -- Schemas for temporary and TOAST tables come and go with sessions and tables.
   and n.nspname !~ '^pg_(toast|temp|toast_temp)'
   /*only n.oid*/
