-- Procedural languages; the built-in ones (internal, c, sql) have low OIDs.
select l.oid,
       l.lanname as name,
       pg_catalog.pg_get_userbyid(l.lanowner) as owner,
       l.lanacl::text[] as acl,
       case when l.lanacl is not null then pg_catalog.acldefault('l', l.lanowner)::text[] end as acl_default,
       l.lanpltrusted as trusted,
       nullif(l.lanplcallfoid, 0)::regprocedure::text as handler,
       nullif(l.laninline, 0)::regprocedure::text as inline,
       nullif(l.lanvalidator, 0)::regprocedure::text as validator
  from pg_catalog.pg_language l
 where l.lanispl
   and l.oid >= 16384
   /*only l.oid*/
