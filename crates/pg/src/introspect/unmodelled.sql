-- What is there and not modelled, as (kind, name). The last part finds catalogs of newer servers.
select 'large object' as kind, oid::text as name
  from pg_catalog.pg_largeobject_metadata
union all
select 'setting of the database', case when s.setrole = 0 then '' else 'for role ' || pg_catalog.pg_get_userbyid(s.setrole) || ': ' end || c
  from pg_catalog.pg_db_role_setting s
  join pg_catalog.pg_database d on d.oid = s.setdatabase and d.datname = pg_catalog.current_database()
 cross join pg_catalog.unnest(s.setconfig) c
union all
select 'privileges on built-in function', p.oid::regprocedure::text || ' ' || p.proacl::text
  from pg_catalog.pg_proc p
  left join pg_catalog.pg_init_privs i on i.objoid = p.oid and i.classoid = 'pg_catalog.pg_proc'::regclass and i.objsubid = 0
 where p.oid < 16384 and p.proacl is not null and p.proacl is distinct from coalesce(i.initprivs, pg_catalog.acldefault('f', p.proowner))
union all
select 'privileges on built-in relation', c.oid::regclass::text || ' ' || c.relacl::text
  from pg_catalog.pg_class c
  left join pg_catalog.pg_init_privs i on i.objoid = c.oid and i.classoid = 'pg_catalog.pg_class'::regclass and i.objsubid = 0
 where c.relnamespace = 'pg_catalog'::regnamespace and c.oid < 16384 and c.relacl is not null and c.relacl is distinct from coalesce(i.initprivs, pg_catalog.acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner))
union all
select 'privileges on built-in language', l.lanname || ' ' || l.lanacl::text
  from pg_catalog.pg_language l
  left join pg_catalog.pg_init_privs i on i.objoid = l.oid and i.classoid = 'pg_catalog.pg_language'::regclass and i.objsubid = 0
 where l.oid < 16384 and l.lanacl is not null and l.lanacl is distinct from coalesce(i.initprivs, pg_catalog.acldefault('l', l.lanowner))
union all
select 'privileges on built-in type', t.oid::regtype::text || ' ' || t.typacl::text
  from pg_catalog.pg_type t
  left join pg_catalog.pg_init_privs i on i.objoid = t.oid and i.classoid = 'pg_catalog.pg_type'::regclass and i.objsubid = 0
 where t.oid < 16384 and t.typacl is not null and t.typacl is distinct from coalesce(i.initprivs, pg_catalog.acldefault('T', t.typowner))
union all
select 'privileges on built-in schema', n.nspname || ' ' || n.nspacl::text
  from pg_catalog.pg_namespace n
  left join pg_catalog.pg_init_privs i on i.objoid = n.oid and i.classoid = 'pg_catalog.pg_namespace'::regclass and i.objsubid = 0
 where n.oid < 16384 and n.nspname not in ('public', 'information_schema') and n.nspacl is not null and n.nspacl is distinct from coalesce(i.initprivs, pg_catalog.acldefault('n', n.nspowner))
union all
select 'privileges on a member of an extension', pg_catalog.pg_describe_object('pg_catalog.pg_class'::regclass, c.oid, 0) || ' ' || c.relacl::text
  from pg_catalog.pg_depend d
  join pg_catalog.pg_class c on c.oid = d.objid
  left join pg_catalog.pg_init_privs i on i.objoid = c.oid and i.classoid = 'pg_catalog.pg_class'::regclass and i.objsubid = 0
 where d.refclassid = 'pg_catalog.pg_extension'::regclass and d.deptype = 'e' and d.classid = 'pg_catalog.pg_class'::regclass
   and c.relacl is not null and c.relacl is distinct from coalesce(i.initprivs, pg_catalog.acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner))
union all
select 'privileges on a member of an extension', pg_catalog.pg_describe_object('pg_catalog.pg_proc'::regclass, p.oid, 0) || ' ' || p.proacl::text
  from pg_catalog.pg_depend d
  join pg_catalog.pg_proc p on p.oid = d.objid
  left join pg_catalog.pg_init_privs i on i.objoid = p.oid and i.classoid = 'pg_catalog.pg_proc'::regclass and i.objsubid = 0
 where d.refclassid = 'pg_catalog.pg_extension'::regclass and d.deptype = 'e' and d.classid = 'pg_catalog.pg_proc'::regclass
   and p.proacl is not null and p.proacl is distinct from coalesce(i.initprivs, pg_catalog.acldefault('f', p.proowner))
union all
select 'privileges on a column that Cogway does not read', c.oid::regclass::text || '.' || a.attname || ' ' || a.attacl::text
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_class c on c.oid = a.attrelid
  left join pg_catalog.pg_init_privs i on i.objoid = c.oid and i.classoid = 'pg_catalog.pg_class'::regclass and i.objsubid = a.attnum
 where a.attacl is not null and a.attacl is distinct from i.initprivs
   and (a.attnum < 0 or c.relkind = 'S' or c.relnamespace = 'pg_catalog'::regnamespace)
union all
select 'relation of a kind unknown to Cogway', c.oid::regclass::text || ' (' || c.relkind::text || ')'
  from pg_catalog.pg_class c
 where c.oid >= 16384 and c.relkind not in ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I', 'c', 't')
union all
select 'rows in a catalog unknown to Cogway', c.relname
  from pg_catalog.pg_class c
 where c.relnamespace = 'pg_catalog'::regnamespace
   and c.relkind = 'r'
   and c.relname not in (
     'pg_aggregate', 'pg_am', 'pg_amop', 'pg_amproc', 'pg_attrdef', 'pg_attribute', 'pg_auth_members', 'pg_authid',
     'pg_cast', 'pg_class', 'pg_collation', 'pg_constraint', 'pg_conversion', 'pg_database', 'pg_db_role_setting',
     'pg_default_acl', 'pg_depend', 'pg_description', 'pg_enum', 'pg_event_trigger', 'pg_extension',
     'pg_foreign_data_wrapper', 'pg_foreign_server', 'pg_foreign_table', 'pg_index', 'pg_inherits', 'pg_init_privs',
     'pg_language', 'pg_largeobject', 'pg_largeobject_metadata', 'pg_namespace', 'pg_opclass', 'pg_operator',
     'pg_opfamily', 'pg_parameter_acl', 'pg_partitioned_table', 'pg_policy', 'pg_proc', 'pg_publication',
     'pg_publication_namespace', 'pg_publication_rel', 'pg_range', 'pg_replication_origin', 'pg_rewrite',
     'pg_seclabel', 'pg_sequence', 'pg_shdepend', 'pg_shdescription', 'pg_shseclabel', 'pg_statistic',
     'pg_statistic_ext', 'pg_statistic_ext_data', 'pg_subscription', 'pg_subscription_rel', 'pg_tablespace',
     'pg_transform', 'pg_trigger', 'pg_ts_config', 'pg_ts_config_map', 'pg_ts_dict', 'pg_ts_parser',
     'pg_ts_template', 'pg_type', 'pg_user_mapping')
   and pg_catalog.pg_relation_size(c.oid) > 0
