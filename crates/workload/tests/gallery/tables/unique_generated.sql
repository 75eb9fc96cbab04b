-- A unique key on a column that PostgreSQL computes.
create table person (
    first_name text not null,
    last_name text not null,
    slug text generated always as (lower(first_name) || '-' || lower(last_name)) stored unique
);
