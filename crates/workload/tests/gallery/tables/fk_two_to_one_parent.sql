-- Two references to one parent, which must differ.
create table city (
    id integer primary key,
    name text not null
);
create table flight (
    id integer primary key,
    origin integer not null references city,
    destination integer not null references city,
    check (origin <> destination)
);
