-- Constraints of tables. Relations and columns are resolved by the reader, which knows them already.
select con.oid,
       con.conrelid::regclass as container,
       con.conname as name,
       case con.contype when 'c' then 'check' when 'f' then 'foreign_key' when 'p' then 'primary_key'
                        when 'u' then 'unique' when 'x' then 'exclusion' else 'not_null' end as form,
       con.conkey as "columns of container",
       case when con.contype in ('p', 'u', 'x') then con.conindid::regclass end as index,
       case when con.contype = 'c' then pg_catalog.pg_get_expr(con.conbin, con.conrelid) end as expression,
       case when con.conexclop is null then '{}'
            else array(select o.operator::regoperator::text
                         from pg_catalog.unnest(con.conexclop) with ordinality o (operator, place)
                        order by o.place) end as operators,
       nullif(con.confrelid, 0)::regclass as references,
       con.confkey as "referenced_columns of references",
       case when con.contype = 'f' then
         case con.confmatchtype when 'f' then 'full' when 'p' then 'partial' else 'simple' end end as matching,
       case when con.contype = 'f' then
         case con.confupdtype when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set_null'
                              when 'd' then 'set_default' else 'no_action' end end as on_update,
       case when con.contype = 'f' then
         case con.confdeltype when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set_null'
                              when 'd' then 'set_default' else 'no_action' end end as on_delete,
       '{}'::text[] as on_delete_columns, --@ <15
       con.confdelsetcols as "on_delete_columns of container", --@ >=15
       con.condeferrable as deferrable,
       con.condeferred as initially_deferred,
       con.convalidated as validated,
       true as enforced, --@ <18
       con.conenforced as enforced, --@ >=18
       false as period, --@ <18
       con.conperiod as period, --@ >=18
       -- The flag of a partition's key depends on how the key came about.
       con.contype in ('c', 'n') and con.connoinherit as no_inherit,
       con.conislocal as local,
       con.coninhcount::integer as inherited
  from pg_catalog.pg_constraint con
 where con.oid >= 16384
   and con.conrelid <> 0
   -- A constraint trigger ('t') is a trigger.
   and con.contype in ('c', 'f', 'p', 'u', 'x') --@ <18
   and con.contype in ('c', 'f', 'p', 'u', 'x', 'n') --@ >=18
   -- A foreign key to a partitioned table has a row for each of its partitions, which is how it works.
   and not (con.conparentid <> 0
            and exists (select from pg_catalog.pg_constraint parent
                         where parent.oid = con.conparentid and parent.conrelid = con.conrelid))
   /*only con.oid*/
