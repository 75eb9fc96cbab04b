-- A rule that would turn inserts into nothing, and one that copies deletions.
create table counter (id integer primary key, hits integer not null);
create table counter_log (id integer, hits integer);
create rule counter_deleted as on delete to counter do also insert into counter_log values (old.id, old.hits);
create table mute (id integer primary key, body text);
create rule mute_insert as on insert to mute do instead nothing;
