-- Every row refers to another row of its table, and none to itself.
create table buddy (
    id integer primary key,
    buddy_id integer not null references buddy (id),
    name text not null,
    check (buddy_id <> id)
);
