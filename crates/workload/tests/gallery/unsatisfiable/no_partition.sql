-- A partitioned table without partitions, and one whose only partition refuses everything.
-- expect: public.bare: any 0
-- expect: public.refusing: short 0
-- expect: public.refusing_a: any
create table bare (id integer, kind text) partition by list (kind);
create table refusing (id integer, kind text) partition by list (kind);
create table refusing_a partition of refusing (check (kind <> 'a')) for values in ('a');
create table possible (id integer primary key);
