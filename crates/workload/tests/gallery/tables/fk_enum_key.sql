-- References to a table whose key is an enum.
-- expect: public.unit: any 4
create type unit_code as enum ('kg', 'm', 's', 'A');
create table unit (code unit_code primary key, title text not null);
create table quantity (
    id integer primary key,
    unit unit_code not null references unit,
    value numeric not null
);
