-- Intervals, with fields and precision.
create table durations (
    free interval not null,
    years interval year not null,
    months interval year to month not null,
    days interval day not null,
    hours interval day to hour not null,
    seconds interval second(0) not null,
    clock interval hour to minute not null,
    positive interval not null check (positive > '0'::interval),
    at_most interval not null check (at_most between '1 hour' and '2 days')
);
