-- A check that does not hold for children, and children with more checks.
create table vehicle (
    id integer primary key,
    wheels smallint not null,
    constraint four check (wheels = 4) no inherit
);
create table bicycle (
    constraint two check (wheels = 2)
) inherits (vehicle);
