-- Enums of one label, of three hundred, with quotes and commas in them.
create type only_one as enum ('only');
create type odd_labels as enum ('with space', 'it''s', 'a,b', '{c}', '"d"', '', 'Ä', 'back\slash');
do $$
begin
    execute 'create type many as enum (' || (select string_agg(quote_literal('label_' || n), ', ') from generate_series(1, 300) n) || ')';
end $$;
create table labelled (
    id integer primary key,
    one only_one not null,
    odd odd_labels not null,
    odds odd_labels[] not null,
    many many not null,
    different many not null unique
);
