-- The rule called _RETURN is the query of a view.
select r.oid,
       r.ev_class::regclass as container,
       r.rulename as name,
       pg_catalog.pg_get_ruledef(r.oid) as definition,
       case r.ev_enabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' else 'origin' end
         as enabled
  from pg_catalog.pg_rewrite r
  join pg_catalog.pg_class c on c.oid = r.ev_class
 where r.oid >= 16384
   and r.rulename <> '_RETURN'
   /*only r.oid*/
