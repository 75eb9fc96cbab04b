-- Every row refers to a row of its table, so at least one refers to itself or to a later one.
create table employee (
    id integer primary key,
    manager_id integer not null references employee (id),
    name text not null
);
