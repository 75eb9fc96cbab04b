-- A pair of references, kept in order, each pair once.
create table player (
    id integer primary key,
    name text not null
);
create table friendship (
    low integer not null references player,
    high integer not null references player,
    since date,
    primary key (low, high),
    check (low < high)
);
