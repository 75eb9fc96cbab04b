-- Rows that are there already: they are parents, they hold keys, and they stay.
create table role_of (id integer primary key, name text not null unique);
insert into role_of values (1, 'admin'), (2, 'editor'), (3, 'reader');
create table staff (
    id serial primary key,
    role_id integer not null references role_of,
    email text not null unique
);
insert into staff (role_id, email) values (1, 'ada@example.org'), (2, 'bob@example.org');
insert into staff (id, role_id, email) values (57, 3, 'eve@example.org');
create table log (line text not null);
insert into log select 'line ' || n from generate_series(1, 500) n;
