-- Says what in a database breaks the rules of its own catalog: a line for each violation, and nothing when all is well.
--
-- Nothing is believed: constraints that PostgreSQL holds valid are made once more under another name, indexes are built
-- once more, and what neither can do is counted. Everything happens in one transaction that is rolled back.
begin;
set local client_min_messages = error;
set local statement_timeout = '60s';
-- No query may be answered from what the catalog says.
set local constraint_exclusion = off;

-- What is to be tried. A `statement` must succeed, and is undone; a `count` must give nothing but 0.
create temporary table probe (
    place integer generated always as identity,
    kind text not null,
    object text not null,
    way text not null check (way in ('statement', 'count')),
    sql text not null
) on commit drop;
create temporary table violation (place integer, kind text, object text, detail text) on commit drop;

-- With an empty path every name is written with its schema.
set local search_path = '';

create temporary view subject as
select c.oid, c.relkind, c.relispartition, c.oid::pg_catalog.regclass::text as name
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p')
   and n.nspname not in ('pg_catalog', 'information_schema')
   and n.nspname not like 'pg\_temp\_%' and n.nspname not like 'pg\_toast%';

create temporary view subject_column as
select s.*, a.attnum, a.attnotnull, a.attgenerated, a.atttypid,
       pg_catalog.quote_ident(a.attname) as attname,
       pg_catalog.format_type(a.atttypid, a.atttypmod) as type
  from pg_temp.subject s
  join pg_catalog.pg_attribute a on a.attrelid = s.oid and a.attnum > 0 and not a.attisdropped;

-- CHECK: each table has those of its parents as well, so leaves and ordinary tables are enough.
insert into pg_temp.probe (kind, object, way, sql)
select 'check', pg_catalog.format('%s of %s', k.conname, s.name), 'statement',
       pg_catalog.format('alter table %1$s add constraint judge_copy %2$s not valid; alter table %1$s validate constraint judge_copy',
                         s.name, pg_catalog.regexp_replace(pg_catalog.pg_get_constraintdef(k.oid), ' NOT VALID$', ''))
  from pg_catalog.pg_constraint k
  join pg_temp.subject s on s.oid = k.conrelid and s.relkind = 'r'
 where k.contype = 'c' and pg_catalog.pg_get_constraintdef(k.oid) not like '% NOT ENFORCED'
 order by 2;

-- Foreign keys: that of a partition is judged with that of its parent. Before version 18, one of a partitioned table
-- could not be made without validating it.
insert into pg_temp.probe (kind, object, way, sql)
select 'foreign key', pg_catalog.format('%s of %s', k.conname, s.name), 'statement',
       case s.relkind
       when 'p' then pg_catalog.format('alter table %s add constraint judge_copy %s', s.name, d.definition)
       else pg_catalog.format('alter table %1$s add constraint judge_copy %2$s not valid; alter table %1$s validate constraint judge_copy',
                              s.name, d.definition)
       end
  from pg_catalog.pg_constraint k
  join pg_temp.subject s on s.oid = k.conrelid
 cross join lateral (select pg_catalog.regexp_replace(pg_catalog.pg_get_constraintdef(k.oid), ' NOT VALID$', '')) as d (definition)
 where k.contype = 'f' and k.conparentid = 0 and d.definition not like '% NOT ENFORCED'
 order by 2;

-- EXCLUDE, and keys without overlaps, which are exclusion constraints at heart. There may be only one primary key.
insert into pg_temp.probe (kind, object, way, sql)
select 'exclusion', pg_catalog.format('%s of %s', k.conname, s.name), 'statement',
       pg_catalog.format('alter table %s add constraint judge_copy %s', s.name,
                         pg_catalog.regexp_replace(pg_catalog.pg_get_constraintdef(k.oid), '^PRIMARY KEY', 'UNIQUE'))
  from pg_catalog.pg_constraint k
  join pg_temp.subject s on s.oid = k.conrelid
  join pg_catalog.pg_index i on i.indexrelid = k.conindid and i.indisexclusion
 where k.conparentid = 0
 order by 2;

-- All other indexes: a unique one finds duplicates, and any of them an expression that fails. What is unique across the
-- partitions of a table is so in each, because the key holds what the bounds are about, and these are judged below.
insert into pg_temp.probe (kind, object, way, sql)
select case when i.indisunique then 'unique' else 'index' end, pg_catalog.format('%s of %s', x.relname, s.name), 'statement',
       'create ' || case when i.indisunique then 'unique ' else '' end || 'index judge_copy'
       || pg_catalog.substr(d.definition, pg_catalog.strpos(d.definition, ' INDEX ') + 7 + pg_catalog.length(pg_catalog.quote_ident(x.relname)))
  from pg_catalog.pg_index i
  join pg_catalog.pg_class x on x.oid = i.indexrelid
  join pg_temp.subject s on s.oid = i.indrelid and s.relkind = 'r'
 cross join lateral (select pg_catalog.pg_get_indexdef(i.indexrelid)) as d (definition)
 where not i.indisexclusion
 order by 2;

-- NULL. A row of NULLs is not NULL itself, so `is null` will not do; and from version 17 on the planner believes that a
-- column is NOT NULL where it sees through the question.
insert into pg_temp.probe (kind, object, way, sql)
select 'not null', pg_catalog.format('%s.%s', name, attname), 'count',
       pg_catalog.format('select pg_catalog.count(*) from only %s where pg_catalog.num_nulls(%s) > 0', name, attname)
  from pg_temp.subject_column
 where attnotnull and relkind = 'r'
 order by 2;

-- Values: through the notation and back. That finds what no domain, at any depth, would take, and what is longer or more
-- precise than its type.
insert into pg_temp.probe (kind, object, way, sql)
select 'value', pg_catalog.format('%s.%s', name, attname), 'count',
       pg_catalog.format('select pg_catalog.count(*) from only %1$s where %2$s::text::%3$s::text is distinct from %2$s::text', name, attname, type)
  from pg_temp.subject_column
 where relkind = 'r'
 order by 2;

-- The bounds of partitions, with those of the partitions above.
insert into pg_temp.probe (kind, object, way, sql)
select 'partition', s.name, 'count', pg_catalog.format('select pg_catalog.count(*) from only %s where (%s) is false', s.name, d.definition)
  from pg_temp.subject s
 cross join lateral (select pg_catalog.pg_get_partition_constraintdef(s.oid)) as d (definition)
 where s.relispartition and s.relkind = 'r' and d.definition is not null
 order by 2;

-- What PostgreSQL computes.
insert into pg_temp.probe (kind, object, way, sql)
select 'generated', pg_catalog.format('%s.%s', c.name, c.attname), 'count',
       pg_catalog.format('select pg_catalog.count(*) from only %s where (%s)::%s::text is distinct from %s::text', c.name,
                         pg_catalog.pg_get_expr(d.adbin, d.adrelid), c.type, c.attname)
  from pg_temp.subject_column c
  join pg_catalog.pg_attrdef d on d.adrelid = c.oid and d.adnum = c.attnum
 where c.attgenerated = 's' and c.relkind = 'r'
 order by 2;

-- Sequences: none will give a number that is taken already, where the column is a key.
insert into pg_temp.probe (kind, object, way, sql)
select distinct 'sequence', pg_catalog.format('%s for %s.%s', q.seqrelid::pg_catalog.regclass, c.name, c.attname), 'count',
       pg_catalog.format('select pg_catalog.count(*) from %1$s as t, %2$s as s where t.%3$s between %4$s and %5$s and (t.%3$s %6$s s.last_value or t.%3$s = s.last_value and not s.is_called)',
                         c.name, q.seqrelid::pg_catalog.regclass, c.attname, q.seqmin, q.seqmax, case when q.seqincrement > 0 then '>' else '<' end)
  from pg_temp.subject_column c
  left join pg_catalog.pg_attrdef d on d.adrelid = c.oid and d.adnum = c.attnum
  join pg_catalog.pg_depend p
    on p.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass and p.objid = d.oid and p.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    or p.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and p.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
       and p.refobjid = c.oid and p.refobjsubid = c.attnum and p.deptype = 'i'
  join pg_catalog.pg_sequence q on q.seqrelid in (p.objid, p.refobjid) and not q.seqcycle
 where c.atttypid in ('smallint'::pg_catalog.regtype, 'integer'::pg_catalog.regtype, 'bigint'::pg_catalog.regtype)
   and exists (select from pg_catalog.pg_index i where i.indrelid = c.oid and i.indisunique and i.indpred is null and i.indkey[0] = c.attnum and i.indnkeyatts = 1)
 order by 2;

-- What pg_dump does not show: indexes that are not used, and foreign keys that nobody enforces any more.
insert into pg_temp.violation (kind, object, detail)
select 'index', i.indexrelid::pg_catalog.regclass::text, 'it is not valid'
  from pg_catalog.pg_index i
  join pg_temp.subject s on s.oid = i.indrelid and s.relkind = 'r'
 where not (i.indisvalid and i.indisready and i.indislive);
insert into pg_temp.violation (kind, object, detail)
select distinct 'foreign key', pg_catalog.format('%s of %s', k.conname, s.name), 'its triggers are disabled'
  from pg_catalog.pg_trigger t
  join pg_temp.subject s on s.oid = t.tgrelid
  join pg_catalog.pg_constraint k on k.oid = t.tgconstraint and k.contype = 'f'
 where t.tgisinternal and t.tgenabled in ('D', 'R');

-- Functions in constraints may need the path that the database has.
set local search_path to default;

do $$
declare
    it record;
    violations bigint;
begin
    for it in select * from pg_temp.probe order by place loop
        begin
            if it.way = 'count' then
                execute it.sql into violations;
                if violations > 0 then
                    insert into pg_temp.violation values (it.place, it.kind, it.object, violations || ' rows');
                end if;
            else
                execute it.sql;
                -- To undo it.
                raise exception using errcode = 'JUDGE';
            end if;
        exception
            when sqlstate 'JUDGE' then null;
            when others then insert into pg_temp.violation values (it.place, it.kind, it.object, sqlerrm);
        end;
    end loop;
end $$;

select kind || ': ' || object || ': ' || detail from pg_temp.violation order by place nulls first, 1;
rollback;
