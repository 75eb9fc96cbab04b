-- Six levels of references, keys handed down.
create table continent (id smallint primary key check (id between 1 and 7), name text not null);
create table nation (id integer primary key, continent_id smallint not null references continent, name text not null);
create table province (id integer primary key, nation_id integer not null references nation, name text not null);
create table town (id integer primary key, province_id integer not null references province, name text not null);
create table street (id integer primary key, town_id integer not null references town, name text not null);
create table house (id integer primary key, street_id integer not null references street, number varchar(6) not null, unique (street_id, number));
