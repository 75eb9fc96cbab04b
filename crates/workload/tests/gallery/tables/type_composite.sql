-- Composite types, nested, and arrays of them.
create type street_address as (street text, number varchar(6), code char(5));
create type full_address as (line street_address, city text, moved date, tags text[]);
create table residents (
    id integer primary key,
    home street_address not null,
    work full_address not null,
    former full_address[] not null
);
