-- Every action on delete and on update.
create table owner (id integer primary key, name text not null);
create table pet (
    id integer primary key,
    a integer references owner on delete cascade on update cascade,
    b integer references owner on delete set null on update set null,
    c integer not null default 1 references owner on delete set default on update no action,
    d integer references owner on delete restrict on update restrict
);
