-- No two bookings of a room overlap.
-- needs: btree_gist
create table room (id integer primary key, name text not null);
create table booking (
    id integer generated always as identity primary key,
    room_id integer not null references room,
    during tsrange not null,
    cancelled boolean not null default false,
    constraint booking_overlap exclude using gist (room_id with =, during with &&) where (not cancelled)
);
