-- A key over two booleans and an enum: 2 x 2 x 3 rows.
-- expect: public.combination: any 12
create type size as enum ('S', 'M', 'L');
create table combination (
    lid boolean not null,
    sleeve boolean not null,
    size size not null,
    stock integer not null default 0,
    primary key (lid, sleeve, size)
);
