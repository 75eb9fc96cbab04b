-- More than five and less than three.
-- expect: public.impossible: short 0
create table impossible (x integer not null check (x > 5 and x < 3));
create table possible (x integer not null check (x > 5));
