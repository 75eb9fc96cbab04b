-- Periods that neither overlap nor touch.
create table maintenance (
    id integer primary key,
    during daterange not null check (not isempty(during)),
    exclude using gist (during with &&),
    exclude using gist (during with -|-)
);
