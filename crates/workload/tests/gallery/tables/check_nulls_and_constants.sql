-- Checks that say little: always true, of NULL, of columns that are NOT NULL twice over.
create table strange (
    a integer check (true),
    b integer check (b is not null),
    c integer check (c = c),
    d integer check (null),
    e integer not null check (e is not null and e > 0),
    f text check (f is null),
    g boolean check (g),
    h boolean not null check (not h)
);
