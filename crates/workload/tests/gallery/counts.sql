-- The tables and how many rows are in them: those of children that inherit are with the children, and those of partitions
-- with the tables above as well. Foreign tables and views are none, and are not asked.
begin;
set local client_min_messages = error;
create temporary table counted (oid oid, rows bigint) on commit drop;
do $$
declare
    it oid;
    rows bigint;
begin
    for it in
        select c.oid
          from pg_catalog.pg_class c
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r'
           and n.nspname not in ('pg_catalog', 'information_schema')
           and n.nspname not like 'pg\_temp\_%' and n.nspname not like 'pg\_toast%'
    loop
        execute pg_catalog.format('select pg_catalog.count(*) from only %s', it::regclass) into rows;
        insert into pg_temp.counted values (it, rows);
    end loop;
end $$;
select pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C",
       case
           when not c.relispartition then 'whole'
           when pg_catalog.pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT' then 'default'
           else 'partition'
       end,
       case c.relkind
           when 'r' then (select t.rows from pg_temp.counted t where t.oid = c.oid)
           else coalesce((select pg_catalog.sum(t.rows) from pg_catalog.pg_partition_tree(c.oid) p join pg_temp.counted t on t.oid = p.relid), 0)
       end
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'p' or c.oid in (select t.oid from pg_temp.counted t)
 order by 1;
rollback;
