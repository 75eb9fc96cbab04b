-- Six keys on one table, each by itself.
create table device (
    id integer primary key,
    serial_number text not null unique,
    mac macaddr not null unique,
    address inet not null unique,
    registered_at timestamptz not null unique,
    token uuid not null unique
);
