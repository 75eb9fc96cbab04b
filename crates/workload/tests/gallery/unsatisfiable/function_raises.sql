-- A function in a check that raises an error whatever it is given.
-- expect: public.impossible: short 0
create function raises(given integer) returns boolean language plpgsql immutable as $$
begin
    raise exception 'not today';
end $$;
create table impossible (id integer primary key, constraint hopeless check (raises(id)));
create table possible (id integer primary key);
