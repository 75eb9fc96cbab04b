select o.oid,
       n.nspname as schema,
       o.oprname as name,
       case when o.oprleft = 0 then 'NONE' else pg_catalog.format_type(o.oprleft, null) end
         || ', ' || case when o.oprright = 0 then 'NONE' else pg_catalog.format_type(o.oprright, null) end as signature,
       pg_catalog.pg_get_userbyid(o.oprowner) as owner,
       nullif(o.oprcode::oid, 0)::regprocedure::text as function,
       case when o.oprresult <> 0 then pg_catalog.format_type(o.oprresult, null) end as result,
       nullif(o.oprcom, 0)::regoperator::text as commutator,
       nullif(o.oprnegate, 0)::regoperator::text as negator,
       nullif(o.oprrest::oid, 0)::regprocedure::text as restrict,
       nullif(o.oprjoin::oid, 0)::regprocedure::text as join,
       o.oprcanhash as hashes,
       o.oprcanmerge as merges
  from pg_catalog.pg_operator o
  join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
 where o.oid >= 16384
   /*only o.oid*/
