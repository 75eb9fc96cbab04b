-- A function in a CHECK looks into another table.
create table allowed_word (word text primary key);
insert into allowed_word values ('alpha'), ('beta'), ('gamma');
create function is_allowed(given text) returns boolean language sql stable as
    'select exists (select from public.allowed_word where word = given)';
create table usage (
    id integer primary key,
    word text not null references allowed_word,
    check (is_allowed(word))
);
