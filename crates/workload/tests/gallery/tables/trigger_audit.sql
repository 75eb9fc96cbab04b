-- A trigger writes every row into a table of changes.
-- grows: public.article_audit
create table article (id integer primary key, title text not null, body text);
create table article_audit (
    id bigint generated always as identity primary key,
    article_id integer not null,
    changed_at timestamptz not null default now(),
    operation text not null check (operation in ('INSERT', 'UPDATE', 'DELETE'))
);
create function article_after() returns trigger language plpgsql as $$
begin
    insert into public.article_audit (article_id, operation) values (new.id, tg_op);
    return null;
end $$;
create trigger article_after after insert or update on article for each row execute function article_after();
