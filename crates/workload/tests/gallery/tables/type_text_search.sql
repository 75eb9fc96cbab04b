-- Vectors and queries of the text search.
create table searches (
    id integer primary key,
    vector tsvector not null,
    query tsquery not null
);
create index on searches using gin (vector);
