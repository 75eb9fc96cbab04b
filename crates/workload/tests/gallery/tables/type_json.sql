-- JSON with an example in the comment, and with rows that are there already.
create table events (
    id integer primary key,
    payload jsonb not null,
    raw json not null,
    settings jsonb
);
comment on column events.payload is 'Example: {"type": "login", "user_id": 42, "ip": "10.0.0.1", "at": "2024-05-01T12:00:00Z"}';
insert into events values (1, '{}', '{"kind": "seed", "n": 1}', '{"theme": "dark", "size": 12}');
