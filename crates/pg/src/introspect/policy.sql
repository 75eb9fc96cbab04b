select p.oid,
       p.polrelid::regclass as container,
       p.polname as name,
       case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete'
                     else 'all' end as command,
       p.polpermissive as permissive,
       -- Role 0 is PUBLIC.
       array(select case when r = 0 then 'public' else pg_catalog.pg_get_userbyid(r)::text end
               from pg_catalog.unnest(p.polroles) r
              order by 1) as roles,
       pg_catalog.pg_get_expr(p.polqual, p.polrelid) as using,
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as check
  from pg_catalog.pg_policy p
 where p.oid >= 16384
   /*only p.oid*/
