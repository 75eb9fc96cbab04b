-- A tree: the parent is a row of the same table, or none.
create table category (
    id integer generated always as identity primary key,
    parent_id integer references category (id),
    name text not null
);
create index on category (parent_id);
