-- Comments on what users made, and on the schema public and on plpgsql, which are theirs to change.
select d.classoid, d.objoid, d.objsubid, d.description as text
  from pg_catalog.pg_description d
 where d.objoid >= 16384
union all
select d.classoid, d.objoid, d.objsubid, d.description
  from pg_catalog.pg_description d
 where d.classoid = 'pg_catalog.pg_namespace'::regclass
   and d.objoid = (select n.oid from pg_catalog.pg_namespace n where n.nspname = 'public' and n.oid < 16384)
union all
select d.classoid, d.objoid, d.objsubid, d.description
  from pg_catalog.pg_extension e
  join pg_catalog.pg_description d on d.classoid = 'pg_catalog.pg_extension'::regclass and d.objoid = e.oid
 where e.oid < 16384
