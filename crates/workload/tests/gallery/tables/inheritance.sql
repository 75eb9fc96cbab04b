-- Children of two parents, with a key of their own and more columns.
create table being (id integer primary key, name text not null);
create table swimmer (depth integer check (depth < 0));
create table fish (species text not null, primary key (id)) inherits (being, swimmer);
create table shark (teeth smallint not null check (teeth > 0), primary key (id)) inherits (fish);
