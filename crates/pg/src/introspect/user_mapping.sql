-- Through the view, which hides the options from those who may not see them.
select u.umid as oid,
       'for ' || case when u.umuser = 0 then 'public' else pg_catalog.quote_ident(u.usename) end
         || ' server ' || pg_catalog.quote_ident(u.srvname) as name,
       array(select o from pg_catalog.unnest(u.umoptions) o order by o collate "C") as options
  from pg_catalog.pg_user_mappings u
 where u.umid >= 16384
   /*only u.umid*/
