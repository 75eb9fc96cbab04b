-- Addresses of one family, hosts, networks of a size.
create table host (
    id integer primary key,
    v4 inet not null check (family(v4) = 4),
    v6 inet not null check (family(v6) = 6),
    net cidr not null check (masklen(net) = 24),
    inside inet not null check (inside << '10.0.0.0/8'),
    single inet not null check (masklen(single) = 32)
);
