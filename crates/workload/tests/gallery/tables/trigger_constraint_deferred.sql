-- A constraint trigger at the end of the transaction.
-- expect: public.deal: any
-- expect: public.party: any
-- judge: every deal has a party: select id from public.deal d where not exists (select from public.party p where p.deal_id = d.id)
create table deal (id integer primary key, title text not null);
create table party (id integer primary key, deal_id integer not null references deal, name text not null);
create function deal_has_party() returns trigger language plpgsql as $$
begin
    if not exists (select from public.party where deal_id = new.id) then
        raise exception 'deal % has no party', new.id using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger deal_has_party after insert on deal deferrable initially deferred for each row execute function deal_has_party();
