-- What belongs to extensions.
select d.classid as classoid, d.objid as objoid
  from pg_catalog.pg_depend d
 where d.refclassid = 'pg_catalog.pg_extension'::regclass
   and d.deptype = 'e'
