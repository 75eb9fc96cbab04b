-- Unique keys that are checked at the end of the transaction.
create table chapter (
    book integer not null,
    position integer not null,
    title text not null,
    constraint chapter_place unique (book, position) deferrable initially deferred,
    constraint chapter_title unique (title) deferrable initially immediate
);
