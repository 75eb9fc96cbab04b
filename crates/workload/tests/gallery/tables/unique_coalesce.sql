-- Unique on an expression that gives NULL a value: at most one row has no country.
create table office (
    name text not null,
    country char(2)
);
create unique index office_once on office (name, coalesce(country, ''));
create unique index office_country on office (coalesce(country, 'XX'));
