-- Unique jsonb, arrays, ranges, bits.
create table oddity (
    data jsonb not null unique,
    tags text[] not null unique,
    span int4range not null unique,
    mask bit(12) not null unique,
    raw bytea not null unique
);
