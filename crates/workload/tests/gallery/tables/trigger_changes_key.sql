-- A trigger changes the key that other tables refer to.
create table symbol (code text primary key, title text not null);
create function symbol_before() returns trigger language plpgsql as $$
begin
    new.code := upper(new.code);
    return new;
end $$;
create trigger symbol_before before insert on symbol for each row execute function symbol_before();
create table quote (
    id integer primary key,
    symbol text not null references symbol on update cascade,
    price numeric(10,4) not null check (price > 0)
);
