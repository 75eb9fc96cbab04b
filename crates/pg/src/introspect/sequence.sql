select c.oid,
       n.nspname as schema,
       c.relname as name,
       pg_catalog.pg_get_userbyid(c.relowner) as owner,
       c.relacl::text[] as acl,
       case when c.relacl is not null then pg_catalog.acldefault('s', c.relowner)::text[] end as acl_default,
       case c.relpersistence when 'u' then 'unlogged' else 'permanent' end as persistence,
       pg_catalog.format_type(s.seqtypid, null) as type,
       s.seqstart as start,
       s.seqincrement as increment,
       s.seqmin as minimum,
       s.seqmax as maximum,
       s.seqcache as cache,
       s.seqcycle as cycle,
       null as owned_by,
       coalesce(d.deptype = 'i', false) as identity,
       -- The reader names the column, and sees when it becomes another.
       d.refobjid as owner_relation,
       d.refobjsubid as owner_column
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_sequence s on s.seqrelid = c.oid
  -- OWNED BY is an automatic dependency on the column, identity an internal one.
  left join pg_catalog.pg_depend d
    on d.classid = 'pg_catalog.pg_class'::regclass
   and d.objid = c.oid
   and d.objsubid = 0
   and d.refclassid = 'pg_catalog.pg_class'::regclass
   and d.deptype in ('a', 'i')
 where c.oid >= 16384
   and c.relkind = 'S'
   and c.relpersistence <> 't'
   /*only c.oid*/
