-- Numbers with precision that are unique.
-- expect: public.precise: any 99
create table precise (
    hundreds numeric(3,-2) not null unique,
    tenth numeric(2,1) primary key check (tenth > 0),
    tiny numeric(2,4) not null unique check (tiny >= 0),
    double double precision not null unique check (double between 0 and 1)
);
