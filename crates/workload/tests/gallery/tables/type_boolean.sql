-- Booleans, one of which must be true.
create table switches (
    id integer primary key,
    is_on boolean not null,
    accepted boolean not null check (accepted),
    maybe boolean
);
