-- A trigger drops some rows without a word.
create table reading (
    id integer primary key,
    value integer not null check (value between 1 and 1000)
);
create function reading_before() returns trigger language plpgsql as $$
begin
    if new.value % 4 = 0 then
        return null;
    end if;
    return new;
end $$;
create trigger reading_before before insert on reading for each row execute function reading_before();
