-- Triggers that are disabled, and ones that fire always: as they were before.
create table inbox (id integer primary key, body text not null);
create function refuse() returns trigger language plpgsql as $$
begin
    raise exception 'never';
end $$;
create function pass() returns trigger language plpgsql as $$
begin
    return new;
end $$;
create trigger refuse before insert on inbox for each row execute function refuse();
alter table inbox disable trigger refuse;
create trigger pass before insert on inbox for each row execute function pass();
alter table inbox enable always trigger pass;
