-- Double entry: a deferred constraint trigger demands that the lines of an entry add up to nothing. What cannot be
-- filled is reported, and everything else is filled.
-- expect: public.journal_entry: any
-- expect: public.journal_line: any
-- judge: every entry balances: select entry_id from public.journal_line group by entry_id having sum(amount) <> 0
create table ledger_account (number text primary key check (number ~ '^[1-9][0-9]{3}$'), name text not null);
create table period (id integer primary key, first_day date not null unique, last_day date not null, closed boolean not null default false, check (last_day >= first_day));
create table journal_entry (id integer primary key, period_id integer not null references period, text text not null);
create table journal_line (
    entry_id integer not null references journal_entry,
    line smallint not null check (line between 1 and 20),
    account text not null references ledger_account,
    amount numeric(12,2) not null check (amount <> 0),
    primary key (entry_id, line)
);
create function entry_balances() returns trigger language plpgsql as $$
begin
    if (select sum(amount) from public.journal_line where entry_id = new.entry_id) <> 0 then
        raise exception 'entry % does not balance', new.entry_id using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger entry_balances after insert or update on journal_line
    deferrable initially deferred for each row execute function entry_balances();
