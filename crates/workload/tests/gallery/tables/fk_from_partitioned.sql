-- The child is partitioned.
create table sensor (
    id integer primary key,
    name text not null
);
create table sensor_reading (
    sensor_id integer not null references sensor,
    read_at timestamptz not null,
    value double precision not null,
    primary key (sensor_id, read_at)
) partition by range (read_at);
create table sensor_reading_2024 partition of sensor_reading for values from ('2024-01-01 00:00+00') to ('2025-01-01 00:00+00');
create table sensor_reading_2025 partition of sensor_reading for values from ('2025-01-01 00:00+00') to ('2026-01-01 00:00+00');
