-- Subtypes: each refers to rows of its own kind only.
-- expect: public.book: some
-- expect: public.film: some
create table item (
    id integer not null unique,
    kind text not null check (kind in ('book', 'film', 'game')),
    title text not null,
    primary key (id, kind)
);
create table book (
    id integer primary key,
    kind text not null default 'book' check (kind = 'book'),
    pages integer not null check (pages > 0),
    foreign key (id, kind) references item (id, kind)
);
create table film (
    id integer primary key,
    kind text not null default 'film' check (kind = 'film'),
    minutes smallint not null check (minutes between 1 and 600),
    foreign key (id, kind) references item (id, kind)
);
