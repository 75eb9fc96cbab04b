-- Two tables refer to each other, NOT NULL on both sides, checked at the end of the transaction.
create table husband (id integer primary key, wife_id integer not null unique, name text not null);
create table wife (id integer primary key, husband_id integer not null unique references husband deferrable initially deferred, name text not null);
alter table husband add foreign key (wife_id) references wife deferrable;
