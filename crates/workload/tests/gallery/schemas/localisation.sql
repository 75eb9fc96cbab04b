-- Texts by entity and language, each entity with its own language among them.
create table language (code text primary key check (code ~ '^[a-z]{2}(-[A-Z]{2})?$'), name text not null);
create table entity (id integer primary key, kind text not null, main_language text not null references language);
create table entity_text (
    entity_id integer not null references entity deferrable initially deferred,
    language text not null references language,
    title text not null check (title <> ''),
    body text,
    primary key (entity_id, language)
);
alter table entity add constraint entity_main_text foreign key (id, main_language) references entity_text (entity_id, language) deferrable initially deferred;
create unique index entity_text_title on entity_text (language, lower(title));
