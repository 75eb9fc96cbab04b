-- A key with room for twelve rows.
-- expect: public.month: any 12
create table month (
    number smallint primary key check (number between 1 and 12),
    name text not null
);
