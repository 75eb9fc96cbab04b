-- A trigger refuses half of what the columns would allow.
-- judge: the trigger's rule: select id from public.stay where nights % 2 = 1 or guests > nights
create table stay (
    id integer primary key,
    nights integer not null check (nights between 1 and 60),
    guests integer not null check (guests between 1 and 20)
);
create function stay_before() returns trigger language plpgsql as $$
begin
    if new.nights % 2 = 1 then
        raise exception 'an odd number of nights: %', new.nights;
    end if;
    if new.guests > new.nights then
        raise exception 'too many guests' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger stay_before before insert on stay for each row execute function stay_before();
