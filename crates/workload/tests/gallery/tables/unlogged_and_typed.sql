-- An unlogged table, a typed table, a table in another storage form, one without TOAST.
create unlogged table cache_entry (key text primary key, value bytea not null, expires_at timestamptz not null);
create type coordinate as (x double precision, y double precision, label text);
create table waypoint of coordinate (label with options not null, primary key (x, y));
create table plain_storage (id integer primary key, body text not null) with (fillfactor = 50, autovacuum_enabled = off);
alter table plain_storage alter column body set storage external;
