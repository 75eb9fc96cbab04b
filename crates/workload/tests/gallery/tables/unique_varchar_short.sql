-- Unique texts with little room: three characters of lower case letters.
create table airport (
    code varchar(3) not null unique check (code ~ '^[a-z]{3}$'),
    city varchar(5) not null unique
);
