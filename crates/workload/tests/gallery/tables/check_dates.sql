-- Dates in the past, on working days, on the first of a month, of age.
create table appointment (
    id integer primary key,
    born date not null check (born <= current_date),
    adult_since date not null check (adult_since >= born + 6574),
    day date not null check (extract(dow from day) between 1 and 5),
    month date not null check (extract(day from month) = 1),
    quarter date not null check (date_trunc('quarter', quarter) = quarter),
    at timestamp not null check (at::time between '08:00' and '18:00'),
    made_at timestamptz not null default now() check (made_at <= now()),
    year integer not null check (year <= extract(year from current_date))
);
