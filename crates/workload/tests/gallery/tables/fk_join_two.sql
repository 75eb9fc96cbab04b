-- A join table of two references.
create table author (
    id integer primary key,
    name text not null
);
create table paper (
    id integer primary key,
    title text not null
);
create table authorship (
    author_id integer not null references author,
    paper_id integer not null references paper,
    primary key (author_id, paper_id)
);
