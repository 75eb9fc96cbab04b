-- No foreign keys: names alone say what belongs together. And what a trigger can take apart only if it is a version.
create table users (id serial primary key, login text not null unique);
create table crates (id serial primary key, name text not null unique, user_id integer not null);
create table versions (id serial primary key, crate_id integer not null, num text not null, sort_key bytea not null, unique (crate_id, num));
create table downloads (version_id integer not null, day date not null, count integer not null default 0, primary key (version_id, day));
create table readmes (version_id integer primary key, text text not null);
create function set_sort_key() returns trigger language plpgsql as $$
begin
    new.sort_key := (select pg_catalog.decode(pg_catalog.string_agg(pg_catalog.lpad(part, 4, '0'), ''), 'hex')
                       from pg_catalog.regexp_split_to_table(substring(new.num from '^\d+\.\d+\.\d+'), '\.') part);
    return new;
end $$;
create trigger set_sort_key before insert on versions for each row execute function set_sort_key();
