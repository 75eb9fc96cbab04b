-- The foreign keys refer to unique keys, not to the primary key.
create table currency (
    id integer primary key,
    code char(3) not null unique check (code ~ '^[A-Z]{3}$'),
    name text unique
);
create table wallet (
    id integer primary key,
    currency char(3) not null references currency (code),
    currency_name text references currency (name)
);
