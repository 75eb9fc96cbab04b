-- A text that must be longer than it can be.
-- expect: public.impossible: short 0
create table impossible (code varchar(3) not null check (code ~ '^[a-z]{5}$'));
create table possible (code varchar(5) not null check (code ~ '^[a-z]{5}$'));
