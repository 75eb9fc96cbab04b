-- Triggers for whole statements, with a table of what was inserted.
-- grows: public.upload_batch
create table upload (id integer primary key, bytes bigint not null check (bytes > 0));
create table upload_batch (id bigint generated always as identity primary key, rows bigint not null, bytes numeric not null);
create function upload_after() returns trigger language plpgsql as $$
begin
    insert into public.upload_batch (rows, bytes) select count(*), coalesce(sum(bytes), 0) from added;
    return null;
end $$;
create trigger upload_after after insert on upload referencing new table as added for each statement execute function upload_after();
