-- A composite type whose fields are domains, and a domain over a composite type.
create domain money_amount as numeric(12,2) check (value >= 0);
create domain iso_currency as char(3) check (value ~ '^[A-Z]{3}$');
create type price as (amount money_amount, currency iso_currency);
create domain real_price as price check ((value).amount is not null and (value).currency is not null);
create table offer (
    id integer primary key,
    list_price price not null,
    net_price real_price not null,
    steps price[]
);
