-- Events by day, below them notes and files, each partitioned as they are, with references along the partitions.
create table source (id smallint primary key, name text not null unique);
create table event (
    source_id smallint not null references source,
    id bigint not null,
    at timestamptz not null,
    payload jsonb not null default '{}',
    primary key (at, id)
) partition by range (at);
create table event_2024 partition of event for values from ('2024-01-01 00:00+00') to ('2025-01-01 00:00+00') partition by hash (id);
create table event_2024_0 partition of event_2024 for values with (modulus 3, remainder 0);
create table event_2024_1 partition of event_2024 for values with (modulus 3, remainder 1);
create table event_2024_2 partition of event_2024 for values with (modulus 3, remainder 2);
create table event_2025 partition of event for values from ('2025-01-01 00:00+00') to ('2026-01-01 00:00+00');
create table event_later partition of event default;
create index on event (source_id, at);
create table event_note (
    at timestamptz not null,
    event_id bigint not null,
    n smallint not null check (n > 0),
    body text not null,
    primary key (at, event_id, n),
    foreign key (at, event_id) references event (at, id)
) partition by range (at);
create table event_note_2024 partition of event_note for values from ('2024-01-01 00:00+00') to ('2025-01-01 00:00+00');
create table event_note_2025 partition of event_note for values from ('2025-01-01 00:00+00') to ('2026-01-01 00:00+00');
