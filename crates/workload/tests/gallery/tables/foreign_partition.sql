-- One partition is a foreign table: the rows go into the others.
-- needs: postgres_fdw
-- expect: public.ledger_old: skipped
create server remote foreign data wrapper postgres_fdw options (host '/nowhere');
create user mapping for public server remote;
create table ledger (id integer not null, year integer not null, amount numeric(8,2)) partition by range (year);
create foreign table ledger_old partition of ledger for values from (2000) to (2020) server remote;
create table ledger_new partition of ledger for values from (2020) to (2030);
