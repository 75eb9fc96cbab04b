-- Addresses of networks and of network cards.
create table interfaces (
    id integer primary key,
    address inet not null unique,
    network cidr not null,
    mac macaddr not null unique,
    mac8 macaddr8 not null unique
);
