-- Dates and times with every precision.
create table moments (
    day date not null,
    at_time time not null,
    at_seconds time(0) not null,
    at_zone timetz not null,
    stamp timestamp not null,
    stamp_seconds timestamp(0) not null,
    stamp_millis timestamp(3) not null,
    zone timestamptz not null,
    zone_minutes timestamptz(0) not null
);
