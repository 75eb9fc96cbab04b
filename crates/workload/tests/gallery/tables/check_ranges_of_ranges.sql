-- Ranges that are not empty, bounded, long enough.
create table season (
    id integer primary key,
    during daterange not null check (not isempty(during)),
    open tstzrange not null check (lower(open) is not null and upper(open) is null),
    numbers int4range not null check (lower(numbers) >= 1 and upper(numbers) <= 100 and not isempty(numbers)),
    length_of daterange not null check (upper(length_of) - lower(length_of) = 7)
);
