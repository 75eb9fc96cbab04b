-- Numbers of every kind and precision.
create table numbers (
    small smallint not null,
    whole integer not null,
    large bigint not null,
    single real not null,
    double double precision not null,
    free numeric not null,
    exact numeric(10,2) not null,
    whole_exact numeric(5) not null,
    fraction numeric(5,5) not null,
    hundreds numeric(3,-2) not null,
    tiny numeric(2,4) not null,
    wide numeric(38,18) not null,
    cost money not null,
    bounded numeric(4,1) not null check (bounded > 999 or bounded < -999)
);
