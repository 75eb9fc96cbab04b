select p.oid,
       p.pubname as name,
       pg_catalog.pg_get_userbyid(p.pubowner) as owner,
       p.puballtables as all_tables,
       array(select o from (values ('insert', p.pubinsert), ('update', p.pubupdate), ('delete', p.pubdelete),
                                   ('truncate', p.pubtruncate)) o (o, published) where published) as operations,
       p.pubviaroot as via_root,
       'none' as generated_columns, --@ <18
       case p.pubgencols when 's' then 'stored' else 'none' end as generated_columns, --@ >=18
       array(select pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
                      || coalesce(' (' || (select pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' order by a.attnum) --@ >=15
                                             from pg_catalog.pg_attribute a --@ >=15
                                            where a.attrelid = pr.prrelid and a.attnum = any (pr.prattrs)) || ')', '') --@ >=15
                      || coalesce(' WHERE ' || pg_catalog.pg_get_expr(pr.prqual, pr.prrelid), '') --@ >=15
               from pg_catalog.pg_publication_rel pr
               join pg_catalog.pg_class c on c.oid = pr.prrelid
               join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              where pr.prpubid = p.oid
              order by n.nspname, c.relname) as tables,
       '{}'::text[] as schemas --@ <15
       array(select n.nspname --@ >=15
               from pg_catalog.pg_publication_namespace pn --@ >=15
               join pg_catalog.pg_namespace n on n.oid = pn.pnnspid --@ >=15
              where pn.pnpubid = p.oid --@ >=15
              order by n.nspname) as schemas --@ >=15
  from pg_catalog.pg_publication p
 where p.oid >= 16384
   /*only p.oid*/
