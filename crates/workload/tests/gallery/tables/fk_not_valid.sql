-- Constraints that are not validated hold for new rows all the same, and stay as they are.
create table shop (id integer primary key, name text not null);
create table sale (id integer primary key, shop_id integer, amount integer);
alter table sale add constraint sale_shop foreign key (shop_id) references shop not valid;
alter table sale add constraint sale_amount check (amount > 0) not valid;
