select c.oid,
       '(' || pg_catalog.format_type(c.castsource, null) || ' AS ' || pg_catalog.format_type(c.casttarget, null) || ')'
         as name,
       case c.castmethod when 'f' then 'function' when 'i' then 'inout' else 'binary' end as method,
       nullif(c.castfunc, 0)::regprocedure::text as function,
       case c.castcontext when 'e' then 'explicit' when 'a' then 'assignment' else 'implicit' end as context
  from pg_catalog.pg_cast c
 where c.oid >= 16384
   -- The cast of a range to its multirange belongs to the type.
   and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_cast'::regclass
                      and d.objid = c.oid
                      and d.deptype = 'i')
   /*only c.oid*/
