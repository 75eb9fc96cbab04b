-- Unique among some rows only: one open order for each customer, and each ticket number once while it is valid.
create table ticket (
    id integer primary key,
    customer integer not null check (customer between 1 and 30),
    number smallint not null check (number between 1 and 60),
    is_open boolean not null,
    cancelled_at timestamptz
);
create unique index ticket_one_open on ticket (customer) where is_open;
create unique index ticket_valid_number on ticket (number) where cancelled_at is null;
