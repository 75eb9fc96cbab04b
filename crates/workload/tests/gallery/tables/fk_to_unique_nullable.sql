-- The key that is referred to may be NULL in its table: such rows are nobody's parent.
create table badge (
    number integer unique,
    colour text not null
);
create table entry (
    id integer primary key,
    badge integer not null references badge (number)
);
