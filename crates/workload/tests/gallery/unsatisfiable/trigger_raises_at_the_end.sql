-- A constraint trigger that refuses everything when the transaction ends.
-- expect: public.closed: short 0
create table closed (id integer primary key);
create function closed_after() returns trigger language plpgsql as $$
begin
    raise exception 'this table is closed';
end $$;
create constraint trigger closed_after after insert on closed deferrable initially deferred for each row execute function closed_after();
create table open (id integer primary key);
