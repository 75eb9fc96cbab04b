select c.oid,
       n.nspname as schema,
       c.relname as name,
       pg_catalog.pg_get_userbyid(c.relowner) as owner,
       c.relacl::text[] as acl,
       case when c.relacl is not null then pg_catalog.acldefault('r', c.relowner)::text[] end as acl_default,
       case c.relkind
         when 'r' then '"ordinary"'::json
         when 'p' then pg_catalog.json_build_object(
           'partitioned', pg_catalog.json_build_object('key', pg_catalog.pg_get_partkeydef(c.oid)))
         else (select pg_catalog.json_build_object('foreign', pg_catalog.json_build_object(
                        'server', s.srvname,
                        'options', array(select o from pg_catalog.unnest(f.ftoptions) o order by o collate "C")))
                 from pg_catalog.pg_foreign_table f
                 join pg_catalog.pg_foreign_server s on s.oid = f.ftserver
                where f.ftrelid = c.oid)
       end as form,
       case
         when c.relispartition then
           (select pg_catalog.json_build_object('partition', pg_catalog.json_build_object(
                     'of', pg_catalog.json_build_object('schema', pn.nspname, 'name', p.relname),
                     'bound', pg_catalog.pg_get_expr(c.relpartbound, c.oid)))
              from pg_catalog.pg_inherits i
              join pg_catalog.pg_class p on p.oid = i.inhparent
              join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
             where i.inhrelid = c.oid)
         else coalesce(
           (select pg_catalog.json_build_object('inherits', pg_catalog.json_build_object(
                     'parents', pg_catalog.json_agg(
                       pg_catalog.json_build_object('schema', pn.nspname, 'name', p.relname) order by i.inhseqno)))
              from pg_catalog.pg_inherits i
              join pg_catalog.pg_class p on p.oid = i.inhparent
              join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
             where i.inhrelid = c.oid
            having pg_catalog.count(*) > 0),
           '"root"'::json)
       end as ancestry,
       case c.relpersistence when 'u' then 'unlogged' else 'permanent' end as persistence,
       case when c.reloftype <> 0 then pg_catalog.format_type(c.reloftype, null) end as of_type,
       am.amname as access_method,
       case when c.reltablespace <> 0
            then (select ts.spcname from pg_catalog.pg_tablespace ts where ts.oid = c.reltablespace) end as tablespace,
       case when c.reloptions is not null
            then array(select o from pg_catalog.unnest(c.reloptions) o order by o collate "C") end as options,
       case when c.reltoastrelid <> 0
            then array(select o
                         from pg_catalog.pg_class toast
                        cross join pg_catalog.unnest(toast.reloptions) o
                        where toast.oid = c.reltoastrelid
                        order by o collate "C") end as toast_options,
       case c.relreplident when 'n' then 'nothing' when 'f' then 'full' when 'i' then 'index' else 'default' end
         as replica_identity,
       c.relrowsecurity as row_security,
       c.relforcerowsecurity as force_row_security
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_am am on am.oid = c.relam
 where c.oid >= 16384
   and c.relkind in ('r', 'p', 'f')
   and c.relpersistence <> 't'
   /*only c.oid*/
