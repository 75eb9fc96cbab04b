select f.oid,
       n.nspname as schema,
       f.opfname as name,
       am.amname as signature,
       pg_catalog.pg_get_userbyid(f.opfowner) as owner,
       -- Members that belong to a class depend on it internally or automatically; loose ones only on the family.
       array(
         select item
           from (select 'operator ' || a.amopstrategy || ' ' || a.amopopr::regoperator::text
                          || case when a.amopsortfamily <> 0 then
                               (select ' FOR ORDER BY ' || pg_catalog.quote_ident(sn.nspname) || '.' || pg_catalog.quote_ident(sf.opfname)
                                  from pg_catalog.pg_opfamily sf
                                  join pg_catalog.pg_namespace sn on sn.oid = sf.opfnamespace
                                 where sf.oid = a.amopsortfamily)
                             else '' end as item,
                        0 as sort_1, a.amopstrategy as sort_2
                   from pg_catalog.pg_amop a
                  where a.amopfamily = f.oid
                    and not exists (select from pg_catalog.pg_depend d
                                     where d.classid = 'pg_catalog.pg_amop'::regclass
                                       and d.objid = a.oid
                                       and d.refclassid = 'pg_catalog.pg_opclass'::regclass)
                 union all
                 select 'function ' || p.amprocnum || ' (' || pg_catalog.format_type(p.amproclefttype, null) || ', '
                          || pg_catalog.format_type(p.amprocrighttype, null) || ') ' || p.amproc::oid::regprocedure::text,
                        1, p.amprocnum
                   from pg_catalog.pg_amproc p
                  where p.amprocfamily = f.oid
                    and not exists (select from pg_catalog.pg_depend d
                                     where d.classid = 'pg_catalog.pg_amproc'::regclass
                                       and d.objid = p.oid
                                       and d.refclassid = 'pg_catalog.pg_opclass'::regclass)) members
          order by sort_1, sort_2, item collate "C") as members
  from pg_catalog.pg_opfamily f
  join pg_catalog.pg_namespace n on n.oid = f.opfnamespace
  join pg_catalog.pg_am am on am.oid = f.opfmethod
 where f.oid >= 16384
   /*only f.oid*/
