-- Columns that are computed when they are read.
-- needs: server 18
create table line_item (
    id integer primary key,
    price numeric(8,2) not null check (price > 0),
    amount integer not null check (amount > 0),
    total numeric(12,2) generated always as (price * amount) virtual
);
