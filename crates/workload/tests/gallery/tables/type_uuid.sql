-- UUIDs, with a default and without.
create table tokens (
    id uuid primary key,
    made uuid not null default gen_random_uuid() unique,
    parent uuid references tokens
);
