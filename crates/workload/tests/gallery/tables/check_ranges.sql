-- Lower and upper bounds, open and closed, in every spelling.
create table product (
    id integer primary key,
    price numeric(10,2) not null check (price > 0 and price < 100000),
    discount numeric(4,3) check (discount >= 0 and discount <= 1),
    stock integer not null check (stock >= 0),
    rating smallint check (rating between 1 and 5),
    year smallint not null check (not (year < 1900 or year > 2030)),
    temperature real check (temperature > '-273.15'),
    weight double precision check (0 < weight and 1000 >= weight),
    balance money check (balance >= '0'::money and balance <= '1000'::money)
);
