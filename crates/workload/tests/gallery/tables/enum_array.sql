-- Arrays of enums.
create type weekday as enum ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun');
create table opening (
    id integer primary key,
    days weekday[] not null check (cardinality(days) between 1 and 7),
    closed weekday check (closed in ('sat', 'sun')),
    after weekday not null check (after > 'tue')
);
