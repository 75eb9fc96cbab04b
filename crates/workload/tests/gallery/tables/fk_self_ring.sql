-- A ring: each row has exactly one successor, which is no other's, and not itself.
create table relay (
    id integer primary key,
    successor integer not null unique references relay (id) deferrable initially deferred,
    check (successor <> id)
);
