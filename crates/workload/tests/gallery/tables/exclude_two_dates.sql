-- A period of two columns, made a range in the constraint only.
-- needs: btree_gist
create table contract (
    id integer primary key,
    employee integer not null,
    starts_on date not null,
    ends_on date not null,
    check (starts_on < ends_on),
    exclude using gist (employee with =, daterange(starts_on, ends_on, '[]') with &&)
);
