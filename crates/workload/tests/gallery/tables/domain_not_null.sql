-- A domain that forbids NULL, and one with a default.
create domain required_text as text not null check (value <> '');
create domain state as text default 'new' not null check (value in ('new', 'old'));
create table form (
    id integer primary key,
    name required_text,
    state state
);
