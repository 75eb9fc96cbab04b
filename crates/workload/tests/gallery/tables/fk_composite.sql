-- A foreign key of two columns.
create table building (
    city text not null,
    number integer not null,
    name text,
    primary key (city, number)
);
create table flat (
    id integer primary key,
    city text not null,
    number integer not null,
    floor smallint not null check (floor between -2 and 30),
    foreign key (city, number) references building (city, number)
);
