-- A trigger that refuses every row.
-- expect: public.closed: short 0
create table closed (id integer primary key);
create function closed_before() returns trigger language plpgsql as $$
begin
    raise exception 'this table is closed';
end $$;
create trigger closed_before before insert on closed for each row execute function closed_before();
create table open (id integer primary key);
