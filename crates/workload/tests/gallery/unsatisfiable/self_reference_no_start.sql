-- Every row refers to one with a smaller number: there can be no first.
-- expect: public.endless: short 0
create table endless (id integer primary key, before integer not null references endless, check (before < id));
create table possible (id integer primary key);
