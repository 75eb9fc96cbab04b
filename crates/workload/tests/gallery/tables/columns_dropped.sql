-- Columns that were dropped lie between those that are there.
create table renovated (gone integer, id integer primary key, old text, title text not null, last date);
alter table renovated drop column gone, drop column old, drop column last;
alter table renovated add column added integer not null default 5 check (added < 100);
