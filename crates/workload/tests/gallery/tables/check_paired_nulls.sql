-- Both or none, and at least one.
create table position_of (
    id integer primary key,
    latitude double precision check (latitude between -90 and 90),
    longitude double precision check (longitude between -180 and 180),
    phone text,
    email text,
    check ((latitude is null) = (longitude is null)),
    check (coalesce(phone, email) is not null)
);
