-- Arrays of every kind, of two dimensions as well.
create table arrays (
    numbers integer[] not null,
    words text[] not null,
    matrix integer[][] not null,
    flags boolean[] not null,
    moments timestamptz[] not null,
    uuids uuid[] not null,
    documents jsonb[] not null,
    ranges int4range[] not null,
    limited varchar(4)[] not null,
    exact numeric(6,2)[] not null,
    fixed char(3)[] not null
);
