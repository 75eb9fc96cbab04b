-- A trigger keeps a sum in the parent.
-- judge: the balance is the sum: select a.id from public.purse a left join public.coin_move m on m.purse_id = a.id group by a.id, a.balance having a.balance <> coalesce(sum(m.amount), 0)
create table purse (id integer primary key, name text not null, balance bigint not null default 0);
create table coin_move (
    id integer primary key,
    purse_id integer not null references purse,
    amount integer not null
);
create function purse_before() returns trigger language plpgsql as $$
begin
    new.balance := 0;
    return new;
end $$;
create trigger purse_before before insert on purse for each row execute function purse_before();
create function coin_move_after() returns trigger language plpgsql as $$
begin
    update public.purse set balance = balance + new.amount where id = new.purse_id;
    return null;
end $$;
create trigger coin_move_after after insert on coin_move for each row execute function coin_move_after();
