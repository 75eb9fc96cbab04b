-- Partitions by the labels of an enum.
create type level as enum ('low', 'medium', 'high');
create table alarm (
    id integer not null,
    level level not null,
    text text not null,
    primary key (id, level)
) partition by list (level);
create table alarm_low partition of alarm for values in ('low');
create table alarm_rest partition of alarm for values in ('medium', 'high');
