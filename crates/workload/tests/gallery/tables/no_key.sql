-- No key at all, and everything may be NULL.
create table scratchpad (
    a integer,
    b text,
    c timestamptz
);
