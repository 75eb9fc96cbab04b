-- Row security, forced, with a policy that would hide everything.
create table secret (id integer primary key, owner text not null, body text not null);
alter table secret enable row level security;
alter table secret force row level security;
create policy nobody on secret using (false) with check (false);
