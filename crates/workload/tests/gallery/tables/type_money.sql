-- Money.
create table till (
    id integer primary key,
    amount money not null,
    tip money check (tip >= '0'::money)
);
