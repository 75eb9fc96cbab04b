-- Security labels.
select l.classoid, l.objoid, l.objsubid, l.provider || ': ' || l.label as text
  from pg_catalog.pg_seclabel l
 order by l.provider
