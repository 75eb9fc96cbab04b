-- The primary key is the reference.
create table customer (
    id bigint generated always as identity primary key,
    name text not null
);
create table customer_profile (
    customer_id bigint primary key references customer on delete cascade,
    biography text,
    birth_date date
);
create table customer_secret (
    customer_id bigint primary key references customer_profile,
    hash bytea not null check (octet_length(hash) = 32)
);
