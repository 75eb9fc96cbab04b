-- Prices with a period each: exactly one open, none overlapping, and a table that points at the price of the day.
-- needs: btree_gist
create table product (id integer primary key, sku text not null unique check (sku ~ '^[A-Z]{2}-[0-9]{5}$'), name text not null);
create table product_price (
    product_id integer not null references product,
    valid_from timestamptz not null,
    valid_to timestamptz,
    price numeric(10,2) not null check (price >= 0.01),
    currency char(3) not null default 'EUR' check (currency = upper(currency)),
    primary key (product_id, valid_from),
    check (valid_to is null or valid_from < valid_to),
    exclude using gist (product_id with =, tstzrange(valid_from, valid_to) with &&)
);
create unique index product_price_open on product_price (product_id) where valid_to is null;
create table purchase (
    id bigint generated always as identity primary key,
    product_id integer not null,
    priced_at timestamptz not null,
    quantity integer not null check (quantity between 1 and 1000),
    foreign key (product_id, priced_at) references product_price (product_id, valid_from)
);
