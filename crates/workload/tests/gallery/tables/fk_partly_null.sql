-- A composite foreign key of which one column may be NULL: then the other refers to nothing.
create table warehouse_place (
    warehouse integer not null,
    place integer not null,
    primary key (warehouse, place)
);
create table pallet (
    id integer primary key,
    warehouse integer not null,
    place integer,
    foreign key (warehouse, place) references warehouse_place
);
