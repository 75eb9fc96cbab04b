-- Parts that add up to a whole.
create table budget (
    id integer primary key,
    salaries integer not null check (salaries >= 0),
    travel integer not null check (travel >= 0),
    rest integer not null check (rest >= 0),
    total integer not null,
    check (salaries + travel + rest = total),
    check (total <= 1000000)
);
