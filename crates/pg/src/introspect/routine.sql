select p.oid,
       n.nspname as schema,
       p.proname as name,
       -- Input types alone identify a routine; oidvectortypes leaves out the schema of types on the search path,
       -- which is empty while this runs.
       pg_catalog.oidvectortypes(p.proargtypes) as signature,
       pg_catalog.pg_get_userbyid(p.proowner) as owner,
       p.proacl::text[] as acl,
       case when p.proacl is not null then pg_catalog.acldefault('f', p.proowner)::text[] end as acl_default,
       case p.prokind when 'p' then 'procedure' when 'w' then 'window' else 'function' end as form,
       pg_catalog.pg_get_function_arguments(p.oid) as arguments,
       pg_catalog.pg_get_function_result(p.oid) as result,
       l.lanname as language,
       p.prosrc as source,
       p.probin as library,
       null::text as sql_body, --@ <14
       pg_catalog.pg_get_function_sqlbody(p.oid) as sql_body, --@ >=14
       case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility,
       p.proisstrict as strict,
       p.prosecdef as security_definer,
       p.proleakproof as leakproof,
       case p.proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end as parallel,
       p.procost as cost,
       p.prorows as rows,
       nullif(p.prosupport::oid, 0)::regprocedure::text as support,
       coalesce(p.proconfig, '{}') as settings,
       case when p.protrftypes is null then '{}'::text[]
            else array(select pg_catalog.format_type(u, null) from pg_catalog.unnest(p.protrftypes) u) end as transforms,
       '{}'::text[] as depends_on_extensions
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  join pg_catalog.pg_language l on l.oid = p.prolang
 where p.oid >= 16384
   and p.prokind <> 'a'
   -- Constructors of range and multirange types belong to the type.
   and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_proc'::regclass
                      and d.objid = p.oid
                      and d.refclassid = 'pg_catalog.pg_type'::regclass
                      and d.deptype = 'i')
   /*only p.oid*/
