select t.oid,
       t.tgrelid::regclass as container,
       t.tgname as name,
       pg_catalog.pg_get_triggerdef(t.oid) as definition,
       t.tgfoid::regprocedure::text as function,
       case t.tgenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' else 'origin' end
         as enabled,
       t.tgparentid <> 0 as inherited,
       array(select e.extname::text
               from pg_catalog.pg_depend d
               join pg_catalog.pg_extension e on e.oid = d.refobjid
              where d.classid = 'pg_catalog.pg_trigger'::regclass
                and d.objid = t.oid
                and d.refclassid = 'pg_catalog.pg_extension'::regclass
                and d.deptype = 'x'
              order by 1) as depends_on_extensions
  from pg_catalog.pg_trigger t
 where t.oid >= 16384
   -- Internal ones are how foreign keys and deferrable constraints work.
   and not t.tgisinternal
   /*only t.oid*/
