-- A primary key of two columns, neither of them unique alone.
create table shelf (
    aisle smallint not null check (aisle between 1 and 12),
    place smallint not null check (place between 1 and 40),
    label text not null,
    primary key (aisle, place)
);
