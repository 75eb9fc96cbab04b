-- A column is computed from others, and checked.
create table invoice_line (
    id integer primary key,
    price numeric(10,2) not null check (price >= 0),
    quantity integer not null check (quantity between 1 and 99),
    total numeric(14,2) not null,
    rate numeric(3,2) not null check (rate in (0, 0.07, 0.19)),
    tax numeric(14,2) not null,
    check (total = price * quantity),
    check (tax = round(total * rate, 2))
);
