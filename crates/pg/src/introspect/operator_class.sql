select c.oid,
       n.nspname as schema,
       c.opcname as name,
       am.amname as signature,
       pg_catalog.pg_get_userbyid(c.opcowner) as owner,
       pg_catalog.quote_ident(fn.nspname) || '.' || pg_catalog.quote_ident(f.opfname) as family,
       pg_catalog.format_type(c.opcintype, null) as input,
       case when c.opckeytype <> 0 then pg_catalog.format_type(c.opckeytype, null) end as storage,
       c.opcdefault as default,
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
                   from pg_catalog.pg_depend d
                   join pg_catalog.pg_amop a on a.oid = d.objid
                  where d.refclassid = 'pg_catalog.pg_opclass'::regclass
                    and d.refobjid = c.oid
                    and d.classid = 'pg_catalog.pg_amop'::regclass
                 union all
                 select 'function ' || p.amprocnum || ' (' || pg_catalog.format_type(p.amproclefttype, null) || ', '
                          || pg_catalog.format_type(p.amprocrighttype, null) || ') ' || p.amproc::oid::regprocedure::text,
                        1, p.amprocnum
                   from pg_catalog.pg_depend d
                   join pg_catalog.pg_amproc p on p.oid = d.objid
                  where d.refclassid = 'pg_catalog.pg_opclass'::regclass
                    and d.refobjid = c.oid
                    and d.classid = 'pg_catalog.pg_amproc'::regclass) members
          order by sort_1, sort_2, item collate "C") as members
  from pg_catalog.pg_opclass c
  join pg_catalog.pg_namespace n on n.oid = c.opcnamespace
  join pg_catalog.pg_am am on am.oid = c.opcmethod
  join pg_catalog.pg_opfamily f on f.oid = c.opcfamily
  join pg_catalog.pg_namespace fn on fn.oid = f.opfnamespace
 where c.oid >= 16384
   /*only c.oid*/
