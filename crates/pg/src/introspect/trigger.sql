select t.oid,
       t.tgrelid::regclass as container,
       t.tgname as name,
       pg_catalog.pg_get_triggerdef(t.oid) as definition,
       t.tgfoid::regprocedure::text as function,
       case t.tgenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' else 'origin' end
         as enabled,
       t.tgparentid <> 0 as inherited,
       '{}'::text[] as depends_on_extensions
  from pg_catalog.pg_trigger t
 where t.oid >= 16384
   -- Internal ones are how foreign keys and deferrable constraints work.
   and not t.tgisinternal
   /*only t.oid*/
