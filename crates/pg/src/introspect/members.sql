-- What belongs to extensions ('e'), and what depends on them by choice ('x').
select d.classid as classoid, d.objid as objoid, d.deptype::text as form, e.extname::text as extension
  from pg_catalog.pg_depend d
  join pg_catalog.pg_extension e on e.oid = d.refobjid
 where d.refclassid = 'pg_catalog.pg_extension'::regclass
   and d.deptype in ('e', 'x')
 order by e.extname
