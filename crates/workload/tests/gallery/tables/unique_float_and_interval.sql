-- Unique floats, intervals and times: values that are equal in more than one notation.
create table measurement (
    reading double precision not null unique,
    coarse real not null unique,
    lasted interval not null unique,
    at_time time not null unique,
    with_zone timetz not null unique
);
