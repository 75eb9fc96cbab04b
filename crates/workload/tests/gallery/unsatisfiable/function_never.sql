-- A function in a check that never holds.
-- expect: public.impossible: short 0 hopeless
create function never(given integer) returns boolean language plpgsql immutable as $$
begin
    return given is null and given is not null;
end $$;
create table impossible (id integer primary key, value integer not null, constraint hopeless check (never(value)));
create table possible (id integer primary key);
