select c.oid,
       n.nspname as schema,
       c.relname as name,
       pg_catalog.pg_get_userbyid(c.relowner) as owner,
       c.relacl::text[] as acl,
       case when c.relacl is not null then pg_catalog.acldefault('r', c.relowner)::text[] end as acl_default,
       pg_catalog.pg_get_viewdef(c.oid) as query,
       am.amname as access_method,
       ts.spcname as tablespace,
       array(select o from pg_catalog.unnest(c.reloptions) o order by o collate "C") as options,
       array(select o from pg_catalog.unnest(toast.reloptions) o order by o collate "C") as toast_options,
       case c.relreplident when 'n' then 'nothing' when 'f' then 'full' when 'i' then 'index' else 'default' end
         as replica_identity,
       '{}'::text[] as depends_on_extensions
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_am am on am.oid = c.relam
  left join pg_catalog.pg_tablespace ts on ts.oid = c.reltablespace
  left join pg_catalog.pg_class toast on toast.oid = c.reltoastrelid
 where c.oid >= 16384
   and c.relkind = 'm'
   /*only c.oid*/
