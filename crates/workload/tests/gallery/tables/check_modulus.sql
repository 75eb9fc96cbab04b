-- Multiples, odd numbers, and steps of five minutes.
create table slot (
    id integer primary key check (id % 10 = 0),
    odd integer not null check (odd % 2 = 1),
    minute smallint not null check (minute between 0 and 59 and mod(minute, 5) = 0),
    bits integer not null check ((bits & 4) = 4)
);
