-- No two periods overlap.
create table reservation (
    id integer primary key,
    during tstzrange not null,
    exclude using gist (during with &&)
);
