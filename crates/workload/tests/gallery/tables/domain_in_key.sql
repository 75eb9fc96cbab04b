-- Domains as keys, and as references to keys.
create domain account_number as text check (value ~ '^AC[0-9]{6}$');
create table ledger_account (number account_number primary key, name text not null);
create table posting (
    id integer primary key,
    account account_number not null references ledger_account,
    amount numeric(12,2) not null check (amount <> 0)
);
