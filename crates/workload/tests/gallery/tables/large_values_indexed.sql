-- A text that is free in length, in a b-tree: an entry of an index has room for 2,700 bytes.
create table memo (
    title text not null unique,
    body text not null,
    data jsonb not null
);
create index on memo (body);
