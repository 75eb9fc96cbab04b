-- Seats of a hall, shows that do not overlap there, and each seat once in a show.
-- needs: btree_gist
create table hall (id smallint primary key, name text not null unique, seat_rows smallint not null check (seat_rows between 1 and 40));
create table seat (
    hall_id smallint not null references hall,
    seat_row char(1) not null check (seat_row ~ '^[A-Z]$'),
    number smallint not null check (number between 1 and 30),
    class text not null default 'normal' check (class in ('normal', 'box')),
    primary key (hall_id, seat_row, number)
);
create table show (
    id integer generated always as identity,
    hall_id smallint not null references hall,
    starts_at timestamp not null,
    minutes smallint not null check (minutes between 30 and 240),
    title text not null,
    primary key (id),
    unique (id, hall_id),
    exclude using gist (hall_id with =, tsrange(starts_at, starts_at + interval '5 hours') with &&)
);
create table seat_booking (
    show_id integer not null,
    hall_id smallint not null,
    seat_row char(1) not null,
    number smallint not null,
    state text not null check (state in ('held', 'paid')),
    held_until timestamptz,
    customer text not null,
    primary key (show_id, seat_row, number),
    foreign key (show_id, hall_id) references show (id, hall_id),
    foreign key (hall_id, seat_row, number) references seat,
    check ((state = 'held') = (held_until is not null))
);
