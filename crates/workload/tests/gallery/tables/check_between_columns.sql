-- Columns compared with each other.
create table event (
    id integer primary key,
    low integer not null,
    middle integer not null,
    high integer not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    doors_at timestamptz,
    from_day date not null,
    to_day date,
    check (low < high),
    check (low <= middle and middle <= high),
    check (ends_at > starts_at),
    check (ends_at <= starts_at + interval '8 hours'),
    check (doors_at <= starts_at - interval '30 minutes'),
    check (to_day is null or to_day >= from_day)
);
