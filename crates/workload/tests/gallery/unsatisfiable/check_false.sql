-- A check that is never true.
-- expect: public.impossible: short 0 never
create table impossible (id integer primary key, constraint never check (false));
create table possible (id integer primary key);
