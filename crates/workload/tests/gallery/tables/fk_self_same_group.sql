-- The parent must be in the same group: a composite reference to the own table.
create table comment (
    thread integer not null check (thread between 1 and 8),
    id integer not null,
    reply_to integer,
    body text not null,
    primary key (thread, id),
    foreign key (thread, reply_to) references comment (thread, id),
    check (reply_to < id)
);
