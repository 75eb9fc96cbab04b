-- Ranges in the key and in an exclusion, beside rows that hold without an end.
-- needs: btree_gist
create type tax_class as enum ('standard', 'reduced', 'zero');
create table land (code char(2) primary key, name text not null unique);
create table tax (
    land_code char(2) not null references land,
    class tax_class not null,
    during daterange not null check (not isempty(during)),
    rate numeric(5,2) not null,
    primary key (land_code, class, during),
    exclude using gist (land_code with =, class with =, during with &&)
);
insert into land values ('AT', 'Austria'), ('BE', 'Belgium'), ('CH', 'Switzerland'), ('DE', 'Germany');
insert into tax select code, class, daterange('2026-01-01', null), 10 from land, unnest(enum_range(null::tax_class)) class;
