-- A sequence with room for forty more.
-- expect: public.coin: some
create sequence coin_number as smallint maxvalue 60 start with 21;
create table coin (id smallint primary key default nextval('coin_number') check (id <= 60), title text not null);
