-- Unique without regard to case, by an index on an expression.
create table account (
    id bigint generated always as identity primary key,
    email text not null,
    login varchar(12) not null
);
create unique index account_email on account (lower(email));
create unique index account_login on account (lower(login));
