select c.oid,
       n.nspname as schema,
       c.cfgname as name,
       pg_catalog.pg_get_userbyid(c.cfgowner) as owner,
       pg_catalog.quote_ident(pn.nspname) || '.' || pg_catalog.quote_ident(p.prsname) as parser,
       array(select (select t.alias from pg_catalog.ts_token_type(c.cfgparser) t where t.tokid = m.maptokentype)
                      || ': '
                      || pg_catalog.string_agg(m.mapdict::regdictionary::text, ', ' order by m.mapseqno)
               from pg_catalog.pg_ts_config_map m
              where m.mapcfg = c.oid
              group by m.maptokentype
              order by m.maptokentype) as mappings
  from pg_catalog.pg_ts_config c
  join pg_catalog.pg_namespace n on n.oid = c.cfgnamespace
  join pg_catalog.pg_ts_parser p on p.oid = c.cfgparser
  join pg_catalog.pg_namespace pn on pn.oid = p.prsnamespace
 where c.oid >= 16384
   /*only c.oid*/
