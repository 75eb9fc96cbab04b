-- Three keys in a ring over three small columns: at most 10 x 10 rows, and no two agree in any pair.
-- expect: public.seating: some
create table seating (
    a smallint not null check (a between 1 and 10),
    b smallint not null check (b between 1 and 10),
    c smallint not null check (c between 1 and 10),
    unique (a, b),
    unique (b, c),
    unique (c, a)
);
