-- A small domain of which rows that are there hold a part.
-- expect: public.day_plan: any 31
create table day_plan (day smallint primary key check (day between 1 and 31), plan text);
insert into day_plan select n, 'taken' from generate_series(1, 31, 2) n;
