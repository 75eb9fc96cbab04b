-- A reference, NOT NULL, to a table that cannot be filled; and one that may be NULL.
-- expect: public.parent: short 0
-- expect: public.child: short 0
-- expect: public.grandchild: short 0
create table parent (id integer primary key check (id <> id));
create table child (id integer primary key, parent_id integer not null references parent);
create table grandchild (id integer primary key, child_id integer not null references child);
create table stepchild (id integer primary key, parent_id integer references parent);
