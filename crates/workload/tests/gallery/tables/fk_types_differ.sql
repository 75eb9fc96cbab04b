-- The columns of a foreign key differ in type from those they refer to.
create domain ref as bigint check (value > 0);
create table target (id integer primary key, code varchar(10) not null unique);
create table source (
    id smallint primary key,
    target_id bigint references target (id),
    target_ref ref references target (id),
    target_code text references target (code)
);
