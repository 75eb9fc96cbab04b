-- Columns that PostgreSQL computes: in a key, in a check, from each kind of type.
create table rectangle (
    id integer primary key,
    width numeric(6,2) not null check (width > 0),
    height numeric(6,2) not null check (height > 0),
    area numeric(14,4) generated always as (width * height) stored check (area < 250000),
    label text not null,
    label_key text generated always as (upper(label)) stored,
    search tsvector generated always as (to_tsvector('simple', label)) stored,
    unique (label_key)
);
