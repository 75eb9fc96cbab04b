select e.oid,
       e.evtname as name,
       pg_catalog.pg_get_userbyid(e.evtowner) as owner,
       e.evtevent as event,
       e.evtfoid::regprocedure::text as function,
       case e.evtenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' else 'origin' end
         as enabled,
       array(select t from pg_catalog.unnest(e.evttags) t order by t collate "C") as tags
  from pg_catalog.pg_event_trigger e
 where e.oid >= 16384
   /*only e.oid*/
