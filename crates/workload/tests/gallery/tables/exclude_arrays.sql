-- Arrays without a common element.
-- needs: intarray
create table lock_group (
    id integer primary key,
    members integer[] not null check (cardinality(members) > 0),
    exclude using gist (members gist__int_ops with &&)
);
