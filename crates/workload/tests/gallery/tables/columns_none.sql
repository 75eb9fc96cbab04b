-- No columns at all: rows of nothing. And a table all of whose columns were dropped.
create table nothing ();
create table emptied (a integer, b text);
alter table emptied drop column a, drop column b;
