-- A domain without values.
-- expect: public.impossible: short 0
create domain no_value as integer not null check (value < 0) check (value > 0);
create table impossible (id integer primary key, value no_value);
create table possible (id integer primary key);
