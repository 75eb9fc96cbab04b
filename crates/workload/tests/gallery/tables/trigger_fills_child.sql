-- A trigger makes a row of the child for every parent: the one that the seeder would make is there already.
-- grows: public.app_user_settings
create table app_user (id integer primary key, name text not null);
create table app_user_settings (
    user_id integer primary key references app_user,
    theme text not null default 'light' check (theme in ('light', 'dark'))
);
create function app_user_after() returns trigger language plpgsql as $$
begin
    insert into public.app_user_settings (user_id) values (new.id);
    return null;
end $$;
create trigger app_user_after after insert on app_user for each row execute function app_user_after();
