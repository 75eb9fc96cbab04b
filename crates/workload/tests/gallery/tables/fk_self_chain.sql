-- A chain: each row is followed by at most one other.
create table train_car (
    id integer primary key,
    next_id integer unique references train_car (id),
    seats smallint not null check (seats > 0),
    check (next_id is distinct from id)
);
