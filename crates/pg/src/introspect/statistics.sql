select s.oid,
       s.stxrelid as container,
       n.nspname as schema,
       s.stxname as name,
       pg_catalog.pg_get_userbyid(s.stxowner) as owner,
       pg_catalog.pg_get_statisticsobjdef(s.oid) as definition,
       case when s.stxstattarget >= 0 then s.stxstattarget::integer end as target
  from pg_catalog.pg_statistic_ext s
  join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
 where s.oid >= 16384
   /*only s.oid*/
