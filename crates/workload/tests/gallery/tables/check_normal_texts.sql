-- Lower case, upper case, nothing to trim, no double blanks.
create table tag (
    name text primary key check (name = lower(name) and name = trim(name) and name <> ''),
    code varchar(8) not null unique check (upper(code) = code),
    title text not null check (btrim(title) <> ''),
    single text not null check (position('  ' in single) = 0),
    words text not null check (single <> words)
);
