-- Indexes of each access method.
create table indexed (
    id integer primary key,
    word text not null,
    spot point not null,
    span int4range not null,
    tags text[] not null,
    made timestamp not null,
    address inet not null
);
create index on indexed using hash (word);
create index on indexed using gist (spot);
create index on indexed using gist (span);
create index on indexed using gin (tags);
create index on indexed using brin (made);
create index on indexed using spgist (address);
