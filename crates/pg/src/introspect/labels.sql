-- Security labels; those of subscriptions are in the shared catalog.
select l.classoid, l.objoid, l.objsubid, l.provider || ': ' || l.label as text
  from pg_catalog.pg_seclabel l
union all
select l.classoid, l.objoid, 0, l.provider || ': ' || l.label
  from pg_catalog.pg_shseclabel l
 where l.classoid = 'pg_catalog.pg_subscription'::regclass
 order by text
