-- An exclusion constraint that says the same as a unique key, and one by a hash.
create table seat (
    id integer primary key,
    number integer not null,
    colour text not null,
    exclude using btree (number with =),
    exclude using hash (colour with =)
);
