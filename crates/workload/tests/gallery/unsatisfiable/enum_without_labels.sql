-- An enum without labels, in a column that may not be NULL, and in one that may.
-- expect: public.impossible: short 0
create type nothing as enum ();
create table impossible (id integer primary key, value nothing not null);
create table possible (id integer primary key, value nothing);
