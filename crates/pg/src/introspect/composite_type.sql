-- Composite types that stand alone; the rows of tables and views are theirs.
select c.oid,
       n.nspname as schema,
       c.relname as name,
       pg_catalog.pg_get_userbyid(t.typowner) as owner,
       t.typacl::text[] as acl,
       case when t.typacl is not null then pg_catalog.acldefault('T', t.typowner)::text[] end as acl_default,
       -- Comments and labels are on the type, while everything else of it is in pg_class.
       t.oid as type_oid,
       coalesce(
         (select pg_catalog.json_agg(
                   pg_catalog.json_build_object(
                     'name', a.attname,
                     'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
                     'collation', case when a.attcollation <> at.typcollation
                                       then nullif(a.attcollation, 0)::regcollation::text end,
                     'comment', pg_catalog.col_description(c.oid, a.attnum))
                   order by a.attnum)
            from pg_catalog.pg_attribute a
            join pg_catalog.pg_type at on at.oid = a.atttypid
           where a.attrelid = c.oid
             and a.attnum > 0
             and not a.attisdropped),
         '[]') as fields
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_type t on t.oid = c.reltype
 where c.oid >= 16384
   and c.relkind = 'c'
   /*only c.oid*/
