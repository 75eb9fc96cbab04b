-- Partitions of partitions: list, then range, then hash.
create table metric (
    region text not null,
    day date not null,
    device integer not null,
    value numeric(10,3) not null,
    primary key (region, day, device)
) partition by list (region);
create table metric_eu partition of metric for values in ('eu') partition by range (day);
create table metric_eu_2024 partition of metric_eu for values from ('2024-01-01') to ('2025-01-01') partition by hash (device);
create table metric_eu_2024_0 partition of metric_eu_2024 for values with (modulus 2, remainder 0);
create table metric_eu_2024_1 partition of metric_eu_2024 for values with (modulus 2, remainder 1);
create table metric_eu_2025 partition of metric_eu for values from ('2025-01-01') to ('2026-01-01');
create table metric_us partition of metric for values in ('us');
