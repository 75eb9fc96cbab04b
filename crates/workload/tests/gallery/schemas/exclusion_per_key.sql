-- Rooms of hotels, stays that do not overlap in a room, prices that do not overlap for a kind of room.
-- needs: btree_gist
create table hotel (id integer primary key, name text not null, stars smallint check (stars between 1 and 5));
create table room (
    hotel_id integer not null references hotel,
    number smallint not null check (number between 1 and 400),
    kind text not null check (kind in ('single', 'double', 'suite')),
    primary key (hotel_id, number)
);
create table guest (id integer primary key, name text not null, passport text not null unique check (passport ~ '^[A-Z]{2}\d{7}$'));
create table stay (
    id integer generated always as identity primary key,
    hotel_id integer not null,
    room smallint not null,
    guest_id integer not null references guest,
    during daterange not null check (not isempty(during) and lower(during) is not null and upper(during) is not null),
    cancelled_at timestamptz,
    foreign key (hotel_id, room) references room,
    exclude using gist (hotel_id with =, room with =, during with &&) where (cancelled_at is null),
    exclude using gist (guest_id with =, during with &&)
);
create table rate (
    hotel_id integer not null references hotel,
    kind text not null check (kind in ('single', 'double', 'suite')),
    starts_on date not null,
    ends_on date not null,
    price numeric(8,2) not null check (price between 20 and 2000),
    check (ends_on > starts_on),
    exclude using gist (hotel_id with =, kind with =, daterange(starts_on, ends_on) with &&)
);
