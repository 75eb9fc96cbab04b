-- The referring column has conditions of its own.
create table grade (
    value integer primary key check (value between 1 and 100),
    title text
);
create table exam (
    id integer primary key,
    grade integer not null references grade check (grade >= 50),
    best integer references grade check (best % 2 = 0)
);
