-- A trigger that routes the rows of a table to its children, as was done before there were partitions.
-- expect: public.measure: any
-- grows: public.measure_warm
-- grows: public.measure_cold
create table measure (id integer not null, city text not null, degrees integer not null check (degrees between -50 and 60));
create table measure_cold (check (degrees < 0)) inherits (measure);
create table measure_warm (check (degrees >= 0)) inherits (measure);
create function measure_route() returns trigger language plpgsql as $$
begin
    if new.degrees < 0 then
        insert into public.measure_cold values (new.*);
    else
        insert into public.measure_warm values (new.*);
    end if;
    return null;
end $$;
create trigger measure_route before insert on measure for each row execute function measure_route();
