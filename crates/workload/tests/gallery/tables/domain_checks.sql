-- Domains with checks: a range, a regular expression, a list.
create domain percentage as numeric(5,2) check (value between 0 and 100);
create domain postal_code as text check (value ~ '^\d{5}$');
create domain answer as text check (value in ('yes', 'no', 'maybe'));
create table poll (
    id integer primary key,
    turnout percentage not null,
    code postal_code not null,
    answer answer,
    unique (code, answer)
);
