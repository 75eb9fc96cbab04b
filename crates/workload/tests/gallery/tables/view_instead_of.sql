-- Views, one of them with a trigger instead of its insert, and a materialized one: only the table gets rows.
create table stock_item (id integer primary key, name text not null, amount integer not null check (amount >= 0));
create view stock_known as select id, name from stock_item;
create view stock_editable as select id, name, amount * 2 as doubled from stock_item;
create function stock_editable_insert() returns trigger language plpgsql as $$
begin
    raise exception 'nobody writes into this view';
end $$;
create trigger stock_editable_insert instead of insert on stock_editable for each row execute function stock_editable_insert();
create materialized view stock_sum as select sum(amount) as amount from stock_item;
