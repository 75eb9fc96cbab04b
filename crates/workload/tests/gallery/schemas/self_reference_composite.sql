-- Accounts of a company, each with a parent in the same company and of the same kind, one level above.
create table company (id integer primary key, name text not null);
create table account (
    company_id integer not null references company,
    code varchar(12) not null,
    kind text not null check (kind in ('asset', 'liability', 'income')),
    level smallint not null check (level between 1 and 4),
    parent_code varchar(12),
    parent_level smallint generated always as ((level - 1)::smallint) stored,
    name text not null,
    primary key (company_id, code),
    unique (company_id, code, kind),
    foreign key (company_id, parent_code, kind) references account (company_id, code, kind),
    check ((level = 1) = (parent_code is null)),
    check (parent_code <> code)
);
create table entry (
    id bigint generated always as identity primary key,
    company_id integer not null,
    code varchar(12) not null,
    counter_code varchar(12) not null,
    amount numeric(14,2) not null check (amount <> 0),
    foreign key (company_id, code) references account,
    foreign key (company_id, counter_code) references account,
    check (code <> counter_code)
);
