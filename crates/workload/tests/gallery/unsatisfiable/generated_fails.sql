-- A computed column that divides by zero for every row.
-- expect: public.impossible: short 0
create table impossible (id integer primary key, a integer not null, b integer generated always as (a / (a - a)) stored);
create table possible (id integer primary key);
