-- References between schemas, and the same name in two of them.
create schema sales;
create schema stock;
create table sales.item (id integer primary key, title text not null);
create table stock.item (id integer primary key, item_id integer not null references sales.item, amount integer not null check (amount >= 0));
create table sales.movement (id integer primary key, stock_item integer not null references stock.item);
create type sales.state as enum ('a', 'b');
create type stock.state as enum ('c', 'd', 'e');
create table sales.thing (id integer primary key, here sales.state not null, there stock.state not null);
